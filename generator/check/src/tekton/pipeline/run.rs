//! A PipelineRun as rules look at it, whichever version it is written in.

use luban_api_core::Quantity;
use luban_api_core::k8s_openapi::api::core::v1::ResourceRequirements;
use luban_api_tekton as v1;
use luban_api_tekton::v1beta1;
use luban_api_tekton::{Param, TimeoutFields, WorkspaceBinding};
use luban_yaml::Path;

use super::view::{Reference, Version};

/// A PipelineRun.
pub(crate) struct Run<'a> {
    pub(crate) version: Version,
    /// Where its specification is.
    pub(crate) path: Path,
    pub(crate) pipeline_ref: Option<Reference<'a>>,
    pub(crate) has_pipeline_spec: bool,
    pub(crate) params: &'a [Param],
    pub(crate) workspaces: &'a [WorkspaceBinding],
    pub(crate) timeouts: Option<&'a TimeoutFields>,
    /// The timeout of `v1beta1` that `timeouts` excludes.
    pub(crate) timeout: Option<&'a str>,
    pub(crate) tasks: Vec<TaskOfRun<'a>>,
    pub(crate) status: &'a str,
    pub(crate) has_started: bool,
}

/// What a run says of one task.
pub(crate) struct TaskOfRun<'a> {
    pub(crate) path: Path,
    /// The task's name.
    pub(crate) name: &'a str,
    pub(crate) timeout: Option<&'a str>,
    /// The steps and sidecars that it gives resources: the field, and for each the name.
    pub(crate) lists: [(&'static str, Vec<&'a str>); 2],
    /// The steps that it gives resources indeed.
    pub(crate) steps_with_resources: Vec<usize>,
    pub(crate) has_resources: bool,
}

/// Reads the runs of one version.
macro_rules! run_of {
    ($of:ident, $run:ty, $version:expr, $steps:ident $steps_name:literal $resources:ident, $sidecars:ident $sidecars_name:literal,
        timeout: $timeout:expr) => {
        pub(super) fn $of(run: &'a $run, path: Path) -> Self {
            let spec = &run.spec;
            let specs = path.key("taskRunSpecs");
            let tasks = spec
                .task_run_specs
                .iter()
                .enumerate()
                .map(|(at, task)| TaskOfRun {
                    path: specs.index(at),
                    name: task.pipeline_task_name.as_deref().unwrap_or_default(),
                    timeout: task.timeout.as_deref(),
                    lists: [
                        (
                            $steps_name,
                            task.$steps.iter().map(|step| step.name.as_str()).collect(),
                        ),
                        (
                            $sidecars_name,
                            task.$sidecars
                                .iter()
                                .map(|sidecar| sidecar.name.as_str())
                                .collect(),
                        ),
                    ],
                    steps_with_resources: (0..task.$steps.len())
                        .filter(|at| {
                            task.$steps
                                .get(*at)
                                .is_some_and(|step| !is_empty(&step.$resources))
                        })
                        .collect(),
                    has_resources: task.compute_resources.is_some(),
                });
            let tasks = tasks.collect();
            Self {
                version: $version,
                path,
                pipeline_ref: spec.pipeline_ref.as_ref().map(|reference| Reference {
                    name: reference.name.as_deref().unwrap_or_default(),
                    kind: "",
                    api_version: reference.api_version.as_deref().unwrap_or_default(),
                    resolver: reference.resolver.as_deref().unwrap_or_default(),
                    params: &reference.params,
                }),
                has_pipeline_spec: spec.pipeline_spec.is_some(),
                params: &spec.params,
                workspaces: &spec.workspaces,
                timeouts: spec.timeouts.as_ref(),
                timeout: $timeout(run),
                tasks,
                status: spec.status.as_deref().unwrap_or_default(),
                has_started: run
                    .status
                    .as_ref()
                    .is_some_and(|status| status.start_time.is_some()),
            }
        }
    };
}

impl<'a> Run<'a> {
    run_of!(of_v1, v1::PipelineRun, Version::V1, step_specs "stepSpecs" compute_resources, sidecar_specs "sidecarSpecs",
        timeout: |_: &'a v1::PipelineRun| None);
    run_of!(of_v1beta1, v1beta1::PipelineRun, Version::V1Beta1, step_overrides "stepOverrides" resources,
        sidecar_overrides "sidecarOverrides",
        timeout: |run: &'a v1beta1::PipelineRun| run.spec.timeout.as_deref());
}

/// Whether nothing is asked for.
fn is_empty(resources: &ResourceRequirements) -> bool {
    let is_none = |list: &Option<std::collections::BTreeMap<String, Quantity>>| {
        list.as_ref().is_none_or(|list| list.is_empty())
    };
    is_none(&resources.limits)
        && is_none(&resources.requests)
        && resources.claims.as_ref().is_none_or(Vec::is_empty)
}
