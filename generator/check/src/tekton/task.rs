//! Specifications of tasks, wherever they stand.

use std::collections::BTreeSet;
use std::sync::Arc;

use luban_yaml::Cursor;

use super::items_of;
use super::params::{Declared, Merged, ParamSpec};
use super::step::{Step, mount_paths};

/// In what a specification stands: what is declared around it counts too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holder {
    /// In a Task.
    Task,
    /// In a TaskRun.
    TaskRun,
    /// In a task of a Pipeline.
    Pipeline,
    /// In a task of the pipeline in a PipelineRun.
    PipelineRun,
    /// Where upstream does not ask whether parameters are declared: in `finally` of a PipelineRun, in a pipeline in a pipeline.
    Unasked,
}

/// The specification of a task that upstream validates by `TaskSpec.Validate`.
#[derive(Debug)]
pub(crate) struct TaskSpec<'a> {
    pub(crate) at: Cursor<'a>,
    pub(crate) holder: Holder,
    pub(crate) params: Vec<ParamSpec<'a>>,
    /// What a run gives, with what is declared around, if a run it is.
    pub(crate) merged: Option<Arc<Merged<'a>>>,
    /// Parameters of the Pipeline around it, whose properties texts may use.
    pub(crate) outer: Arc<[ParamSpec<'a>]>,
    pub(crate) steps: Vec<Step<'a>>,
    /// Whether defaults are set in it.
    pub(crate) has_defaults: bool,
}

impl<'a> TaskSpec<'a> {
    pub(crate) fn new(at: Cursor<'a>, holder: Holder, has_defaults: bool) -> Self {
        let template = at.get("stepTemplate");
        let steps = items_of(at, "steps").map(|step| Step::new(step, template));
        Self {
            at,
            holder,
            params: ParamSpec::all(at.get("params"), has_defaults),
            merged: None,
            outer: Arc::default(),
            steps: steps.collect(),
            has_defaults,
        }
    }

    pub(crate) fn with_outer(mut self, outer: &Arc<[ParamSpec<'a>]>) -> Self {
        self.outer = Arc::clone(outer);
        self
    }

    /// Together with what the run around it gives: upstream looks at that only if there are steps.
    pub(crate) fn with_merged(mut self, merged: &Arc<Merged<'a>>) -> Self {
        let has_steps = self.at.get("steps").is_some();
        self.merged = has_steps.then(|| Arc::clone(merged));
        self
    }

    /// What its texts may refer to; none if upstream does not ask.
    pub(crate) fn declared(&self) -> Option<Declared<'a>> {
        match self.holder {
            Holder::Task => Some(Declared::of(&self.params)),
            Holder::Pipeline => Some(Declared::of(self.params.iter().chain(self.outer.iter()))),
            Holder::TaskRun | Holder::PipelineRun => {
                self.merged.as_ref().map(|merged| merged.declared())
            }
            Holder::Unasked => None,
        }
    }

    /// The arrays that its texts may not use as texts: its own, and those that a run gives.
    pub(crate) fn arrays(&self) -> BTreeSet<&'a str> {
        let mut arrays = Declared::of(&self.params).arrays;
        if let Some(merged) = &self.merged {
            arrays.extend(merged.declared().arrays);
        }
        arrays
    }

    /// The paths at which steps and their template mount volumes.
    pub(crate) fn mount_paths(&self) -> Vec<(String, Cursor<'a>)> {
        let steps = self.steps.iter().map(|step| step.at);
        let all = steps.chain(self.at.get("stepTemplate"));
        all.flat_map(mount_paths).collect()
    }
}
