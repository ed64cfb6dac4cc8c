//! Kueue: queues that admit runs when there is room.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::{Taint, Toleration};
use luban_api_core::{ApiVersion, Kind, LabelSelector, ObjectMeta, Quantity, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// A pool of resources and who may use it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClusterQueue {
    /// Always `kueue.x-k8s.io/v1beta2`.
    pub api_version: ApiVersion<ClusterQueue>,
    /// Always `ClusterQueue`.
    pub kind: Kind<ClusterQueue>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: ClusterQueueSpec,
}

resource!(ClusterQueue, group: "kueue.x-k8s.io", version: "v1beta2", plural: "clusterqueues", scope: cluster);

/// Quotas of a pool and the order of admission.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClusterQueueSpec {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resource_groups: Vec<ResourceGroup>,
    pub cohort_name: Option<String>,
    /// `BestEffortFIFO` or `StrictFIFO`.
    pub queueing_strategy: Option<String>,
    /// Namespaces that may use it: none if it is absent, all if it is empty.
    pub namespace_selector: Option<LabelSelector>,
    pub flavor_fungibility: Option<FlavorFungibility>,
    pub preemption: Option<ClusterQueuePreemption>,
    pub admission_checks_strategy: Option<AdmissionChecksStrategy>,
    pub stop_policy: Option<String>,
    pub fair_sharing: Option<FairSharing>,
    pub admission_scope: Option<AdmissionScope>,
    pub concurrent_admission_policy: Option<ConcurrentAdmissionPolicy>,
}

/// Resources that come from the same flavors.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceGroup {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covered_resources: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flavors: Vec<FlavorQuotas>,
}

/// Quotas of one flavor.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FlavorQuotas {
    pub name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<ResourceQuota>,
}

/// The quota of one resource.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceQuota {
    pub name: String,
    pub nominal_quota: Quantity,
    pub borrowing_limit: Option<Quantity>,
    pub lending_limit: Option<Quantity>,
}

/// When the next flavor is tried.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FlavorFungibility {
    /// `MayStopSearch` (if there is none) or `TryNextFlavor`.
    pub when_can_borrow: Option<String>,
    /// `TryNextFlavor` (if there is none) or `MayStopSearch`.
    pub when_can_preempt: Option<String>,
    /// `BorrowingOverPreemption` (if there is none) or `PreemptionOverBorrowing`.
    pub preference: Option<String>,
}

/// Who gives way to whom.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClusterQueuePreemption {
    pub reclaim_within_cohort: Option<String>,
    pub borrow_within_cohort: Option<BorrowWithinCohort>,
    pub within_cluster_queue: Option<String>,
}

/// Who gives way to a borrower.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BorrowWithinCohort {
    pub policy: Option<String>,
    pub max_priority_threshold: Option<i32>,
}

/// Checks that must pass before a run starts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AdmissionChecksStrategy {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub admission_checks: Vec<AdmissionCheckStrategyRule>,
}

/// A check, and the flavors that it is for: all if there are none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AdmissionCheckStrategyRule {
    pub name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on_flavors: Vec<String>,
}

/// The weight of a queue.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FairSharing {
    pub weight: Option<Quantity>,
}

/// What fair sharing compares.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AdmissionScope {
    pub admission_mode: String,
}

/// Several flavors tried at the same time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConcurrentAdmissionPolicy {
    pub migration: ConcurrentAdmissionMigration,
}

/// Whether an admitted workload moves to a better flavor.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConcurrentAdmissionMigration {
    pub mode: String,
    pub constraints: Option<ConcurrentAdmissionConstraints>,
}

/// How far it may move.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConcurrentAdmissionConstraints {
    pub last_acceptable_flavor_name: Option<String>,
}

/// The queue of a namespace.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LocalQueue {
    /// Always `kueue.x-k8s.io/v1beta2`.
    pub api_version: ApiVersion<LocalQueue>,
    /// Always `LocalQueue`.
    pub kind: Kind<LocalQueue>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: LocalQueueSpec,
}

resource!(LocalQueue, group: "kueue.x-k8s.io", version: "v1beta2", plural: "localqueues", scope: namespaced);

/// The pool that a queue draws on.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LocalQueueSpec {
    pub cluster_queue: Option<String>,
    pub stop_policy: Option<String>,
    pub fair_sharing: Option<FairSharing>,
    pub wall_time_policy: Option<LocalQueueWallTimeLimits>,
}

/// Hours that workloads of a queue may run, and what follows.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LocalQueueWallTimeLimits {
    pub wall_time_allocated_hours: i32,
    pub action_when_wall_time_exhausted: Option<String>,
}

/// Nodes of one sort.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceFlavor {
    /// Always `kueue.x-k8s.io/v1beta2`.
    pub api_version: ApiVersion<ResourceFlavor>,
    /// Always `ResourceFlavor`.
    pub kind: Kind<ResourceFlavor>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: Option<ResourceFlavorSpec>,
}

resource!(ResourceFlavor, group: "kueue.x-k8s.io", version: "v1beta2", plural: "resourceflavors", scope: cluster);

/// How nodes of a flavor are found.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceFlavorSpec {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub node_labels: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub node_taints: Vec<Taint>,
    /// Taints of nodes that pods put up with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tolerations: Vec<Toleration>,
    pub topology_name: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub resource_weights: BTreeMap<String, Quantity>,
}
