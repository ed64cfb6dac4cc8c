//! The kinds that run and that others start from.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{WorkflowSpec, WorkflowStatus};

/// A run: what to execute, and with which arguments.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct Workflow {
    /// Always `argoproj.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<Workflow>,
    /// Always `Workflow`.
    #[serde(default)]
    pub kind: Kind<Workflow>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// What runs and how.
    #[serde(default)]
    pub spec: WorkflowSpec,
    /// How far the run is; the controller writes it.
    pub status: Option<Box<WorkflowStatus>>,
}

resource!(Workflow, group: "argoproj.io", version: "v1alpha1", plural: "workflows", scope: namespaced);

/// Templates that workflows of its namespace refer to or start from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct WorkflowTemplate {
    /// Always `argoproj.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<WorkflowTemplate>,
    /// Always `WorkflowTemplate`.
    #[serde(default)]
    pub kind: Kind<WorkflowTemplate>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// A workflow's spec; `entrypoint` and `arguments` count where a workflow starts from it.
    #[serde(default)]
    pub spec: WorkflowSpec,
}

resource!(WorkflowTemplate, group: "argoproj.io", version: "v1alpha1", plural: "workflowtemplates", scope: namespaced);

/// Templates that workflows of every namespace refer to or start from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct ClusterWorkflowTemplate {
    /// Always `argoproj.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<ClusterWorkflowTemplate>,
    /// Always `ClusterWorkflowTemplate`.
    #[serde(default)]
    pub kind: Kind<ClusterWorkflowTemplate>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// A workflow's spec; references to it must say `clusterScope: true`.
    #[serde(default)]
    pub spec: WorkflowSpec,
}

resource!(ClusterWorkflowTemplate, group: "argoproj.io", version: "v1alpha1", plural: "clusterworkflowtemplates", scope: cluster);

/// The workflow template that a workflow starts from.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct WorkflowTemplateRef {
    /// The WorkflowTemplate or ClusterWorkflowTemplate.
    pub name: Option<String>,
    /// Whether it is a ClusterWorkflowTemplate.
    pub cluster_scope: Option<bool>,
}

/// Labels and annotations that a template gives to the workflows made of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct WorkflowMetadata {
    /// Labels with fixed values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// Annotations with fixed values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// Labels whose values are expressions, by label; they win over `labels`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels_from: BTreeMap<String, LabelValueFrom>,
}

/// A label's value as an expression.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["expression"])))]
pub struct LabelValueFrom {
    /// An expression over workflow variables, such as `workflow.parameters.env`.
    #[serde(default)]
    pub expression: String,
}
