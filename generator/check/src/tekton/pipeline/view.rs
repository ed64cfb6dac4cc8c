//! A Pipeline as rules look at it, whichever version it is written in.

use std::collections::HashMap;

use luban_api::Object;
use luban_api_tekton as v1;
use luban_api_tekton::v1beta1;
use luban_api_tekton::{
    Matrix, Param, ParamSpec, PipelineResult, PipelineWorkspaceDeclaration, TaskResult,
    WhenExpression, WorkspaceDeclaration, WorkspacePipelineTaskBinding,
};
use luban_diagnostic::Place;
use luban_yaml::Path;

use crate::objects::{Entry, Objects};
use crate::options::Options;

use super::graph::Graph;
use super::references::{ResultReference, references};
use super::run::Run;
use super::target::{PipelineSignature, Target};
use super::texts::{self, At};

/// An object that holds Pipelines: a Pipeline, or a PipelineRun, which may have one in place.
pub(crate) struct Pipelines<'a> {
    pub(crate) objects: &'a Objects,
    pub(crate) entry: &'a Entry,
    pub(crate) options: &'a Options,
    /// The object's own Pipeline, then those that its tasks have in place.
    pub(crate) all: Vec<Pipeline<'a>>,
    /// The run, if it is one.
    pub(crate) run: Option<Run<'a>>,
}

/// Whose a Pipeline is: what it may use without declaring it depends on that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holder {
    /// It is an object, and declares all that it uses.
    Itself,
    /// A run has it in place, and gives it its own parameters and workspaces.
    Run,
    /// A task of a Pipeline has it in place.
    Task,
}

/// A version of Tekton's objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    V1,
    V1Beta1,
}

/// A Pipeline.
pub(crate) struct Pipeline<'a> {
    pub(crate) version: Version,
    pub(crate) holder: Holder,
    /// Where its specification is.
    pub(crate) path: Path,
    pub(crate) params: &'a [ParamSpec],
    pub(crate) workspaces: &'a [PipelineWorkspaceDeclaration],
    pub(crate) results: &'a [PipelineResult],
    /// Its tasks, then its final tasks.
    pub(crate) tasks: Vec<PipelineTask<'a>>,
    /// Whether nothing is in it that means anything.
    pub(crate) is_empty: bool,
    /// What waits for what.
    pub(crate) graph: Graph,
    /// The first task of each name, by whether it is final.
    names: HashMap<(&'a str, bool), usize>,
}

/// One task of a Pipeline.
pub(crate) struct PipelineTask<'a> {
    pub(crate) path: Path,
    /// Whether it stands in `finally`.
    pub(crate) is_final: bool,
    pub(crate) name: &'a str,
    pub(crate) task_ref: Option<Reference<'a>>,
    pub(crate) task_spec: Option<TaskInPlace<'a>>,
    pub(crate) pipeline_ref: Option<Reference<'a>>,
    pub(crate) has_pipeline_spec: bool,
    pub(crate) params: &'a [Param],
    pub(crate) matrix: Option<&'a Matrix>,
    pub(crate) workspaces: &'a [WorkspacePipelineTaskBinding],
    pub(crate) run_after: &'a [String],
    pub(crate) when: &'a [WhenExpression],
    pub(crate) retries: i64,
    pub(crate) on_error: &'a str,
    pub(crate) timeout: Option<&'a str>,
    /// The results that it reads.
    pub(crate) results: Vec<ResultUse<'a>>,
    /// The Task that it runs, as far as that is given.
    pub(crate) target: Target<'a>,
}

/// A result that a task reads.
#[derive(Debug)]
pub(crate) struct ResultUse<'a> {
    pub(crate) at: At<'a>,
    pub(crate) result: ResultReference<'a>,
}

/// A reference to a Task, custom task or Pipeline.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reference<'a> {
    pub(crate) name: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) api_version: &'a str,
    pub(crate) resolver: &'a str,
    pub(crate) params: &'a [Param],
}

/// A Task, or custom task, that a task of a Pipeline has in place.
pub(crate) struct TaskInPlace<'a> {
    pub(crate) kind: &'a str,
    pub(crate) api_version: &'a str,
    pub(crate) params: &'a [ParamSpec],
    pub(crate) results: &'a [TaskResult],
    pub(crate) workspaces: &'a [WorkspaceDeclaration],
    pub(crate) has_steps: bool,
    /// The steps and sidecars, where upstream looks for results in them.
    pub(crate) steps: &'a [v1::Step],
    pub(crate) sidecars: &'a [v1::Sidecar],
}

impl<'a> PipelineTask<'a> {
    /// Whether it runs once for each of several combinations.
    pub(crate) fn is_matrixed(&self) -> bool {
        self.matrix
            .is_some_and(|matrix| !matrix.params.is_empty() || !matrix.include.is_empty())
    }

    /// Whether what it runs is a Pipeline.
    pub(crate) fn runs_pipeline(&self) -> bool {
        self.pipeline_ref.is_some() || self.has_pipeline_spec
    }

