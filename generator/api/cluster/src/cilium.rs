//! Cilium: network policies that know domain names.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::{ApiVersion, Kind, LabelSelector, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{Authentication, CiliumNetworkPolicyStatus, ICMPRule, PortRule};

/// What some pods may talk to.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CiliumNetworkPolicy {
    /// Always `cilium.io/v2`.
    #[serde(default)]
    pub api_version: ApiVersion<CiliumNetworkPolicy>,
    /// Always `CiliumNetworkPolicy`.
    #[serde(default)]
    pub kind: Kind<CiliumNetworkPolicy>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// One rule.
    pub spec: Option<CiliumRule>,
    /// Several rules.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub specs: Vec<CiliumRule>,
    /// Whether it is in force.
    pub status: Option<CiliumNetworkPolicyStatus>,
}

resource!(CiliumNetworkPolicy, group: "cilium.io", version: "v2", plural: "ciliumnetworkpolicies", scope: namespaced);

/// Pods and what they may receive and send.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CiliumRule {
    /// A note for people.
    pub description: Option<String>,
    /// The pods of this rule; all of the namespace if it is empty.
    pub endpoint_selector: Option<LabelSelector>,
    /// Nodes in place of pods; only in cluster-wide policies.
    pub node_selector: Option<LabelSelector>,
    /// What may come in: an empty list denies all, absent leaves ingress alone.
    pub ingress: Option<Vec<IngressRule>>,
    /// What may not come in, whatever `ingress` of this or another policy allows.
    pub ingress_deny: Option<Vec<IngressRule>>,
    /// What may go out: an empty list denies all, absent leaves egress alone.
    pub egress: Option<Vec<EgressRule>>,
    /// What may not go out, whatever `egress` of this or another policy allows.
    pub egress_deny: Option<Vec<EgressRule>>,
    /// Whether what no rule allows is denied; for each direction that has rules, yes.
    pub enable_default_deny: Option<DefaultDenyConfig>,
    /// Labels of the rule itself, by which it is found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<PolicyLabel>,
    /// What Hubble's flows say of traffic that matches.
    pub log: Option<LogConfig>,
}

/// Whether what no rule allows is denied.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DefaultDenyConfig {
    /// For what comes in.
    pub ingress: Option<bool>,
    /// For what goes out.
    pub egress: Option<bool>,
}

/// A label of a rule.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["key"])))]
pub struct PolicyLabel {
    /// Its key.
    #[serde(default)]
    pub key: String,
    /// Its value.
    pub value: Option<String>,
    /// Where it comes from, such as `k8s`.
    pub source: Option<String>,
}

/// A text for the log.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct LogConfig {
    /// At most 32 printable characters.
    pub value: Option<String>,
}

/// What may come in.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct IngressRule {
    /// Pods by labels; an empty list means none, an empty selector all of the namespace.
    pub from_endpoints: Option<Vec<LabelSelector>>,
    /// Labels that senders must have besides; given up since v1.20.
    pub from_requires: Option<Vec<LabelSelector>>,
    /// Ranges of addresses outside the cluster.
    #[serde(rename = "fromCIDR")]
    pub from_cidr: Option<Vec<String>>,
    /// Ranges of addresses outside the cluster, with exceptions.
    #[serde(rename = "fromCIDRSet")]
    pub from_cidr_set: Option<Vec<CIDRRule>>,
    /// Such as `world`, `cluster`, `host`, `remote-node`, `kube-apiserver`, `ingress`, `health`, `none`, `all`.
    pub from_entities: Option<Vec<String>>,
    /// Addresses that a cloud provider knows.
    pub from_groups: Option<Vec<Groups>>,
    /// Nodes by labels.
    pub from_nodes: Option<Vec<LabelSelector>>,
    /// Only these ports; every port if there are none.
    pub to_ports: Option<Vec<PortRule>>,
    /// Only these ICMP messages; excludes `toPorts`.
    pub icmps: Option<Vec<ICMPRule>>,
    /// Whether both ends must prove who they are.
    pub authentication: Option<Authentication>,
}

/// What may go out.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EgressRule {
    /// Pods by labels; an empty list means none, an empty selector all of the namespace.
    pub to_endpoints: Option<Vec<LabelSelector>>,
    /// Labels that receivers must have besides; given up since v1.20.
    pub to_requires: Option<Vec<LabelSelector>>,
    /// Domain names; needs a rule that lets DNS pass through Cilium's proxy. Excludes the other `to…`, ports apart.
    #[serde(rename = "toFQDNs")]
    pub to_fqdns: Option<Vec<FQDNSelector>>,
    /// Ranges of addresses outside the cluster.
    #[serde(rename = "toCIDR")]
    pub to_cidr: Option<Vec<String>>,
    /// Ranges of addresses outside the cluster, with exceptions.
    #[serde(rename = "toCIDRSet")]
    pub to_cidr_set: Option<Vec<CIDRRule>>,
    /// Such as `world`, `cluster`, `host`, `remote-node`, `kube-apiserver`, `ingress`, `health`, `none`, `all`.
    pub to_entities: Option<Vec<String>>,
    /// Services of Kubernetes.
    pub to_services: Option<Vec<CiliumService>>,
    /// Addresses that a cloud provider knows.
    pub to_groups: Option<Vec<Groups>>,
    /// Nodes by labels.
    pub to_nodes: Option<Vec<LabelSelector>>,
    /// Only these ports; every port if there are none.
    pub to_ports: Option<Vec<PortRule>>,
    /// Only these ICMP messages; excludes `toPorts`.
    pub icmps: Option<Vec<ICMPRule>>,
    /// Whether both ends must prove who they are.
    pub authentication: Option<Authentication>,
}

/// A range of addresses; exactly one of `cidr`, `cidrGroupRef` and `cidrGroupSelector`.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CIDRRule {
    /// The range, as `10.0.0.0/8`.
    pub cidr: Option<String>,
    /// A CiliumCIDRGroup by name.
    pub cidr_group_ref: Option<String>,
    /// CiliumCIDRGroups by labels.
    pub cidr_group_selector: Option<LabelSelector>,
    /// Ranges within it that do not count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<String>,
}

/// A domain name or a pattern of them.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FQDNSelector {
    /// One name.
    pub match_name: Option<String>,
    /// A name with `*`, which stands for any characters but the dot.
    pub match_pattern: Option<String>,
}

/// A Service, by name or labels.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CiliumService {
    /// One Service, by name.
    pub k8s_service: Option<K8sServiceNamespace>,
    /// Services by labels.
    pub k8s_service_selector: Option<K8sServiceSelectorNamespace>,
}

/// A Service by name.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct K8sServiceNamespace {
    /// The Service.
    pub service_name: Option<String>,
    /// Its namespace.
    pub namespace: Option<String>,
}

/// Services by labels.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["selector"])))]
pub struct K8sServiceSelectorNamespace {
    /// Labels of the Services.
    #[serde(default)]
    pub selector: LabelSelector,
    /// Their namespace.
    pub namespace: Option<String>,
}

/// Addresses that a cloud provider knows.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Groups {
    /// Network interfaces of AWS.
    pub aws: Option<AWSGroup>,
}

/// Network interfaces of AWS; what is set must all hold.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AWSGroup {
    /// Tags of the interfaces.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// Security groups by id; one is enough.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub security_groups_ids: Vec<String>,
    /// Security groups by name; one is enough.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub security_groups_names: Vec<String>,
    /// Has no effect.
    pub region: Option<String>,
}
