//! From what is written to what is meant: every reference resolved, every default applied, every mistake found.

mod application;
mod build;
mod builders;
mod deploy;
mod derived;
mod environments;
mod infrastructure;
mod kept;
mod network;
mod project;
mod providers;
mod repository;
mod scope;
mod secrets;
mod targets;

use crate::input;
use crate::model::Platform;
use luban_diagnostic::Finding;
use luban_yaml::Document;
use scope::Scope;

/// Resolves `input`, which was read from `document`. All findings at once; a platform only if none is an error.
pub(crate) fn lower(
    input: &input::Document,
    document: &Document,
) -> (Option<Platform>, Vec<Finding>) {
    let mut scope = Scope::new(document);
    let platform = infrastructure::platform(&mut scope, input);
    // Two things of one name share every derived name too: one finding is enough.
    if let Some(platform) = platform.as_ref().filter(|_| !scope.has("duplicate-name")) {
        derived::check(&mut scope, platform);
    }
    if let Some(platform) = &platform {
        kept::check(&mut scope, platform);
    }
    let findings = scope.into_findings();
    let is_fine = findings
        .iter()
        .all(|finding| finding.severity != luban_diagnostic::Severity::Error);
    (platform.filter(|_| is_fine), findings)
}
