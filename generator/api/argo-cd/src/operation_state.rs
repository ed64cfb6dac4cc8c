//! What became of an operation; the controller writes it.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::Time;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{ApplicationSource, ManagedNamespaceMetadata, Operation, SourceHydrator};

/// An operation and what became of it.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["operation", "phase"])))]
pub struct OperationState {
    /// What was asked for.
    #[serde(default)]
    pub operation: Operation,
    /// `Running`, `Terminating`, `Failed`, `Error` or `Succeeded`.
    #[serde(default)]
    pub phase: String,
    /// Why it is in this phase.
    pub message: Option<String>,
    /// When it started.
    pub started_at: Option<Time>,
    /// When it ended.
    pub finished_at: Option<Time>,
    /// How often it was tried again.
    pub retry_count: Option<i64>,
    /// What the sync did.
    pub sync_result: Option<SyncOperationResult>,
}

/// What a sync did.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["revision"])))]
pub struct SyncOperationResult {
    /// The revision that was synced.
    #[serde(default)]
    pub revision: String,
    /// The revision of each of several sources, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revisions: Vec<String>,
    /// The source that was synced.
    pub source: Option<ApplicationSource>,
    /// The sources that were synced, where there are several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<ApplicationSource>,
    /// What happened to each object.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<ResourceResult>,
    /// Labels and annotations that the namespace got.
    pub managed_namespace_metadata: Option<ManagedNamespaceMetadata>,
}

/// What a sync did with an object.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["group", "version", "kind", "namespace", "name"])))]
pub struct ResourceResult {
    /// The API group; empty for the core group.
    #[serde(default)]
    pub group: String,
    /// The API version.
    #[serde(default)]
    pub version: String,
    /// The kind.
    #[serde(default)]
    pub kind: String,
    /// The object's namespace; empty for cluster-wide objects.
    #[serde(default)]
    pub namespace: String,
    /// The object.
    #[serde(default)]
    pub name: String,
    /// `Synced`, `SyncFailed`, `Pruned` or `PruneSkipped`; empty for hooks.
    pub status: Option<String>,
    /// Why.
    pub message: Option<String>,
    /// When the hook runs, such as `PreSync`; empty for other objects.
    pub hook_type: Option<String>,
    /// How far it is: `Running`, `Failed`, `Error` or `Succeeded`.
    pub hook_phase: Option<String>,
    /// The part of the sync it belongs to: `PreSync`, `Sync`, `PostSync` or `SyncFail`.
    pub sync_phase: Option<String>,
    /// Images of the object.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<String>,
}

/// How far rendering into a branch is.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SourceHydratorStatus {
    /// The rendering under way, or else the last one.
    pub current_operation: Option<HydrateOperation>,
    /// The last rendering that succeeded.
    pub last_successful_operation: Option<SuccessfulHydrateOperation>,
    /// The commit that was last looked at, rendered or not.
    pub last_compared_dry_revision: Option<String>,
}

/// A rendering.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["phase", "message"])))]
pub struct HydrateOperation {
    /// `Hydrating`, `Hydrated` or `Failed`.
    #[serde(default)]
    pub phase: String,
    /// Why it is in this phase.
    #[serde(default)]
    pub message: String,
    /// When it started.
    pub started_at: Option<Time>,
    /// When it ended.
    pub finished_at: Option<Time>,
    /// The commit that was rendered.
    #[serde(rename = "drySHA")]
    pub dry_sha: Option<String>,
    /// The commit that was made of it.
    #[serde(rename = "hydratedSHA")]
    pub hydrated_sha: Option<String>,
    /// What was asked for.
    pub source_hydrator: Option<SourceHydrator>,
}

/// A rendering that succeeded.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SuccessfulHydrateOperation {
    /// The commit that was rendered.
    #[serde(rename = "drySHA")]
    pub dry_sha: Option<String>,
    /// The commit that was made of it.
    #[serde(rename = "hydratedSHA")]
    pub hydrated_sha: Option<String>,
    /// What was asked for.
    pub source_hydrator: Option<SourceHydrator>,
}
