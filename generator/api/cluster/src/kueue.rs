//! Kueue: queues that admit runs when there is room.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::{Taint, Toleration};
use luban_api_core::{ApiVersion, Kind, LabelSelector, ObjectMeta, Quantity, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{ClusterQueueStatus, LocalQueueStatus};

/// A pool of resources and who may use it.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct ClusterQueue {
    /// Always `kueue.x-k8s.io/v1beta2`.
    #[serde(default)]
    pub api_version: ApiVersion<ClusterQueue>,
    /// Always `ClusterQueue`.
    #[serde(default)]
    pub kind: Kind<ClusterQueue>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// What the pool holds, and who is let in when.
    #[serde(default)]
    pub spec: ClusterQueueSpec,
    /// How full it is.
    pub status: Option<ClusterQueueStatus>,
}

resource!(ClusterQueue, group: "kueue.x-k8s.io", version: "v1beta2", plural: "clusterqueues", scope: cluster);

/// Quotas of a pool and the order of admission.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClusterQueueSpec {
    /// Quotas, by groups of resources that belong together; at most 16.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resource_groups: Vec<ResourceGroup>,
    /// The cohort, whose queues lend each other what they do not use; no lending if there is none.
    pub cohort_name: Option<String>,
    /// `BestEffortFIFO` (if there is none: what fits may overtake) or `StrictFIFO`.
    pub queueing_strategy: Option<String>,
    /// Namespaces that may use it: none if it is absent, all if it is empty.
    pub namespace_selector: Option<LabelSelector>,
    /// When the next flavor is tried.
    pub flavor_fungibility: Option<FlavorFungibility>,
    /// Who gives way to whom; nobody if there is none.
    pub preemption: Option<ClusterQueuePreemption>,
    /// Checks that must pass before a workload starts.
    pub admission_checks_strategy: Option<AdmissionChecksStrategy>,
    /// `None` (if there is none), `Hold` (nothing more starts) or `HoldAndDrain` (what runs is evicted too).
    pub stop_policy: Option<String>,
    /// Its weight beside other queues, where Kueue shares fairly.
    pub fair_sharing: Option<FairSharing>,
    /// How fair sharing orders what waits.
    pub admission_scope: Option<AdmissionScope>,
    /// Several flavors tried at the same time.
    pub concurrent_admission_policy: Option<ConcurrentAdmissionPolicy>,
}

/// Resources that come from the same flavors.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ResourceGroup {
    /// Such as `cpu`, `memory`, `nvidia.com/gpu`; a resource belongs to one group only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covered_resources: Vec<String>,
    /// Sorts of nodes, in the order in which they are tried.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flavors: Vec<FlavorQuotas>,
}

/// Quotas of one flavor.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct FlavorQuotas {
    /// The ResourceFlavor.
    #[serde(default)]
    pub name: String,
    /// A quota for each covered resource, in the group's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<ResourceQuota>,
}

/// The quota of one resource.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "nominalQuota"])))]
pub struct ResourceQuota {
    /// The resource.
    #[serde(default)]
    pub name: String,
    /// How much of it the queue may always use.
    #[serde(default)]
    pub nominal_quota: Quantity,
    /// How much more it may borrow in its cohort; without end if there is none.
    pub borrowing_limit: Option<Quantity>,
    /// How much of its own it may lend; all if there is none.
    pub lending_limit: Option<Quantity>,
}

/// When the next flavor is tried.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClusterQueuePreemption {
    /// Who that borrows gives way to the owner: `Never` (if there is none), `LowerPriority` or `Any`.
    pub reclaim_within_cohort: Option<String>,
    /// Who gives way to a workload that must borrow; not together with fair sharing.
    pub borrow_within_cohort: Option<BorrowWithinCohort>,
    /// Who of the same queue gives way: `Never` (if there is none), `LowerPriority` or `LowerOrNewerEqualPriority`.
    pub within_cluster_queue: Option<String>,
}

/// Who gives way to a borrower.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BorrowWithinCohort {
    /// `Never` (if there is none) or `LowerPriority`.
    pub policy: Option<String>,
    /// Only workloads up to this priority give way.
    pub max_priority_threshold: Option<i32>,
}

/// Checks that must pass before a run starts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AdmissionChecksStrategy {
    /// The checks, all of which must pass.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub admission_checks: Vec<AdmissionCheckStrategyRule>,
}

