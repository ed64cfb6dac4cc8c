//! What a failed tool failed at, and whether it may work later. Only what the tool itself says at its end is looked at: what the
//! steps of a build print may say anything.

use crate::failure::{Exit, Failure};

/// So much of a tool's own error is shown again.
const LONGEST: usize = 2000;

/// What registries, proxies and networks say when it may work later; in small letters.
const PASSING: [&str; 23] = [
    "connection refused",
    "connection reset",
    "connection timed out",
    "broken pipe",
    "i/o timeout",
    "tls handshake timeout",
    "timeout awaiting response headers",
    "unexpected eof",
    ": eof",
    "temporary failure in name resolution",
    "server misbehaving",
    "no route to host",
    "network is unreachable",
    "too many requests",
    "toomanyrequests",
    "500 internal server error",
    "502 bad gateway",
    "503 service unavailable",
    "504 gateway time",
    "context deadline exceeded",
    "transport is closing",
    "error reading from server",
    "code = unavailable",
];

/// Why `railpack prepare` failed.
pub(super) fn of_plan(code: Option<i32>, errors: &str, ending: &str) -> Failure {
    let said = last_words(errors);
    if code == Some(i32::from(luban_command::TRANSIENT)) || is_passing(&said) {
        return Failure::new(
            Exit::Transient,
            format!("transient: railpack could not plan ({ending}){}", after(&said)),
        )
        .help("run again; if it stays so, see whether this pod reaches the network through the platform's proxy");
    }
    if code == Some(2) || said.contains("flag provided but not defined") {
        let message = format!("railpack does not take the call ({ending}){}", after(&said));
        return Failure::new(Exit::Failed, message)
            .help("the image of the railpack command must be that of `builders.railpack.version`");
    }
    let message = format!(
        "plan: railpack has no plan for this source ({ending}){}",
        after(&said)
    );
    Failure::new(Exit::Failed, message).help(
        "what railpack says is above; `source.path` must be the application's directory, and railpack.json or RAILPACK_ variables say what railpack cannot see",
    )
}

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

fn is_passing(said: &str) -> bool {
    let lower = said.to_lowercase();
    let is_server_fault = lower.contains("unexpected status") && {
        let codes = ["500", "502", "503", "504", "429"];
        codes.iter().any(|code| lower.contains(code))
    };
    is_server_fault || PASSING.iter().any(|words| lower.contains(words))
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

/// The last line that says something.
fn last_words(errors: &str) -> String {
    let line = errors.lines().rev().find(|line| !line.trim().is_empty());
    shortened(line.unwrap_or_default())
}

fn shortened(text: &str) -> String {
    let text = text.trim().replace('\n', " ");
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

fn after(said: &str) -> String {
    match said {
        "" => String::new(),
        said => format!(": {said}"),
    }
}
