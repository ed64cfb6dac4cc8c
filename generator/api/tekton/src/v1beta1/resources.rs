//! PipelineResources, which are gone: what is left of them is read and has no effect.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// The PipelineResources that a Task declares.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TaskResources {
    /// Resources that the Task reads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<TaskResource>,
    /// Resources that the Task writes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outputs: Vec<TaskResource>,
}

/// A PipelineResource that a Task declares.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "type"])))]
pub struct TaskResource {
    /// Its name in the Task.
    #[serde(default)]
    pub name: String,
    /// `git` or `storage`.
    #[serde(default)]
    pub type_: String,
    /// What it is for.
    pub description: Option<String>,
    /// Where it is copied to.
    pub target_path: Option<String>,
    /// Whether a run may leave it out.
    pub optional: Option<bool>,
}

/// A PipelineResource that a Pipeline declares.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "type"])))]
pub struct PipelineDeclaredResource {
    /// Its name in the Pipeline.
    #[serde(default)]
    pub name: String,
    /// `git` or `storage`.
    #[serde(default)]
    pub type_: String,
    /// Whether a run may leave it out.
    pub optional: Option<bool>,
}

/// Which PipelineResources a task of a Pipeline gets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PipelineTaskResources {
    /// Resources that the Task reads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<PipelineTaskInputResource>,
    /// Resources that the Task writes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outputs: Vec<PipelineTaskOutputResource>,
}

/// A PipelineResource that a task reads.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "resource"])))]
pub struct PipelineTaskInputResource {
    /// The resource, as the Task declares it.
    #[serde(default)]
    pub name: String,
    /// The resource, as the Pipeline declares it.
    #[serde(default)]
    pub resource: String,
    /// Tasks that write it first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
}

/// A PipelineResource that a task writes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "resource"])))]
pub struct PipelineTaskOutputResource {
    /// The resource, as the Task declares it.
    #[serde(default)]
    pub name: String,
    /// The resource, as the Pipeline declares it.
    #[serde(default)]
    pub resource: String,
}

/// The PipelineResources of a TaskRun.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TaskRunResources {
    /// Resources that the Task reads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<TaskResourceBinding>,
    /// Resources that the Task writes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outputs: Vec<TaskResourceBinding>,
}

/// What a PipelineResource of a Task is in a run.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TaskResourceBinding {
    /// The resource, as it is declared.
    pub name: Option<String>,
    /// The PipelineResource, by name.
    pub resource_ref: Option<PipelineResourceRef>,
    /// The PipelineResource, in place.
    pub resource_spec: Option<PipelineResourceSpec>,
    /// Where it is on disk.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paths: Vec<String>,
}

/// What a PipelineResource of a Pipeline is in a run.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PipelineResourceBinding {
    /// The resource, as it is declared.
    pub name: Option<String>,
    /// The PipelineResource, by name.
    pub resource_ref: Option<PipelineResourceRef>,
    /// The PipelineResource, in place.
    pub resource_spec: Option<PipelineResourceSpec>,
}

/// A PipelineResource by name.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PipelineResourceRef {
    /// Its name.
    pub name: Option<String>,
    /// Its group and version.
    pub api_version: Option<String>,
}

/// A PipelineResource in place.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["type", "params"])))]
pub struct PipelineResourceSpec {
    /// What it is for.
    pub description: Option<String>,
    /// `git`, `storage` or `gcs`.
    #[serde(default)]
    pub type_: String,
    /// Its settings, such as `url` and `revision`.
    #[serde(default)]
    pub params: Vec<ResourceParam>,
    /// Settings that come from Secrets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secrets: Vec<SecretParam>,
}

/// A setting of a PipelineResource.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "value"])))]
pub struct ResourceParam {
    /// The setting.
    #[serde(default)]
    pub name: String,
    /// Its value.
    #[serde(default)]
    pub value: String,
}

/// A setting of a PipelineResource from a Secret.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["fieldName", "secretName", "secretKey"])))]
pub struct SecretParam {
    /// The setting.
    #[serde(default)]
    pub field_name: String,
    /// The Secret.
    #[serde(default)]
    pub secret_name: String,
    /// The key in the Secret.
    #[serde(default)]
    pub secret_key: String,
}
