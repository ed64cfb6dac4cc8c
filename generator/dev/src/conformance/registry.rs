//! A real registry under the registry client and the steps that use it.
//!
//! The registry is distribution's, with logins, as a program of tests/conformance/registry. What asks it are tests that only run
//! where `LUBAN_REGISTRY` names that program.

use super::cases::Wrong;
use super::judge::Judge;
use anyhow::{Context as _, Result};
use std::process::Command;

/// The folder of tests/conformance with the registry.
pub(crate) const REGISTRY: &str = "registry";
/// Packages, and what their tests that need a registry are called.
const TESTS: [(&str, &str); 2] = [
    (
        "luban-registry",
        "a_real_registry_takes_and_gives_images_tags_and_what_refers_to_them",
    ),
    (
        "luban-step",
        "a_real_registry_has_indexes_what_was_built_and_tags",
    ),
];

/// Runs the tests.
///
/// # Errors
/// When Cargo cannot be run.
pub(crate) fn compare(registry: &Judge) -> Result<(usize, Vec<Wrong>)> {
    let mut wrong = Vec::new();
    for (package, name) in TESTS {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let ended = Command::new(cargo)
            .args(["test", "--locked", "--package", package, name])
            .args(["--", "--ignored"])
            .env("LUBAN_REGISTRY", registry.program())
            .output()
            .context("cannot run cargo")?;
        let text = String::from_utf8_lossy(&ended.stdout);
        // A test that was renamed is no test that passed.
        if !ended.status.success() || !text.contains("1 passed") {
            let errors = String::from_utf8_lossy(&ended.stderr);
            wrong.push(Wrong {
                id: format!("{package}: {name}"),
                difference: format!("{text}{errors}"),
            });
        }
    }
    Ok((TESTS.len(), wrong))
}
