//! How builds reach registries, Git providers and package mirrors: one policy a namespace, as the platform says.

use super::network::{Network, Pods, public, range, tcp};
use crate::CompileError;
use crate::tree::Folder;
use luban_api_cluster::{
    CiliumNetworkPolicy, CiliumRule, EgressRule, FQDNSelector, L7Rules, PortProtocol, PortRule,
};
use luban_api_core::{LabelSelector, named_in};
use luban_platform::Platform;
use luban_platform::model::{Egress, Provider, ProviderKind};
use luban_platform::names::{Cidr, HttpUrl};
use std::collections::BTreeSet;

/// Port of HTTPS, which everything outside is reached on unless its address says otherwise.
const HTTPS_PORT: u16 = 443;

impl Network<'_> {
    /// Lets every pod reach what is outside the cluster, as `network.registryEgress` says, and nothing else.
    pub(super) fn outside(&self, folder: &mut Folder) -> Result<(), CompileError> {
        self.reach(folder, "egress-outside", &ports(self.platform))
    }

    /// Lets every pod reach what is outside the cluster, as far as that setting says, on the ports of `providers` only.
    pub(super) fn providers(
        &self,
        folder: &mut Folder,
        providers: &[&Provider],
    ) -> Result<(), CompileError> {
        let ports = providers.iter().copied().map(port_of_provider).collect();
        self.reach(folder, "egress-providers", &ports)
    }

    fn reach(
        &self,
        folder: &mut Folder,
        name: &str,
        ports: &BTreeSet<u16>,
    ) -> Result<(), CompileError> {
        let peers = match &self.platform.egress {
            Egress::Anywhere => public(),
            Egress::Cidrs(cidrs) => cidrs.iter().map(|cidr| range(cidr.as_str(), &[])).collect(),
            Egress::CiliumFqdns(hosts) => {
                return folder.add(self.fqdns(name, hosts, ports));
            }
            Egress::Proxy {
                url,
                cidr,
                no_proxy,
            } => {
                let proxy = vec![range(cidr.as_str(), &[])];
                self.send(
                    folder,
                    "egress-proxy",
                    Pods::all(),
                    proxy,
                    tcp([port_of(url)]),
                )?;
                // What is reached without the proxy is opened if it is an address; a NetworkPolicy knows no names.
                let direct: Vec<_> = no_proxy
                    .iter()
                    .filter_map(|entry| as_range(entry))
                    .map(|cidr| range(cidr.as_str(), &[]))
                    .collect();
                if direct.is_empty() {
                    return Ok(());
                }
                direct
            }
        };
        let ports = tcp(ports.iter().copied());
        self.send(folder, name, Pods::all(), peers, ports)
    }

    fn fqdns(&self, name: &str, hosts: &[String], ports: &BTreeSet<u16>) -> CiliumNetworkPolicy {
        let names = hosts.iter().map(|host| {
            if host.contains('*') {
                FQDNSelector {
                    match_pattern: Some(host.clone()),
                    ..FQDNSelector::default()
                }
            } else {
                FQDNSelector {
                    match_name: Some(host.clone()),
                    ..FQDNSelector::default()
                }
            }
        });
        let protocol = |number: u16, protocol: &str| PortProtocol {
            port: number.to_string(),
            protocol: Some(protocol.to_owned()),
            ..PortProtocol::default()
        };
        // Cilium learns addresses of names from the answers of DNS that pass its proxy (docs.cilium.io, DNS based policies).
        let dns = EgressRule {
            to_endpoints: Some(vec![LabelSelector {
                match_labels: Some(crate::labels::map([
                    ("k8s:io.kubernetes.pod.namespace", "kube-system"),
                    ("k8s:k8s-app", "kube-dns"),
                ])),
                ..LabelSelector::default()
            }]),
            to_ports: Some(vec![PortRule {
                ports: vec![protocol(53, "ANY")],
                rules: Some(L7Rules {
                    dns: Some(vec![FQDNSelector {
                        match_pattern: Some("*".to_owned()),
                        ..FQDNSelector::default()
                    }]),
                    ..L7Rules::default()
                }),
                ..PortRule::default()
            }]),
            ..EgressRule::default()
        };
        let outside = EgressRule {
            to_fqdns: Some(names.collect()),
            to_ports: Some(vec![PortRule {
                ports: ports
                    .iter()
                    .map(|number| protocol(*number, "TCP"))
                    .collect(),
                ..PortRule::default()
            }]),
            ..EgressRule::default()
        };
        CiliumNetworkPolicy {
            metadata: named_in(self.namespace, name),
            spec: Some(CiliumRule {
                endpoint_selector: Some(LabelSelector::default()),
                egress: Some(vec![dns, outside]),
                ..CiliumRule::default()
            }),
            ..CiliumNetworkPolicy::default()
        }
    }
}

/// Ports that registries, providers, mirrors and who hears of reports are reached on.
fn ports(platform: &Platform) -> BTreeSet<u16> {
    let mut ports = BTreeSet::from([HTTPS_PORT, port_of(&platform.gitops.repository)]);
    ports.extend(
        platform
            .providers
            .iter()
            .map(|provider| port_of_provider(provider)),
    );
    ports.extend(platform.registries.iter().filter_map(|registry| {
        let (_, port) = registry.host.as_str().rsplit_once(':')?;
        port.parse::<u16>().ok()
    }));
    ports.extend(platform.trust.python_mirror.as_ref().map(port_of));
    let report = &platform.report;
    ports.extend(report.webhook.as_ref().map(|hook| port_of(&hook.url)));
    ports.extend(report.metrics.as_ref().map(port_of));
    ports
}

/// Port that a provider is reached on.
fn port_of_provider(provider: &Provider) -> u16 {
    match &provider.kind {
        ProviderKind::GitHub { url, .. }
        | ProviderKind::AzureDevOpsServer { url, .. }
        | ProviderKind::Gitea { url, .. } => port_of(url),
        ProviderKind::AzureDevOpsServices { .. } => HTTPS_PORT,
    }
}

/// Port of a URL, written or its scheme's.
fn port_of(url: &HttpUrl) -> u16 {
    let (scheme, rest) = url.as_str().split_once("://").unwrap_or(("https", ""));
    let authority = rest.split('/').next().unwrap_or_default();
    let written = authority
        .rsplit_once(':')
        .and_then(|(_, port)| port.parse().ok());
    written.unwrap_or(if scheme == "http" { 80 } else { HTTPS_PORT })
}

/// An address or address range in a list of hosts.
fn as_range(entry: &str) -> Option<Cidr> {
    Cidr::new(entry)
        .or_else(|_| {
            Cidr::new(format!(
                "{entry}/{}",
                if entry.contains(':') { 128 } else { 32 }
            ))
        })
        .ok()
}
