//! Names that somebody chose to do harm, on their whole way: event, Sensor, Workflow or PipelineRun, kubelet, parser.
//!
//! Upstream's own code does each step (the judges' requests with `event` and `pods`); the kubelet's expansion is small and stands in
//! `expansion`. A plain event goes the same way: nothing but the data may differ, and at the end the parser of `luban step` must
//! have the very bytes of the event. What each file here is for: `names` reads the strings, `events` says what an event looks like
//! and what must come of it, `pods` compares containers.

mod events;
mod expansion;
mod names;
mod pods;

use super::document::Object;
use super::judge::Judge;
use super::protocol::{Question, Verdict};
use super::report::{Place, Report};
use super::runs::set_metadata;
use super::set::Set;
use anyhow::{Context as _, Result, anyhow, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use events::{Event, Shape};
use names::Name;
use pods::Pod;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// Name of this part, beside the judges'.
pub(crate) const HOSTILE: &str = "hostile";
/// The strings.
const NAMES: &str = "tests/hostile/names.yaml";
/// What a name is compared with that nobody trips over.
const PLAIN: &str = "main";
/// What the API server would add to `generateName`.
const NAME: &str = "run-0123456789";

const ARGO_EVENTS: &str = "argo-events";
const ARGO_WORKFLOWS: &str = "argo-workflows";
const TEKTON: &str = "tekton";

/// Whether a judge takes part.
pub(crate) fn needs(judge: &str) -> bool {
    [ARGO_EVENTS, ARGO_WORKFLOWS, TEKTON].contains(&judge)
}

/// Sends every name through the Sensors and the runs of `set`.
///
/// # Errors
/// When a judge cannot run, or the set holds what this does not know.
pub(crate) fn check(set: &Set, judges: &[Judge], report: &mut Report) -> Result<()> {
    let names = names::read(Path::new(NAMES))?;
    let judge = |name: &str| {
        let mut all = judges.iter();
        all.find(|judge| judge.name == name)
            .with_context(|| format!("there is no judge `{name}`"))
    };
    let engines = Engines {
        set,
        workflows: judge(ARGO_WORKFLOWS)?,
        tekton: judge(TEKTON)?,
    };
    let mut said = Vec::new();
    let sensors = set
        .objects
        .iter()
        .filter(|object| object.kind() == "Sensor" && object.group() == "argoproj.io");
    for sensor in sensors {
        let shape = Shape::of(sensor, set)?;
        said.extend(through_sensor(
            sensor,
            shape,
            &names,
            judge(ARGO_EVENTS)?,
            &engines,
        )?);
    }
    for run in set.made.iter().filter(|run| run.path.starts_with("run ")) {
        said.extend(through_run(run, &names, &engines)?);
    }
    for (path, name, result) in said {
        let place = Place {
            set: set.name.clone(),
            path,
            label: name.label(),
        };
        let error = result.err().map(|error| format!("{error:#}"));
        let verdict = Verdict {
            ok: error.is_none(),
            error: error.unwrap_or_default(),
            ..Verdict::default()
        };
        report.judged(HOSTILE, place, &verdict);
    }
    Ok(())
}

/// What came of one name: where, and whether it stayed data.
type Said<'n> = (String, &'n Name, Result<()>);

/// What a trigger creates, as the judge says it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Created {
    pub(crate) trigger: String,
    pub(crate) is_dead_letter: bool,
    pub(crate) object: Value,
}

fn through_sensor<'n>(
    sensor: &Object,
    shape: Shape,
    names: &'n [Name],
    argo_events: &Judge,
    engines: &Engines<'_>,
) -> Result<Vec<Said<'n>>> {
    let plain = shape.event(PLAIN);
    let events: Vec<Event> = names.iter().map(|name| shape.event(&name.text)).collect();
    let questions: Vec<Question> = std::iter::once(&plain)
        .chain(&events)
        .map(|event| Question::Event {
            yaml: sensor.text.clone(),
            group: engines.set.name.clone(),
            event: event.data.clone(),
        })
        .collect();
    let mut verdicts = argo_events.ask(questions.iter())?.into_iter();
    let plain_created = created(&verdicts.next().unwrap_or_default())
        .with_context(|| format!("{}: a plain event", sensor.path))?;
    let plain_pods = engines.pods_of(&plain_created)?;

    let created: Vec<Result<Vec<Created>>> = verdicts.map(|verdict| created(&verdict)).collect();
    let all: Vec<Created> = created.iter().flatten().flatten().cloned().collect();
    let mut pods = engines.pods_of(&all)?.into_iter();
    let mut said = Vec::new();
    for ((name, event), created) in names.iter().zip(&events).zip(created) {
        let result = created.and_then(|created| {
            let own: Vec<_> = pods.by_ref().take(created.len()).collect();
            if created.len() != plain_created.len() {
                bail!(
                    "{} objects were created, not {}",
                    created.len(),
                    plain_created.len()
                );
            }
            for (((created, plain), pods), plain_pods) in
                created.iter().zip(&plain_created).zip(own).zip(&plain_pods)
            {
                let what = || {
                    let dead = if created.is_dead_letter {
                        "dead letter of "
                    } else {
                        ""
                    };
                    format!(
                        "{dead}trigger `{}`, {}",
                        created.trigger,
                        kind(&created.object)
                    )
                };
                shape
                    .compare(&created.object, &plain.object, &event.fields)
                    .with_context(what)?;
                match (pods, plain_pods) {
                    (Some(pods), Some(plain)) => {
                        let plain = plain.as_ref().map_err(|error| anyhow!("{error:#}"))?;
                        pods::compare(&pods?, plain, &event.fields).with_context(what)?;
                    }
                    (None, None) => {}
                    _ => bail!("{}: another kind of object was created", what()),
                }
            }
            Ok(())
        });
        said.push((sensor.path.clone(), name, result));
    }
    Ok(said)
}

