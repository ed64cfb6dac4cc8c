//! Why a Build failed: which step, with which exit code, and what it said.

use super::seen::{Build, Pod, Terminated};
use crate::failure::{Exit, Failure};

/// So many characters of what a step said last.
const LONGEST: usize = 400;

/// Why a pod ended that had nothing to do with what it ran (kubelet's and the scheduler's words).
const OF_ITS_NODE: [&str; 8] = [
    "Evicted",
    "NodeLost",
    "NodeShutdown",
    "Terminated",
    "Preempting",
    "Shutdown",
    "UnexpectedAdmissionError",
    "NodeAffinity",
];

/// How a failed Build is told; `pod` is the one that built, if it is still there.
pub(super) fn failure(build: &Build, pod: Option<&Pod>) -> Failure {
    let name = build.name();
    if let Some(why) = pod.and_then(lost) {
        let message = format!("Build `{name}` lost its pod: {why}");
        return Failure::new(Exit::Transient, message).help(
            "its node failed, was drained, or was short of something; the build is tried again",
        );
    }
    let said = build
        .succeeded()
        .map(|condition| one_line(&condition.message));
    let said = said.filter(|text| !text.is_empty());
    let Some((step, end)) = pod.and_then(failed_step) else {
        let why = match pod {
            Some(pod) if pod.status.reason == "DeadlineExceeded" => Some(
                "it took longer than the Build may: `build.kpack.resources` of the application, or a dependency that hangs".to_owned(),
            ),
            _ => said,
        };
        let steps = &build.status.steps_completed;
        let after = steps.last().map(|step| format!(" after step `{step}`"));
        let message = format!(
            "Build `{name}` failed{}: {}",
            after.unwrap_or_default(),
            why.as_deref().unwrap_or("kpack does not say why")
        );
        return Failure::new(Exit::Failed, message);
    };
    let reason = match end.reason.as_str() {
        "" | "Error" => String::new(),
        reason => format!(" ({reason})"),
    };
    let last = Some(one_line(&end.message)).filter(|text| !text.is_empty());
    let last = last.or(said).map(|text| format!(": {text}"));
    let message = format!(
        "Build `{name}` failed: step `{step}` ended with exit code {}{reason}{}",
        end.exit_code,
        last.unwrap_or_default()
    );
    Failure::new(Exit::Failed, message).help(advice(step, end))
}

/// Why the pod is gone from its node, if that is why it ended.
fn lost(pod: &Pod) -> Option<String> {
    let status = &pod.status;
    if let Some(disruption) = pod.disruption() {
        return Some(one_line(&format!(
            "{}: {}",
            disruption.reason, disruption.message
        )));
    }
    let is_lost =
        OF_ITS_NODE.contains(&status.reason.as_str()) || status.reason.starts_with("OutOf");
    is_lost.then(|| one_line(&format!("{}: {}", status.reason, status.message)))
}

/// The first container that did not end well: those after it never ran.
fn failed_step(pod: &Pod) -> Option<(&str, &Terminated)> {
    pod.steps().find_map(|step| {
        let end = pod.state(step)?.terminated.as_ref()?;
        (end.exit_code != 0).then_some((step, end))
    })
}

/// What to do about it (exit codes: Cloud Native Buildpacks' platform specification, API 0.10).
fn advice(step: &str, end: &Terminated) -> &'static str {
    match (step, end.exit_code) {
        _ if end.reason == "OOMKilled" => {
            "it needed more memory than `build.kpack.resources.memory` of the application gives"
        }
        ("prepare", _) => {
            "kpack could not fetch the commit or its Secrets: look at the provider's credentials, and whether the commit is still there"
        }
        ("detect", 20 | 21) => {
            "no buildpack takes these sources: look at `path` of the application and at what it holds"
        }
        ("analyze" | "restore" | "export" | "rebase" | "completion", _) => {
            "look at the registry: whether it answers, and whether the push credentials may write this repository"
        }
        _ => "the log above has what the step said",
    }
}

/// The last line that says something, without control characters, and not too long.
fn one_line(text: &str) -> String {
    let line = text
        .lines()
        .rev()
        .map(str::trim)
        .find(|line| !line.is_empty());
    let line = line.unwrap_or_default().chars().filter(|c| !c.is_control());
    let text: String = line.clone().take(LONGEST).collect();
    if line.count() > LONGEST {
        return format!("{text}…");
    }
    text
}
