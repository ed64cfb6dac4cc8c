//! One object of Tekton.

use std::collections::BTreeSet;
use std::sync::Arc;

use luban_yaml::Cursor;

use super::params::{Declared, Merged, MergedParam, ParamSpec};
use super::step::{Step, Text, TextField};
use super::task::{Holder, TaskSpec};
use super::task_ref::{Of, Reference};
use super::workspaces::Binding;
use crate::flags::Flags;
use crate::objects::Entry;
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

/// A list of values that a run or a reference gives to parameters.
#[derive(Debug, Clone)]
pub(crate) struct Given<'a> {
    pub(crate) params: Vec<Cursor<'a>>,
}

impl<'a> Given<'a> {
    pub(super) fn new(list: Option<Cursor<'a>>) -> Option<Self> {
        let params: Vec<_> = list?.items().collect();
        (params.len() > 1).then_some(Self { params })
    }
}

/// A list of parameters that are declared.
#[derive(Debug)]
pub(crate) struct ParamSpecs<'a> {
    pub(crate) specs: Vec<ParamSpec<'a>>,
    /// Whether upstream looks at their names: not at those of a pipeline.
    pub(crate) has_names: bool,
}

/// Texts, and what they may refer to.
#[derive(Debug)]
struct Uses<'a> {
    texts: Vec<Text<'a>>,
    /// None if upstream does not ask what is declared.
    declared: Option<Declared<'a>>,
    /// Arrays, which are no texts.
    arrays: BTreeSet<&'a str>,
}

/// A result that is declared.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ResultSpec<'a> {
    pub(crate) at: Cursor<'a>,
    pub(crate) name: &'a str,
    /// Whether it is of a task; else of a step or step action.
    pub(crate) is_of_task: bool,
    /// Whether defaults are set in it: not in results of steps.
    pub(crate) has_defaults: bool,
}

impl<'a> ResultSpec<'a> {
    /// Whether it is an object, also if only its properties say so.
    pub(crate) fn is_object(&self) -> bool {
        match super::text_of(self.at, "type") {
            "" => self.has_defaults && self.at.get("properties").is_some(),
            kind => kind == "object",
        }
    }
}

/// One object of Tekton, with all in it that upstream validates by the same code.
#[derive(Debug)]
pub(crate) struct View<'a> {
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
    /// Lists of conditions of steps.
    pub(crate) whens: Vec<Cursor<'a>>,
    pub(crate) given: Vec<Given<'a>>,
    pub(crate) param_specs: Vec<ParamSpecs<'a>>,
    /// Workspaces that a run brings.
    pub(crate) bindings: Vec<Binding<'a>>,
    /// What a run gives together with what its pipeline declares.
    pub(super) merged: Option<Arc<Merged<'a>>>,
    uses: Vec<Uses<'a>>,
}

impl<'a> View<'a> {
    /// The view of an object that Tekton's webhook serves; none of others.
    pub(crate) fn new(entry: &'a Entry, options: &'a Options) -> Option<Self> {
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
            merged: None,
            uses: Vec::new(),
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

    /// Texts in which upstream asks whether parameters are declared, with those that are.
    pub(crate) fn uses(&self) -> impl Iterator<Item = (&Declared<'a>, &[Text<'a>])> {
        let uses = self.uses.iter();
        uses.filter_map(|uses| Some((uses.declared.as_ref()?, uses.texts.as_slice())))
    }

    /// Texts in which upstream looks for arrays, with those that there are.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&BTreeSet<&'a str>, &[Text<'a>])> {
        let uses = self.uses.iter();
        uses.map(|uses| (&uses.arrays, uses.texts.as_slice()))
    }

    /// What runs give together with what stands in them.
    pub(crate) fn merged(&self) -> impl Iterator<Item = &MergedParam<'a>> {
        let of_tasks = self.tasks.iter().filter_map(|task| task.merged.as_ref());
        let all = of_tasks.chain(&self.merged);
        all.flat_map(|merged| merged.params.values())
    }

    /// The results that tasks, steps and the step action declare.
    pub(crate) fn results(&self) -> Vec<ResultSpec<'a>> {
        let mut results = Vec::new();
        let mut add = |of: Cursor<'a>, is_of_task, has_defaults| {
            results.extend(super::items_of(of, "results").map(|at| ResultSpec {
                at,
                name: super::text_of(at, "name"),
                is_of_task,
                has_defaults,
            }));
        };
        for task in &self.tasks {
            add(task.at, true, task.has_defaults);
            for step in task.steps.iter().filter(|step| step.reference().is_none()) {
                add(step.at, false, false);
            }
        }
        if let (Kind::StepAction, Some(spec)) = (self.kind, self.spec()) {
            add(spec, false, true);
        }
        results
    }

    /// The lists in which a TaskRun gives resources to steps and sidecars.
    pub(crate) fn overrides(&self) -> impl Iterator<Item = Cursor<'a>> {
        let fields = if self.is_beta {
            ["stepOverrides", "sidecarOverrides"]
        } else {
            ["stepSpecs", "sidecarSpecs"]
        };
        let spec = self.spec().filter(|_| self.kind == Kind::TaskRun);
        let lists = fields.map(|field| spec.and_then(|spec| spec.get(field)));
        lists.into_iter().flatten()
    }

    fn add_spec(&mut self, spec: Cursor<'a>) {
        match self.kind {
            Kind::Task => self.add_task(TaskSpec::new(spec, Holder::Task, true)),
            Kind::Pipeline => self.add_pipeline(spec, Holder::Pipeline),
            Kind::StepAction => self.add_step_action(spec),
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
                    self.add_task(task.with_merged(&Arc::new(merged)));
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

    fn add_step_action(&mut self, spec: Cursor<'a>) {
        let specs = ParamSpec::all(spec.get("params"), true);
        let declared = Declared::of(&specs);
        let mut texts = Step::new(spec, None).texts;
        // Nothing may be put into the script, and nobody looks at the rest.
        texts.retain(|text| {
            let is_looked_at = [TextField::Image, TextField::Command, TextField::Args];
            is_looked_at.contains(&text.field)
                || matches!(text.field, TextField::Env | TextField::MountName)
        });
        self.uses.push(Uses {
            texts,
            arrays: declared.arrays.clone(),
            declared: Some(declared),
        });
        self.param_specs.push(ParamSpecs {
            specs,
            has_names: true,
        });
    }

    fn add_run(&mut self, spec: Cursor<'a>) {
        self.given.extend(Given::new(spec.get("params")));
        let bindings = super::items_of(spec, "workspaces");
        self.bindings.extend(bindings.map(|at| Binding { at }));
    }

    pub(super) fn add_reference(&mut self, reference: Reference<'a>) {
        self.given.extend(Given::new(reference.params()));
        self.references.push(reference);
    }

    pub(super) fn add_task(&mut self, task: TaskSpec<'a>) {
        for step in &task.steps {
            if let Some(at) = step.reference() {
                let of = Of::StepAction;
                self.references.push(Reference { of, at });
                self.given.extend(Given::new(at.get("params")));
            }
            self.whens.extend(step.at.get("when"));
        }
        self.param_specs.push(ParamSpecs {
            specs: task.params.clone(),
            has_names: true,
        });
        let texts: Vec<_> = task
            .steps
            .iter()
            .flat_map(|step| step.texts.iter().copied())
            .collect();
        if !texts.is_empty() {
            self.uses.push(Uses {
                texts,
                declared: task.declared(),
                arrays: task.arrays(),
            });
        }
        self.tasks.push(task);
    }
}
