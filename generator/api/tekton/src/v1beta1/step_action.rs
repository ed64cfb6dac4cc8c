//! Steps for several Tasks to share.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::k8s_openapi::api::core::v1::{EnvVar, SecurityContext, VolumeMount};
use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{ParamSpec, StepResult};

/// A step that Tasks refer to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct StepAction {
    /// Always `tekton.dev/v1beta1`.
    #[serde(default)]
    pub api_version: ApiVersion<StepAction>,
    /// Always `StepAction`.
    #[serde(default)]
    pub kind: Kind<StepAction>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// What the StepAction takes, gives and runs.
    #[serde(default)]
    pub spec: StepActionSpec,
}

resource!(StepAction, group: "tekton.dev", version: "v1beta1", plural: "stepactions", scope: namespaced);

/// What a StepAction takes, gives and runs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct StepActionSpec {
    /// What it does, for its users.
    pub description: Option<String>,
    /// Parameters it takes, given by the step that refers to it; the Task's own parameters are not seen here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<ParamSpec>,
    /// Values it gives, each written to `$(step.results.<name>.path)`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<StepResult>,
    /// The image that it runs in.
    pub image: Option<String>,
    /// The program that runs, in place of the image's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub command: Vec<String>,
    /// Arguments of the command.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<String>,
    /// A program, run by its `#!` line or by `/bin/sh`; excludes `command`.
    pub script: Option<String>,
    /// The directory that the program starts in.
    pub working_dir: Option<String>,
    /// Environment variables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub env: Vec<EnvVar>,
    /// User, capabilities and other security settings of the container.
    pub security_context: Option<SecurityContext>,
    /// Where volumes of the Task are in the container; each volume's name must be a parameter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volume_mounts: Vec<VolumeMount>,
}