    fn results_in_use(&self) -> Vec<ResultUse<'a>> {
        let in_place = self
            .task_spec
            .as_ref()
            .map(texts::container_texts)
            .unwrap_or_default();
        let texts = self.texts().chain(in_place);
        texts
            .flat_map(|(at, text)| {
                references(text).filter_map(move |reference| {
                    Some(ResultUse {
                        at,
                        result: reference.result()?,
                    })
                })
            })
            .collect()
    }

    /// What it is called in messages.
    pub(crate) fn title(&self) -> String {
        let kind = if self.is_final { "final task" } else { "task" };
        if self.name.is_empty() {
            format!("this {kind}")
        } else {
            format!("{kind} `{}`", self.name)
        }
    }

    /// Whether a controller of someone else's runs it: that is what a kind or version of its own says.
    pub(crate) fn is_custom(&self) -> bool {
        let is_custom =
            |kind: &str, version: &str| !matches!(kind, "" | "Task") || !version.is_empty();
        self.task_ref
            .is_some_and(|it| is_custom(it.kind, it.api_version))
            || self
                .task_spec
                .as_ref()
                .is_some_and(|it| is_custom(it.kind, it.api_version))
    }
}

impl<'a> Pipeline<'a> {
    /// The tasks that are not final.
    pub(crate) fn ordinary(&self) -> impl Iterator<Item = &PipelineTask<'a>> {
        self.tasks.iter().filter(|task| !task.is_final)
    }

    /// The task of that name; an ordinary one rather than a final one.
    pub(crate) fn task(&self, name: &str) -> Option<&PipelineTask<'a>> {
        self.named(name, false).or_else(|| self.named(name, true))
    }

    /// The task of that name among final ones, or among the others.
    pub(crate) fn named(&self, name: &str, is_final: bool) -> Option<&PipelineTask<'a>> {
        let at = self.names.get(&(name, is_final))?;
        self.tasks.get(*at)
    }
}

impl<'a> Pipelines<'a> {
    /// Reads an object; none if it is none of these kinds, or could not be made.
    pub(crate) fn new(
        objects: &'a Objects,
        entry: &'a Entry,
        options: &'a Options,
    ) -> Option<Self> {
        let mut pipelines = Self {
            objects,
            entry,
            options,
            all: Vec::new(),
            run: None,
        };
        let spec = entry.path.key("spec");
        let all = &mut pipelines.all;
        match entry.object.as_ref()? {
            Object::Pipeline(pipeline) => of_v1(&pipeline.spec, spec, Holder::Itself, all),
            Object::PipelineV1Beta1(pipeline) => {
                of_v1beta1(&pipeline.spec, spec, Holder::Itself, all)
            }
            Object::PipelineRun(run) => {
                if let Some(pipeline) = &run.spec.pipeline_spec {
                    of_v1(pipeline, spec.key("pipelineSpec"), Holder::Run, all);
                }
                pipelines.run = Some(Run::of_v1(run, spec));
            }
            Object::PipelineRunV1Beta1(run) => {
                if let Some(pipeline) = &run.spec.pipeline_spec {
                    of_v1beta1(pipeline, spec.key("pipelineSpec"), Holder::Run, all);
                }
                pipelines.run = Some(Run::of_v1beta1(run, spec));
            }
            _ => return None,
        }
        for pipeline in &mut pipelines.all {
            for task in &mut pipeline.tasks {
                task.target = Target::of(objects, entry, task);
            }
        }
        Some(pipelines)
    }

    /// Every task of every Pipeline.
    pub(crate) fn tasks(&self) -> impl Iterator<Item = (&Pipeline<'a>, &PipelineTask<'a>)> {
        self.all
            .iter()
            .flat_map(|pipeline| pipeline.tasks.iter().map(move |task| (pipeline, task)))
    }

    /// The place of the value at `path`.
    pub(crate) fn value(&self, path: &Path) -> Option<Place> {
        self.entry.document.locate(path)
    }

    /// The place of the key at `path`.
    pub(crate) fn key(&self, path: &Path) -> Option<Place> {
        self.entry.key_or_head(path)
    }

    /// The place of a part of the text at `path`; of the whole value where its text is made of something else.
    pub(crate) fn inside(&self, path: &Path, part: std::ops::Range<usize>) -> Option<Place> {
        let document = &self.entry.document;
        let scalar = document
            .scalar(path)
            .filter(|scalar| part.end <= scalar.text().len());
        scalar
            .map(|scalar| scalar.place_of(part))
            .or_else(|| document.locate(path))
    }

