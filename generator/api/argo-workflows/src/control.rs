//! What surrounds a template: attempts, locks and reuse.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::IntOrString;
use luban_api_core::k8s_openapi::api::core::v1::{ConfigMapKeySelector, LocalObjectReference};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// When and how often a failed template is tried again.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RetryStrategy {
    /// The number of further attempts, or its text; no end if it is not set.
    pub limit: Option<IntOrString>,
    /// `OnFailure`, the default, `OnError`, `OnTransientError` or `Always`, the default where there is an `expression`.
    pub retry_policy: Option<String>,
    /// How long to wait between attempts.
    pub backoff: Option<Backoff>,
    /// An expression over `lastRetry` that must be true for the next attempt.
    pub expression: Option<String>,
    /// Where an attempt may run.
    pub affinity: Option<RetryAffinity>,
}

/// How long to wait between attempts.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Backoff {
    /// The first pause, as a Go duration or in seconds.
    pub duration: Option<String>,
    /// What each further pause is multiplied by; a number or its text.
    pub factor: Option<IntOrString>,
    /// How long all attempts together may take, as a Go duration.
    pub max_duration: Option<String>,
    /// The longest pause, as a Go duration.
    pub cap: Option<String>,
}

/// Where an attempt may run.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RetryAffinity {
    /// Set, and be it empty: on other nodes than the attempts before.
    pub node_anti_affinity: Option<RetryNodeAntiAffinity>,
}

/// On another node than the attempt before; it has no fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RetryNodeAntiAffinity {}

/// Reuses the outputs of an earlier run with the same key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["key", "cache", "maxAge"])))]
pub struct Memoize {
    /// Same key, same outputs; may hold `{{inputs.…}}`.
    #[serde(default)]
    pub key: String,
    /// Where outputs are kept.
    #[serde(default)]
    pub cache: Cache,
    /// How old outputs may be, as a Go duration such as `24h`; empty for any age.
    #[serde(default)]
    pub max_age: String,
}

/// Where memoized outputs are kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["configMap"])))]
pub struct Cache {
    /// The ConfigMap, by name; it is made where there is none.
    #[serde(default)]
    pub config_map: LocalObjectReference,
}

/// Locks that are held while a workflow or template runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Synchronization {
    /// Locks for a number of holders; all locks are taken together or none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub semaphores: Vec<SemaphoreRef>,
    /// Locks for one holder.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mutexes: Vec<Mutex>,
}

/// A lock for a number of holders.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SemaphoreRef {
    /// The ConfigMap key with the number of holders.
    pub config_map_key_ref: Option<ConfigMapKeySelector>,
    /// A lock of the controller's database, in place of a ConfigMap.
    pub database: Option<SyncDatabaseRef>,
    /// Where the ConfigMap is; the workflow's namespace if there is none.
    pub namespace: Option<String>,
}

/// A lock kept in the controller's database.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["key"])))]
pub struct SyncDatabaseRef {
    /// The name of the limit in the database.
    #[serde(default)]
    pub key: String,
}

/// A lock for one holder.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Mutex {
    /// The lock's name; may hold `{{…}}`.
    pub name: Option<String>,
    /// The namespace that the name belongs to; the workflow's own if there is none.
    pub namespace: Option<String>,
    /// Whether several controllers share it, through their database.
    pub database: Option<bool>,
}
