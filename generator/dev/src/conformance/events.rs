//! The recorded events of tests/events on their way: body and headers as the provider sends them, the event source's own form of them, the
//! compiled Sensor by Argo Events' own code, and the fields that `luban step dispatch` gets. What dispatch makes of these fields its
//! own tests say.

use super::document::Object;
use super::hostile::{Created, created};
use super::judge::Judge;
use super::protocol::{Question, Verdict};
use super::report::{Place, Report};
use super::set::Set;
use anyhow::{Context as _, Result, anyhow, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use luban_platform::lock::Lock;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Name of this part, beside the judges'.
pub(crate) const EVENTS: &str = "events";
/// The judge that has upstream's code.
const ARGO_EVENTS: &str = "argo-events";
/// The recordings.
const FOLDER: &str = "tests/events";
/// What GitHub's event source puts into the body (argo-events v1.9.11, `pkg/eventsources/sources/github/start.go`).
const INTO_BODY: [&str; 2] = ["X-GitHub-Event", "X-GitHub-Delivery"];

/// Whether a judge takes part.
pub(crate) fn needs(judge: &str) -> bool {
    judge == ARGO_EVENTS
}

/// What is expected of deliveries; the rest of it is for dispatch's tests.
#[derive(Debug, Deserialize)]
struct Case {
    providers: Vec<String>,
    deliveries: Vec<String>,
    /// Whether the Sensor's filter drops them.
    #[serde(default)]
    dropped: bool,
}

/// A recorded delivery.
struct Delivery {
    provider: String,
    name: String,
    data: Value,
    fields: BTreeMap<String, String>,
}

/// Sends every recorded event through its Sensor.
///
/// # Errors
/// When the judge cannot run, or what is recorded cannot be read.
pub(crate) fn check(lock: &Lock, judges: &[Judge], report: &mut Report) -> Result<()> {
    let mut all = judges.iter();
    let judge = all
        .find(|judge| judge.name == ARGO_EVENTS)
        .context("there is no judge of Argo Events")?;
    let set = Set::compiled(&format!("{FOLDER}/platform.yaml"), lock)?;
    let text = fs::read_to_string(Path::new(FOLDER).join("expected.yaml"))?;
    let cases: Vec<Case> = serde_yaml::from_str(&text)?;
    let dropped: BTreeSet<(&str, &str)> = cases
        .iter()
        .filter(|case| case.dropped)
        .flat_map(|case| {
            case.providers.iter().flat_map(|provider| {
                let names = case.deliveries.iter();
                names.map(|name| (provider.as_str(), name.as_str()))
            })
        })
        .collect();
    for sensor in set
        .objects
        .iter()
        .filter(|object| object.kind() == "Sensor")
    {
        let folder = Path::new(FOLDER).join(sensor.name());
        if !folder.is_dir() {
            continue;
        }
        let deliveries = deliveries(&folder, has_github_source(sensor, &set))?;
        let questions: Vec<Question> = deliveries
            .iter()
            .map(|delivery| Question::Event {
                yaml: sensor.text.clone(),
                group: set.name.clone(),
                event: delivery.data.clone(),
            })
            .collect();
        let verdicts = judge.ask(questions.iter())?;
        for (delivery, verdict) in deliveries.iter().zip(verdicts) {
            let is_dropped =
                dropped.contains(&(delivery.provider.as_str(), delivery.name.as_str()));
            let result =
                created(&verdict).and_then(|created| compare(&created, delivery, is_dropped));
            let place = Place {
                set: set.name.clone(),
                path: sensor.path.clone(),
                label: format!("delivery `{}`", delivery.name),
            };
            let error = result.err().map(|error| format!("{error:#}"));
            let verdict = Verdict {
                ok: error.is_none(),
                error: error.unwrap_or_default(),
                ..Verdict::default()
            };
            report.judged(EVENTS, place, &verdict);
        }
    }
    Ok(())
}

/// Whether the EventSource of a Sensor is of GitHub's type.
fn has_github_source(sensor: &Object, set: &Set) -> bool {
    set.objects.iter().any(|object| {
        object.kind() == "EventSource"
            && object.name() == sensor.name()
            && object
                .value
                .get("spec")
                .and_then(|spec| spec.get("github"))
                .is_some()
    })
}

fn deliveries(folder: &Path, is_github: bool) -> Result<Vec<Delivery>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::io::Result<_>>()?;
    files.retain(|file| {
        file.extension()
            .is_some_and(|extension| extension == "headers")
    });
    files.sort();
    let provider = folder.file_name().unwrap_or_default().to_string_lossy();
    let mut all = Vec::new();
    for file in files {
        let read = |extension: &str| {
            let file = file.with_extension(extension);
            fs::read_to_string(&file).with_context(|| format!("cannot read `{}`", file.display()))
        };
        let body: Value = serde_json::from_str(&read("json")?)?;
        all.push(Delivery {
            provider: provider.to_string(),
            name: file
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            data: on_the_bus(&read("headers")?, body, is_github)?,
            fields: serde_json::from_str(&read("fields.json")?)?,
        });
    }
    if all.is_empty() {
        bail!("nothing is recorded in `{}`", folder.display());
    }
    Ok(all)
}

