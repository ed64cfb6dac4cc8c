//! What pipelines hold that is validated as it is elsewhere: tasks in them and references.

use std::sync::Arc;

use luban_yaml::Cursor;

use super::params::{Merged, ParamSpec};
use super::task::{Holder, TaskSpec};
use super::task_ref::{Of, Reference};
use super::view::{Kind, ParamSpecs, View};
use super::{items_of, text_of};

const LISTS: [&str; 2] = ["tasks", "finally"];

/// How deep pipelines stand in pipelines at most.
const DEEPEST: usize = 32;

impl<'a> View<'a> {
    /// The pipeline of a Pipeline or PipelineRun.
    pub(super) fn add_pipeline(&mut self, spec: Cursor<'a>, holder: Holder) {
        self.add_nested(spec, holder, 0);
    }

    fn add_nested(&mut self, spec: Cursor<'a>, holder: Holder, depth: usize) {
        let has_defaults = depth == 0;
        let outer: Arc<[_]> = ParamSpec::all(spec.get("params"), has_defaults).into();
        self.param_specs.push(ParamSpecs {
            specs: outer.to_vec(),
            has_names: false,
        });
        let merged = (holder == Holder::PipelineRun).then(|| Arc::new(self.merge(spec, &outer)));
        if let Some(merged) = &merged {
            self.merged = Some(Arc::clone(merged));
        }
        for list in LISTS {
            for task in items_of(spec, list) {
                if is_custom(task) {
                    continue;
                }
                if let Some(at) = task.get("taskRef") {
                    self.add_reference(Reference { of: Of::Task, at });
                }
                if let Some(at) = task.get("taskSpec") {
                    let is_unasked = holder == Holder::PipelineRun && list == "finally";
                    let holder = if is_unasked { Holder::Unasked } else { holder };
                    let mut spec = TaskSpec::new(at, holder, has_defaults).with_outer(&outer);
                    if let Some(merged) = merged.as_ref().filter(|_| !is_unasked) {
                        spec = spec.with_merged(merged);
                    }
                    self.add_task(spec);
                }
                // `v1beta1` has the fields and does not look at them.
                if self.is_beta {
                    continue;
                }
                if let Some(at) = task.get("pipelineRef") {
                    self.add_reference(Reference {
                        of: Of::Pipeline,
                        at,
                    });
                }
                if let Some(at) = task.get("pipelineSpec").filter(|_| depth < DEEPEST) {
                    self.add_nested(at, Holder::Unasked, depth + 1);
                }
            }
        }
    }

    /// What a run gives, what its pipeline declares, and what the tasks of that are given and declare, as one
    /// (`PipelineRunSpec.validateInlineParameters`).
    fn merge(&self, spec: Cursor<'a>, outer: &[ParamSpec<'a>]) -> Merged<'a> {
        let mut merged = Merged::default();
        if self.kind == Kind::PipelineRun {
            let run = self.root.get("spec");
            for param in run.into_iter().flat_map(|run| items_of(run, "params")) {
                merged.give(param);
            }
        }
        for param in outer {
            merged.declare(param);
        }
        for task in items_of(spec, "tasks") {
            for param in items_of(task, "params") {
                merged.give_in_task(param);
            }
            let params = task.get("taskSpec").and_then(|spec| spec.get("params"));
            for param in ParamSpec::all(params, true) {
                merged.declare(&param);
            }
        }
        merged
    }
}

/// Whether another controller runs a task of a pipeline, so that only that knows what it may be.
fn is_custom(task: Cursor<'_>) -> bool {
    ["taskRef", "taskSpec"].into_iter().any(|field| {
        task.get(field).is_some_and(|of| {
            !matches!(text_of(of, "kind"), "" | "Task") || !text_of(of, "apiVersion").is_empty()
        })
    })
}
