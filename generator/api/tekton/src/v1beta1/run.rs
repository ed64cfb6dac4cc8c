//! Runs of Tasks and Pipelines, as `v1beta1` writes them.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use crate::v1beta1::{
    PipelineRef, PipelineResourceBinding, PipelineRunStatus, PipelineSpec, TaskRef,
    TaskRunResources, TaskRunStatus, TaskSpec,
};
use luban_api_core::k8s_openapi::api::core::v1::ResourceRequirements;
use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    Param, PipelineTaskMetadata, PodTemplate, TaskRunDebug, TimeoutFields, WorkspaceBinding,
};

/// A run of a Task.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct TaskRun {
    /// Always `tekton.dev/v1beta1`.
    #[serde(default)]
    pub api_version: ApiVersion<TaskRun>,
    /// Always `TaskRun`.
    #[serde(default)]
    pub kind: Kind<TaskRun>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// What runs, and with what.
    #[serde(default)]
    pub spec: TaskRunSpec,
    /// What the controller reports.
    pub status: Option<TaskRunStatus>,
}

resource!(TaskRun, group: "tekton.dev", version: "v1beta1", plural: "taskruns", scope: namespaced);

/// What a TaskRun runs, with what.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TaskRunSpec {
    /// The Task to run; excludes `taskSpec`.
    pub task_ref: Option<TaskRef>,
    /// A Task written in place; excludes `taskRef`.
    pub task_spec: Option<TaskSpec>,
    /// Values for the Task's parameters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
    /// What the Task's workspaces are in this run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workspaces: Vec<WorkspaceBinding>,
    /// The ServiceAccount of the pod, whose Secrets also give the steps their Git and registry credentials.
    pub service_account_name: Option<String>,
    /// The pod, containers apart.
    pub pod_template: Option<PodTemplate>,
    /// The longest one attempt may take, as a Go duration; `0s` for no limit, an hour unless the cluster says otherwise.
    pub timeout: Option<String>,
    /// How many further attempts follow a failure.
    pub retries: Option<i64>,
    /// Resources of single steps, in place of what the Task says; `stepSpecs` in `v1`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub step_overrides: Vec<TaskRunStepOverride>,
    /// Resources of single sidecars, in place of what the Task says; `sidecarSpecs` in `v1`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sidecar_overrides: Vec<TaskRunSidecarOverride>,
    /// CPU and memory of all steps together; excludes `stepOverrides` with resources.
    pub compute_resources: Option<ResourceRequirements>,
    /// Where the run waits for someone to look.
    pub debug: Option<TaskRunDebug>,
    /// The controller that looks after it, if it is not Tekton's own.
    pub managed_by: Option<String>,
    /// Written while it runs: `TaskRunCancelled` cancels it. `TaskRunPending` holds it back until it is removed.
    pub status: Option<String>,
    /// Why it is cancelled.
    pub status_message: Option<String>,
    /// Without effect: PipelineResources are gone.
    pub resources: Option<TaskRunResources>,
}

/// Resources of one step.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "resources"])))]
pub struct TaskRunStepOverride {
    /// The step.
    #[serde(default)]
    pub name: String,
    /// CPU and memory of the step.
    #[serde(default)]
    pub resources: ResourceRequirements,
}

/// Resources of one sidecar.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "resources"])))]
pub struct TaskRunSidecarOverride {
    /// The sidecar.
    #[serde(default)]
    pub name: String,
    /// CPU and memory of the sidecar.
    #[serde(default)]
    pub resources: ResourceRequirements,
}

/// A run of a Pipeline.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct PipelineRun {
    /// Always `tekton.dev/v1beta1`.
    #[serde(default)]
    pub api_version: ApiVersion<PipelineRun>,
    /// Always `PipelineRun`.
    #[serde(default)]
    pub kind: Kind<PipelineRun>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// What runs, and with what.
    #[serde(default)]
    pub spec: PipelineRunSpec,
    /// What the controller reports.
    pub status: Option<PipelineRunStatus>,
}

resource!(PipelineRun, group: "tekton.dev", version: "v1beta1", plural: "pipelineruns", scope: namespaced);

/// What a PipelineRun runs, with what.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PipelineRunSpec {
    /// The Pipeline to run; excludes `pipelineSpec`.
    pub pipeline_ref: Option<PipelineRef>,
    /// A Pipeline written in place; excludes `pipelineRef`.
    pub pipeline_spec: Option<PipelineSpec>,
    /// Values for the Pipeline's parameters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
    /// What the Pipeline's workspaces are in this run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workspaces: Vec<WorkspaceBinding>,
    /// The ServiceAccount of all pods; in `taskRunTemplate` in `v1`.
    pub service_account_name: Option<String>,
    /// The pod of all tasks, containers apart; in `taskRunTemplate` in `v1`.
    pub pod_template: Option<PodTemplate>,
    /// What differs for single tasks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub task_run_specs: Vec<PipelineTaskRunSpec>,
    /// The longest that it, its tasks and its final tasks may take.
    pub timeouts: Option<TimeoutFields>,
    /// The longest it may take, as a Go duration; use `timeouts.pipeline`, which excludes it.
    pub timeout: Option<String>,
    /// The controller that looks after it, if it is not Tekton's own.
    pub managed_by: Option<String>,
    /// `Cancelled` ends it; `CancelledRunFinally` runs final tasks first, `StoppedRunFinally` lets running ones end too; `PipelineRunPending` holds it back.
    pub status: Option<String>,
    /// Without effect: PipelineResources are gone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<PipelineResourceBinding>,
}

/// How the pod of one task runs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PipelineTaskRunSpec {
    /// The task of the Pipeline.
    pub pipeline_task_name: Option<String>,
    /// The ServiceAccount of its pod; `serviceAccountName` in `v1`.
    pub task_service_account_name: Option<String>,
    /// Its pod, containers apart; `podTemplate` in `v1`.
    pub task_pod_template: Option<PodTemplate>,
    /// Further labels and annotations of its run.
    pub metadata: Option<PipelineTaskMetadata>,
    /// Resources of single steps; `stepSpecs` in `v1`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub step_overrides: Vec<TaskRunStepOverride>,
    /// Resources of single sidecars; `sidecarSpecs` in `v1`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sidecar_overrides: Vec<TaskRunSidecarOverride>,
    /// CPU and memory of all steps of the task together.
    pub compute_resources: Option<ResourceRequirements>,
    /// The longest it may take, as a Go duration, in place of the task's own.
    pub timeout: Option<String>,
}
