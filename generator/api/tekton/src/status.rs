//! What the controller reports of runs of Tasks.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::Time;
use luban_api_core::k8s_openapi::api::core::v1::{
    ContainerStateRunning, ContainerStateTerminated, ContainerStateWaiting,
};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{FeatureFlags, ParamValue, TaskSpec};

/// One statement about an object's state.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["type", "status"])))]
pub struct Condition {
    /// What it is about; `Succeeded` for runs.
    #[serde(default)]
    pub type_: String,
    /// `True`, `False`, or `Unknown` while it is not decided.
    #[serde(default)]
    pub status: String,
    /// Empty for an error, else `Warning` or `Info`.
    pub severity: Option<String>,
    /// Why, in one word, such as `Running`, `TaskRunTimeout` or `Failed`.
    pub reason: Option<String>,
    /// Why, for people.
    pub message: Option<String>,
    /// When `status` last changed.
    pub last_transition_time: Option<Time>,
}

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
    /// The values it gave.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<TaskRunResult>,
    /// What its steps say they used and made.
    pub artifacts: Option<Artifacts>,
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
    /// Why it ended, such as `Completed`, `Error`, `Skipped`, `Continued`, `Cancelled` or `TimeoutExceeded`.
    pub termination_reason: Option<String>,
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

/// How a sidecar is doing: waiting, running or terminated.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SidecarState {
    /// The sidecar.
    pub name: Option<String>,
    /// The sidecar's container in the pod.
    pub container: Option<String>,
    /// The image that ran, with its digest.
    #[serde(rename = "imageID")]
    pub image_id: Option<String>,
    /// Why its container has not started.
    pub waiting: Option<ContainerStateWaiting>,
    /// Since when its container runs.
    pub running: Option<ContainerStateRunning>,
    /// How its container ended.
    pub terminated: Option<ContainerStateTerminated>,
}

/// A value that a run gave.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "value"])))]
pub struct TaskRunResult {
    /// The result, as it is declared.
    #[serde(default)]
    pub name: String,
    /// `string`, `array` or `object`.
    pub type_: Option<String>,
    /// The value.
    #[serde(default)]
    pub value: ParamValue,
}

/// What a run used and made.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Artifacts {
    /// What it used.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<Artifact>,
    /// What it made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outputs: Vec<Artifact>,
}

/// Something that a run used or made.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Artifact {
    /// What the step calls it.
    pub name: Option<String>,
    /// The files or images of that name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<ArtifactValue>,
    /// Whether it is what the build is for, rather than a by-product.
    pub build_output: Option<bool>,
}

/// One file or image.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ArtifactValue {
    /// Where it is, such as `pkg:oci/…` or `git+https://…`.
    pub uri: Option<String>,
    /// Its digests, by algorithm.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub digest: BTreeMap<String, String>,
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
}

/// The source of something that a resolver found.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RefSource {
    /// The repository or image, such as `git+https://…`.
    pub uri: Option<String>,
    /// The commit or digest, by algorithm.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub digest: BTreeMap<String, String>,
    /// The file or object in it.
    pub entry_point: Option<String>,
}
