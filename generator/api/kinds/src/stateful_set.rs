//! StatefulSets as they are written.

use luban_api_core::k8s_openapi::api::apps::v1::{
    StatefulSetOrdinals, StatefulSetPersistentVolumeClaimRetentionPolicy, StatefulSetStatus,
    StatefulSetUpdateStrategy,
};
use luban_api_core::k8s_openapi::api::core::v1::PodTemplateSpec;
use luban_api_core::{
    ApiVersion, Kind, LabelSelector, ObjectMeta, VolumeClaimTemplate, is_default, resource,
};
use serde::{Deserialize, Serialize};

/// Pods that keep their names and volumes. k8s-openapi's own would write `apiVersion` and `kind` into each claim template,
/// which has neither.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind"])))]
#[serde(rename_all = "camelCase")]
pub struct StatefulSet {
    /// Always `apps/v1`.
    #[serde(default)]
    pub api_version: ApiVersion<StatefulSet>,
    /// Always `StatefulSet`.
    #[serde(default)]
    pub kind: Kind<StatefulSet>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "is_default")]
    pub metadata: ObjectMeta,
    /// The pods and their volumes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spec: Option<StatefulSetSpec>,
    /// What runs; the controller writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<StatefulSetStatus>,
}

resource!(StatefulSet, group: "apps", version: "v1", plural: "statefulsets", scope: namespaced);

/// The pods of a StatefulSet and their volumes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["selector", "template"])))]
#[serde(rename_all = "camelCase")]
pub struct StatefulSetSpec {
    /// How many pods there are; 1 if it is not set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replicas: Option<i32>,
    /// Which pods are its own; must match the labels of `template`.
    #[serde(default)]
    pub selector: LabelSelector,
    /// The pod; its name is the set's with a number after it.
    #[serde(default)]
    pub template: PodTemplateSpec,
    /// Claims that each pod gets one of; they outlive the pod.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volume_claim_templates: Vec<VolumeClaimTemplate>,
    /// The headless Service that gives pods their names in DNS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_name: Option<String>,
    /// `OrderedReady`, the default, or `Parallel`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pod_management_policy: Option<String>,
    /// How pods are replaced when `template` changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub update_strategy: Option<StatefulSetUpdateStrategy>,
    /// How many old revisions are kept; 10 if it is not set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision_history_limit: Option<i32>,
    /// Seconds that a pod must be ready before it counts as available.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_ready_seconds: Option<i32>,
    /// Whether claims go with the set and with its pods.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub persistent_volume_claim_retention_policy:
        Option<StatefulSetPersistentVolumeClaimRetentionPolicy>,
    /// The number of the first pod; 0 if it is not set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ordinals: Option<StatefulSetOrdinals>,
}
