//! What controllers of Kueue, Prometheus, Cilium and sigstore report.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::apimachinery::pkg::apis::meta::v1::Condition;
use luban_api_core::{Quantity, Time};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// How full a pool is.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClusterQueueStatus {
    /// `Active`, with its reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// How many workloads wait.
    pub pending_workloads: Option<i32>,
    /// How many hold a part of the quotas.
    pub reserving_workloads: Option<i32>,
    /// How many have been let in and have not ended.
    pub admitted_workloads: Option<i32>,
    /// What is held, by flavor.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flavors_reservation: Vec<FlavorUsage>,
    /// What is used, by flavor.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flavors_usage: Vec<FlavorUsage>,
    /// Its share, where Kueue shares fairly.
    pub fair_sharing: Option<FairSharingStatus>,
}

/// How much of a flavor is taken.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct FlavorUsage {
    /// The ResourceFlavor.
    #[serde(default)]
    pub name: String,
    /// What is taken, by resource.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<ResourceUsage>,
}

/// How much of a resource is taken.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct ResourceUsage {
    /// The resource.
    #[serde(default)]
    pub name: String,
    /// How much, borrowed parts included.
    pub total: Option<Quantity>,
    /// How much of it is borrowed.
    pub borrowed: Option<Quantity>,
}

/// The share of a queue.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FairSharingStatus {
    /// How far it is above its quotas, in thousandths, by its weight; whoever has less comes first.
    pub weighted_share: Option<i64>,
    /// What it has used over time, by which admission is ordered.
    pub admission_fair_sharing_status: Option<AdmissionFairSharingStatus>,
}

/// What a queue has used over time.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AdmissionFairSharingStatus {
    /// What it has used, by resource, older use counting less.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub consumed_resources: BTreeMap<String, Quantity>,
    /// When that was last counted.
    pub last_update: Option<Time>,
}

/// What waits and runs in a queue.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct LocalQueueStatus {
    /// `Active`, with its reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// How many workloads wait.
    pub pending_workloads: Option<i32>,
    /// How many hold a part of the quotas.
    pub reserving_workloads: Option<i32>,
    /// How many have been let in and have not ended.
    pub admitted_workloads: Option<i32>,
    /// What is held, by flavor.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flavors_reservation: Vec<FlavorUsage>,
    /// What is used, by flavor.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flavors_usage: Vec<FlavorUsage>,
    /// Its share, where Kueue shares fairly.
    pub fair_sharing: Option<FairSharingStatus>,
}

/// Who has taken up a rule or monitor.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ConfigResourceStatus {
    /// An entry for each Prometheus that selects it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bindings: Vec<WorkloadBinding>,
}

/// What one Prometheus makes of a rule or monitor.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["group", "resource", "name", "namespace"])))]
pub struct WorkloadBinding {
    /// Its API group.
    #[serde(default)]
    pub group: String,
    /// Its kind in the plural, such as `prometheuses`.
    #[serde(default)]
    pub resource: String,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// Its namespace.
    #[serde(default)]
    pub namespace: String,
    /// `Accepted`, with its reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
}

/// Whether a policy is in force.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CiliumNetworkPolicyStatus {
    /// `Valid`, with its reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<ReportedCondition>,
    /// Policies that Cilium has made of it, for cloud providers' groups.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub derivative_policies: BTreeMap<String, CiliumNetworkPolicyNodeStatus>,
}

/// Whether a derived policy is in force.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CiliumNetworkPolicyNodeStatus {
    /// Whether it was read without error.
    pub ok: Option<bool>,
    /// Why it is not in force.
    pub error: Option<String>,
    /// When this was last looked at.
    pub last_updated: Option<Time>,
    /// The state of all policies since which it counts.
    pub local_policy_revision: Option<i64>,
    /// Whether it is in force for all pods.
    pub enforcing: Option<bool>,
    /// The policy's annotations that were carried out.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
}

/// Whether a policy is in force.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClusterImagePolicyStatus {
    /// The state of this object that was last looked at.
    pub observed_generation: Option<i64>,
    /// `Ready` and what it depends on, each with its reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<ReportedCondition>,
    /// What the controller notes besides.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
}

/// One thing that is known about an object.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["type", "status"])))]
pub struct ReportedCondition {
    /// What is known.
    #[serde(default)]
    pub type_: String,
    /// `True`, `False` or `Unknown`.
    #[serde(default)]
    pub status: String,
    /// How bad it is if it does not hold: none for an error, `Warning` or `Info`.
    pub severity: Option<String>,
    /// Why, in one word.
    pub reason: Option<String>,
    /// Why, for people.
    pub message: Option<String>,
    /// Since when `status` is what it is.
    pub last_transition_time: Option<Time>,
}
