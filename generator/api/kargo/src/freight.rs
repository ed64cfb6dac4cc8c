//! Freight: artifacts that are promoted together.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::{ApiVersion, Kind, ObjectMeta, Time, resource};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_with::skip_serializing_none;

use crate::FreightOrigin;

/// Artifacts that are promoted together; made by a Warehouse, or by hand, and never changed.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "origin"])))]
pub struct Freight {
    /// Always `kargo.akuity.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<Freight>,
    /// Always `Freight`.
    #[serde(default)]
    pub kind: Kind<Freight>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// A name for people, unique in the project; Kargo makes one if there is none. Becomes the label `kargo.akuity.io/alias`.
    pub alias: Option<String>,
    /// The Warehouse that made it.
    #[serde(default)]
    pub origin: FreightOrigin,
    /// Commits of Git repositories.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commits: Vec<GitCommit>,
    /// Images.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<Image>,
    /// Helm charts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub charts: Vec<Chart>,
    /// Artifacts of other sorts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub artifacts: Vec<ArtifactReference>,
    /// When its newest artifact was found.
    pub discovered_at: Option<Time>,
    /// Where it is, was verified and is approved.
    pub status: Option<FreightStatus>,
}

resource!(Freight, group: "kargo.akuity.io", version: "v1alpha1", plural: "freights", scope: namespaced);

/// A commit of a Git repository.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GitCommit {
    /// The repository.
    #[serde(rename = "repoURL")]
    pub repo_url: Option<String>,
    /// The commit's hash.
    pub id: Option<String>,
    /// The branch that it was found on.
    pub branch: Option<String>,
    /// The tag that it was found by.
    pub tag: Option<String>,
    /// The first line of its message.
    pub message: Option<String>,
    /// Who wrote it, as `name <address>`.
    pub author: Option<String>,
    /// Who committed it, as `name <address>`.
    pub committer: Option<String>,
    /// The subscription that found it.
    pub subscription_name: Option<String>,
}

/// An image.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Image {
    /// The repository, without tag.
    #[serde(rename = "repoURL")]
    pub repo_url: Option<String>,
    /// The tag that it was found by.
    pub tag: Option<String>,
    /// Its digest, with `sha256:`.
    pub digest: Option<String>,
    /// Annotations of the image itself.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// The subscription that found it.
    pub subscription_name: Option<String>,
}

/// A version of a Helm chart.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Chart {
    /// The repository of charts, or the chart itself in a registry.
    #[serde(rename = "repoURL")]
    pub repo_url: Option<String>,
    /// The chart; none in a registry.
    pub name: Option<String>,
    /// The version.
    pub version: Option<String>,
    /// The subscription that found it.
    pub subscription_name: Option<String>,
}

/// An artifact of another sort.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["subscriptionName", "version"])))]
pub struct ArtifactReference {
    /// Its sort, often a media type.
    pub artifact_type: Option<String>,
    /// The subscription that found it.
    #[serde(default)]
    pub subscription_name: String,
    /// Its version.
    #[serde(default)]
    pub version: String,
    /// What the subscription says of it; an object of any form.
    pub metadata: Option<Value>,
}

/// Where freight is, was verified and is approved.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FreightStatus {
    /// Stages that have it now.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub currently_in: BTreeMap<String, CurrentStage>,
    /// Stages in which it was verified.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub verified_in: BTreeMap<String, VerifiedStage>,
    /// Stages for which somebody approved it by hand.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub approved_for: BTreeMap<String, ApprovedStage>,
    /// Values that steps have set with `set-metadata`, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, Value>,
}

/// A stage that has the freight.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CurrentStage {
    /// Since when.
    pub since: Option<Time>,
}

/// A stage in which the freight was verified.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VerifiedStage {
    /// When it was verified there.
    pub verified_at: Option<Time>,
    /// The longest time that it was there, as a Go duration; set when it leaves.
    pub longest_soak: Option<String>,
}

/// A stage for which the freight is approved.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApprovedStage {
    /// When it was approved.
    pub approved_at: Option<Time>,
}

/// Freight, with all that it is made of.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FreightReference {
    /// The Freight.
    pub name: Option<String>,
    /// The Warehouse that made it.
    pub origin: Option<FreightOrigin>,
    /// Commits of Git repositories.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commits: Vec<GitCommit>,
    /// Images.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<Image>,
    /// Helm charts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub charts: Vec<Chart>,
    /// Artifacts of other sorts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub artifacts: Vec<ArtifactReference>,
}

/// Freight of several origins that is in a stage together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["id"])))]
pub struct FreightCollection {
    /// An id that follows from what is in it.
    #[serde(default)]
    pub id: String,
    /// The freight of each origin, by `Warehouse/<name>`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub items: BTreeMap<String, FreightReference>,
    /// How it was verified, the newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub verification_history: Vec<VerificationInfo>,
}

/// One verification.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VerificationInfo {
    /// Its id.
    pub id: Option<String>,
    /// Who asked for it, or ended it.
    pub actor: Option<String>,
    /// When it started.
    pub start_time: Option<Time>,
    /// When it ended.
    pub finish_time: Option<Time>,
    /// `Pending`, `Running`, `Successful`, `Failed`, `Error`, `Aborted` or `Inconclusive`.
    pub phase: Option<String>,
    /// Why it is in that phase.
    pub message: Option<String>,
    /// The AnalysisRun.
    pub analysis_run: Option<AnalysisRunReference>,
}

/// An AnalysisRun, and how far it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["namespace", "name", "phase"])))]
pub struct AnalysisRunReference {
    /// Its namespace.
    #[serde(default)]
    pub namespace: String,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// Its phase.
    #[serde(default)]
    pub phase: String,
}
