//! `luban lock`: the digests of images' tags, asked of their registries.

use crate::arguments::Lock as Arguments;
use crate::generate::{Input, LOCK};
use crate::tree::write_atomically;
use crate::{Outcome, findings};
use anyhow::{Context as _, Result};
use luban_compile::used;
use luban_platform::lock::{Lock, Locked};
use luban_platform::names::ImageRef;
use luban_registry::{Client, Credentials};
use rayon::prelude::*;

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let input = Input::read(&arguments.root)?;
    findings::show(&input.findings, &input.sources, arguments.format);
    let Some(platform) = &input.platform else {
        return Ok(Outcome::Findings);
    };
    let before = input.lock;
    let client =
        Client::new(Credentials::of_docker()).context("cannot load the system's certificates")?;
    let images: Vec<ImageRef> = used(platform)?
        .into_iter()
        .map(|(_, image)| image)
        .filter(|image| image.digest().is_none())
        .collect();
    let answers: Vec<_> = images
        .par_iter()
        .map(|image| client.digest(image))
        .collect();
    let mut after = Lock::default();
    let mut failed = 0;
    for (image, answer) in images.iter().zip(answers) {
        match answer {
            Ok(digest) => {
                let locked = Locked::Digest(digest);
                if before.get(image) != Some(&locked) {
                    println!("locked   {image}");
                }
                after.set(image, locked);
            }
            Err(error) => {
                failed += 1;
                eprintln!("luban: {error}");
                if let Some(locked) = before.get(image) {
                    after.set(image, locked.clone());
                }
            }
        }
    }
    let path = arguments.root.join(LOCK);
    if after != before {
        write_atomically(&path, &after.write()?)?;
    }
    if failed > 0 {
        anyhow::bail!(
            "{failed} of {} images could not be resolved; what `{LOCK}` knew of them is kept",
            images.len()
        );
    }
    Ok(Outcome::Fine)
}
