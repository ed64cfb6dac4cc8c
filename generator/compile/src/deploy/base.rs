//! The base: what an application has in every environment.

use super::{Target, pod};
use crate::CompileError;
use crate::labels;
use crate::tree::File;
use k8s_openapi::api::core::v1::{Service, ServiceAccount, ServicePort, ServiceSpec};
use k8s_openapi::api::networking::v1::{
    IPBlock, NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyPeer, NetworkPolicyPort,
    NetworkPolicySpec,
};
use luban_api_core::{IntOrString, LabelSelector};
use luban_api_kustomize::{ConfigMapArgs, GeneratorOptions, Kustomization};
use luban_platform::names::Cidr;

/// The files of the base.
pub(super) fn files(target: Target<'_>, path: String) -> Result<Vec<File>, CompileError> {
    let mut folder = target.context.folder(path);
    folder.add(pod::deployment(target))?;
    folder.add(ServiceAccount {
        metadata: pod::metadata(target),
        automount_service_account_token: Some(false),
        ..ServiceAccount::default()
    })?;
    if let Some(port) = target.deploy.port {
        folder.add(service(target, port))?;
    }
    if !target.deploy.egress.is_empty() {
        folder.add(egress(target))?;
    }
    folder.finish_with(Kustomization {
        config_map_generator: target
            .has_config()
            .then(|| config(target))
            .into_iter()
            .collect(),
        ..Kustomization::default()
    })
}

fn service(target: Target<'_>, port: u16) -> Service {
    Service {
        metadata: pod::metadata(target),
        spec: Some(ServiceSpec {
            selector: Some(pod::selector(target)),
            ports: Some(vec![ServicePort {
                name: Some(pod::PORT.to_owned()),
                port: port.into(),
                target_port: Some(IntOrString::String(pod::PORT.to_owned())),
                ..ServicePort::default()
            }]),
            ..ServiceSpec::default()
        }),
        ..Service::default()
    }
}

/// What the application may reach beside what every pod of its namespace may.
fn egress(target: Target<'_>) -> NetworkPolicy {
    let reach = target.deploy.egress.iter();
    let rule = |(cidr, port): &(Cidr, u16)| NetworkPolicyEgressRule {
        to: Some(vec![NetworkPolicyPeer {
            ip_block: Some(IPBlock {
                cidr: cidr.to_string(),
                ..IPBlock::default()
            }),
            ..NetworkPolicyPeer::default()
        }]),
        ports: Some(vec![NetworkPolicyPort {
            port: Some(IntOrString::Int(i32::from(*port))),
            protocol: Some("TCP".to_owned()),
            ..NetworkPolicyPort::default()
        }]),
    };
    NetworkPolicy {
        metadata: pod::metadata(target),
        spec: Some(NetworkPolicySpec {
            pod_selector: Some(LabelSelector {
                match_labels: Some(pod::selector(target)),
                ..LabelSelector::default()
            }),
            policy_types: Some(vec!["Egress".to_owned()]),
            egress: Some(reach.map(rule).collect()),
            ..NetworkPolicySpec::default()
        }),
    }
}

/// The configuration. Kustomize names it by a hash of its content once the environment's patches are applied, so a change
/// rolls the Deployment, and pods of the version before keep theirs.
fn config(target: Target<'_>) -> ConfigMapArgs {
    let mut metadata = pod::metadata(target);
    labels::own(&mut metadata, target.context.platform.name.as_str());
    let literals = target.deploy.config.iter();
    ConfigMapArgs {
        name: Some(target.name().to_owned()),
        literals: literals
            .map(|(key, value)| format!("{key}={}", literal(value)))
            .collect(),
        options: Some(GeneratorOptions {
            labels: metadata.labels.unwrap_or_default(),
            immutable: Some(true),
            ..GeneratorOptions::default()
        }),
        ..ConfigMapArgs::default()
    }
}

/// A value as Kustomize's literals take it: they lose one pair of quotes that surrounds the whole
/// (kustomize v5 `api/kv`, `removeQuotes`).
fn literal(value: &str) -> String {
    let is_quoted = |quote: char| {
        value
            .strip_prefix(quote)
            .is_some_and(|rest| rest.ends_with(quote))
    };
    if is_quoted('"') || is_quoted('\'') {
        format!("\"{value}\"")
    } else {
        value.to_owned()
    }
}
