//! NetworkPolicies: everything is denied, then each flow that is needed is allowed by a policy that is named after it.

use crate::CompileError;
use crate::labels;
use crate::tree::Folder;
use k8s_openapi::api::networking::v1::{
    IPBlock, NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyIngressRule, NetworkPolicyPeer,
    NetworkPolicyPort, NetworkPolicySpec,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelectorRequirement;
use luban_api_cluster::{CiliumNetworkPolicy, CiliumRule, EgressRule};
use luban_api_core::{IntOrString, LabelSelector, named_in};
use luban_platform::Platform;
use luban_platform::model::Egress;

/// Address ranges that RFC 1918, RFC 6598 and RFC 4193 keep for private networks: pods, Services, nodes and API servers
/// have addresses of these.
const PRIVATE: [&str; 5] = [
    "10.0.0.0/8",
    "100.64.0.0/10",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "fc00::/7",
];

/// Link-local addresses: the metadata service of clouds, which hands out the node's credentials, is there.
const LINK_LOCAL: [&str; 2] = ["169.254.0.0/16", "fe80::/10"];

/// Ports of the Kubernetes API: the Service `kubernetes`, and the API server behind it where the network policy is
/// enforced after the Service's address is replaced (most network plugins).
const API_PORTS: [u16; 2] = [443, 6443];

/// Port of DNS, over UDP and TCP.
const DNS_PORT: u16 = 53;

const WHY_API_IS_A_RANGE: &str = "the API server's address is not in platform.yaml: its Service and its endpoints are in private ranges; only pods that use the API are selected";

/// Pods of one namespace that policies are about.
#[derive(Clone, Debug, Default)]
pub(super) struct Pods(LabelSelector);

impl Pods {
    /// All of the namespace.
    pub(super) fn all() -> Self {
        Self::default()
    }

    /// Those with a label of this value.
    pub(super) fn with(key: &str, value: &str) -> Self {
        Self(LabelSelector {
            match_labels: Some(labels::map([(key, value)])),
            ..LabelSelector::default()
        })
    }

    /// Those with a label of one of these values.
    pub(super) fn with_any(key: &str, values: &[&str]) -> Self {
        Self::expression(key, "In", Some(values))
    }

    /// Those of them that have another label with one of these values.
    pub(super) fn and_any(mut self, key: &str, values: &[&str]) -> Self {
        self.0.match_expressions = Self::with_any(key, values).0.match_expressions;
        self
    }

    /// Pods of Argo Workflows, which label `workflows.argoproj.io/workflow` marks (argo-workflows `workflow/common`). Their
    /// executor writes results to the API, whatever the step does; Pods of kpack and Tekton have no such label.
    pub(super) fn of_workflows() -> Self {
        Self::expression("workflows.argoproj.io/workflow", "Exists", None)
    }

    fn expression(key: &str, operator: &str, values: Option<&[&str]>) -> Self {
        Self(LabelSelector {
            match_expressions: Some(vec![LabelSelectorRequirement {
                key: key.to_owned(),
                operator: operator.to_owned(),
                values: values
                    .map(|values| values.iter().map(|value| (*value).to_owned()).collect()),
            }]),
            ..LabelSelector::default()
        })
    }

    /// As a peer in the same namespace.
    pub(super) fn here(self) -> NetworkPolicyPeer {
        NetworkPolicyPeer {
            pod_selector: Some(self.0),
            ..NetworkPolicyPeer::default()
        }
    }

    /// As a peer in another namespace.
    pub(super) fn in_namespace(self, namespace: &str) -> NetworkPolicyPeer {
        NetworkPolicyPeer {
            namespace_selector: Some(namespaces(namespace)),
            pod_selector: Some(self.0),
            ..NetworkPolicyPeer::default()
        }
    }

    /// As a peer in any namespace.
    pub(super) fn anywhere(self) -> NetworkPolicyPeer {
        NetworkPolicyPeer {
            namespace_selector: Some(LabelSelector::default()),
            pod_selector: Some(self.0),
            ..NetworkPolicyPeer::default()
        }
    }
}

/// All pods of a namespace, as a peer.
pub(super) fn namespace(name: &str) -> NetworkPolicyPeer {
    NetworkPolicyPeer {
        namespace_selector: Some(namespaces(name)),
        ..NetworkPolicyPeer::default()
    }
}

/// The label that the API server itself gives to every namespace.
fn namespaces(name: &str) -> LabelSelector {
    Pods::with("kubernetes.io/metadata.name", name).0
}

/// An address range, as a peer.
pub(super) fn range(cidr: &str, except: &[&str]) -> NetworkPolicyPeer {
    NetworkPolicyPeer {
        ip_block: Some(IPBlock {
            cidr: cidr.to_owned(),
            except: Some(
                except
                    .iter()
                    .map(|range| (*range).to_owned())
                    .collect::<Vec<_>>(),
            )
            .filter(|except| !except.is_empty()),
        }),
        ..NetworkPolicyPeer::default()
    }
}

/// Every public address, as peers: neither the cluster's own networks nor the metadata service.
pub(super) fn public() -> Vec<NetworkPolicyPeer> {
    let (v6, v4): (Vec<&str>, Vec<&str>) = PRIVATE
        .into_iter()
        .chain(LINK_LOCAL)
        .partition(|cidr| cidr.contains(':'));
    vec![range("0.0.0.0/0", &v4), range("::/0", &v6)]
}

/// TCP ports.
pub(super) fn tcp(ports: impl IntoIterator<Item = u16>) -> Vec<NetworkPolicyPort> {
    ports
        .into_iter()
        .map(|number| port("TCP", number))
        .collect()
}

/// A port.
pub(super) fn port(protocol: &str, number: u16) -> NetworkPolicyPort {
    NetworkPolicyPort {
        port: Some(IntOrString::Int(i32::from(number))),
        protocol: Some(protocol.to_owned()),
        ..NetworkPolicyPort::default()
    }
}

/// The policies of one namespace.
#[derive(Debug)]
pub(super) struct Network<'a> {
    pub(super) platform: &'a Platform,
    pub(super) namespace: &'a str,
}

