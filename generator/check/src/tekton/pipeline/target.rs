//! What a task of a Pipeline, or a run, runs: what that declares, if it stands in place or is among the objects.

use luban_api::Object;
use luban_api_tekton::{ParamSpec, PipelineWorkspaceDeclaration, TaskResult, WorkspaceDeclaration};

use super::view::{PipelineTask, Reference};
use crate::objects::{Entry, Objects};
use crate::tekton::is_placeholder;

/// What a Task declares.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TaskSignature<'a> {
    pub(crate) params: &'a [ParamSpec],
    pub(crate) results: &'a [TaskResult],
    pub(crate) workspaces: &'a [WorkspaceDeclaration],
    /// The object; none of a Task in place.
    pub(crate) entry: Option<&'a Entry>,
}

/// What a Pipeline declares.
#[derive(Debug, Clone)]
pub(crate) struct PipelineSignature<'a> {
    pub(crate) params: &'a [ParamSpec],
    pub(crate) workspaces: &'a [PipelineWorkspaceDeclaration],
    /// The names of its tasks.
    pub(crate) tasks: Vec<&'a str>,
    /// The object; none of a Pipeline in place.
    pub(crate) entry: Option<&'a Entry>,
}

/// The Task that a task of a Pipeline runs.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Target<'a> {
    Known(TaskSignature<'a>),
    /// No object of that name is given.
    Missing,
    /// A resolver or another controller knows it, a variable names it, or it is no Task.
    Elsewhere,
}

impl<'a> Target<'a> {
    pub(super) fn of(objects: &'a Objects, from: &'a Entry, task: &PipelineTask<'a>) -> Self {
        if task.is_custom() {
            return Self::Elsewhere;
        }
        if let Some(spec) = &task.task_spec {
            return Self::Known(TaskSignature {
                params: spec.params,
                results: spec.results,
                workspaces: spec.workspaces,
                entry: None,
            });
        }
        let Some(name) = task.task_ref.as_ref().and_then(name_of) else {
            return Self::Elsewhere;
        };
        let entry = match find(objects, from, "Task", name) {
            Some(Some(entry)) => entry,
            Some(None) => return Self::Elsewhere,
            None => return Self::Missing,
        };
        let (params, results, workspaces) = match &entry.object {
            Some(Object::Task(task)) => {
                (&task.spec.params, &task.spec.results, &task.spec.workspaces)
            }
            Some(Object::TaskV1Beta1(task)) => {
                (&task.spec.params, &task.spec.results, &task.spec.workspaces)
            }
            _ => return Self::Elsewhere,
        };
        Self::Known(TaskSignature {
            params,
            results,
            workspaces,
            entry: Some(entry),
        })
    }

    /// What it declares, if that is known.
    pub(crate) fn signature(&self) -> Option<&TaskSignature<'a>> {
        match self {
            Self::Known(signature) => Some(signature),
            _ => None,
        }
    }
}

impl<'a> PipelineSignature<'a> {
    /// The Pipeline of a reference: none if a resolver knows it, and no signature if it is not given.
    pub(crate) fn of(
        objects: &'a Objects,
        from: &'a Entry,
        reference: &Reference<'a>,
    ) -> Option<Option<Self>> {
        let entry = match find(objects, from, "Pipeline", name_of(reference)?) {
            Some(entry) => entry?,
            None => return Some(None),
        };
        macro_rules! signature {
            ($spec:expr) => {
                Self {
                    params: &$spec.params,
                    workspaces: &$spec.workspaces,
                    tasks: $spec
                        .tasks
                        .iter()
                        .chain(&$spec.finally)
                        .filter_map(|task| task.name.as_deref())
                        .collect(),
                    entry: Some(entry),
                }
            };
        }
        match &entry.object {
            Some(Object::Pipeline(pipeline)) => Some(Some(signature!(pipeline.spec))),
            Some(Object::PipelineV1Beta1(pipeline)) => Some(Some(signature!(pipeline.spec))),
            _ => None,
        }
    }
}

/// The name of an object in a reference; none if anything but that name says what is meant.
fn name_of<'a>(reference: &Reference<'a>) -> Option<&'a str> {
    let is_name = !reference.name.is_empty()
        && !reference.name.contains(['$', ':'])
        && !is_placeholder(reference.name);
    (reference.resolver.is_empty() && reference.params.is_empty() && is_name)
        .then_some(reference.name)
}

/// The object of that name in the namespace of `from`; or without a namespace, which something else may give it. The inner option
/// is empty if there are several.
fn find<'a>(
    objects: &'a Objects,
    from: &Entry,
    kind: &str,
    name: &str,
) -> Option<Option<&'a Entry>> {
    let find = |namespace: &str| {
        let mut versions = ["tekton.dev/v1", "tekton.dev/v1beta1"].into_iter();
        versions.find_map(|version| objects.find_near(from, version, kind, namespace, name))
    };
    let has_namespace = |entry: &Entry| {
        let namespace = entry
            .metadata()
            .and_then(|metadata| metadata.namespace.as_deref());
        namespace.is_some_and(|namespace| !namespace.is_empty())
    };
    let elsewhere = || find("default").filter(|entry| !entry.is_some_and(has_namespace));
    find(from.namespace()).or_else(elsewhere)
}