    /// What the Pipeline of a run declares, if that is known.
    pub(crate) fn run_signature(&self) -> Option<PipelineSignature<'a>> {
        let run = self.run.as_ref()?;
        if let Some(reference) = run.pipeline_ref.as_ref().filter(|_| !run.has_pipeline_spec) {
            return PipelineSignature::of(self.objects, self.entry, reference).flatten();
        }
        let pipeline = self
            .all
            .first()
            .filter(|pipeline| pipeline.holder == Holder::Run)?;
        Some(PipelineSignature {
            params: pipeline.params,
            workspaces: pipeline.workspaces,
            tasks: pipeline.tasks.iter().map(|task| task.name).collect(),
            entry: None,
        })
    }

    /// The place of the Pipeline of a run: its name, or the key.
    pub(crate) fn run_body_place(&self) -> Option<Place> {
        let run = self.run.as_ref()?;
        match run.has_pipeline_spec {
            true => self.key(&run.path.key("pipelineSpec")),
            false => self.value(&run.path.key("pipelineRef").key("name")),
        }
    }

    /// The place of the value at `path`, or of the last key on the way to it.
    pub(crate) fn key_or_value(&self, path: &Path) -> Option<Place> {
        if self.entry.document.has(path) {
            self.value(path)
        } else {
            self.key(path)
        }
    }

    /// The place of a task's name, or of the whole of one without.
    pub(crate) fn name_of(&self, task: &PipelineTask<'_>) -> Option<Place> {
        let path = task.path.key("name");
        if self.entry.document.has(&path) {
            self.value(&path)
        } else {
            self.entry.document.locate_head(&task.path)
        }
    }
}

/// Reads the Pipelines of one version.
macro_rules! pipelines_of {
    ($of:ident, $($module:ident)::*, $version:expr, steps: $steps:expr, sidecars: $sidecars:expr) => {
        fn $of<'a>(spec: &'a $($module)::*::PipelineSpec, path: Path, holder: Holder, all: &mut Vec<Pipeline<'a>>) {
            let lists = [("tasks", false, &spec.tasks), ("finally", true, &spec.finally)];
            let mut tasks = Vec::with_capacity(spec.tasks.len() + spec.finally.len());
            let mut inner = Vec::new();
            for (list, is_final, written) in lists {
                let path = path.key(list);
                for (at, task) in written.iter().enumerate() {
                    let path = path.index(at);
                    // The first version has the field, and looks no further.
                    if let (Some(spec), Version::V1) = (&task.pipeline_spec, $version) {
                        inner.push((spec, path.key("pipelineSpec")));
                    }
                    let mut task = PipelineTask {
                        path,
                        is_final,
                        name: task.name.as_deref().unwrap_or_default(),
                        task_ref: task.task_ref.as_ref().map(|reference| Reference {
                            name: reference.name.as_deref().unwrap_or_default(),
                            kind: reference.kind.as_deref().unwrap_or_default(),
                            api_version: reference.api_version.as_deref().unwrap_or_default(),
                            resolver: reference.resolver.as_deref().unwrap_or_default(),
                            params: &reference.params,
                        }),
                        task_spec: task.task_spec.as_deref().map(|task| TaskInPlace {
                            kind: task.kind.as_deref().unwrap_or_default(),
                            api_version: task.api_version.as_deref().unwrap_or_default(),
                            params: &task.params,
                            results: &task.results,
                            workspaces: &task.workspaces,
                            has_steps: !task.steps.is_empty(),
                            steps: $steps(task),
                            sidecars: $sidecars(task),
                        }),
                        pipeline_ref: task.pipeline_ref.as_ref().map(|reference| Reference {
                            name: reference.name.as_deref().unwrap_or_default(),
                            kind: "",
                            api_version: reference.api_version.as_deref().unwrap_or_default(),
                            resolver: reference.resolver.as_deref().unwrap_or_default(),
                            params: &reference.params,
                        }),
                        has_pipeline_spec: task.pipeline_spec.is_some(),
                        params: &task.params,
                        matrix: task.matrix.as_ref(),
                        workspaces: &task.workspaces,
                        run_after: &task.run_after,
                        when: &task.when,
                        retries: task.retries.unwrap_or_default(),
                        on_error: task.on_error.as_deref().unwrap_or_default(),
                        timeout: task.timeout.as_deref(),
                        results: Vec::new(),
                        target: Target::Elsewhere,
                    };
                    task.results = task.results_in_use();
                    tasks.push(task);
                }
            }
            let graph = Graph::of(&tasks);
            let mut names = HashMap::new();
            for (at, task) in tasks.iter().enumerate() {
                names.entry((task.name, task.is_final)).or_insert(at);
            }
            all.push(Pipeline {
                version: $version,
                holder,
                path,
                params: &spec.params,
                workspaces: &spec.workspaces,
                results: &spec.results,
                tasks,
                is_empty: *spec == $($module)::*::PipelineSpec::default(),
                graph,
                names,
            });
            for (spec, path) in inner {
                $of(spec, path, Holder::Task, all);
            }
        }
    };
}

pipelines_of!(of_v1, v1, Version::V1, steps: |task: &'a v1::EmbeddedTask| task.steps.as_slice(),
    sidecars: |task: &'a v1::EmbeddedTask| task.sidecars.as_slice());
pipelines_of!(of_v1beta1, v1beta1, Version::V1Beta1, steps: |_: &'a v1beta1::EmbeddedTask| [].as_slice(),
    sidecars: |_: &'a v1beta1::EmbeddedTask| [].as_slice());