impl Network<'_> {
    /// Denies all traffic of every pod: what is allowed stands in policies of its own.
    pub(super) fn deny(&self, folder: &mut Folder) -> Result<(), CompileError> {
        folder.add(NetworkPolicy {
            metadata: named_in(self.namespace, "default-deny"),
            spec: Some(NetworkPolicySpec {
                pod_selector: Some(LabelSelector::default()),
                policy_types: Some(vec!["Ingress".to_owned(), "Egress".to_owned()]),
                ..NetworkPolicySpec::default()
            }),
        })
    }

    /// Lets `pods` receive from `peers` on `ports`.
    pub(super) fn receive(
        &self,
        folder: &mut Folder,
        name: &str,
        pods: Pods,
        peers: Vec<NetworkPolicyPeer>,
        ports: Vec<NetworkPolicyPort>,
    ) -> Result<(), CompileError> {
        folder.add(NetworkPolicy {
            metadata: named_in(self.namespace, name),
            spec: Some(NetworkPolicySpec {
                ingress: Some(vec![NetworkPolicyIngressRule {
                    from: Some(peers),
                    ports: Some(ports).filter(|ports| !ports.is_empty()),
                }]),
                pod_selector: Some(pods.0),
                policy_types: Some(vec!["Ingress".to_owned()]),
                ..NetworkPolicySpec::default()
            }),
        })
    }

    /// Lets `pods` send to `peers` on `ports`.
    pub(super) fn send(
        &self,
        folder: &mut Folder,
        name: &str,
        pods: Pods,
        peers: Vec<NetworkPolicyPeer>,
        ports: Vec<NetworkPolicyPort>,
    ) -> Result<(), CompileError> {
        folder.add(self.sending(name, pods, peers, ports))
    }

    fn sending(
        &self,
        name: &str,
        pods: Pods,
        peers: Vec<NetworkPolicyPeer>,
        ports: Vec<NetworkPolicyPort>,
    ) -> NetworkPolicy {
        NetworkPolicy {
            metadata: named_in(self.namespace, name),
            spec: Some(NetworkPolicySpec {
                egress: Some(vec![NetworkPolicyEgressRule {
                    to: Some(peers),
                    ports: Some(ports).filter(|ports| !ports.is_empty()),
                }]),
                pod_selector: Some(pods.0),
                policy_types: Some(vec!["Egress".to_owned()]),
                ..NetworkPolicySpec::default()
            }),
        }
    }

    /// Lets every pod ask the cluster's DNS.
    pub(super) fn dns(&self, folder: &mut Folder) -> Result<(), CompileError> {
        // Every distribution labels its DNS so, CoreDNS too (kubernetes cluster/addons/dns).
        let dns = Pods::with("k8s-app", "kube-dns").in_namespace("kube-system");
        let ports = vec![port("UDP", DNS_PORT), port("TCP", DNS_PORT)];
        self.send(folder, "egress-dns", Pods::all(), vec![dns], ports)
    }

    /// Lets `pods` talk to the Kubernetes API.
    pub(super) fn api(
        &self,
        folder: &mut Folder,
        name: &str,
        pods: Pods,
    ) -> Result<(), CompileError> {
        if matches!(self.platform.egress, Egress::CiliumFqdns(_)) {
            // Cilium knows the API server by itself, and does not match it by address ranges.
            return folder.add(CiliumNetworkPolicy {
                metadata: named_in(self.namespace, name),
                spec: Some(CiliumRule {
                    endpoint_selector: Some(pods.0),
                    egress: Some(vec![EgressRule {
                        to_entities: Some(vec!["kube-apiserver".to_owned()]),
                        ..EgressRule::default()
                    }]),
                    ..CiliumRule::default()
                }),
                ..CiliumNetworkPolicy::default()
            });
        }
        let ranges = PRIVATE.iter().map(|cidr| range(cidr, &[])).collect();
        let mut policy = self.sending(name, pods, ranges, tcp(API_PORTS));
        policy.metadata.annotations = Some(labels::map([(labels::REASON, WHY_API_IS_A_RANGE)]));
        folder.add(policy)
    }
}
