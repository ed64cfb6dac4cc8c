//! How far a run is; the controller writes it.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::Time;
use luban_api_core::k8s_openapi::api::core::v1::Volume;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{ArtifactRepository, NodeStatus, Outputs, Template, WorkflowSpec};

/// How far a run is.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct WorkflowStatus {
    /// Empty, `Pending` or `Running`; at the end `Succeeded`, `Failed` or `Error`.
    pub phase: Option<String>,
    /// Why it is in this phase.
    pub message: Option<String>,
    /// Units of work as `done/all`.
    pub progress: Option<String>,
    /// When it started.
    pub started_at: Option<Time>,
    /// When it ended.
    pub finished_at: Option<Time>,
    /// Seconds that it is expected to take, by the last run of the same template.
    pub estimated_duration: Option<i64>,
    /// What else is known, such as `Completed` or `SpecWarning`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// Parameters and artifacts with a `globalName`.
    pub outputs: Option<Outputs>,
    /// Each step, task, pod and attempt of the run, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub nodes: BTreeMap<String, NodeStatus>,
    /// The nodes, compressed and in base64, where they are too large.
    pub compressed_nodes: Option<String>,
    /// The version of the nodes in the database, where they are too large for the object.
    pub offload_node_status_version: Option<String>,
    /// Seconds of each resource times its amount: of `cpu` in cores, of `memory` in 100 Mi.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub resources_duration: BTreeMap<String, i64>,
    /// Templates of other objects as they were when the run started, by scope and name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub stored_templates: BTreeMap<String, Template>,
    /// What the run executes: its spec merged with its workflow template's.
    pub stored_workflow_template_spec: Option<Box<WorkflowSpec>>,
    /// Claims that were made for the run and are still there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub persistent_volume_claims: Vec<Volume>,
    /// The artifact repository that the run uses.
    pub artifact_repository_ref: Option<ArtifactRepositoryRefStatus>,
    /// Which artifacts have been deleted.
    #[serde(rename = "artifactGCStatus")]
    pub artifact_gc_status: Option<ArtGCStatus>,
    /// Locks that the run holds and waits for.
    pub synchronization: Option<SynchronizationStatus>,
    /// Whether the outputs of each node have arrived, by node id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub task_results_completion_status: BTreeMap<String, bool>,
}

/// Something that is known of a run.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Condition {
    /// `Completed`, `PodRunning`, `SpecWarning`, `SpecError`, `MetricsError`, `ArtifactGCError` or `SubmissionError`.
    pub type_: Option<String>,
    /// `True`, `False` or `Unknown`.
    pub status: Option<String>,
    /// Further words.
    pub message: Option<String>,
}

/// Which artifacts have been deleted.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ArtGCStatus {
    /// Whether deletion has started, by strategy.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub strategies_processed: BTreeMap<String, bool>,
    /// Whether the result of a pod that deletes has been read, by pod.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pods_recouped: BTreeMap<String, bool>,
    /// Whether nothing is to be deleted.
    pub not_specified: Option<bool>,
}

/// The artifact repository that a run uses, and where it was found.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ArtifactRepositoryRefStatus {
    /// The ConfigMap that names it.
    pub config_map: Option<String>,
    /// The entry of the ConfigMap.
    pub key: Option<String>,
    /// Where the ConfigMap is: the workflow's namespace or the controller's.
    pub namespace: Option<String>,
    /// Whether it is the controller's own repository and no ConfigMap's.
    pub default: Option<bool>,
    /// The repository itself.
    pub artifact_repository: Option<ArtifactRepository>,
}

/// Locks that a run holds and waits for.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SynchronizationStatus {
    /// Locks for a number of holders.
    pub semaphore: Option<SemaphoreStatus>,
    /// Locks for one holder.
    pub mutex: Option<MutexStatus>,
}

/// Semaphores that a run holds and waits for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SemaphoreStatus {
    /// Those it holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holding: Vec<SemaphoreHolding>,
    /// Those it waits for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waiting: Vec<SemaphoreHolding>,
}

/// A semaphore and its holders.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SemaphoreHolding {
    /// The lock, as `namespace/ConfigMap/name/key`.
    pub semaphore: Option<String>,
    /// Who holds it: nodes of the run, or other runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holders: Vec<String>,
}

/// Mutexes that a run holds and waits for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MutexStatus {
    /// Those it holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holding: Vec<MutexHolding>,
    /// Those it waits for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waiting: Vec<MutexHolding>,
}

/// A mutex and its holder.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MutexHolding {
    /// The lock, as `namespace/Mutex/name`.
    pub mutex: Option<String>,
    /// Who holds it: a node of the run, or another run.
    pub holder: Option<String>,
}
