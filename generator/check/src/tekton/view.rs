//! One object of Tekton.

use luban_yaml::Cursor;

use super::params::{Merged, ParamSpec};
use super::task::{Holder, TaskSpec};
use super::task_ref::{Of, Reference};
use super::workspaces::Binding;
use crate::flags::Flags;
use crate::objects::{Entry, Objects};
use crate::options::Options;

/// What an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Task,
    TaskRun,
    Pipeline,
    PipelineRun,
    StepAction,
    CustomRun,
    VerificationPolicy,
    ResolutionRequest,
}

/// A list of values that are given to parameters.
#[derive(Debug, Clone)]
pub(crate) struct Given<'a> {
    pub(crate) params: Vec<Cursor<'a>>,
    /// Whether `a` and `A` are two names; upstream asks so in tasks of pipelines only.
    pub(crate) is_case_sensitive: bool,
}

impl<'a> Given<'a> {
    pub(super) fn new(list: Option<Cursor<'a>>, is_case_sensitive: bool) -> Option<Self> {
        let params: Vec<_> = list?.items().flatten().collect();
        (params.len() > 1).then_some(Self {
            params,
            is_case_sensitive,
        })
    }
}

/// A list of parameters that are declared.
#[derive(Debug)]
pub(crate) struct ParamSpecs<'a> {
    pub(crate) specs: Vec<ParamSpec<'a>>,
    /// Whether upstream looks at their names: not at those of a pipeline.
    pub(crate) has_names: bool,
}

/// One object of Tekton, with all in it that upstream validates by the same code.
#[derive(Debug)]
pub(crate) struct View<'a> {
    pub(crate) objects: &'a Objects,
    pub(crate) entry: &'a Entry,
    pub(crate) flags: &'a Flags,
    pub(crate) kind: Kind,
    /// Whether its version is `v1beta1`.
    pub(crate) is_beta: bool,
    /// Whether its version is `v1alpha1`.
    pub(crate) is_alpha: bool,
    /// The object.
    pub(crate) root: Cursor<'a>,
    pub(crate) tasks: Vec<TaskSpec<'a>>,
    pub(crate) references: Vec<Reference<'a>>,
    /// Lists of conditions.
    pub(crate) whens: Vec<Cursor<'a>>,
    pub(crate) given: Vec<Given<'a>>,
    pub(crate) param_specs: Vec<ParamSpecs<'a>>,
    /// Workspaces that a run brings.
    pub(crate) bindings: Vec<Binding<'a>>,
}

impl<'a> View<'a> {
    /// The view of an object that Tekton's webhook serves; none of others.
    pub(crate) fn new(
        objects: &'a Objects,
        entry: &'a Entry,
        options: &'a Options,
    ) -> Option<Self> {
        let (group, version) = entry.name.api_version.split_once('/')?;
        let kind = match (group, version, entry.name.kind.as_str()) {
            ("tekton.dev", "v1" | "v1beta1", "Task") => Kind::Task,
            ("tekton.dev", "v1" | "v1beta1", "TaskRun") => Kind::TaskRun,
            ("tekton.dev", "v1" | "v1beta1", "Pipeline") => Kind::Pipeline,
            ("tekton.dev", "v1" | "v1beta1", "PipelineRun") => Kind::PipelineRun,
            ("tekton.dev", "v1beta1" | "v1alpha1", "StepAction") => Kind::StepAction,
            ("tekton.dev", "v1beta1", "CustomRun") => Kind::CustomRun,
            ("tekton.dev", "v1alpha1", "VerificationPolicy") => Kind::VerificationPolicy,
            ("resolution.tekton.dev", _, "ResolutionRequest") => Kind::ResolutionRequest,
            _ => return None,
        };
        let mut view = Self {
            objects,
            entry,
            flags: &options.tekton,
            kind,
            is_beta: version == "v1beta1",
            is_alpha: version == "v1alpha1",
            root: entry.document.cursor(&entry.path)?,
            tasks: Vec::new(),
            references: Vec::new(),
            whens: Vec::new(),
            given: Vec::new(),
            param_specs: Vec::new(),
            bindings: Vec::new(),
        };
        if let Some(spec) = view.root.get("spec") {
            view.add_spec(spec);
        }
        Some(view)
    }

    /// The specification.
    pub(crate) fn spec(&self) -> Option<Cursor<'a>> {
        self.root.get("spec")
    }

    /// Whether it is a run.
    pub(crate) fn is_run(&self) -> bool {
        matches!(
            self.kind,
            Kind::TaskRun | Kind::PipelineRun | Kind::CustomRun
        )
    }

    fn add_spec(&mut self, spec: Cursor<'a>) {
        match self.kind {
            Kind::Task => self.add_task(TaskSpec::new(spec, Holder::Task, true)),
            Kind::Pipeline => self.add_pipeline(spec, Holder::Pipeline),
            Kind::StepAction => self.param_specs.push(ParamSpecs {
                specs: ParamSpec::all(spec.get("params"), true),
                has_names: true,
            }),
            Kind::TaskRun => {
                self.add_run(spec);
                if let Some(at) = spec.get("taskRef") {
                    self.add_reference(Reference { of: Of::Task, at });
                }
                if let Some(at) = spec.get("taskSpec") {
                    let task = TaskSpec::new(at, Holder::TaskRun, true);
                    let mut merged = Merged::default();
                    for param in super::items_of(spec, "params") {
                        merged.give(param);
                    }
                    for param in &task.params {
                        merged.declare(param);
                    }
                    self.add_task(task.with_merged(&merged));
                }
            }
            Kind::PipelineRun => {
                self.add_run(spec);
                if let Some(at) = spec.get("pipelineRef") {
                    self.add_reference(Reference {
                        of: Of::Pipeline,
                        at,
                    });
                }
                if let Some(at) = spec.get("pipelineSpec") {
                    self.add_pipeline(at, Holder::PipelineRun);
                }
            }
            Kind::CustomRun => self.add_run(spec),
            Kind::VerificationPolicy | Kind::ResolutionRequest => {}
        }
    }

    fn add_run(&mut self, spec: Cursor<'a>) {
        self.given.extend(Given::new(spec.get("params"), false));
        let bindings = super::items_of(spec, "workspaces");
        self.bindings.extend(bindings.map(|at| Binding { at }));
    }

    pub(super) fn add_reference(&mut self, reference: Reference<'a>) {
        self.given.extend(Given::new(reference.params(), false));
        self.references.push(reference);
    }

    pub(super) fn add_task(&mut self, task: TaskSpec<'a>) {
        for step in &task.steps {
            if let Some(at) = step.reference() {
                let of = Of::StepAction;
                self.references.push(Reference { of, at });
                self.given.extend(Given::new(at.get("params"), false));
            }
            self.whens.extend(step.at.get("when"));
        }
        self.param_specs.push(ParamSpecs {
            specs: task.params.clone(),
            has_names: true,
        });
        self.tasks.push(task);
    }
}
