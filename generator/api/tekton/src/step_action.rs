//! Steps for several Tasks to share, and runs of custom tasks.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use luban_api_core::k8s_openapi::api::core::v1::{EnvVar, SecurityContext, VolumeMount};
use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_with::skip_serializing_none;

use crate::{Param, ParamSpec, PipelineTaskMetadata, StepResult, TaskRef, WorkspaceBinding};

/// A step that Tasks refer to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StepAction {
    /// Always `tekton.dev/v1beta1`.
    pub api_version: ApiVersion<StepAction>,
    /// Always `StepAction`.
    pub kind: Kind<StepAction>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: StepActionSpec,
}

resource!(StepAction, group: "tekton.dev", version: "v1beta1", plural: "stepactions", scope: namespaced);

/// What a StepAction takes, gives and runs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StepActionSpec {
    pub description: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<ParamSpec>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<StepResult>,
    pub image: Option<String>,
    /// The program that runs, in place of the image's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub command: Vec<String>,
    /// Arguments of the command.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<String>,
    /// A program in the object itself.
    pub script: Option<String>,
    /// The directory that the program starts in.
    pub working_dir: Option<String>,
    /// Environment variables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub env: Vec<EnvVar>,
    /// User, capabilities and privileges.
    pub security_context: Option<SecurityContext>,
    /// Where volumes are in the container.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volume_mounts: Vec<VolumeMount>,
}

/// A run of a task that another controller understands.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomRun {
    /// Always `tekton.dev/v1beta1`.
    pub api_version: ApiVersion<CustomRun>,
    /// Always `CustomRun`.
    pub kind: Kind<CustomRun>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: CustomRunSpec,
}

resource!(CustomRun, group: "tekton.dev", version: "v1beta1", plural: "customruns", scope: namespaced);

/// What a CustomRun runs, with what.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomRunSpec {
    pub custom_ref: Option<TaskRef>,
    pub custom_spec: Option<EmbeddedCustomRunSpec>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workspaces: Vec<WorkspaceBinding>,
    /// The ServiceAccount of its pods.
    pub service_account_name: Option<String>,
    pub timeout: Option<String>,
    pub retries: Option<i64>,
    pub status: Option<String>,
    pub status_message: Option<String>,
}

/// A custom task's spec in the run itself.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EmbeddedCustomRunSpec {
    pub api_version: Option<String>,
    pub kind: Option<String>,
    pub metadata: Option<PipelineTaskMetadata>,
    pub spec: Option<Value>,
}
