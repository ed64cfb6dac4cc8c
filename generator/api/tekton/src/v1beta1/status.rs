//! What the controller reports of runs, as `v1beta1` writes it.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use crate::v1beta1::{CustomRunStatus, PipelineSpec, TaskSpec};
use luban_api_core::Time;
use luban_api_core::k8s_openapi::api::core::v1::{
    ContainerStateRunning, ContainerStateTerminated, ContainerStateWaiting,
};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    Artifact, ChildStatusReference, Condition, FeatureFlags, PipelineRunResult, RefSource,
    ResultType, SidecarState, SkippedTask, TaskRunResult, WhenExpression,
};

/// How a TaskRun is doing.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TaskRunStatus {
    /// Whether it runs, succeeded or failed: the condition `Succeeded`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// Its pod.
    pub pod_name: Option<String>,
    /// When it started.
    pub start_time: Option<Time>,
    /// When it ended, one way or the other.
    pub completion_time: Option<Time>,
    /// How each step is doing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<StepState>,
    /// How each sidecar is doing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sidecars: Vec<SidecarState>,
    /// The values it gave; `results` in `v1`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub task_results: Vec<TaskRunResult>,
    /// The Task as it ran, resolved and with its values.
    pub task_spec: Option<TaskSpec>,
    /// How earlier attempts ended.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retries_status: Vec<TaskRunStatus>,
    /// Where the Task came from, and the features that were on.
    pub provenance: Option<Provenance>,
    /// The trace that the run belongs to.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub span_context: BTreeMap<String, String>,
    /// What the controller notes for itself.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// The generation of the object that this is about.
    pub observed_generation: Option<i64>,
    /// Always empty: events are sent by a controller of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cloud_events: Vec<CloudEventDelivery>,
    /// Always empty: PipelineResources are gone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources_result: Vec<RunResult>,
}

/// How a step is doing: waiting, running or terminated.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct StepState {
    /// The step.
    pub name: Option<String>,
    /// The step's container in the pod.
    pub container: Option<String>,
    /// The image that ran, with its digest.
    #[serde(rename = "imageID")]
    pub image_id: Option<String>,
    /// Why its container has not started.
    pub waiting: Option<ContainerStateWaiting>,
    /// Since when its container runs.
    pub running: Option<ContainerStateRunning>,
    /// How its container ended: exit code, reason, times.
    pub terminated: Option<ContainerStateTerminated>,
    /// The values it gave.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<TaskRunResult>,
    /// What it says it used.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<Artifact>,
    /// What it says it made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outputs: Vec<Artifact>,
    /// Where its StepAction came from.
    pub provenance: Option<Provenance>,
}

/// What a PipelineResource gave.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["key", "value"])))]
pub struct RunResult {
    /// Its name.
    #[serde(default)]
    pub key: String,
    /// Its value.
    #[serde(default)]
    pub value: String,
    /// The PipelineResource.
    pub resource_name: Option<String>,
    /// What gave it, as a number or as the word of old versions.
    pub type_: Option<ResultType>,
}

/// An event that was to be sent.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CloudEventDelivery {
    /// Where to.
    pub target: Option<String>,
    /// How sending it went.
    pub status: Option<CloudEventDeliveryState>,
}

/// How sending an event went.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["message", "retryCount"])))]
pub struct CloudEventDeliveryState {
    /// `Unknown`, `Sent` or `Failed`.
    pub condition: Option<String>,
    /// When it was last tried.
    pub sent_at: Option<Time>,
    /// The error, if there was one.
    #[serde(default)]
    pub message: String,
    /// How often it was tried.
    #[serde(default)]
    pub retry_count: i64,
}

/// Where a Task, Pipeline or StepAction came from.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Provenance {
    /// The source that a resolver took it from.
    pub ref_source: Option<RefSource>,
    /// The controller's feature flags during the run.
    pub feature_flags: Option<FeatureFlags>,
    /// What `refSource` was called before.
    pub config_source: Option<RefSource>,
}

/// How a PipelineRun is doing.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PipelineRunStatus {
    /// Whether it runs, succeeded or failed: the condition `Succeeded`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// When it started.
    pub start_time: Option<Time>,
    /// When it ended, one way or the other.
    pub completion_time: Option<Time>,
    /// When its final tasks started.
    pub finally_start_time: Option<Time>,
    /// The runs of its tasks, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub child_references: Vec<ChildStatusReference>,
    /// Tasks that did not run, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skipped_tasks: Vec<SkippedTask>,
    /// The values it gave; `results` in `v1`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pipeline_results: Vec<PipelineRunResult>,
    /// The Pipeline as it ran, resolved and with its values.
    pub pipeline_spec: Option<PipelineSpec>,
    /// Where the Pipeline came from, and the features that were on.
    pub provenance: Option<Provenance>,
    /// The trace that the run belongs to.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub span_context: BTreeMap<String, String>,
    /// What the controller notes for itself.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// The generation of the object that this is about.
    pub observed_generation: Option<i64>,
    /// The runs of Tasks by name, whole; `childReferences` took their place.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub task_runs: BTreeMap<String, PipelineRunTaskRunStatus>,
    /// The runs of custom tasks by name, whole; `childReferences` took their place.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub runs: BTreeMap<String, PipelineRunRunStatus>,
}

/// The run of one task, whole.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PipelineRunTaskRunStatus {
    /// The task of the Pipeline.
    pub pipeline_task_name: Option<String>,
    /// How its run is doing.
    pub status: Option<TaskRunStatus>,
    /// The task's conditions, which held.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when_expressions: Vec<WhenExpression>,
}

/// The run of one custom task, whole.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PipelineRunRunStatus {
    /// The task of the Pipeline.
    pub pipeline_task_name: Option<String>,
    /// How its run is doing.
    pub status: Option<CustomRunStatus>,
    /// The task's conditions, which held.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when_expressions: Vec<WhenExpression>,
}
