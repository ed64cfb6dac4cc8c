//! Runs of custom tasks, as they were before CustomRun; Tekton of today serves them no more.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use crate::v1beta1::{CustomRunResult, TaskRef};
use luban_api_core::{ApiVersion, Kind, ObjectMeta, Time, resource};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_with::skip_serializing_none;

use crate::{Condition, Param, PipelineTaskMetadata, PodTemplate, WorkspaceBinding};

/// A run of a task that another controller understands.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct Run {
    /// Always `tekton.dev/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<Run>,
    /// Always `Run`.
    #[serde(default)]
    pub kind: Kind<Run>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// What runs, and with what.
    #[serde(default)]
    pub spec: RunSpec,
    /// What that controller reports.
    pub status: Option<RunStatus>,
}

resource!(Run, group: "tekton.dev", version: "v1alpha1", plural: "runs", scope: namespaced);

/// What a Run runs, with what.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RunSpec {
    /// The custom task, by `apiVersion`, `kind` and perhaps name; excludes `spec`.
    pub ref_: Option<TaskRef>,
    /// The custom task in place; excludes `ref`.
    pub spec: Option<EmbeddedRunSpec>,
    /// Values for its parameters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
    /// What its workspaces are in this run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workspaces: Vec<WorkspaceBinding>,
    /// The ServiceAccount that its controller may use for it.
    pub service_account_name: Option<String>,
    /// The pod, containers apart.
    pub pod_template: Option<PodTemplate>,
    /// The longest one attempt may take, as a Go duration; its controller must see to it.
    pub timeout: Option<String>,
    /// How many further attempts follow a failure; its controller must see to it.
    pub retries: Option<i64>,
    /// `RunCancelled` asks its controller to end it.
    pub status: Option<String>,
    /// Why it is cancelled.
    pub status_message: Option<String>,
}

/// A custom task's spec in the run itself.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EmbeddedRunSpec {
    /// The custom task's group and version.
    pub api_version: Option<String>,
    /// The custom task's kind.
    pub kind: Option<String>,
    /// Labels and annotations for what its controller makes.
    pub metadata: Option<PipelineTaskMetadata>,
    /// The custom task's own specification; its controller knows what may stand here.
    pub spec: Option<Value>,
}

/// How a Run is doing.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RunStatus {
    /// Whether it runs, succeeded or failed: the condition `Succeeded`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// When it started.
    pub start_time: Option<Time>,
    /// When it ended, one way or the other.
    pub completion_time: Option<Time>,
    /// The values it gave.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<CustomRunResult>,
    /// How earlier attempts ended.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retries_status: Vec<RunStatus>,
    /// What else its controller reports.
    pub extra_fields: Option<Value>,
    /// What its controller notes for itself.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// The generation of the object that this is about.
    pub observed_generation: Option<i64>,
}
