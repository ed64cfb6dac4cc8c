//! What upstream's own code makes of a run's variables: the stand-ins must have run nothing else.

use crate::conformance::judge::Judge;
use crate::conformance::protocol::Question;
use crate::conformance::set::Set;
use crate::stand_ins::container::list;
use crate::stand_ins::variables::{Style, Variables, plain};
use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// A pod, as the judges say it.
#[derive(Debug, Deserialize)]
struct Pod {
    node: String,
    containers: Vec<Value>,
}

/// A container of a run.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Container {
    /// The task or template that it belongs to.
    pub(super) node: String,
    pub(super) name: String,
    /// Command and arguments; what is known of other tasks only once they have run is not filled in.
    command: Vec<String>,
}

impl Container {
    /// Checks that a stand-in ran this command, `variables` being what it knew of the tasks that have run.
    ///
    /// # Errors
    /// With both commands, if it ran another.
    pub(super) fn is_run_by(&self, command: &[String], variables: &Variables) -> Result<()> {
        let words = self.command.iter().map(|word| variables.text(word));
        let expected: Vec<String> = words.collect::<Result<_>>()?;
        if command != expected {
            bail!(
                "`{}/{}` ran {command:?} where upstream's code makes {expected:?}",
                self.node,
                self.name
            );
        }
        Ok(())
    }
}

/// Every container of a run, with the templates of `kinds` in `set`.
///
/// # Errors
/// When the judge cannot run, or refuses the run.
pub(super) fn containers(
    judge: &Judge,
    set: &Set,
    kinds: &[&str],
    run: &Value,
) -> Result<Vec<Container>> {
    let group = || set.name.clone();
    let templates = set.objects.iter();
    let templates = templates.filter(|object| kinds.contains(&object.kind()));
    let mut questions: Vec<Question> = templates
        .map(|object| Question::Document {
            yaml: object.text.clone(),
            group: group(),
            submit: false,
            flags: BTreeMap::new(),
        })
        .collect();
    // What only the server writes is no matter for variables, and strict readers know not all of it.
    let mut run = run.clone();
    let metadata = run.get_mut("metadata").and_then(Value::as_object_mut);
    if let Some(metadata) = metadata {
        metadata.remove("managedFields");
    }
    questions.push(Question::Pods {
        yaml: run.to_string(),
        group: group(),
        pods: true,
    });
    let verdict = judge.ask(questions.iter())?.pop();
    let verdict = verdict.context("the judge says nothing")?;
    if !verdict.ok {
        bail!("`{}` refuses the run: {}", judge.name, verdict.error);
    }
    let pods: Vec<Pod> = serde_json::from_str(&verdict.output)?;
    let containers = pods.into_iter().flat_map(|pod| {
        let node = pod.node;
        let containers = pod.containers.into_iter();
        containers.map(move |container| {
            let words = ["command", "args"].into_iter();
            let words = words.flat_map(|field| list(&container, field)).map(plain);
            Container {
                node: node.clone(),
                name: plain(&container["name"]),
                command: words.collect(),
            }
        })
    });
    Ok(containers.collect())
}

/// What is known of tasks that have run, as `$(tasks.…)` names it.
pub(super) fn of_tasks(tasks: &[crate::stand_ins::tekton::Task]) -> Variables {
    let mut variables = Variables::new(Style::Tekton);
    for task in tasks {
        variables.set(format!("tasks.{}.status", task.name), task.status);
        for (name, value) in &task.results {
            let name = format!("tasks.{}.results.{name}", task.name);
            variables.set(name, value.clone());
        }
    }
    let status = crate::stand_ins::tekton::status(tasks);
    variables.set("tasks.status", status);
    variables
}