/// An event as its event source puts it on the bus: headers and body, `WebhookEventData` and `GithubEventData` of
/// `pkg/eventsources/events`.
fn on_the_bus(headers: &str, mut body: Value, is_github: bool) -> Result<Value> {
    let mut all = Map::new();
    for line in headers.lines() {
        let (name, value) = line
            .split_once(": ")
            .or_else(|| Some((line.strip_suffix(':')?, "")))
            .ok_or_else(|| anyhow!("`{line}` is no header"))?;
        // Go gives headers the names that RFC 7230 allows to write in any case.
        all.insert(canonical(name), json!([value]));
    }
    if !is_github {
        return Ok(json!({"header": all, "body": body}));
    }
    let object = body.as_object_mut().context("the body is no object")?;
    for name in INTO_BODY {
        let value = all.get(&canonical(name)).and_then(|values| values.get(0));
        object.insert(name.to_owned(), value.cloned().unwrap_or_default());
    }
    Ok(json!({"headers": all, "body": body}))
}

/// A header's name as Go's `textproto.CanonicalMIMEHeaderKey` writes it: `X-Github-Event`.
fn canonical(name: &str) -> String {
    let part = |part: &str| {
        let mut letters = part.chars();
        letters.next().map_or_else(String::new, |first| {
            first.to_ascii_uppercase().to_string() + &letters.as_str().to_ascii_lowercase()
        })
    };
    name.split('-').map(part).collect::<Vec<_>>().join("-")
}

/// Checks that a run of dispatch and the record of it have the fields of a delivery, and no others.
fn compare(created: &[Created], delivery: &Delivery, is_dropped: bool) -> Result<()> {
    if created.is_empty() != is_dropped {
        bail!("{} objects were made", created.len());
    }
    for created in created {
        let what = if created.is_dead_letter {
            "the record"
        } else {
            "the run"
        };
        let passed = passed(&created.object)?;
        if passed.get("provider") != Some(&delivery.provider) {
            bail!("{what} is of another provider");
        }
        for (name, text) in &passed {
            let expected = match name.as_str() {
                "provider" => continue,
                name => delivery.fields.get(name).map_or("", String::as_str),
            };
            let bytes = STANDARD
                .decode(text)
                .map_err(|error| anyhow!("{what}: `{name}`: {error}"))?;
            let text = String::from_utf8(bytes)?;
            let json = |text: &str| serde_json::from_str::<Value>(text).ok();
            let is_same = text == expected
                || (name == "updates" && json(&text).is_some() && json(&text) == json(expected));
            if !is_same {
                bail!(
                    "{what}: `{name}` is `{}` and not `{}`",
                    text.escape_debug(),
                    expected.escape_debug()
                );
            }
        }
        if let Some(missing) = delivery
            .fields
            .keys()
            .find(|name| !passed.contains_key(*name))
        {
            bail!("{what} has no `{missing}`");
        }
    }
    Ok(())
}

/// What a run of dispatch or a record of an event has of it.
fn passed(object: &Value) -> Result<BTreeMap<String, String>> {
    if let Some(data) = object.get("data") {
        return Ok(serde_json::from_value(data.clone())?);
    }
    let parameters = object
        .pointer("/spec/arguments/parameters")
        .and_then(Value::as_array);
    let pair = |parameter: &Value| {
        Some((
            parameter.get("name")?.as_str()?.to_owned(),
            parameter.get("value")?.as_str()?.to_owned(),
        ))
    };
    let parameters = parameters.context("it has no parameters")?;
    parameters
        .iter()
        .map(|parameter| pair(parameter).with_context(|| format!("{parameter} is no text")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_have_the_names_that_go_gives_them() {
        assert_eq!(canonical("X-GitHub-Hook-ID"), "X-Github-Hook-Id");
        let data = on_the_bus(
            "X-GitHub-Event: ping\nX-Empty:\n",
            json!({"zen": "x"}),
            true,
        )
        .unwrap();
        assert_eq!(data["headers"]["X-Github-Event"], json!(["ping"]));
        assert_eq!(data["headers"]["X-Empty"], json!([""]));
        assert_eq!(data["body"]["X-GitHub-Event"], "ping");
        assert_eq!(
            on_the_bus("X: y\n", json!({}), false).unwrap()["header"]["X"],
            json!(["y"])
        );
        assert!(on_the_bus("nonsense\n", json!({}), false).is_err());
    }
}
