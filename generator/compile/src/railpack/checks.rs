//! Whether what Tasks, Pipelines and runs refer to exists: more than Tekton's admission sees, which leaves most of it to
//! the run.

use luban_api_tekton::{
    Param, ParamSpec, ParamValue, Pipeline, PipelineRun, PipelineTask, Sidecar, Step, Task,
};
use serde::Serialize;
use std::collections::BTreeSet;

/// The text of each `$(…)` in `value`, with the string that it stands in.
pub(super) fn references(value: &impl Serialize) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![serde_json::to_value(value).unwrap()];
    while let Some(value) = open.pop() {
        match value {
            serde_json::Value::String(text) => {
                let mut rest = text.as_str();
                while let Some((_, after)) = rest.split_once("$(") {
                    let (reference, after) = after.split_once(')').unwrap_or((after, ""));
                    found.push((reference.to_owned(), text.clone()));
                    rest = after;
                }
            }
            serde_json::Value::Array(values) => open.extend(values),
            serde_json::Value::Object(values) => {
                open.extend(values.into_iter().map(|(_, value)| value));
            }
            _ => {}
        }
    }
    found
}

fn type_of(spec: &ParamSpec) -> &str {
    spec.type_.as_deref().unwrap_or("string")
}

fn type_of_value(value: &ParamValue) -> &'static str {
    match value {
        ParamValue::String(_) => "string",
        ParamValue::Array(_) => "array",
        ParamValue::Object(_) => "object",
    }
}

/// What is wrong with a reference to a parameter; nothing if it is none.
fn parameter_problem(reference: &str, text: &str, declared: &[ParamSpec]) -> Option<String> {
    let name = reference.strip_prefix("params.")?;
    let (name, is_list) = match name.strip_suffix("[*]") {
        Some(name) => (name, true),
        None => (name, false),
    };
    let Some(spec) = declared.iter().find(|spec| spec.name == name) else {
        return Some(format!("parameter `{name}` is not declared"));
    };
    if (type_of(spec) == "array") != is_list {
        return Some(format!("`{reference}` is not of the type of `{name}`"));
    }
    (is_list && text != format!("$({reference})"))
        .then(|| format!("`{reference}` is not alone in `{text}`"))
}

/// A container of a Task: what it shows, what it mounts, what it sees.
struct Container {
    name: String,
    references: Vec<(String, String)>,
    mounts: Vec<String>,
    workspaces: BTreeSet<String>,
}

impl From<&Step> for Container {
    fn from(step: &Step) -> Self {
        Self {
            name: step.name.clone().unwrap(),
            references: references(step),
            mounts: step.volume_mounts.iter().map(|m| m.name.clone()).collect(),
            workspaces: step.workspaces.iter().map(|w| w.name.clone()).collect(),
        }
    }
}

impl From<&Sidecar> for Container {
    fn from(sidecar: &Sidecar) -> Self {
        Self {
            name: sidecar.name.clone().unwrap(),
            references: references(sidecar),
            mounts: sidecar
                .volume_mounts
                .iter()
                .map(|m| m.name.clone())
                .collect(),
            workspaces: sidecar.workspaces.iter().map(|w| w.name.clone()).collect(),
        }
    }
}

