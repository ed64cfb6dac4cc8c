//! What a failed build failed at, and whether it may work later. Only what buildctl itself says at its end is looked at: what the steps
//! of a build print may say anything.

use crate::failure::{Exit, Failure};
use crate::faults::{after, is_passing, shortened};

/// Why `buildctl build` failed.
pub(super) fn of_build(errors: &str, ending: &str) -> Failure {
    let said = error_of_buildctl(errors);
    let lower = said.to_lowercase();
    let contains = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let failure = |exit, class: &str, what: &str| {
        Failure::new(exit, format!("{class}: {what} ({ending}){}", after(&said)))
    };
    if contains(&["did not complete successfully"]) {
        let failed = failure(Exit::Failed, "build", "a step of the build failed");
        return match contains(&["exit code: 137"]) {
            true => failed
                .help("it was killed, often for memory: give `builders.railpack.resources` more"),
            false => failed.help("what the step printed is above"),
        };
    }
    if contains(&[
        "railpack plan",
        "converting plan",
        "multiple platforms are not supported",
        "invalid platform format",
    ]) {
        return failure(Exit::Failed, "plan", "the frontend refuses the plan")
            .help("railpack and its frontend must be of one version, which `builders.railpack.version` sets");
    }
    let is_push = contains(&["failed to push", "pushing", "error writing manifest"]);
    if is_passing(&said) {
        let what = match is_push {
            true => "the image could not be pushed",
            false => "BuildKit, a registry or the network did not answer",
        };
        return failure(Exit::Transient, "transient", what)
            .help("run again; if it stays so, look at the registry, the proxy and the sidecar `buildkitd`");
    }
    if is_push {
        return failure(Exit::Failed, "push", "the registry did not take the image").help(
            "the registry's `push` Secret must be allowed to write to this repository, and the repository must exist where registries ask for that",
        );
    }
    if contains(&[
        "401 unauthorized",
        "403 forbidden",
        "insufficient_scope",
        "authorization failed",
        "denied",
        "failed to resolve source metadata",
        "not found",
    ]) {
        return failure(Exit::Failed, "build", "an image that the build needs cannot be had").help(
            "the frontend and the base images of the plan must be reachable from here, or mirrored through `images`",
        );
    }
    failure(Exit::Failed, "build", "BuildKit failed").help("what BuildKit says is above")
}

/// What buildctl says at its end: from its last line that begins with `error: `. Lines of steps begin with `#` and a number.
fn error_of_buildctl(errors: &str) -> String {
    let start = errors
        .match_indices("error: ")
        .filter(|(at, _)| *at == 0 || errors.as_bytes().get(at - 1) == Some(&b'\n'))
        .last();
    let words = start.and_then(|(at, mark)| errors.get(at + mark.len()..));
    shortened(words.unwrap_or_default())
}
