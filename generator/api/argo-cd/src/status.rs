//! How the cluster compares with the source; the controller writes it.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::Time;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    ApplicationDestination, ApplicationSource, OperationInitiator, OperationState,
    ResourceIgnoreDifferences, SourceHydratorStatus,
};

/// How an application is: synced, healthy, and what happened to it.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApplicationStatus {
    /// Whether the cluster is as the source says.
    pub sync: Option<SyncStatus>,
    /// Whether what is deployed works.
    pub health: Option<AppHealthStatus>,
    /// The objects of the application, each with its state.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<ResourceStatus>,
    /// Images and URLs of the application.
    pub summary: Option<ApplicationSummary>,
    /// What is wrong with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<ApplicationCondition>,
    /// The operation under way, or else the last one.
    pub operation_state: Option<OperationState>,
    /// Past syncs, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<RevisionHistory>,
    /// How far rendering into a branch is.
    pub source_hydrator: Option<SourceHydratorStatus>,
    /// How the source is rendered: `Helm`, `Kustomize`, `Directory` or `Plugin`.
    pub source_type: Option<String>,
    /// How each of several sources is rendered, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source_types: Vec<String>,
    /// When the source was last compared with the cluster.
    pub reconciled_at: Option<Time>,
    /// When the state was last looked at; no longer written.
    pub observed_at: Option<Time>,
    /// Where health of single objects is kept: with `resources`, or outside of the object if it is `appTree`.
    pub resource_health_source: Option<String>,
    /// The namespace of the controller that looks after it.
    pub controller_namespace: Option<String>,
}

/// Whether the cluster is as the source says.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["status"])))]
pub struct SyncStatus {
    /// `Synced`, `OutOfSync` or `Unknown`.
    #[serde(default)]
    pub status: String,
    /// The revision that was compared.
    pub revision: Option<String>,
    /// The revision of each of several sources, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revisions: Vec<String>,
    /// Source and destination that were compared.
    pub compared_to: Option<ComparedTo>,
}

/// What a comparison was made with.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["destination"])))]
pub struct ComparedTo {
    /// The source.
    pub source: Option<ApplicationSource>,
    /// The sources, where there are several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<ApplicationSource>,
    /// The destination.
    #[serde(default)]
    pub destination: ApplicationDestination,
    /// Differences that did not count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore_differences: Vec<ResourceIgnoreDifferences>,
}

/// Whether an application works.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AppHealthStatus {
    /// `Healthy`, `Progressing`, `Degraded`, `Suspended`, `Missing` or `Unknown`; the worst of its objects.
    pub status: Option<String>,
    /// Why; no longer written.
    pub message: Option<String>,
    /// Since when.
    pub last_transition_time: Option<Time>,
}

/// An object of an application, and how it is.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ResourceStatus {
    /// The API group; empty for the core group.
    pub group: Option<String>,
    /// The API version.
    pub version: Option<String>,
    /// The kind.
    pub kind: Option<String>,
    /// The object's namespace; empty for cluster-wide objects.
    pub namespace: Option<String>,
    /// The object.
    pub name: Option<String>,
    /// `Synced`, `OutOfSync` or `Unknown`.
    pub status: Option<String>,
    /// Whether it works.
    pub health: Option<HealthStatus>,
    /// Whether it is a hook of a sync.
    pub hook: Option<bool>,
    /// Whether the source no longer has it.
    pub requires_pruning: Option<bool>,
    /// Whether someone must agree before it is deleted.
    pub requires_deletion_confirmation: Option<bool>,
    /// Its place in the order of a sync; lower ones come first.
    pub sync_wave: Option<i64>,
}

/// Whether an object works.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HealthStatus {
    /// `Healthy`, `Progressing`, `Degraded`, `Suspended`, `Missing` or `Unknown`.
    pub status: Option<String>,
    /// Why.
    pub message: Option<String>,
    /// Since when; no longer written for objects.
    pub last_transition_time: Option<Time>,
}

/// Images and URLs of an application.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSummary {
    /// Images that its objects run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<String>,
    /// URLs under which it is reached, by Ingresses, routes and annotations.
    #[serde(
        rename = "externalURLs",
        default,
        skip_serializing_if = "Vec::is_empty"
    )]
    pub external_urls: Vec<String>,
    /// Whether one of its objects is an Application.
    pub is_app_of_apps: Option<bool>,
}

/// Something that is wrong with an application.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["type", "message"])))]
pub struct ApplicationCondition {
    /// Such as `ComparisonError`, `InvalidSpecError`, `SyncError`, `OrphanedResourceWarning`.
    #[serde(default)]
    pub type_: String,
    /// What is wrong.
    #[serde(default)]
    pub message: String,
    /// Since when.
    pub last_transition_time: Option<Time>,
}

/// A past sync.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["id"])))]
pub struct RevisionHistory {
    /// Its number, by which a rollback asks for it.
    #[serde(default)]
    pub id: i64,
    /// The revision that was synced.
    pub revision: Option<String>,
    /// The revision of each of several sources, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revisions: Vec<String>,
    /// When the sync started.
    pub deploy_started_at: Option<Time>,
    /// When the sync ended.
    pub deployed_at: Option<Time>,
    /// Who asked for it.
    pub initiated_by: Option<OperationInitiator>,
    /// The source that was synced.
    pub source: Option<ApplicationSource>,
    /// The sources that were synced, where there are several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<ApplicationSource>,
}
