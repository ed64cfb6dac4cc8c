//! What the providers' published API descriptions say of the calls that steps make.
//!
//! The program of tests/conformance/descriptions reads the descriptions, which are packages of npm, and the tests' providers
//! allow what they allow: by the committed extract, which is compared here with the published ones.

use super::cases::Wrong;
use anyhow::{Context as _, Result, bail};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// What `--only` and the folder of tests/conformance call it.
pub(crate) const DESCRIPTIONS: &str = "descriptions";
/// The extract that tests read.
const EXTRACT: &str = "generator/step/src/provider/descriptions.json";

/// Compares the extract with the descriptions, or writes it with `is_update`.
///
/// # Errors
/// When Node cannot be run, or the packages cannot be had.
pub(crate) fn compare(judges: &Path, is_update: bool) -> Result<(usize, Vec<Wrong>)> {
    let folder = judges.join(DESCRIPTIONS);
    install(&folder)?;
    let mut extract = Command::new("node");
    let extract = extract.arg("extract.mjs").current_dir(&folder);
    let output = extract.stderr(Stdio::inherit()).output();
    let output = output.context("cannot run node, which reads the providers' descriptions")?;
    if !output.status.success() {
        bail!("the providers' descriptions cannot be read");
    }
    if is_update {
        fs::write(EXTRACT, &output.stdout).with_context(|| format!("cannot write {EXTRACT}"))?;
    }
    let committed = fs::read(EXTRACT).with_context(|| format!("cannot read {EXTRACT}"))?;
    let wrong = (committed != output.stdout).then(|| Wrong {
        id: EXTRACT.to_owned(),
        difference: "it is not what the published descriptions say: `luban-dev conformance --only descriptions --update` \
                     writes it anew"
            .to_owned(),
    });
    Ok((1, wrong.into_iter().collect()))
}

/// Installs the packages that the lock file names, unless they are there.
fn install(folder: &Path) -> Result<()> {
    let lock = fs::read(folder.join("package-lock.json")).context("no lock file")?;
    let installed = folder.join("node_modules/.luban-lock.json");
    if fs::read(&installed).is_ok_and(|there| there == lock) {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    let npm = npm
        .args(["ci", "--no-audit", "--no-fund"])
        .current_dir(folder);
    // Its words are for a terminal of its own; ours is a report.
    let ended = npm
        .stdout(Stdio::null())
        .status()
        .context("cannot run npm")?;
    if !ended.success() {
        bail!("`npm ci` in {} failed", folder.display());
    }
    fs::write(&installed, lock).context("cannot note what is installed")
}
