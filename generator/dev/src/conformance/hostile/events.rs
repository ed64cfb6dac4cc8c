//! Events as EventSources put them on the bus, and what a Sensor must make of them.
//!
//! The outer form is that of argo-events v1.9.11: `WebhookEventData` and `GithubEventData` of pkg/eventsources/events (the GitHub
//! source writes two headers into the body), `ResourceEventData` for a watched object. The bodies are those of the providers' pushes.

use super::super::document::{Object, list_at, text_at, value_at};
use super::super::set::Set;
use anyhow::{Context as _, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const BEFORE: &str = "6113728f27ae82c7b1a177c8d03f9e96e0adf246";
const AFTER: &str = "960ef4fb6190de6aa8b394bf2f0d552ee67675c3";

/// What sends the events of a Sensor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shape {
    GitHub,
    Gitea,
    Azure,
    /// kpack, whose Builds are watched.
    Rebuild,
}

/// An event with a name in every place where a person or a program could put it.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) data: Value,
    /// What must come of it, by parameter: text that is passed in base64, or as it is for [`Shape::Rebuild`].
    pub(super) fields: BTreeMap<String, String>,
}

impl Shape {
    /// The shape of the events that `sensor` gets.
    ///
    /// # Errors
    /// When its EventSource or its provider is not in the set.
    pub(super) fn of(sensor: &Object, set: &Set) -> Result<Self> {
        let dependency = list_at(&sensor.value, &["spec", "dependencies"]).first();
        let source = dependency
            .and_then(|dependency| text_at(dependency, &["eventSourceName"]))
            .unwrap_or_default();
        let source = set
            .objects
            .iter()
            .find(|object| object.kind() == "EventSource" && object.name() == source)
            .with_context(|| format!("{}: there is no EventSource `{source}`", sensor.path))?;
        let has = |key| value_at(&source.value, &["spec", key]).is_some();
        if has("github") {
            return Ok(Self::GitHub);
        }
        if has("resource") {
            return Ok(Self::Rebuild);
        }
        let settings = set
            .objects
            .iter()
            .find_map(|object| text_at(&object.value, &["data", "settings.yaml"]))
            .context("the set has no settings of dispatch")?;
        let settings: serde_yaml::Value = serde_yaml::from_str(settings)?;
        match text_at(&settings, &["providers", sensor.name()]) {
            Some("Gitea") => Ok(Self::Gitea),
            Some("AzureDevOpsServices" | "AzureDevOpsServer") => Ok(Self::Azure),
            other => bail!("{}: no events are known of {other:?}", sensor.path),
        }
    }

    /// The event in which everything is called `name`.
    pub(super) fn event(self, name: &str) -> Event {
        let git_ref = format!("refs/heads/{name}");
        let repository = format!("acme/{name}");
        let push = json!({
            "ref": git_ref, "before": name, "after": AFTER,
            "repository": {"id": 35_129_377, "name": name, "full_name": repository, "owner": {"login": name}},
            "pusher": {"name": name}, "sender": {"login": name, "id": 6_752_317},
            "head_commit": {"id": AFTER, "message": name, "added": [name]},
        });
        let field = |pairs: &[(&str, &str)]| {
            let pairs = pairs.iter();
            pairs
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect()
        };
        let pushed = || {
            field(&[
                ("kind", name),
                ("delivery", name),
                ("repository-id", "35129377"),
                ("repository", &repository),
                ("ref", &git_ref),
                ("before", name),
                ("after", AFTER),
                ("sender", name),
            ])
        };
        let (data, fields) = match self {
            Self::GitHub => {
                let mut body = push;
                if let Some(body) = body.as_object_mut() {
                    body.insert("X-GitHub-Event".to_owned(), name.into());
                    body.insert("X-GitHub-Delivery".to_owned(), name.into());
                }
                (
                    json!({"headers": {"User-Agent": [name]}, "body": body}),
                    pushed(),
                )
            }
            Self::Gitea => {
                let header = json!({"X-Gitea-Event": [name], "X-Gitea-Delivery": [name], "User-Agent": [name]});
                let mut body = push;
                if let Some(repository) = body.get_mut("repository").and_then(Value::as_object_mut)
                {
                    repository.insert("updated_at".to_owned(), name.into());
                }
                let mut fields: BTreeMap<String, String> = pushed();
                fields.insert("repository-updated".to_owned(), name.to_owned());
                (json!({"header": header, "body": body}), fields)
            }
            Self::Azure => {
                let updates = json!([
                    {"name": git_ref, "oldObjectId": BEFORE, "newObjectId": AFTER},
                    {"name": format!("refs/tags/{name}"), "oldObjectId": name, "newObjectId": AFTER},
                ]);
                let body = json!({
                    "id": name, "eventType": name, "publisherId": "tfs", "message": {"text": name},
                    "resource": {
                        "refUpdates": updates, "commits": [{"commitId": AFTER, "comment": name}],
                        "repository": {"id": name, "name": name, "project": {"id": name, "name": name}, "remoteUrl": name},
                        "pushedBy": {"displayName": name, "uniqueName": name}, "pushId": 14,
                    },
                });
                let fields = field(&[
                    ("kind", name),
                    ("delivery", name),
                    ("repository-id", name),
                    ("repository", &format!("{name}/{name}")),
                    ("updates", &updates.to_string()),
                    ("sender", name),
                ]);
                (
                    json!({"header": {"User-Agent": [name]}, "body": body}),
                    fields,
                )
            }
            Self::Rebuild => {
                let body = json!({
                    "apiVersion": "kpack.io/v1alpha2", "kind": "Build",
                    "metadata": {"name": name, "labels": {"image.kpack.io/image": name}, "annotations": {"image.kpack.io/reason": name}},
                    "spec": {"source": {"git": {"revision": name}}, "tags": [name]},
                });
                // A name of a Kubernetes object, or nothing.
                let passed = if is_object_name(name) { name } else { "" };
                (
                    json!({"type": "UPDATE", "body": body, "oldBody": null, "group": "kpack.io", "version": "v1alpha2", "resource": "builds"}),
                    field(&[("image", passed), ("build", passed)]),
                )
            }
        };
        Event { data, fields }
    }

