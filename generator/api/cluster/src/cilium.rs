//! Cilium: network policies that know domain names.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use luban_api_core::{ApiVersion, IntOrString, Kind, LabelSelector, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_with::skip_serializing_none;

/// What some pods may talk to.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CiliumNetworkPolicy {
    /// Always `cilium.io/v2`.
    pub api_version: ApiVersion<CiliumNetworkPolicy>,
    /// Always `CiliumNetworkPolicy`.
    pub kind: Kind<CiliumNetworkPolicy>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: Option<CiliumRule>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub specs: Vec<CiliumRule>,
}

resource!(CiliumNetworkPolicy, group: "cilium.io", version: "v2", plural: "ciliumnetworkpolicies", scope: namespaced);

/// Pods and what they may receive and send.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CiliumRule {
    pub description: Option<String>,
    /// The pods of this rule; all of the namespace if it is empty.
    pub endpoint_selector: Option<LabelSelector>,
    /// Labels of the nodes that pods may run on.
    pub node_selector: Option<LabelSelector>,
    /// An empty list denies all; absent leaves ingress alone.
    pub ingress: Option<Vec<IngressRule>>,
    pub ingress_deny: Option<Vec<IngressRule>>,
    /// An empty list denies all; absent leaves egress alone.
    pub egress: Option<Vec<EgressRule>>,
    pub egress_deny: Option<Vec<EgressRule>>,
    pub enable_default_deny: Option<DefaultDenyConfig>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<PolicyLabel>,
    pub log: Option<LogConfig>,
}

/// Whether what no rule allows is denied.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DefaultDenyConfig {
    pub ingress: Option<bool>,
    pub egress: Option<bool>,
}

/// A label of a rule.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PolicyLabel {
    pub key: String,
    pub value: Option<String>,
    pub source: Option<String>,
}

/// A text for the log.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LogConfig {
    pub value: Option<String>,
}

/// What may come in.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IngressRule {
    pub from_endpoints: Option<Vec<LabelSelector>>,
    pub from_requires: Option<Vec<LabelSelector>>,
    #[serde(rename = "fromCIDR")]
    pub from_cidr: Option<Vec<String>>,
    #[serde(rename = "fromCIDRSet")]
    pub from_cidr_set: Option<Vec<CIDRRule>>,
    pub from_entities: Option<Vec<String>>,
    pub from_groups: Option<Vec<Value>>,
    pub from_nodes: Option<Vec<LabelSelector>>,
    pub to_ports: Option<Vec<PortRule>>,
    pub icmps: Option<Vec<ICMPRule>>,
    pub authentication: Option<Authentication>,
}

/// What may go out.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EgressRule {
    pub to_endpoints: Option<Vec<LabelSelector>>,
    pub to_requires: Option<Vec<LabelSelector>>,
    #[serde(rename = "toFQDNs")]
    pub to_fqdns: Option<Vec<FQDNSelector>>,
    #[serde(rename = "toCIDR")]
    pub to_cidr: Option<Vec<String>>,
    #[serde(rename = "toCIDRSet")]
    pub to_cidr_set: Option<Vec<CIDRRule>>,
    pub to_entities: Option<Vec<String>>,
    pub to_services: Option<Vec<CiliumService>>,
    pub to_groups: Option<Vec<Value>>,
    pub to_nodes: Option<Vec<LabelSelector>>,
    pub to_ports: Option<Vec<PortRule>>,
    pub icmps: Option<Vec<ICMPRule>>,
    pub authentication: Option<Authentication>,
}

/// A range of addresses.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CIDRRule {
    pub cidr: Option<String>,
    pub cidr_group_ref: Option<String>,
    pub cidr_group_selector: Option<LabelSelector>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<String>,
}

/// A domain name or a pattern of them.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FQDNSelector {
    pub match_name: Option<String>,
    /// A name with `*`.
    pub match_pattern: Option<String>,
}

/// A Service, by name or labels.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CiliumService {
    pub k8s_service: Option<K8sServiceNamespace>,
    pub k8s_service_selector: Option<K8sServiceSelectorNamespace>,
}

/// A Service by name.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct K8sServiceNamespace {
    pub service_name: Option<String>,
    pub namespace: Option<String>,
}

/// Services by labels.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct K8sServiceSelectorNamespace {
    pub selector: LabelSelector,
    pub namespace: Option<String>,
}

/// Ports, and what may pass through them.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PortRule {
    /// Ports that are open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<PortProtocol>,
    pub rules: Option<L7Rules>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub server_names: Vec<String>,
    pub listener: Option<Value>,
    #[serde(rename = "terminatingTLS")]
    pub terminating_tls: Option<Value>,
    #[serde(rename = "originatingTLS")]
    pub originating_tls: Option<Value>,
}

/// A port.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PortProtocol {
    /// A number or name, as text.
    pub port: String,
    pub end_port: Option<i32>,
    pub protocol: Option<String>,
}

/// What may pass, by protocol.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct L7Rules {
    pub http: Option<Vec<PortRuleHTTP>>,
    pub dns: Option<Vec<FQDNSelector>>,
    pub kafka: Option<Vec<Value>>,
    pub l7proto: Option<String>,
    pub l7: Option<Vec<Value>>,
}

/// An HTTP request that may pass.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PortRuleHTTP {
    pub method: Option<String>,
    pub path: Option<String>,
    pub host: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub header_matches: Vec<Value>,
}

/// ICMP messages that may pass.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ICMPRule {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<ICMPField>,
}

/// An ICMP message.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ICMPField {
    pub family: Option<String>,
    pub type_: Option<IntOrString>,
}

/// Whether both ends must prove who they are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Authentication {
    pub mode: String,
}
