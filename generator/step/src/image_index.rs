//! `luban step image-index`: the images of several platforms as one index, and tags.

use std::collections::BTreeMap;
use std::path::Path;

use luban_command::{Parsed, image_index as flag};
use luban_registry::{Digest, Manifest, Reference, Registry, Repository, image};

use crate::failure::{Exit, Failure};
use crate::registry::{Registries, failure};
use crate::results::Results;
use crate::world::World;

mod join;

use join::{Part, join};

/// The results of this verb.
const RESULTS: [&str; 2] = ["image", "digest"];
/// The largest configuration of an image that is read.
const LARGEST_CONFIGURATION: usize = 8 << 20;

/// Joins and tags what a call says.
pub(crate) fn run(call: &Parsed, world: &World<'_>) -> Result<(), Failure> {
    let authorities = call.get(&flag::CERTIFICATE_AUTHORITY).map(Path::new);
    run_with(call, &Registries::of_docker(authorities, world)?, world)
}

/// As [`run`], with registries that are known.
pub(crate) fn run_with(
    call: &Parsed,
    registries: &Registries<'_>,
    world: &World<'_>,
) -> Result<(), Failure> {
    let results = Results::of(call, &RESULTS)?;
    let name = call.get(&flag::IMAGE).unwrap_or_default();
    let usage = |error: luban_registry::NameError| Failure::new(Exit::Usage, error.to_string());
    let (repository, own) = image(name).map_err(usage)?;
    if matches!(own, Reference::Digest(_)) {
        let message = format!("`{name}` has a digest; an image is pushed to a tag");
        return Err(Failure::new(Exit::Usage, message));
    }
    let mut tags = vec![own];
    for tag in call.list(&flag::TAG).filter(|tag| !tag.is_empty()) {
        let tag = Reference::tag(tag).map_err(usage)?;
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    let (mut digests, mut asked) = (Vec::new(), 0);
    for digest in call.list(&flag::DIGEST) {
        asked += 1;
        if !digest.is_empty() {
            digests.push(Digest::new(digest).map_err(usage)?);
        }
    }
    if digests.is_empty() {
        let message = format!("there is no image to tag as `{name}`: no build gave a digest");
        return Err(Failure::new(Exit::Failed, message)
            .help("the logs of the builds say why; run again once they succeed"));
    }
    let registry = registries.client();
    let missing = asked - digests.len();
    let manifest = match digests.as_slice() {
        [digest] if missing == 0 => fetch(&registry, &repository, digest)?,
        digests => joined(&registry, &repository, digests, asked)?,
    };
    for tag in &tags {
        registry.tag(&repository, tag, &manifest).map_err(failure)?;
    }
    if missing > 0 {
        world.say(format!(
            "degraded: {missing} of {asked} platforms' images are missing, because their builds failed; `{name}` runs on fewer platforms than asked for"
        ));
    }
    let tags: Vec<&str> = tags.iter().map(Reference::as_str).collect();
    world.say(format!(
        "`{repository}@{}` has the tags `{}`",
        manifest.digest,
        tags.join("`, `")
    ));
    results.write("image", name)?;
    results.write("digest", manifest.digest.as_str())
}

/// The index over images, which the registry has.
fn joined(
    registry: &Registry<'_>,
    repository: &Repository,
    digests: &[Digest],
    asked: usize,
) -> Result<Manifest, Failure> {
    let mut parts = Vec::new();
    for digest in digests {
        let manifest = fetch(registry, repository, digest)?;
        let mut part = Part::of(manifest)
            .map_err(|why| Failure::new(Exit::Failed, format!("`{repository}@{digest}` {why}")))?;
        for (entry, config) in part.without_platform() {
            let config = match config {
                Some(config) => config,
                // An entry of an index: what it names says which configuration it has.
                None => {
                    let digest = Digest::new(&entry.digest)
                        .map_err(|error| Failure::new(Exit::Failed, error.to_string()))?;
                    let manifest = fetch(registry, repository, &digest)?;
                    join::configuration(&manifest).ok_or_else(|| unknown(repository, &digest))?
                }
            };
            let bytes = registry
                .blob(repository, &config, LARGEST_CONFIGURATION)
                .map_err(failure)?
                .ok_or_else(|| unknown(repository, &config))?;
            entry.platform =
                Some(join::platform(&bytes).ok_or_else(|| unknown(repository, &config))?);
        }
        parts.push(part);
    }
    let notes = match asked - digests.len() {
        0 => BTreeMap::new(),
        missing => BTreeMap::from([(
            join::DEGRADED.to_owned(),
            format!("{missing} of {asked} platforms are missing"),
        )]),
    };
    join(parts, notes).map_err(|why| {
        Failure::new(Exit::Failed, format!("the images of `{repository}` {why}"))
            .help("give one digest for each platform")
    })
}

fn fetch(
    registry: &Registry<'_>,
    repository: &Repository,
    digest: &Digest,
) -> Result<Manifest, Failure> {
    registry
        .manifest(repository, &digest.clone().into())
        .map_err(failure)?
        .ok_or_else(|| {
            Failure::new(Exit::Failed, format!("there is no image `{repository}@{digest}`"))
                .help("the build pushes to the same repository; the registry's retention may have removed it")
        })
}

fn unknown(repository: &Repository, digest: &Digest) -> Failure {
    let message =
        format!("nothing says for which platform `{repository}@{digest}` is: it is no image");
    Failure::new(Exit::Failed, message)
}

#[cfg(test)]
mod tests;
