//! `settings/`: what an application has in one environment, as a Component of its overlay.
//!
//! Patches name their target by a selector, so that the Component builds alone too: there it selects nothing.

use super::{Target, pod};
use crate::CompileError;
use crate::labels;
use crate::tree::File;
use k8s_openapi::api::policy::v1::{PodDisruptionBudget, PodDisruptionBudgetSpec};
use luban_api_cluster::{HTTPBackendRef, HTTPRoute, HTTPRouteRule, HTTPRouteSpec, ParentReference};
use luban_api_core::{IntOrString, LabelSelector, named};
use luban_api_kustomize::{Component, Label, Patch, Selector};
use luban_platform::derived;
use luban_platform::model::{DeployEnvironment, Gateway};
use luban_platform::names::HostName;
use serde_json::{Map, Value, json};

/// The files of the Component.
pub(super) fn files(
    target: Target<'_>,
    here: &DeployEnvironment,
    path: String,
) -> Result<Vec<File>, CompileError> {
    let mut patches = vec![deployment(target, here, &path)?];
    if !here.config.is_empty() {
        patches.push(config(target, here, &path)?);
    }
    let mut folder = target.context.folder(path);
    let gateway = target.context.platform.application_gateway.as_ref();
    if let (Some(host), Some(gateway), Some(port)) = (&here.route, gateway, target.deploy.port) {
        folder.add(route(target, host, gateway, port))?;
    }
    // Promotions reach it, so people rely on it; one replica cannot be kept while its node is drained.
    if here.environment.after.is_some() && here.replicas > 1 {
        folder.add(disruption_budget(target))?;
    }
    folder.finish_component(Component {
        metadata: named("settings"),
        namespace: Some(derived::runtime_namespace(
            target.project,
            &here.environment,
        )),
        labels: vec![Label {
            pairs: labels::map([(labels::ENVIRONMENT, here.environment.name.as_str())]),
            include_templates: Some(true),
            ..Label::default()
        }],
        patches,
        ..Component::default()
    })
}

/// Replicas, and resources where they differ here.
fn deployment(
    target: Target<'_>,
    here: &DeployEnvironment,
    path: &str,
) -> Result<Patch, CompileError> {
    let mut spec = Map::from_iter([("replicas".to_owned(), json!(here.replicas))]);
    let mut requests = Map::new();
    let mut limits = Map::new();
    if let Some(cpu) = &here.cpu {
        requests.insert("cpu".to_owned(), json!(cpu.as_str()));
    }
    if let Some(memory) = &here.memory {
        requests.insert("memory".to_owned(), json!(memory.as_str()));
        limits.insert("memory".to_owned(), json!(memory.as_str()));
    }
    let mut resources = Map::new();
    for (key, values) in [("limits", limits), ("requests", requests)] {
        if !values.is_empty() {
            resources.insert(key.to_owned(), Value::Object(values));
        }
    }
    if !resources.is_empty() {
        let container = json!({"name": target.name(), "resources": resources});
        spec.insert(
            "template".to_owned(),
            json!({"spec": {"containers": [container]}}),
        );
    }
    let patch = json!({
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": target.name()},
        "spec": spec,
    });
    merge(target, "apps", "Deployment", &patch, path)
}

/// Environment variables that are only here or differ here.
fn config(target: Target<'_>, here: &DeployEnvironment, path: &str) -> Result<Patch, CompileError> {
    let data = here.config.iter();
    let data: Map<String, Value> = data
        .map(|(key, value)| (key.to_string(), json!(value)))
        .collect();
    let patch = json!({
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": target.name()},
        "data": data,
    });
    merge(target, "", "ConfigMap", &patch, path)
}

/// A strategic merge patch of one of the application's objects.
fn merge(
    target: Target<'_>,
    group: &str,
    kind: &str,
    patch: &Value,
    path: &str,
) -> Result<Patch, CompileError> {
    Ok(Patch {
        target: Some(selector(target, group, kind)),
        patch: Some(text(patch, path)?),
        ..Patch::default()
    })
}

/// One of the application's objects, as the target of a patch.
pub(super) fn selector(target: Target<'_>, group: &str, kind: &str) -> Selector {
    Selector {
        group: Some(group.to_owned()).filter(|group| !group.is_empty()),
        version: Some("v1".to_owned()),
        kind: Some(kind.to_owned()),
        name: Some(target.name().to_owned()),
        ..Selector::default()
    }
}

/// A patch as text.
pub(super) fn text(patch: &Value, path: &str) -> Result<String, CompileError> {
    luban_yaml::to_string(patch).map_err(|source| CompileError::Write {
        path: path.to_owned(),
        source,
    })
}

/// The route stands whole in each environment: one without host names, to be patched, would take every host of the Gateway.
fn route(target: Target<'_>, host: &HostName, gateway: &Gateway, port: u16) -> HTTPRoute {
    HTTPRoute {
        metadata: pod::metadata(target),
        spec: HTTPRouteSpec {
            parent_refs: vec![ParentReference {
                namespace: Some(gateway.namespace.to_string()),
                name: gateway.name.to_string(),
                section_name: gateway.section.as_ref().map(ToString::to_string),
                ..ParentReference::default()
            }],
            hostnames: vec![host.to_string()],
            rules: vec![HTTPRouteRule {
                backend_refs: vec![HTTPBackendRef {
                    name: target.name().to_owned(),
                    port: Some(port.into()),
                    ..HTTPBackendRef::default()
                }],
                ..HTTPRouteRule::default()
            }],
            ..HTTPRouteSpec::default()
        },
        ..HTTPRoute::default()
    }
}

fn disruption_budget(target: Target<'_>) -> PodDisruptionBudget {
    PodDisruptionBudget {
        metadata: pod::metadata(target),
        spec: Some(PodDisruptionBudgetSpec {
            max_unavailable: Some(IntOrString::Int(1)),
            selector: Some(LabelSelector {
                match_labels: Some(pod::selector(target)),
                ..LabelSelector::default()
            }),
            // A pod that is not ready serves nobody, and would keep its node from being drained for ever.
            unhealthy_pod_eviction_policy: Some("AlwaysAllow".to_owned()),
            ..PodDisruptionBudgetSpec::default()
        }),
        ..PodDisruptionBudget::default()
    }
}
