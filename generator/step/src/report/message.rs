//! What is told: from the arguments of a call to a line for the commit and a body for the webhook.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use k8s_openapi::jiff::Timestamp;
use luban_command::{Flag, Parsed, Value, report as flag};
use serde::Serialize;

use super::outcome::{Node, Outcome, Part, failures};
use crate::failure::{Exit, Failure};
use crate::world::World;

/// The body of a webhook. Its fields are an interface: docs/guide.md lists them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Message {
    pub(super) status: Outcome,
    pub(super) project: String,
    pub(super) application: String,
    pub(super) run: String,
    /// The repository that was built.
    source: String,
    pub(super) revision: String,
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sbom: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) log_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    started: Option<String>,
    finished: String,
    /// From `started` to `finished`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) duration_seconds: Option<u64>,
    /// What parts took, in seconds, where that is known.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) durations: BTreeMap<String, u64>,
    /// Whether a build was found instead of made, where that is known.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) reused: BTreeMap<String, bool>,
    tasks: Vec<Part>,
    failures: Vec<Node>,
}

impl Message {
    /// What the arguments of a call say.
    ///
    /// # Errors
    /// For arguments that no run gives.
    pub(super) fn of(call: &Parsed, world: &World<'_>) -> Result<Self, Failure> {
        let text = |flag| call.get(flag).unwrap_or_default().to_owned();
        let status = text(&flag::STATUS);
        let status = Outcome::parse(&status).ok_or_else(|| {
            malformed(
                &flag::STATUS,
                &status,
                "Succeeded, Completed, Failed, Error or None",
            )
        })?;
        let digest = given(call, &flag::DIGEST);
        if let Some(digest) = digest.filter(|digest| Value::Digest.check(digest).is_err()) {
            let wanted = Value::Digest.to_string();
            return Err(malformed(&flag::DIGEST, digest, &wanted));
        }
        let started = match given(call, &flag::STARTED) {
            Some(text) => Some(text.parse::<Timestamp>().map_err(|_| {
                malformed(&flag::STARTED, text, "a time like 2026-01-02T03:04:05Z")
            })?),
            None => None,
        };
        let finished = Timestamp::try_from(world.clock.now())
            .map_err(|error| Failure::new(Exit::Failed, format!("no clock: {error}")))?;
        let duration = |started: Timestamp| {
            u64::try_from(finished.as_second().saturating_sub(started.as_second()))
                .unwrap_or_default()
        };
        let part = |text| {
            Part::parse(text)
                .ok_or_else(|| malformed(&flag::TASK, text, "NAME= and Succeeded, Failed or None"))
        };
        Ok(Self {
            status,
            project: text(&flag::PROJECT),
            application: text(&flag::APPLICATION),
            run: text(&flag::RUN),
            source: text(&flag::SOURCE),
            revision: text(&flag::REVISION),
            reference: given(call, &flag::REF).map(decoded).transpose()?,
            image: given(call, &flag::IMAGE).map(str::to_owned),
            digest: digest.map(str::to_owned),
            sbom: given(call, &flag::SBOM).map(str::to_owned),
            log_url: given(call, &flag::LOG_URL).map(str::to_owned),
            started: started.map(|time| seconds(time).to_string()),
            finished: seconds(finished).to_string(),
            duration_seconds: started.map(duration),
            durations: pairs(call, &flag::DURATION, "NAME=SECONDS")?,
            reused: pairs(call, &flag::REUSED, "NAME=true or NAME=false")?,
            tasks: call.list(&flag::TASK).map(part).collect::<Result<_, _>>()?,
            failures: failed(call, world),
        })
    }

    /// One line for the commit: what became of the run, and where it failed.
    pub(super) fn description(&self) -> String {
        let mut failed: Vec<&str> = Vec::new();
        let tasks = self.tasks.iter().filter(|part| part.status == "failed");
        // The whole workflow is in its list of what failed too.
        let nodes = self.failures.iter().map(|node| node.name.as_str());
        for name in tasks.map(|part| part.name.as_str()).chain(nodes) {
            if name != self.run && !name.is_empty() && !failed.contains(&name) {
                failed.push(name);
            }
        }
        let failed = match failed.is_empty() {
            true => String::new(),
            false => format!(": {}", failed.join(", ")),
        };
        let run = &self.run;
        match (self.status, &self.digest) {
            (Outcome::Succeeded, Some(digest)) => format!("{run} succeeded: {digest}"),
            (Outcome::Succeeded, None) => format!("{run} succeeded"),
            (Outcome::Failed, _) => format!("{run} failed{failed}"),
            (Outcome::Error, _) => format!("{run} came to no end of its own{failed}"),
        }
    }

    /// When the report was made, in seconds since 1970.
    pub(super) fn finished_seconds(&self) -> u64 {
        let time = self.finished.parse::<Timestamp>();
        let seconds = time.map(Timestamp::as_second).unwrap_or_default();
        u64::try_from(seconds).unwrap_or_default()
    }

    /// The bytes that the webhook gets, and that are signed.
    ///
    /// # Errors
    /// None in practice: every field is text.
    pub(super) fn body(&self, world: &World<'_>) -> Result<Vec<u8>, Failure> {
        let mut shown = self.clone();
        for node in &mut shown.failures {
            node.message = world.redactor.text(&node.message);
        }
        serde_json::to_vec(&shown)
            .map_err(|error| Failure::new(Exit::Failed, format!("cannot write the body: {error}")))
    }
}

/// A value that the run has: a step that did not run leaves the place of its result empty, or as it was written.
fn given<'a>(call: &'a Parsed, flag: &'static Flag) -> Option<&'a str> {
    let is_there = |text: &&str| !text.is_empty() && !text.contains("{{");
    call.get(flag).filter(is_there)
}

fn decoded(text: &str) -> Result<String, Failure> {
    let bytes = STANDARD.decode(text).ok();
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    text.ok_or_else(|| malformed(&flag::REF, "", "text in base64"))
}

fn seconds(time: Timestamp) -> Timestamp {
    Timestamp::from_second(time.as_second()).unwrap_or(time)
}

fn pairs<T: std::str::FromStr>(
    call: &Parsed,
    flag: &'static Flag,
    wanted: &str,
) -> Result<BTreeMap<String, T>, Failure> {
    let mut pairs = BTreeMap::new();
    for text in call.list(flag) {
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        if value.is_empty() || value.contains("{{") {
            continue;
        }
        let value = value.trim().parse();
        let value = value.map_err(|_| malformed(flag, text, wanted))?;
        pairs.insert(name.to_owned(), value);
    }
    Ok(pairs)
}

/// What failed in a workflow. That nobody can read it keeps nobody from hearing that it failed.
fn failed(call: &Parsed, world: &World<'_>) -> Vec<Node> {
    let Some(text) = call.get(&flag::FAILURES).filter(|text| !text.is_empty()) else {
        return Vec::new();
    };
    // A message may hold braces; the place of the list itself is no JSON.
    if text.starts_with("{{") {
        return Vec::new();
    }
    failures(text).unwrap_or_else(|| {
        world.say("warning: step report: `--failures` is not Argo Workflows' list of failures; it is left out");
        Vec::new()
    })
}

fn malformed(flag: &Flag, text: &str, wanted: &str) -> Failure {
    let message = format!("`--{}` cannot be `{text}`", flag.name);
    Failure::new(Exit::Usage, message).help(format!("expected {wanted}"))
}