/// What a verdict on an event says that is created.
///
/// # Errors
/// When nothing is, with the judge's reason.
pub(crate) fn created(verdict: &Verdict) -> Result<Vec<Created>> {
    if !verdict.ok {
        bail!("{}", verdict.error);
    }
    let mut created: Vec<Created> = serde_json::from_str(&verdict.output)?;
    for created in &mut created {
        // The one thing that differs from event to event by itself.
        if let Some(labels) = created.object.pointer_mut("/metadata/labels")
            && let Some(labels) = labels.as_object_mut()
        {
            labels.remove("events.argoproj.io/action-timestamp");
        }
    }
    Ok(created)
}

fn kind(object: &Value) -> &str {
    object
        .get("kind")
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// Sends every name through a run, as the ref that dispatch fills in.
fn through_run<'n>(
    run: &Object,
    names: &'n [Name],
    engines: &Engines<'_>,
) -> Result<Vec<Said<'n>>> {
    let filled = |text: &str| -> Result<Value> {
        let mut value = run.value.clone();
        let list = match run.kind() {
            "Workflow" => value
                .get_mut("spec")
                .and_then(|spec| spec.get_mut("arguments")?.get_mut("parameters")),
            _ => value
                .get_mut("spec")
                .and_then(|spec| spec.get_mut("params")),
        };
        let mut parameters = list
            .and_then(serde_yaml::Value::as_sequence_mut)
            .into_iter()
            .flatten();
        let parameter = parameters
            .find(|parameter| {
                parameter.get("name").and_then(serde_yaml::Value::as_str)
                    == Some(luban_compile::parameter::REF)
            })
            .and_then(serde_yaml::Value::as_mapping_mut)
            .with_context(|| format!("{}: dispatch fills no ref in", run.path))?;
        parameter.insert("value".into(), STANDARD.encode(text).into());
        Ok(serde_json::to_value(value)?)
    };
    let git_ref = |name: &str| format!("refs/heads/{name}");
    let mut objects = vec![filled(&git_ref(PLAIN))?];
    for name in names {
        objects.push(filled(&git_ref(&name.text))?);
    }
    let mut pods = engines.pods(&objects)?.into_iter();
    let plain = pods
        .next()
        .flatten()
        .with_context(|| format!("{} has no pods", run.path))??;
    Ok(names
        .iter()
        .zip(pods)
        .map(|(name, pods)| {
            let fields = BTreeMap::from([("ref".to_owned(), git_ref(&name.text))]);
            let result = match pods {
                Some(pods) => pods.and_then(|pods| pods::compare(&pods, &plain, &fields)),
                None => Err(anyhow!("it has no pods")),
            };
            (run.path.clone(), name, result)
        })
        .collect())
}

/// The engines that make pods of an object.
struct Engines<'a> {
    set: &'a Set,
    workflows: &'a Judge,
    tekton: &'a Judge,
}

impl Engines<'_> {
    fn pods_of(&self, created: &[Created]) -> Result<Vec<Option<Result<Vec<Pod>>>>> {
        let objects: Vec<Value> = created
            .iter()
            .map(|created| created.object.clone())
            .collect();
        self.pods(&objects)
    }

    /// The pods of each object; none for one that has no pods.
    fn pods(&self, objects: &[Value]) -> Result<Vec<Option<Result<Vec<Pod>>>>> {
        let mut all: Vec<Option<Result<Vec<Pod>>>> = objects.iter().map(|_| None).collect();
        for (judge, own, known) in [
            (
                self.workflows,
                "Workflow",
                &["WorkflowTemplate", "ClusterWorkflowTemplate"][..],
            ),
            (self.tekton, "PipelineRun", &["Pipeline", "Task"][..]),
        ] {
            let asked: Vec<usize> = (0..objects.len())
                .filter(|i| objects.get(*i).map(kind) == Some(own))
                .collect();
            if asked.is_empty() {
                continue;
            }
            let mut questions: Vec<Question> = self
                .set
                .objects
                .iter()
                .filter(|object| known.contains(&object.kind()))
                .map(|object| self.question(object.text.clone(), false))
                .collect();
            let templates = questions.len();
            for object in asked.iter().filter_map(|i| objects.get(*i)) {
                questions.push(self.question(named(object)?, true));
            }
            let verdicts = judge.ask(questions.iter())?;
            for (i, verdict) in asked.iter().zip(verdicts.into_iter().skip(templates)) {
                let pods = if verdict.ok {
                    serde_json::from_str(&verdict.output).map_err(Into::into)
                } else {
                    Err(anyhow!("{}", verdict.error))
                };
                if let Some(place) = all.get_mut(*i) {
                    *place = Some(pods);
                }
            }
        }
        Ok(all)
    }

    fn question(&self, yaml: String, is_run: bool) -> Question {
        let group = self.set.name.clone();
        if is_run {
            Question::Pods {
                yaml,
                group,
                pods: true,
            }
        } else {
            Question::Document {
                yaml,
                group,
                submit: false,
                flags: BTreeMap::new(),
            }
        }
    }
}

/// An object with the name that the API server makes of `generateName`, as text that every reader of YAML takes for the same: JSON.
fn named(object: &Value) -> Result<String> {
    let mut value: serde_yaml::Value = serde_yaml::to_value(object)?;
    if object.pointer("/metadata/name").is_none() {
        set_metadata(&mut value, "name", NAME);
    }
    Ok(serde_json::to_string(&value)?)
}