/// What is wrong with a Task.
pub(super) fn task_problems(task: &Task) -> Vec<String> {
    let spec = &task.spec;
    let mut problems = Vec::new();
    let mut used: BTreeSet<String> = BTreeSet::new();
    let steps = spec.steps.iter().map(Container::from);
    for container in steps.chain(spec.sidecars.iter().map(Container::from)) {
        let mut problem = |what: String| problems.push(format!("{}: {what}", container.name));
        for (reference, text) in &container.references {
            used.insert(reference.trim_end_matches("[*]").to_owned());
            if reference.starts_with("params.") {
                if let Some(what) = parameter_problem(reference, text, &spec.params) {
                    problem(what);
                }
            } else if let Some(name) = inside(reference, "results.", ".path") {
                if !spec.results.iter().any(|result| result.name == name) {
                    problem(format!("result `{name}` is not declared"));
                }
            } else if let Some(name) = inside(reference, "workspaces.", ".path") {
                if !container.workspaces.contains(name) {
                    problem(format!("workspace `{name}` is not seen here"));
                }
            } else if reference != "context.taskRun.namespace" {
                problem(format!("`$({reference})` is unknown"));
            }
        }
        for mount in &container.mounts {
            if !spec.volumes.iter().any(|volume| volume.name == *mount) {
                problem(format!("volume `{mount}` does not exist"));
            }
        }
        for workspace in &container.workspaces {
            used.insert(format!("workspaces.{workspace}"));
            if !spec.workspaces.iter().any(|known| known.name == *workspace) {
                problem(format!("workspace `{workspace}` is not declared"));
            }
        }
    }
    let declared = spec
        .params
        .iter()
        .map(|param| format!("params.{}", param.name))
        .chain(
            spec.results
                .iter()
                .map(|result| format!("results.{}.path", result.name)),
        )
        .chain(
            spec.workspaces
                .iter()
                .map(|workspace| format!("workspaces.{}", workspace.name)),
        );
    problems.extend(
        declared
            .filter(|name| !used.contains(name))
            .map(|name| format!("`{name}` is declared and not used")),
    );
    problems
}

fn inside<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    text.strip_prefix(before)?.strip_suffix(after)
}

fn resolved<'a>(params: &'a [Param], key: &str) -> &'a str {
    match params
        .iter()
        .find(|param| param.name == key)
        .map(|param| &param.value)
    {
        Some(ParamValue::String(text)) => text,
        _ => "",
    }
}

/// The Task that a part of a Pipeline runs.
pub(super) fn task_of<'a>(part: &PipelineTask, tasks: &'a [Task]) -> Option<&'a Task> {
    let reference = part.task_ref.as_ref()?;
    tasks.iter().find(|task| {
        task.metadata.name.as_deref() == Some(resolved(&reference.params, "name"))
            && task.metadata.namespace.as_deref() == Some(resolved(&reference.params, "namespace"))
    })
}

/// What is wrong with a Pipeline over `tasks`.
pub(super) fn pipeline_problems(pipeline: &Pipeline, tasks: &[Task]) -> Vec<String> {
    let spec = &pipeline.spec;
    let mut problems = Vec::new();
    let task_named = |name: &str| {
        spec.tasks
            .iter()
            .find(|part| part.name.as_deref() == Some(name))
    };
    for (reference, text) in references(pipeline) {
        let parts: Vec<&str> = reference.split('.').collect();
        match parts.as_slice() {
            ["params", ..] => problems.extend(parameter_problem(&reference, &text, &spec.params)),
            ["tasks", task, "results", result] => {
                let is_there = task_named(task)
                    .and_then(|part| task_of(part, tasks))
                    .is_some_and(|task| {
                        task.spec.results.iter().any(|known| known.name == *result)
                    });
                if !is_there {
                    problems.push(format!("`{reference}` does not exist"));
                }
            }
            ["tasks", task, "status"] if task_named(task).is_some() => {}
            ["tasks", "status"] | ["context", "pipelineRun", "name"] => {}
            _ => problems.push(format!("`{reference}` is unknown")),
        }
    }
    for part in spec.tasks.iter().chain(&spec.finally) {
        let name = part.name.clone().unwrap();
        let Some(task) = task_of(part, tasks) else {
            problems.push(format!("{name}: its Task does not exist"));
            continue;
        };
        problems.extend(
            part_problems(part, task, pipeline)
                .into_iter()
                .map(|what| format!("{name}: {what}")),
        );
        for before in &part.run_after {
            if task_named(before).is_none() {
                problems.push(format!(
                    "{name}: runs after `{before}`, which does not exist"
                ));
            }
        }
    }
    let used: BTreeSet<String> = references(&(&spec.tasks, &spec.finally))
        .into_iter()
        .map(|(reference, _)| reference.trim_end_matches("[*]").to_owned())
        .collect();
    problems.extend(
        spec.params
            .iter()
            .filter(|param| !used.contains(&format!("params.{}", param.name)))
            .map(|param| format!("parameter `{}` is declared and not used", param.name)),
    );
    problems
}

