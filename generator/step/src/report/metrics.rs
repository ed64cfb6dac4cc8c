//! What a Prometheus Pushgateway gets of a run: the last build of each application, in the text format 0.0.4.

use std::fmt::Write as _;

use luban_command::{Parsed, report as flag};
use reqwest::{Method, Url};

use super::message::Message;
use super::outcome::Outcome;
use crate::failure::{Exit, Failure};
use crate::http::{Call, Http};
use crate::world::World;

/// The media type of the text format.
const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";
/// What Prometheus calls it.
const JOB: &str = "luban";

/// Replaces what the Pushgateway knows of the application's last build.
pub(super) fn push(call: &Parsed, message: &Message, world: &World<'_>) -> Result<(), Failure> {
    let Some(url) = call.get(&flag::METRICS).filter(|url| !url.is_empty()) else {
        return Ok(());
    };
    let wrong = |why: &str| Failure::new(Exit::Usage, format!("`--metrics` {why}"));
    let mut url = Url::parse(url).map_err(|error| wrong(&format!("is no URL: {error}")))?;
    // Names are DNS labels, so none needs the Pushgateway's base64.
    url.path_segments_mut()
        .map_err(|()| wrong("has no path"))?
        .pop_if_empty()
        .extend(["metrics", "job", JOB])
        .extend(["project", &message.project])
        .extend(["application", &message.application]);
    let host = url.host_str().unwrap_or_default().to_owned();
    let mut pushed = Call::new(Method::PUT, url, "push the run's metrics")
        .needs("the Pushgateway takes metrics without a login, or from this network alone")
        .bytes(TEXT, text(message).into_bytes());
    pushed.is_repeatable = true;
    Http::new(super::authorities(call))?.send(&pushed, &[], world)?;
    world.say(format!("pushed metrics to `{host}`"));
    Ok(())
}

/// The metrics of a run. Their names are an interface: docs/guide.md lists them.
fn text(message: &Message) -> String {
    let mut text = String::new();
    let mut gauge = |name: &str, help: &str, samples: &[(String, u64)]| {
        if samples.is_empty() {
            return;
        }
        let _ = writeln!(text, "# HELP luban_last_build_{name} {help}");
        let _ = writeln!(text, "# TYPE luban_last_build_{name} gauge");
        for (labels, value) in samples {
            let _ = writeln!(text, "luban_last_build_{name}{labels} {value}");
        }
    };
    let of_part = |name: &String| format!("{{part=\"{}\"}}", escaped(name));
    let status = |outcome: Outcome, word: &str| {
        let is_it = u64::from(message.status == outcome);
        (format!("{{status=\"{word}\"}}"), is_it)
    };
    gauge(
        "status",
        "1 for what became of the last build, 0 for what did not",
        &[
            status(Outcome::Succeeded, "succeeded"),
            status(Outcome::Failed, "failed"),
            status(Outcome::Error, "error"),
        ],
    );
    gauge(
        "finished_timestamp_seconds",
        "When the last build ended",
        &[(String::new(), message.finished_seconds())],
    );
    let whole = message.duration_seconds.iter();
    let whole: Vec<_> = whole.map(|seconds| (String::new(), *seconds)).collect();
    gauge("duration_seconds", "How long the last build took", &whole);
    let parts = message.durations.iter();
    let parts: Vec<_> = parts
        .map(|(name, seconds)| (of_part(name), *seconds))
        .collect();
    gauge(
        "part_duration_seconds",
        "How long a part of the last build took",
        &parts,
    );
    let reused = message.reused.iter();
    let reused: Vec<_> = reused
        .map(|(name, reused)| (of_part(name), u64::from(*reused)))
        .collect();
    gauge(
        "reused",
        "Whether a part of the last build was found instead of made",
        &reused,
    );
    text
}

/// A label's value between quotes.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n")
}
