//! The table: a part for each thing that a defect is about, in the order of their numbers.

mod build;
mod daemon;
mod plan;
mod run;

use crate::railpack::interface::task;
use crate::railpack::tests::Compiled;
use luban_api_tekton::{PipelineTask, Step, Task};
use serde::Serialize;

/// How a defect's absence is shown.
pub(super) enum Shown {
    /// By what is compiled.
    Yaml(fn(&Compiled) -> bool),
    /// Elsewhere: by a verb of `luban step`, whose tests show it, or because there is nothing that could have it.
    Elsewhere(&'static str),
}

/// Number, what it was, how its absence is shown.
pub(super) type Defect = (u8, &'static str, Shown);

/// All of them.
pub(super) const DEFECTS: [&[Defect]; 4] =
    [plan::DEFECTS, build::DEFECTS, daemon::DEFECTS, run::DEFECTS];

const BUILDERS: [&str; 2] = [task::BUILD, task::COMBINED];

fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

fn has_no_script(compiled: &Compiled) -> bool {
    compiled.tasks.iter().all(|task| {
        task.spec.steps.iter().all(|step| step.script.is_none())
            && task
                .spec
                .sidecars
                .iter()
                .all(|sidecar| sidecar.script.is_none())
    })
}

fn step<'a>(task: &'a Task, name: &str) -> &'a Step {
    let mut steps = task.spec.steps.iter();
    steps
        .find(|step| step.name.as_deref() == Some(name))
        .unwrap()
}

/// Whether step `name` of both Tasks that build satisfies `is_so`.
fn both(compiled: &Compiled, name: &str, is_so: impl Fn(&Step) -> bool) -> bool {
    BUILDERS
        .iter()
        .all(|task| is_so(step(compiled.task(task), name)))
}

fn has_arg(step: &Step, arg: &str) -> bool {
    step.args.iter().any(|known| known == arg)
}

fn builds(compiled: &Compiled) -> Vec<&PipelineTask> {
    let parts = compiled
        .pipelines
        .iter()
        .flat_map(|pipeline| &pipeline.spec.tasks);
    parts
        .filter(|part| part.name.as_deref().unwrap().starts_with("build-"))
        .collect()
}

fn gives(part: &PipelineTask, name: &str, value: &str) -> bool {
    let mut params = part.params.iter();
    params.any(|param| param.name == name && text(&param.value) == value)
}

fn has_result(compiled: &Compiled, name: &str) -> bool {
    BUILDERS.iter().all(|task| {
        let mut results = compiled.task(task).spec.results.iter();
        results.any(|result| result.name == name)
    })
}

fn daemons(compiled: &Compiled) -> Vec<&luban_api_tekton::Sidecar> {
    compiled
        .tasks
        .iter()
        .flat_map(|task| &task.spec.sidecars)
        .collect()
}
