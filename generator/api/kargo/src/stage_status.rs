//! What is in a stage, and how it got there.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::Time;
use luban_api_core::k8s_openapi::apimachinery::pkg::apis::meta::v1::Condition;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_with::skip_serializing_none;

use crate::{FreightCollection, FreightOrigin, FreightReference, PromotionStatus};

/// What is in a stage, and what was before.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct StageStatus {
    /// `Ready`, `Promoting`, `Verified`, `Healthy`, `Reconciling`, each with its reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The state of this object that was last looked at.
    pub observed_generation: Option<i64>,
    /// The value of the annotation `kargo.akuity.io/refresh` that was last answered.
    pub last_handled_refresh: Option<String>,
    /// The freight's name, or how many of the requested are there.
    pub freight_summary: Option<String>,
    /// What is there now and was before, the newest first; at most 10.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub freight_history: Vec<FreightCollection>,
    /// How healthy it is.
    pub health: Option<Health>,
    /// The promotion that runs.
    pub current_promotion: Option<PromotionReference>,
    /// The promotion that ended last.
    pub last_promotion: Option<PromotionReference>,
    /// The PromotionRequest that runs, where the stage has targets.
    pub current_promotion_request: Option<PromotionRequestReference>,
    /// The PromotionRequest that ended last.
    pub last_promotion_request: Option<PromotionRequestReference>,
    /// Whether the project lets new freight come at once.
    pub auto_promotion_enabled: Option<bool>,
    /// Origins whose new freight waits, because somebody chose other freight; by `Warehouse/<name>`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub auto_promotion_holds: BTreeMap<String, AutoPromotionHold>,
    /// The same, with promotions that are under way.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub effective_auto_promotion_holds: BTreeMap<String, AutoPromotionHold>,
    /// Whether promotions may start now.
    pub promotion_window_status: Option<PromotionWindowStatus>,
    /// Values that steps have set with `set-metadata`, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, Value>,
}

/// How healthy a stage is.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Health {
    /// `Healthy`, `Unhealthy`, `Progressing`, `Unknown` or `NotApplicable`.
    pub status: Option<String>,
    /// Why it is not healthy.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<String>,
    /// Settings of the checks, as each check reads them.
    pub config: Option<Value>,
    /// What the checks found, as each check writes it.
    pub output: Option<Value>,
}

/// A promotion of a stage.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct PromotionReference {
    /// The Promotion.
    #[serde(default)]
    pub name: String,
    /// The freight that it promotes.
    pub freight: Option<FreightReference>,
    /// How far it is.
    pub status: Option<PromotionStatus>,
    /// When it ended.
    pub finished_at: Option<Time>,
}

/// A PromotionRequest of a stage.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PromotionRequestReference {
    /// The PromotionRequest.
    pub name: Option<String>,
    /// The freight that it promotes.
    pub freight: Option<PromotionRequestFreight>,
    /// `Pending`, `Running`, `Succeeded`, `Failed` or `Errored`.
    pub phase: Option<String>,
    /// When it ended.
    pub finished_at: Option<Time>,
}

/// Freight by name.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PromotionRequestFreight {
    /// The Freight.
    pub name: Option<String>,
}

/// Why new freight of an origin waits.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["origin", "freightName"])))]
pub struct AutoPromotionHold {
    /// The Warehouse whose freight waits.
    #[serde(default)]
    pub origin: FreightOrigin,
    /// The freight that was chosen instead.
    #[serde(default)]
    pub freight_name: String,
    /// The promotion that brought it.
    pub promotion_name: Option<String>,
    /// Who chose it.
    pub actor: Option<String>,
    /// When.
    pub created_at: Option<Time>,
}

/// Whether promotions may start now.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["closed"])))]
pub struct PromotionWindowStatus {
    /// Whether they may not.
    #[serde(default)]
    pub closed: bool,
    /// Why they may not.
    pub reason: Option<String>,
    /// When they may again, if that is known.
    pub next_open: Option<Time>,
    /// When they may no longer, if that is known.
    pub next_close: Option<Time>,
    /// Why they may no longer then.
    pub next_close_reason: Option<String>,
}
