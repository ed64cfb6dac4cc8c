//! Git as people use it, in a clone of their own.

use anyhow::{Context as _, Result, bail};
use std::path::Path;
use std::process::Command;

/// Runs git, without anybody's configuration; gives what it printed.
///
/// # Errors
/// When it ends with an error: with its words.
pub(crate) fn git(directory: &Path, arguments: &[&str]) -> Result<String> {
    let output = Command::new("git")
        .args(["-c", "user.name=Jo", "-c", "user.email=jo@example.org"])
        .args(arguments)
        .current_dir(directory)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_TERMINAL_PROMPT", "0")
        .output()
        .context("cannot run `git`")?;
    if !output.status.success() {
        bail!(
            "`git {}` failed: {}",
            arguments.first().copied().unwrap_or_default(),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Commits everything and pushes it; gives the commit.
///
/// # Errors
/// As [`git`].
pub(crate) fn push(directory: &Path, message: &str) -> Result<String> {
    git(directory, &["add", "--all"])?;
    git(directory, &["commit", "--quiet", "--message", message])?;
    git(directory, &["push", "--quiet", "origin", "HEAD:main"])?;
    git(directory, &["rev-parse", "HEAD"])
}

/// As [`git`], for output that is no text.
///
/// # Errors
/// As [`git`].
pub(crate) fn git_bytes(directory: &Path, arguments: &[&str]) -> Result<Vec<u8>> {
    let output = Command::new("git")
        .args(arguments)
        .current_dir(directory)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .context("cannot run `git`")?;
    if !output.status.success() {
        bail!(
            "`git {}` failed: {}",
            arguments.join(" "),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(output.stdout)
}