/// A check, and the flavors that it is for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct AdmissionCheckStrategyRule {
    /// The AdmissionCheck.
    #[serde(default)]
    pub name: String,
    /// Flavors that it is for; all if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on_flavors: Vec<String>,
}

/// The weight of a queue.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FairSharing {
    /// Its share beside others; 1 if there is none, 0 to come last.
    pub weight: Option<Quantity>,
}

/// How fair sharing orders what waits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["admissionMode"])))]
pub struct AdmissionScope {
    /// `UsageBasedAdmissionFairSharing` or `NoAdmissionFairSharing`.
    #[serde(default)]
    pub admission_mode: String,
}

/// Several flavors tried at the same time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["migration"])))]
pub struct ConcurrentAdmissionPolicy {
    /// Whether a workload moves when a better flavor admits it later.
    #[serde(default)]
    pub migration: ConcurrentAdmissionMigration,
}

/// Whether an admitted workload moves to a better flavor.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["mode"])))]
pub struct ConcurrentAdmissionMigration {
    /// `TryPreferredFlavors` (it moves) or `RetainFirstAdmission` (it stays).
    #[serde(default)]
    pub mode: String,
    /// How far it moves.
    pub constraints: Option<ConcurrentAdmissionConstraints>,
}

/// How far it may move.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ConcurrentAdmissionConstraints {
    /// The least preferred flavor that is worth a move.
    pub last_acceptable_flavor_name: Option<String>,
}

/// The queue of a namespace.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct LocalQueue {
    /// Always `kueue.x-k8s.io/v1beta2`.
    #[serde(default)]
    pub api_version: ApiVersion<LocalQueue>,
    /// Always `LocalQueue`.
    #[serde(default)]
    pub kind: Kind<LocalQueue>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// The pool that it draws on.
    #[serde(default)]
    pub spec: LocalQueueSpec,
    /// What waits and runs in it.
    pub status: Option<LocalQueueStatus>,
}

resource!(LocalQueue, group: "kueue.x-k8s.io", version: "v1beta2", plural: "localqueues", scope: namespaced);

/// The pool that a queue draws on.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct LocalQueueSpec {
    /// The ClusterQueue; never changes.
    pub cluster_queue: Option<String>,
    /// `None` (if there is none), `Hold` (nothing more starts) or `HoldAndDrain` (what runs is evicted too).
    pub stop_policy: Option<String>,
    /// Its weight beside other queues of the pool.
    pub fair_sharing: Option<FairSharing>,
    /// Hours that its workloads may run altogether.
    pub wall_time_policy: Option<LocalQueueWallTimeLimits>,
}

/// Hours that workloads of a queue may run, and what follows.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["wallTimeAllocatedHours"])))]
pub struct LocalQueueWallTimeLimits {
    /// The hours.
    #[serde(default)]
    pub wall_time_allocated_hours: i32,
    /// `Hold` (if there is none: nothing more starts) or `HoldAndDrain` (what runs is evicted too).
    pub action_when_wall_time_exhausted: Option<String>,
}

/// Nodes of one sort.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ResourceFlavor {
    /// Always `kueue.x-k8s.io/v1beta2`.
    #[serde(default)]
    pub api_version: ApiVersion<ResourceFlavor>,
    /// Always `ResourceFlavor`.
    #[serde(default)]
    pub kind: Kind<ResourceFlavor>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// How its nodes are found; any node if there is none.
    pub spec: Option<ResourceFlavorSpec>,
}

resource!(ResourceFlavor, group: "kueue.x-k8s.io", version: "v1beta2", plural: "resourceflavors", scope: cluster);

/// How nodes of a flavor are found.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ResourceFlavorSpec {
    /// Labels of its nodes; pods that are admitted to it get them as node selector.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub node_labels: BTreeMap<String, String>,
    /// Taints of its nodes, which workloads must tolerate to be admitted to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub node_taints: Vec<Taint>,
    /// Tolerations that admitted pods get.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tolerations: Vec<Toleration>,
    /// The Topology of its nodes, for scheduling that knows racks.
    pub topology_name: Option<String>,
    /// How much each resource counts in fair sharing.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub resource_weights: BTreeMap<String, Quantity>,
}
