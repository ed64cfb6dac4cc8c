//! Stages: where freight goes, and how it gets there.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::{ApiVersion, Kind, LabelSelector, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{ExpressionVariable, PromotionStep, StageStatus};

/// A place that freight is promoted to.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct Stage {
    /// Always `kargo.akuity.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<Stage>,
    /// Always `Stage`.
    #[serde(default)]
    pub kind: Kind<Stage>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// Which freight it takes, how it is promoted, and how it is verified.
    #[serde(default)]
    pub spec: StageSpec,
    /// What is there now, and what was there before.
    pub status: Option<StageStatus>,
}

resource!(Stage, group: "kargo.akuity.io", version: "v1alpha1", plural: "stages", scope: namespaced);

/// Which freight a stage takes, how it is promoted, and how it is verified.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["requestedFreight"])))]
pub struct StageSpec {
    /// The controller that looks after it; the default one if there is none. Becomes the label `kargo.akuity.io/shard`.
    pub shard: Option<String>,
    /// Values that expressions of the whole stage refer to by `vars.<name>`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vars: Vec<ExpressionVariable>,
    /// Which freight it takes, one entry for each Warehouse.
    #[serde(default)]
    pub requested_freight: Vec<FreightRequest>,
    /// How freight is promoted; a stage without steps only passes freight on.
    pub promotion_template: Option<PromotionTemplate>,
    /// How promoted freight is verified; every promotion that ends well counts as verified if there is none.
    pub verification: Option<Verification>,
    /// Targets that it promotes to, each by a promotion of its own.
    pub targets: Option<StageTargets>,
}

/// Targets that a stage promotes to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct StageTargets {
    /// Targets by labels; one is enough.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub selectors: Vec<LabelSelector>,
}

/// Freight of one origin, and how a stage comes by it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["origin", "sources"])))]
pub struct FreightRequest {
    /// The Warehouse that made it.
    #[serde(default)]
    pub origin: FreightOrigin,
    /// When it may be promoted here.
    #[serde(default)]
    pub sources: FreightSources,
}

/// Where freight comes from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["kind", "name"])))]
pub struct FreightOrigin {
    /// Always `Warehouse`.
    #[serde(default)]
    pub kind: String,
    /// The Warehouse.
    #[serde(default)]
    pub name: String,
}

/// When freight may be promoted to a stage; `direct`, `stages` or both.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FreightSources {
    /// As soon as the Warehouse has made it.
    pub direct: Option<bool>,
    /// Once it is verified in these stages, or approved by hand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<String>,
    /// How long it must have been in one of `stages` besides, as a Go duration in `h`, `m` and `s`.
    pub required_soak_time: Option<String>,
    /// `OneOf` (if there is none) or `All` of `stages`.
    pub availability_strategy: Option<String>,
    /// Which freight is promoted without being asked, where the project allows that.
    pub auto_promotion_options: Option<AutoPromotionOptions>,
}

/// Which freight is promoted without being asked.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AutoPromotionOptions {
    /// `NewestFreight` (if there is none) or `MatchUpstream`: what the one stage before has now.
    pub selection_policy: Option<String>,
}

/// How promotions to a stage are made.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["spec"])))]
pub struct PromotionTemplate {
    /// Values and steps of such a promotion.
    #[serde(default)]
    pub spec: PromotionTemplateSpec,
}

/// Values and steps of promotions to a stage.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PromotionTemplateSpec {
    /// Values that expressions of steps refer to by `vars.<name>`; they win over those of the stage.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vars: Vec<ExpressionVariable>,
    /// What is done, one after another.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<PromotionStep>,
}

/// How promoted freight is verified.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Verification {
    /// Analysis templates, all of which make one AnalysisRun.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub analysis_templates: Vec<AnalysisTemplateReference>,
    /// Labels and annotations of the AnalysisRun.
    pub analysis_run_metadata: Option<AnalysisRunMetadata>,
    /// Arguments of the AnalysisRun.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<AnalysisRunArgument>,
}

/// An analysis template.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct AnalysisTemplateReference {
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// `AnalysisTemplate` (if there is none) or `ClusterAnalysisTemplate`.
    pub kind: Option<String>,
}

/// Labels and annotations of an AnalysisRun.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AnalysisRunMetadata {
    /// Labels.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// Annotations.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
}

/// An argument of an AnalysisRun.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "value"])))]
pub struct AnalysisRunArgument {
    /// The argument that the analysis template declares.
    #[serde(default)]
    pub name: String,
    /// Its value, which may have expressions such as `${{ vars.x }}`.
    #[serde(default)]
    pub value: String,
}