fn part_problems(part: &PipelineTask, task: &Task, pipeline: &Pipeline) -> Vec<String> {
    let mut problems = Vec::new();
    for param in &part.params {
        match task.spec.params.iter().find(|spec| spec.name == param.name) {
            None => problems.push(format!("its Task has no parameter `{}`", param.name)),
            Some(spec) if type_of(spec) != type_of_value(&param.value) => {
                problems.push(format!("parameter `{}` is of another type", param.name));
            }
            Some(_) => {}
        }
    }
    let missing = task.spec.params.iter().filter(|spec| {
        spec.default.is_none() && !part.params.iter().any(|given| given.name == spec.name)
    });
    problems.extend(missing.map(|spec| format!("parameter `{}` is missing", spec.name)));
    for bound in &part.workspaces {
        let of_task = task
            .spec
            .workspaces
            .iter()
            .find(|known| known.name == bound.name);
        let of_pipeline = pipeline
            .spec
            .workspaces
            .iter()
            .find(|known| Some(&known.name) == bound.workspace.as_ref());
        match (of_task, of_pipeline) {
            (Some(task), Some(pipeline)) => {
                if pipeline.optional == Some(true) && task.optional != Some(true) {
                    problems.push(format!(
                        "workspace `{}` may be missing and is needed",
                        bound.name
                    ));
                }
            }
            _ => problems.push(format!("workspace `{}` does not exist", bound.name)),
        }
    }
    let missing = task.spec.workspaces.iter().filter(|known| {
        known.optional != Some(true)
            && !part.workspaces.iter().any(|bound| bound.name == known.name)
    });
    problems.extend(missing.map(|known| format!("workspace `{}` is missing", known.name)));
    problems
}

/// What is wrong with a run of one of `pipelines`.
pub(super) fn run_problems(run: &PipelineRun, pipelines: &[Pipeline]) -> Vec<String> {
    let reference = run.spec.pipeline_ref.as_ref().unwrap();
    let name = resolved(&reference.params, "name");
    let Some(pipeline) = pipelines
        .iter()
        .find(|pipeline| pipeline.metadata.name.as_deref() == Some(name))
    else {
        return vec![format!("Pipeline `{name}` does not exist")];
    };
    let mut problems: Vec<String> = references(run)
        .into_iter()
        .map(|(reference, _)| format!("`$({reference})` in a run"))
        .collect();
    let declared: Vec<(&str, &str)> = pipeline
        .spec
        .params
        .iter()
        .map(|spec| (spec.name.as_str(), type_of(spec)))
        .collect();
    let given: Vec<(&str, &str)> = run
        .spec
        .params
        .iter()
        .map(|param| (param.name.as_str(), type_of_value(&param.value)))
        .collect();
    if declared != given {
        problems.push(format!("declared are {declared:?}, given {given:?}"));
    }
    for workspace in &pipeline.spec.workspaces {
        let is_bound = run
            .spec
            .workspaces
            .iter()
            .any(|bound| bound.name == workspace.name);
        if !is_bound && workspace.optional != Some(true) {
            problems.push(format!("workspace `{}` is missing", workspace.name));
        }
    }
    for bound in &run.spec.workspaces {
        if !pipeline
            .spec
            .workspaces
            .iter()
            .any(|known| known.name == bound.name)
        {
            problems.push(format!("workspace `{}` does not exist", bound.name));
        }
    }
    for spec in &run.spec.task_run_specs {
        let mut parts = pipeline.spec.tasks.iter().chain(&pipeline.spec.finally);
        if !parts.any(|part| part.name == spec.pipeline_task_name) {
            problems.push(format!("part {:?} does not exist", spec.pipeline_task_name));
        }
    }
    problems
}
