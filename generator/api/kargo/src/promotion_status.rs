//! How far promotions are.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::k8s_openapi::apimachinery::pkg::apis::meta::v1::Condition;
use luban_api_core::{ApiVersion, Kind, ObjectMeta, Time, resource};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_with::skip_serializing_none;

use crate::{FreightCollection, FreightReference};

/// How far a promotion is.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PromotionStatus {
    /// `Pending`, `Running`, `Succeeded`, `Failed`, `Errored` or `Aborted`.
    pub phase: Option<String>,
    /// Why it is in that phase.
    pub message: Option<String>,
    /// When it started.
    pub started_at: Option<Time>,
    /// When it ended.
    pub finished_at: Option<Time>,
    /// The step that runs, from 0.
    pub current_step: Option<i64>,
    /// How each step fared.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub step_execution_metadata: Vec<StepExecutionMetadata>,
    /// The freight that it promotes.
    pub freight: Option<FreightReference>,
    /// All freight that is in the stage after it.
    pub freight_collection: Option<FreightCollection>,
    /// Checks by which the stage's health is found from now on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub health_checks: Vec<HealthCheckStep>,
    /// Results of steps so far, by their names, as each step writes them.
    pub state: Option<Value>,
    /// The value of the annotation `kargo.akuity.io/refresh` that was last answered.
    pub last_handled_refresh: Option<String>,
}

/// How a step fared.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct StepExecutionMetadata {
    /// The step's name.
    pub alias: Option<String>,
    /// When it was first tried.
    pub started_at: Option<Time>,
    /// When it was last tried.
    pub finished_at: Option<Time>,
    /// `Running`, `Succeeded`, `Skipped`, `Failed`, `Errored` or `Aborted`.
    pub status: Option<String>,
    /// Why it is so.
    pub message: Option<String>,
    /// How often in a row it failed.
    pub error_count: Option<i64>,
    /// Whether its failure does not count.
    pub continue_on_error: Option<bool>,
}

/// A check of a stage's health.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["uses"])))]
pub struct HealthCheckStep {
    /// What checks, such as `argocd-update`.
    #[serde(default)]
    pub uses: String,
    /// Settings of the check, as it reads them.
    pub config: Option<Value>,
}

/// Freight on its way to several Targets of a stage.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct PromotionRequest {
    /// Always `kargo.akuity.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<PromotionRequest>,
    /// Always `PromotionRequest`.
    #[serde(default)]
    pub kind: Kind<PromotionRequest>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// Which freight, and to which Targets.
    #[serde(default)]
    pub spec: PromotionRequestSpec,
    /// How far each Target is.
    pub status: Option<PromotionRequestStatus>,
}

resource!(PromotionRequest, group: "kargo.akuity.io", version: "v1alpha1", plural: "promotionrequests", scope: namespaced);

/// Which freight goes to which Targets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["stage", "freight", "targets"])))]
pub struct PromotionRequestSpec {
    /// The stage.
    #[serde(default)]
    pub stage: String,
    /// The freight, by name.
    #[serde(default)]
    pub freight: String,
    /// Its Targets; the only field that may change.
    #[serde(default)]
    pub targets: Vec<PromotionRequestTarget>,
}

/// A Target.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct PromotionRequestTarget {
    /// Its name.
    #[serde(default)]
    pub name: String,
}

/// How far each Target is.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PromotionRequestStatus {
    /// What is known of it, each with its reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The state of this object that was last looked at.
    pub observed_generation: Option<i64>,
    /// `Pending`, `Running`, `Succeeded`, `Failed` or `Errored`.
    pub phase: Option<String>,
    /// When it started.
    pub started_at: Option<Time>,
    /// When it ended.
    pub finished_at: Option<Time>,
    /// Its Targets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<PromotionRequestTargetStatus>,
    /// How many promotions are in which phase.
    pub summary: Option<PromotionRequestSummary>,
}

/// How far a Target is.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct PromotionRequestTargetStatus {
    /// The Target.
    #[serde(default)]
    pub name: String,
    /// The Promotion for it.
    pub promotion: Option<String>,
    /// That promotion's phase.
    pub phase: Option<String>,
}

/// How many promotions are in which phase.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PromotionRequestSummary {
    /// How many wait.
    pub pending: Option<i32>,
    /// How many run.
    pub running: Option<i32>,
    /// How many ended well.
    pub succeeded: Option<i32>,
    /// How many failed.
    pub failed: Option<i32>,
    /// How many met an error.
    pub errored: Option<i32>,
    /// How many somebody ended.
    pub aborted: Option<i32>,
}
