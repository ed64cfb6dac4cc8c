//! `luban schema`.

use crate::Outcome;
use crate::arguments::Schema;
use anyhow::{Context as _, Result, bail};
use luban_api::{KINDS, Kind};
use std::fs;
use std::path::Path;

pub(crate) fn run(arguments: &Schema) -> Result<Outcome> {
    if let Some(folder) = &arguments.all {
        return all(folder);
    }
    let text = match arguments.subject.as_deref() {
        None | Some("platform") => luban_platform::schema(),
        Some("check") => crate::check::config::schema(),
        Some(name) => text(newest(name)?)?,
    };
    match &arguments.output {
        None => print!("{text}"),
        Some(path) => {
            if write(path, &text)? {
                println!("written  {}", path.display());
            }
        }
    }
    Ok(Outcome::Fine)
}

fn newest(name: &str) -> Result<&'static Kind> {
    if let Some(kind) = Kind::named(name).first() {
        return Ok(kind);
    }
    match Kind::nearest(name) {
        Some(nearest) => bail!("no kind is called `{name}` (did you mean `{nearest}`?)"),
        None => bail!("no kind is called `{name}`"),
    }
}

/// A file for each kind, where editors and validators look for schemas of custom resources: `<group>/<kind>_<version>.json`.
fn all(folder: &Path) -> Result<Outcome> {
    let mut written = 0;
    for kind in KINDS {
        let group = match kind.group() {
            "" => "core",
            group => group,
        };
        let folder = folder.join(group);
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let file = format!("{}_{}.json", kind.name.to_lowercase(), kind.version());
        written += usize::from(write(&folder.join(file), &text(kind)?)?);
    }
    println!("{} kinds, {written} written", KINDS.len());
    Ok(Outcome::Fine)
}

fn text(kind: &Kind) -> Result<String> {
    Ok(serde_json::to_string_pretty(&luban_api::schema(kind))? + "\n")
}

/// Writes a file that differs; whether it did.
pub(crate) fn write(path: &Path, text: &str) -> Result<bool> {
    if fs::read_to_string(path).is_ok_and(|there| there == text) {
        return Ok(false);
    }
    crate::tree::write_atomically(path, text)?;
    Ok(true)
}
