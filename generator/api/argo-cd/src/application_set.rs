//! Sets of applications made from generators.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::{ApiVersion, IntOrString, Kind, ObjectMeta, Time, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{ApplicationSetGenerator, ApplicationSpec, HealthStatus, ResourceStatus};

/// Makes Applications of a template, one for each element that its generators find.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct ApplicationSet {
    /// Always `argoproj.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<ApplicationSet>,
    /// Always `ApplicationSet`.
    #[serde(default)]
    pub kind: Kind<ApplicationSet>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// Which Applications there are.
    #[serde(default)]
    pub spec: ApplicationSetSpec,
    /// What was made; the controller writes it.
    pub status: Option<Box<ApplicationSetStatus>>,
}

resource!(ApplicationSet, group: "argoproj.io", version: "v1alpha1", plural: "applicationsets", scope: namespaced);

/// Generators and the template they fill.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["generators", "template"])))]
pub struct ApplicationSetSpec {
    /// Go templates; else the simple `{{name}}`.
    pub go_template: Option<bool>,
    /// Such as `missingkey=error`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub go_template_options: Vec<String>,
    /// What elements are made from; those of all generators count.
    #[serde(default)]
    pub generators: Vec<ApplicationSetGenerator>,
    /// The Application that each element becomes.
    #[serde(default)]
    pub template: ApplicationSetTemplate,
    /// A template of a patch of the Application, as text; for fields that are no strings, and for conditions.
    pub template_patch: Option<String>,
    /// What may happen to Applications that exist.
    pub sync_policy: Option<ApplicationSetSyncPolicy>,
    /// In which order Applications are synced; all at once if there is none.
    pub strategy: Option<ApplicationSetStrategy>,
    /// What Applications keep though the template lacks it.
    pub preserved_fields: Option<ApplicationPreservedFields>,
    /// No longer has a meaning: selectors of generators inside matrix and merge always count.
    pub apply_nested_selectors: Option<bool>,
    /// Fields of Applications that others may change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore_application_differences: Vec<ApplicationSetResourceIgnoreDifferences>,
}

/// The Application that each element becomes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["metadata", "spec"])))]
pub struct ApplicationSetTemplate {
    /// Name, labels and annotations.
    #[serde(default)]
    pub metadata: ApplicationSetTemplateMeta,
    /// The Application's spec; every string of it is a template.
    #[serde(default)]
    pub spec: ApplicationSpec,
}

/// Metadata of the Applications.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSetTemplateMeta {
    /// The Application's name, different for each element.
    pub name: Option<String>,
    /// The Application's namespace; the set's own if there is none.
    pub namespace: Option<String>,
    /// Labels of the Application.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// Annotations of the Application.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// What must happen before the object is gone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub finalizers: Vec<String>,
}

/// What may happen to Applications that exist.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSetSyncPolicy {
    /// Leaves what Applications deployed when they are deleted.
    pub preserve_resources_on_deletion: Option<bool>,
    /// `create-only`, `create-update`, `create-delete` or `sync`, the default.
    pub applications_sync: Option<String>,
}

/// In which order Applications are synced.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSetStrategy {
    /// `AllAtOnce`, the default, or `RollingSync`.
    pub type_: Option<String>,
    /// The order, for `RollingSync`.
    pub rolling_sync: Option<ApplicationSetRolloutStrategy>,
    /// The order in which they are deleted: `AllAtOnce`, the default, or `Reverse`.
    pub deletion_order: Option<String>,
}

/// Syncs Applications in steps.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSetRolloutStrategy {
    /// The steps; one starts when the Applications of the one before are healthy.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<ApplicationSetRolloutStep>,
}

/// Applications of one step, by labels.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSetRolloutStep {
    /// Conditions on labels, all of which hold for Applications of the step.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub match_expressions: Vec<ApplicationMatchExpression>,
    /// How many sync at the same time, as a number or in percent; all if it is not set.
    pub max_update: Option<IntOrString>,
}

/// A condition on a label.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApplicationMatchExpression {
    /// The label.
    pub key: Option<String>,
    /// `In` or `NotIn`.
    pub operator: Option<String>,
    /// Values of the label.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
}

/// What is kept though the template lacks it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApplicationPreservedFields {
    /// Annotations, by key.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annotations: Vec<String>,
    /// Labels, by key.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
}

/// Fields of Applications that others may change.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSetResourceIgnoreDifferences {
    /// The Application; all of the set if there is none.
    pub name: Option<String>,
    /// Fields by JSON pointer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub json_pointers: Vec<String>,
    /// Fields by jq path.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub jq_path_expressions: Vec<String>,
}

/// What a set has made.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSetStatus {
    /// What is known of the set.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<ApplicationSetCondition>,
    /// How far each Application is, for `RollingSync`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub application_status: Vec<ApplicationSetApplicationStatus>,
    /// The Applications, each with its state; the list may be cut off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<ResourceStatus>,
    /// How many Applications there are.
    pub resources_count: Option<i64>,
    /// Whether the set works.
    pub health: Option<HealthStatus>,
}

/// Something that is known of a set.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["type", "status", "reason", "message"])))]
pub struct ApplicationSetCondition {
    /// `ErrorOccurred`, `ParametersGenerated`, `ResourcesUpToDate` or `RolloutProgressing`.
    #[serde(default)]
    pub type_: String,
    /// `True`, `False` or `Unknown`.
    #[serde(default)]
    pub status: String,
    /// Why, in one word.
    #[serde(default)]
    pub reason: String,
    /// Why.
    #[serde(default)]
    pub message: String,
    /// Since when.
    pub last_transition_time: Option<Time>,
}

/// How far an Application of a set is.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["application", "status", "step", "message", "targetRevisions"])))]
pub struct ApplicationSetApplicationStatus {
    /// The Application.
    #[serde(default)]
    pub application: String,
    /// `Waiting`, `Pending`, `Progressing` or `Healthy`.
    #[serde(default)]
    pub status: String,
    /// The number of its step; `-1` if it belongs to none.
    #[serde(default)]
    pub step: String,
    /// Why.
    #[serde(default)]
    pub message: String,
    /// The revisions that it is to be synced to.
    #[serde(default)]
    pub target_revisions: Vec<String>,
    /// Since when.
    pub last_transition_time: Option<Time>,
}
