//! What Warehouses found, and how projects are.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::Time;
use luban_api_core::k8s_openapi::apimachinery::pkg::apis::meta::v1::Condition;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::ArtifactReference;

/// What a Warehouse found last.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct WarehouseStatus {
    /// `Ready`, `Healthy`, `Reconciling`, each with its reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The state of this object that was last looked at.
    pub observed_generation: Option<i64>,
    /// The value of the annotation `kargo.akuity.io/refresh` that was last answered.
    pub last_handled_refresh: Option<String>,
    /// The freight that it made last.
    #[serde(rename = "lastFreightID")]
    pub last_freight_id: Option<String>,
    /// The artifacts that it found.
    pub discovered_artifacts: Option<DiscoveredArtifacts>,
}

/// Artifacts that a Warehouse found.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DiscoveredArtifacts {
    /// When it looked.
    pub discovered_at: Option<Time>,
    /// Commits, by subscription.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub git: Vec<GitDiscoveryResult>,
    /// Images, by subscription.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<ImageDiscoveryResult>,
    /// Helm charts, by subscription.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub charts: Vec<ChartDiscoveryResult>,
    /// Artifacts of other sorts, by subscription.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<DiscoveryResult>,
}

/// Commits that a subscription found.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["repoURL"])))]
pub struct GitDiscoveryResult {
    /// The repository.
    #[serde(rename = "repoURL", default)]
    pub repo_url: String,
    /// The subscription.
    pub subscription_name: Option<String>,
    /// The commits, the best first; an empty list if none will do.
    pub commits: Option<Vec<DiscoveredCommit>>,
    /// What branch and tags were, so that nothing is fetched while they stay.
    pub observed_refs: Option<GitDiscoveryRefs>,
}

/// What branch and tags of a repository were.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GitDiscoveryRefs {
    /// The newest commit of the branch.
    pub branch_head: Option<String>,
    /// Tags that the subscription lets count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<DiscoveredRef>,
}

/// A tag.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "id"])))]
pub struct DiscoveredRef {
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// Its commit.
    #[serde(default)]
    pub id: String,
}

/// A commit that was found.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DiscoveredCommit {
    /// The commit's hash.
    pub id: Option<String>,
    /// The branch that it was found on.
    pub branch: Option<String>,
    /// The tag that it was found by.
    pub tag: Option<String>,
    /// The first line of its message.
    pub subject: Option<String>,
    /// Who wrote it, as `name <address>`.
    pub author: Option<String>,
    /// Who committed it, as `name <address>`.
    pub committer: Option<String>,
    /// When it was committed, or its annotated tag was made.
    pub creator_date: Option<Time>,
}

/// Images that a subscription found.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["repoURL"])))]
pub struct ImageDiscoveryResult {
    /// The repository.
    #[serde(rename = "repoURL", default)]
    pub repo_url: String,
    /// The subscription.
    pub subscription_name: Option<String>,
    /// The platform that the subscription asks for.
    pub platform: Option<String>,
    /// The images, the best first; an empty list if none will do.
    pub references: Option<Vec<DiscoveredImageReference>>,
}

/// An image that was found.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["tag", "digest"])))]
pub struct DiscoveredImageReference {
    /// Its tag.
    #[serde(default)]
    pub tag: String,
    /// Its digest, with `sha256:`.
    #[serde(default)]
    pub digest: String,
    /// Annotations of the image itself.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// When it was built, as it says.
    pub created_at: Option<Time>,
}

/// Versions of a Helm chart that a subscription found.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["repoURL"])))]
pub struct ChartDiscoveryResult {
    /// The repository.
    #[serde(rename = "repoURL", default)]
    pub repo_url: String,
    /// The chart; none in a registry.
    pub name: Option<String>,
    /// The subscription.
    pub subscription_name: Option<String>,
    /// The versions that the subscription lets count.
    pub semver_constraint: Option<String>,
    /// The versions, the best first; an empty list if none will do.
    pub versions: Option<Vec<String>>,
}

/// Artifacts that a subscription of another sort found.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct DiscoveryResult {
    /// The subscription.
    #[serde(default)]
    pub name: String,
    /// The artifacts, the best first; an empty list if none will do.
    pub artifact_references: Option<Vec<ArtifactReference>>,
}

/// Whether a project is ready, and how its parts are.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProjectStatus {
    /// `Ready`, `Healthy`, `Reconciling`, each with its reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// How many parts it has, and how many are healthy.
    pub stats: Option<ProjectStats>,
}

/// How many parts a project has.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProjectStats {
    /// Its Warehouses.
    pub warehouses: Option<WarehouseStats>,
    /// Its stages.
    pub stages: Option<StageStats>,
}

/// How many stages there are.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct StageStats {
    /// How many there are.
    pub count: Option<i64>,
    /// How many are healthy.
    pub health: Option<HealthStats>,
}

/// How many Warehouses there are.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct WarehouseStats {
    /// How many there are.
    pub count: Option<i64>,
    /// How many are healthy.
    pub health: Option<HealthStats>,
}

/// How many are healthy.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HealthStats {
    /// How many.
    pub healthy: Option<i64>,
}
