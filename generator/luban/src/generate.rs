//! `luban generate`.

use crate::arguments::{Format, Generate};
use crate::fresh::Fresh;
use crate::plan::Plan;
use crate::tree::{Existing, Leftover};
use crate::{Outcome, findings, stale};
use anyhow::{Context as _, Result, anyhow};
use luban_compile::{Context, unpinned};
use luban_diagnostic::{Finding, Sources};
use luban_platform::lock::Lock;
use luban_platform::{Loaded, Platform};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::thread;

/// The input.
const PLATFORM: &str = "platform.yaml";
/// The digests of images.
pub(crate) const LOCK: &str = "luban.lock";

pub(crate) fn run(arguments: &Generate) -> Result<Outcome> {
    // Neither needs the other. Reading stays on this thread: what it frees would scatter the memory of those that compile.
    let (input, existing) = thread::scope(|scope| {
        let existing = scope.spawn(|| Existing::scan(&arguments.root));
        (Input::read(&arguments.root), existing.join())
    });
    let mut input = input?;
    input.warn_of_unpinned_images()?;
    let Some(platform) = &input.platform else {
        findings::show(&input.findings, &input.sources, arguments.format);
        return Ok(Outcome::Findings);
    };
    let context = Context::new(platform, &input.lock)?;
    let existing = existing.map_err(|_| anyhow!("looking through the tree failed"))??;
    if !arguments.check {
        existing.remove_unfinished()?;
    }
    // Where nothing is, nothing can be in the way: files are written as they are compiled.
    let fresh = existing.is_empty() && !arguments.check;
    let fresh = fresh.then(|| Fresh::new(&arguments.root));
    let plan = Plan::of(&context, &existing, fresh.as_ref())?;
    input.findings.extend(plan.conflicts());
    if findings::show(&input.findings, &input.sources, arguments.format) {
        return Ok(Outcome::Findings);
    }
    let leftovers = existing.leftovers()?;
    if arguments.check {
        return stale::run(&context, &plan, &leftovers, &arguments.root);
    }
    match fresh {
        Some(fresh) => fresh.finish()?,
        None => plan.write(&context, &existing)?,
    }
    let own: Vec<String> = leftovers
        .iter()
        .filter_map(|leftover| match leftover {
            Leftover::Own(path) => Some(path.clone()),
            Leftover::Release(_) => None,
        })
        .collect();
    existing.remove(&own)?;
    if !arguments.quiet && arguments.format == Format::Human {
        plan.report(&leftovers);
    }
    Ok(Outcome::Fine)
}

/// What is read of a repository.
pub(crate) struct Input {
    /// The platform, if nothing that was read has an error.
    pub(crate) platform: Option<Platform>,
    /// The lock; empty if there is none.
    pub(crate) lock: Lock,
    /// What is wrong.
    pub(crate) findings: Vec<Finding>,
    /// The texts that findings point at.
    pub(crate) sources: Sources,
}

impl Input {
    /// Reads the platform and the lock below `root`.
    pub(crate) fn read(root: &Path) -> Result<Self> {
        let bytes = read(root, PLATFORM)?.with_context(|| {
            let root = root.display();
            format!("there is no `{PLATFORM}` in `{root}`; `luban init` makes one")
        })?;
        let mut sources = Sources::new();
        sources.insert(PLATFORM, String::from_utf8_lossy(&bytes).into_owned());
        let Loaded {
            mut platform,
            mut findings,
        } = luban_platform::load(PLATFORM, &bytes);
        let mut lock = Lock::default();
        if let Some(bytes) = read(root, LOCK)? {
            sources.insert(LOCK, String::from_utf8_lossy(&bytes).into_owned());
            match Lock::read(LOCK, &bytes) {
                Ok(known) => lock = known,
                Err(errors) => {
                    findings.extend(errors);
                    platform = None;
                }
            }
        }
        Ok(Self {
            platform,
            lock,
            findings,
            sources,
        })
    }

    fn warn_of_unpinned_images(&mut self) -> Result<()> {
        if let Some(platform) = &self.platform {
            self.findings.extend(unpinned(platform, &self.lock)?);
        }
        Ok(())
    }
}

fn read(root: &Path, name: &str) -> Result<Option<Vec<u8>>> {
    let path = root.join(name);
    match fs::read(&path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read `{}`", path.display())),
    }
}
