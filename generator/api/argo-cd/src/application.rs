//! Applications: what is synced from where to where.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{ApplicationSource, ApplicationStatus, Operation, SourceHydrator};

/// Manifests of a source, kept in sync with a destination.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct Application {
    /// Always `argoproj.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<Application>,
    /// Always `Application`.
    #[serde(default)]
    pub kind: Kind<Application>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// Where manifests come from, where they go, and when.
    #[serde(default)]
    pub spec: ApplicationSpec,
    /// An operation that is asked for; Argo CD takes the field away when it starts.
    pub operation: Option<Box<Operation>>,
    /// How the cluster compares with the source; the controller writes it.
    pub status: Option<Box<ApplicationStatus>>,
}

resource!(Application, group: "argoproj.io", version: "v1alpha1", plural: "applications", scope: namespaced);

/// Source, destination and how they are kept in sync.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["project", "destination"])))]
pub struct ApplicationSpec {
    /// The AppProject that says what the application may do; empty means `default`.
    #[serde(default)]
    pub project: String,
    /// Where manifests come from; one of `source`, `sources` and `sourceHydrator`.
    pub source: Option<ApplicationSource>,
    /// Several sources whose manifests are synced together; then `source` stays out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<ApplicationSource>,
    /// Renders manifests into a branch first and syncs from there.
    pub source_hydrator: Option<Box<SourceHydrator>>,
    /// The cluster and the namespace that manifests go to.
    #[serde(default)]
    pub destination: ApplicationDestination,
    /// When and how it is synced; by hand if there is none.
    pub sync_policy: Option<SyncPolicy>,
    /// Differences that do not count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore_differences: Vec<ResourceIgnoreDifferences>,
    /// Notes that the UI shows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub info: Vec<Info>,
    /// How many past syncs are kept for rollbacks; 10 if it is not set.
    pub revision_history_limit: Option<i64>,
}

/// A cluster, by URL or name, and a namespace of it.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApplicationDestination {
    /// The URL of the cluster's API; in a project a pattern.
    pub server: Option<String>,
    /// The cluster's name in Argo CD, in place of `server`.
    pub name: Option<String>,
    /// The namespace of objects that name none; in a project a pattern.
    pub namespace: Option<String>,
}

/// Fields whose difference is no difference.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["kind"])))]
pub struct ResourceIgnoreDifferences {
    /// The API group; empty for the core group.
    pub group: Option<String>,
    /// The kind; `*` for any.
    #[serde(default)]
    pub kind: String,
    /// The object; any of the kind if there is none.
    pub name: Option<String>,
    /// The object's namespace; any if there is none.
    pub namespace: Option<String>,
    /// Fields by jq path, such as `.spec.template.spec.containers[].image`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub jq_path_expressions: Vec<String>,
    /// Fields by JSON pointer, such as `/spec/replicas`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub json_pointers: Vec<String>,
    /// Fields that these managers own, such as `kube-controller-manager`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub managed_fields_managers: Vec<String>,
}

/// A note for whoever looks at the application.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "value"])))]
pub struct Info {
    /// What the note is about.
    #[serde(default)]
    pub name: String,
    /// The note; a URL becomes a link.
    #[serde(default)]
    pub value: String,
}

/// When and how an application is synced.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SyncPolicy {
    /// Syncs without being asked; absent means by hand.
    pub automated: Option<SyncPolicyAutomated>,
    /// Options such as `CreateNamespace=true` or `ServerSideApply=true`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sync_options: Vec<String>,
    /// Labels and annotations of the namespace that `CreateNamespace=true` makes.
    pub managed_namespace_metadata: Option<ManagedNamespaceMetadata>,
    /// How often a failed sync is tried again; if there is none, automated syncs 5 times and others not at all.
    pub retry: Option<RetryStrategy>,
}

/// Syncing without being asked.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SyncPolicyAutomated {
    /// `false` switches automated syncs off and leaves the rest as it is.
    pub enabled: Option<bool>,
    /// Deletes what the source no longer has.
    pub prune: Option<bool>,
    /// Undoes changes made in the cluster.
    pub self_heal: Option<bool>,
    /// Lets pruning delete everything.
    pub allow_empty: Option<bool>,
}

/// Labels and annotations of the namespace that a sync creates.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ManagedNamespaceMetadata {
    /// Labels of the namespace.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// Annotations of the namespace.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
}

/// How often a failed sync is tried again.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RetryStrategy {
    /// The number of attempts; 0 for none, a negative number for no end.
    pub limit: Option<i64>,
    /// How long to wait between attempts.
    pub backoff: Option<Backoff>,
    /// Takes a newer revision for the next attempt.
    pub refresh: Option<bool>,
}

/// How long to wait between attempts.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Backoff {
    /// The first pause, as a Go duration or in seconds; 5 s if it is not set.
    pub duration: Option<String>,
    /// What each further pause is multiplied by; 2 if it is not set.
    pub factor: Option<i64>,
    /// The longest pause, as a Go duration; 3 min if it is not set.
    pub max_duration: Option<String>,
}
