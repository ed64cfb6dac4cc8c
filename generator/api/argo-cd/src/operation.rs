//! Operations: syncs that are asked for.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{ApplicationSource, Info, RetryStrategy};

/// An operation that is asked for.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Operation {
    /// The sync.
    pub sync: Option<SyncOperation>,
    /// How often it is tried again if it fails.
    pub retry: Option<RetryStrategy>,
    /// Who asked for it.
    pub initiated_by: Option<OperationInitiator>,
    /// Notes, such as the reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub info: Vec<Info>,
}

/// Who asked for an operation.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OperationInitiator {
    /// The user.
    pub username: Option<String>,
    /// Whether it was the controller, by `syncPolicy.automated`.
    pub automated: Option<bool>,
}

/// A sync that is asked for.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SyncOperation {
    /// The commit, tag, branch or chart version; the spec's own if there is none.
    pub revision: Option<String>,
    /// The revision of each of several sources, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revisions: Vec<String>,
    /// A source in place of the spec's, as a rollback has it.
    pub source: Option<ApplicationSource>,
    /// Sources in place of the spec's, as a rollback has them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<ApplicationSource>,
    /// The objects that are synced; all if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<SyncOperationResource>,
    /// Deletes what the source no longer has.
    pub prune: Option<bool>,
    /// Tries without changing anything.
    pub dry_run: Option<bool>,
    /// Whether hooks run.
    pub sync_strategy: Option<SyncStrategy>,
    /// Options such as `Validate=false`, for this sync.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sync_options: Vec<String>,
    /// How often self-healing has tried before; the controller counts.
    pub auto_heal_attempts_count: Option<i64>,
    /// Manifests in place of the source's, for development.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub manifests: Vec<String>,
}

/// An object that a partial sync covers.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["kind", "name"])))]
pub struct SyncOperationResource {
    /// The API group; empty for the core group.
    pub group: Option<String>,
    /// The kind.
    #[serde(default)]
    pub kind: String,
    /// The object.
    #[serde(default)]
    pub name: String,
    /// The object's namespace; the destination's if there is none.
    pub namespace: Option<String>,
}

/// How a sync applies.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SyncStrategy {
    /// Applies without hooks.
    pub apply: Option<SyncStrategyApply>,
    /// Applies with hooks; the default.
    pub hook: Option<SyncStrategyHook>,
}

/// A sync by plain apply.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SyncStrategyApply {
    /// Deletes and makes anew what cannot be changed.
    pub force: Option<bool>,
}

/// A sync with hooks.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SyncStrategyHook {
    /// Deletes and makes anew what cannot be changed.
    pub force: Option<bool>,
}
