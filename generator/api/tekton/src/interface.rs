//! What Tasks, Pipelines and StepActions declare and are given: parameters, workspaces, conditions.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::VolumeClaimTemplate;
use luban_api_core::k8s_openapi::api::core::v1::{
    CSIVolumeSource, ConfigMapVolumeSource, EmptyDirVolumeSource,
    PersistentVolumeClaimVolumeSource, ProjectedVolumeSource, SecretVolumeSource,
};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::ParamValue;

/// A parameter that is declared.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct ParamSpec {
    /// Its name; read as `$(params.<name>)`.
    #[serde(default)]
    pub name: String,
    /// `string` (the default), `array` or `object`; without one, the type of `default`.
    pub type_: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Its value where none is given.
    pub default: Option<ParamValue>,
    /// The values that are allowed; any, if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub enum_: Vec<String>,
    /// The keys of an object, which must all be given.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub properties: BTreeMap<String, PropertySpec>,
}

/// The type of one key of an object.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PropertySpec {
    /// `string`, which is the only one there is.
    pub type_: Option<String>,
}

/// A parameter that is given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "value"])))]
pub struct Param {
    /// The parameter, as it is declared.
    #[serde(default)]
    pub name: String,
    /// Its value: a text, a list of texts or an object of texts; a number or boolean is read as its text.
    #[serde(default)]
    pub value: ParamValue,
}

/// A condition: a value and a list it must or must not be in, or an expression in CEL.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct WhenExpression {
    /// The value that is looked for, usually a parameter or result.
    pub input: Option<String>,
    /// `in` or `notin`.
    pub operator: Option<String>,
    /// The values that it is compared with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// A CEL expression that must be true, in place of the other three; behind the flag `enable-cel-in-whenexpression`.
    pub cel: Option<String>,
}

/// A directory that a Task needs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct WorkspaceDeclaration {
    /// Its name; its directory is `$(workspaces.<name>.path)`.
    #[serde(default)]
    pub name: String,
    /// What is expected in it or left in it.
    pub description: Option<String>,
    /// Where it is; `/workspace/<name>` if there is none.
    pub mount_path: Option<String>,
    /// Whether steps may only read it.
    pub read_only: Option<bool>,
    /// Whether a run may leave it unbound; `$(workspaces.<name>.bound)` says whether it did.
    pub optional: Option<bool>,
}

/// A workspace that only some steps see.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct WorkspaceUsage {
    /// The workspace, as the Task declares it.
    #[serde(default)]
    pub name: String,
    /// Where it is in this container, in place of where the Task has it.
    pub mount_path: Option<String>,
}

/// What a workspace is in this run: exactly one kind of volume.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct WorkspaceBinding {
    /// The workspace, as it is declared.
    #[serde(default)]
    pub name: String,
    /// A directory of the volume, in place of its root.
    pub sub_path: Option<String>,
    /// A claim that is made for this run and deleted with it.
    pub volume_claim_template: Option<VolumeClaimTemplate>,
    /// A claim that exists.
    pub persistent_volume_claim: Option<PersistentVolumeClaimVolumeSource>,
    /// A directory that starts empty and ends with the pod, so that Tasks of a Pipeline cannot share it.
    pub empty_dir: Option<EmptyDirVolumeSource>,
    /// A ConfigMap's keys as files.
    pub config_map: Option<ConfigMapVolumeSource>,
    /// A Secret's keys as files.
    pub secret: Option<SecretVolumeSource>,
    /// Several Secrets, ConfigMaps or tokens as one volume.
    pub projected: Option<ProjectedVolumeSource>,
    /// A volume from a CSI driver that lives as long as the pod.
    pub csi: Option<CSIVolumeSource>,
}