    /// Checks that `created` has the fields of its event where `plain` has those of its own, and is the same in all else.
    ///
    /// # Errors
    /// For the first thing that is not so.
    pub(super) fn compare(
        self,
        created: &Value,
        plain: &Value,
        fields: &BTreeMap<String, String>,
    ) -> Result<()> {
        let (mut created, mut plain) = (created.clone(), plain.clone());
        for (name, place) in data(&mut created) {
            let Some(expected) = fields.get(&name) else {
                continue;
            };
            let value = std::mem::take(place);
            let text = value
                .as_str()
                .with_context(|| format!("`{name}` is no text: {value}"))?;
            let is_same = match self {
                Self::Rebuild => text == expected,
                _ => is_encoded(&name, text, expected),
            };
            if !is_same {
                bail!("`{name}` is `{}`", text.escape_debug());
            }
        }
        for (name, place) in data(&mut plain) {
            if fields.contains_key(&name) {
                *place = Value::Null;
            }
        }
        if created != plain {
            bail!("more differs than data: {created} in place of {plain}");
        }
        Ok(())
    }
}

/// Whether `text` is `expected` in base64. A list of refs is the same list, however its JSON is written.
fn is_encoded(name: &str, text: &str, expected: &str) -> bool {
    let decoded = STANDARD
        .decode(text)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok());
    decoded.is_some_and(|decoded| {
        let json = |text: &str| serde_json::from_str::<Value>(text).ok();
        decoded == expected
            || (name == "updates" && json(&decoded).is_some() && json(&decoded) == json(expected))
    })
}

/// The places of an object that an event fills in: parameters of a Workflow, data of a ConfigMap.
fn data(object: &mut Value) -> Vec<(String, &mut Value)> {
    if let Some(data) = object.get("data").and_then(Value::as_object)
        && !data.is_empty()
    {
        let data = object.get_mut("data").and_then(Value::as_object_mut);
        return data
            .into_iter()
            .flatten()
            .map(|(name, value)| (name.clone(), value))
            .collect();
    }
    let parameters = object
        .pointer_mut("/spec/arguments/parameters")
        .and_then(Value::as_array_mut);
    let named = parameters.into_iter().flatten().filter_map(|parameter| {
        let name = parameter.get("name")?.as_str()?.to_owned();
        Some((name, parameter.get_mut("value")?))
    });
    named.collect()
}

/// Whether a text is a name that Kubernetes gives objects: what the Sensor of rebuilds lets through.
fn is_object_name(text: &str) -> bool {
    let is_end = |c: Option<char>| c.is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    is_end(text.chars().next())
        && is_end(text.chars().next_back())
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.'))
}
