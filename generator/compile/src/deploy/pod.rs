//! The Deployment of an application.

use super::Target;
use crate::container::{requirements, restricted, restricted_pod};
use crate::labels;
use k8s_openapi::api::apps::v1::{
    Deployment, DeploymentSpec, DeploymentStrategy, RollingUpdateDeployment,
};
use k8s_openapi::api::core::v1::{
    ConfigMapEnvSource, Container, ContainerPort, EmptyDirVolumeSource, EnvFromSource, EnvVar,
    HTTPGetAction, Lifecycle, LifecycleHandler, LocalObjectReference, PodSpec, PodTemplateSpec,
    Probe, SecretEnvSource, SleepAction, TCPSocketAction, TopologySpreadConstraint, Volume,
    VolumeMount,
};
use luban_api_core::{IntOrString, LabelSelector, ObjectMeta, Quantity, named};
use luban_platform::versions::{Component, Version};
use std::collections::BTreeMap;

/// Name of the port in container, Service and probes.
pub(super) const PORT: &str = "http";
/// The project's application among those of all projects, as the recommended labels have it.
const INSTANCE: &str = "app.kubernetes.io/instance";
/// Space in `/tmp`, the one place that an application can write to; what needs more belongs into a volume or a store.
const TEMPORARY_SPACE: &str = "256Mi";
/// Old ReplicaSets that are kept: a release is taken back in Git, so they serve the rollout before only.
const KEPT_REVISIONS: i32 = 3;
/// Seconds that a pod still serves after its end has begun: Gateways and kube-proxies take so long to forget it.
const DRAIN_SECONDS: i64 = 5;
/// Seconds from the end's beginning to the kill: draining, then Kubernetes' own 30 for the program.
const GRACE_SECONDS: i64 = DRAIN_SECONDS + 30;
/// Seconds between probes.
const PROBE_SECONDS: i32 = 10;
/// Seconds within which a probe is answered; the default of one fails on a busy node.
const PROBE_TIMEOUT_SECONDS: i32 = 3;
/// Seconds between probes while the program starts: a fast one is ready fast.
const STARTUP_SECONDS: i32 = 2;
/// Probes that may fail while the program starts: with [`STARTUP_SECONDS`] it has two minutes.
const STARTUP_FAILURES: i32 = 60;
/// What a reviewer asks about any Deployment.
const WHY_DEPLOYED: &str = "the image has no tag here: release/ of each environment sets tag and digest, and has zero \
    replicas before the first release; resources are the application's `deploy.resources`; an update starts a pod before \
    it ends one; `/tmp` is for what is thrown away; old ReplicaSets serve the update under way, as releases are taken back \
    in Git";
/// What one asks about a Deployment that serves.
const WHY_SERVED: &str = "; a program has two minutes to start, and an answer may take 3 seconds on a busy node; a pod that \
    ends serves on for as long as Gateways take to forget it, then has Kubernetes' own 30 seconds";
/// Since when a container can sleep before it stops without a shell (Kubernetes 1.30, KEP 3960).
const SLEEP_SINCE: Version = Version::new(1, 30);

/// Metadata with the labels of an application. The environment's Component adds namespace and environment.
pub(super) fn metadata(target: Target<'_>) -> ObjectMeta {
    ObjectMeta {
        labels: Some(application_labels(target)),
        ..named(target.name())
    }
}

/// Labels that select the application's pods in their namespace. They can never change, so they are few.
pub(super) fn selector(target: Target<'_>) -> BTreeMap<String, String> {
    labels::map([(labels::NAME, target.name())])
}

fn application_labels(target: Target<'_>) -> BTreeMap<String, String> {
    let instance = [target.project.name.as_str(), "-", target.name()].concat();
    labels::map([
        (labels::NAME, target.name()),
        (INSTANCE, &instance),
        (labels::PROJECT, target.project.name.as_str()),
        (labels::APPLICATION, target.name()),
    ])
}

/// The Deployment. Replicas are the environment's.
pub(super) fn deployment(target: Target<'_>) -> Deployment {
    let mut metadata = metadata(target);
    let served = if target.deploy.port.is_some() {
        WHY_SERVED
    } else {
        ""
    };
    let reason = [WHY_DEPLOYED, served].concat();
    metadata.annotations = Some(labels::map([(labels::REASON, &reason)]));
    let mut pod_metadata = ObjectMeta {
        labels: Some(application_labels(target)),
        ..ObjectMeta::default()
    };
    labels::own(&mut pod_metadata, target.context.platform.name.as_str());
    Deployment {
        metadata,
        spec: Some(DeploymentSpec {
            revision_history_limit: Some(KEPT_REVISIONS),
            selector: LabelSelector {
                match_labels: Some(selector(target)),
                ..LabelSelector::default()
            },
            strategy: Some(DeploymentStrategy {
                type_: Some("RollingUpdate".to_owned()),
                rolling_update: Some(RollingUpdateDeployment {
                    max_surge: Some(IntOrString::Int(1)),
                    max_unavailable: Some(IntOrString::Int(0)),
                }),
            }),
            template: PodTemplateSpec {
                metadata: Some(pod_metadata),
                spec: Some(pod(target)),
            },
            ..DeploymentSpec::default()
        }),
        ..Deployment::default()
    }
}

fn pod(target: Target<'_>) -> PodSpec {
    let pull = target.project.registry.pull.as_ref();
    PodSpec {
        service_account_name: Some(target.name().to_owned()),
        automount_service_account_token: Some(false),
        enable_service_links: Some(false),
        security_context: Some(restricted_pod()),
        termination_grace_period_seconds: Some(GRACE_SECONDS),
        image_pull_secrets: pull.map(|secret| {
            vec![LocalObjectReference {
                name: secret.to_string(),
            }]
        }),
        topology_spread_constraints: Some(
            ["topology.kubernetes.io/zone", "kubernetes.io/hostname"]
                .map(|key| spread(target, key))
                .into(),
        ),
        containers: vec![container(target)],
        volumes: Some(vec![Volume {
            name: "tmp".to_owned(),
            empty_dir: Some(EmptyDirVolumeSource {
                size_limit: Some(Quantity(TEMPORARY_SPACE.to_owned())),
                ..EmptyDirVolumeSource::default()
            }),
            ..Volume::default()
        }]),
        ..PodSpec::default()
    }
}

/// Spreads the replicas of one version, as far as the cluster can.
fn spread(target: Target<'_>, key: &str) -> TopologySpreadConstraint {
    TopologySpreadConstraint {
        max_skew: 1,
        topology_key: key.to_owned(),
        when_unsatisfiable: "ScheduleAnyway".to_owned(),
        label_selector: Some(LabelSelector {
            match_labels: Some(selector(target)),
            ..LabelSelector::default()
        }),
        match_label_keys: Some(vec!["pod-template-hash".to_owned()]),
        ..TopologySpreadConstraint::default()
    }
}

fn container(target: Target<'_>) -> Container {
    let deploy = target.deploy;
    let env_from = environment(target);
    let kubernetes = target.context.platform.targets.get(Component::Kubernetes);
    let drains = deploy.port.is_some() && kubernetes >= SLEEP_SINCE;
    Container {
        name: target.name().to_owned(),
        image: Some(target.image()),
        image_pull_policy: Some("IfNotPresent".to_owned()),
        env: Some(contract(target)).filter(|variables| !variables.is_empty()),
        env_from: Some(env_from).filter(|sources| !sources.is_empty()),
        ports: deploy.port.map(|port| {
            vec![ContainerPort {
                name: Some(PORT.to_owned()),
                container_port: port.into(),
                ..ContainerPort::default()
            }]
        }),
        startup_probe: probe(target, STARTUP_SECONDS, Some(STARTUP_FAILURES)),
        readiness_probe: probe(target, PROBE_SECONDS, None),
        liveness_probe: probe(target, PROBE_SECONDS, None),
        lifecycle: drains.then(|| Lifecycle {
            pre_stop: Some(LifecycleHandler {
                sleep: Some(SleepAction {
                    seconds: DRAIN_SECONDS,
                }),
                ..LifecycleHandler::default()
            }),
            ..Lifecycle::default()
        }),
        resources: Some(requirements(
            deploy.cpu.as_str(),
            deploy.memory.as_str(),
            None,
        )),
        security_context: Some(restricted()),
        volume_mounts: Some(vec![VolumeMount {
            name: "tmp".to_owned(),
            mount_path: "/tmp".to_owned(),
            ..VolumeMount::default()
        }]),
        ..Container::default()
    }
}

/// What a program is told of where it runs, unless its configuration says otherwise: the port it must listen on, as
/// buildpacks and railpack have it, and a home that can be written to.
fn contract(target: Target<'_>) -> Vec<EnvVar> {
    let port = target.deploy.port.map(|port| ("PORT", port.to_string()));
    let home = Some(("HOME", "/tmp".to_owned()));
    let told = [home, port].into_iter().flatten();
    let is_configured = |name: &str| {
        let here = target.deploy.environments.iter().map(|here| &here.config);
        let mut all = here.chain([&target.deploy.config]);
        all.any(|config| config.keys().any(|key| key.as_str() == name))
    };
    told.filter(|(name, _)| !is_configured(name))
        .map(|(name, value)| EnvVar {
            name: name.to_owned(),
            value: Some(value),
            ..EnvVar::default()
        })
        .collect()
}

/// Where environment variables come from: the ConfigMap, then Secrets in the order of the file, a later one winning.
fn environment(target: Target<'_>) -> Vec<EnvFromSource> {
    let config = target.has_config().then(|| EnvFromSource {
        config_map_ref: Some(ConfigMapEnvSource {
            name: target.name().to_owned(),
            ..ConfigMapEnvSource::default()
        }),
        ..EnvFromSource::default()
    });
    let secrets = target.deploy.secrets.iter().map(|secret| EnvFromSource {
        secret_ref: Some(SecretEnvSource {
            name: secret.to_string(),
            ..SecretEnvSource::default()
        }),
        ..EnvFromSource::default()
    });
    config.into_iter().chain(secrets).collect()
}

/// A probe of the health path, or of the port where there is none; nothing without a port.
fn probe(target: Target<'_>, period: i32, failures: Option<i32>) -> Option<Probe> {
    target.deploy.port?;
    let port = IntOrString::String(PORT.to_owned());
    let (http_get, tcp_socket) = match &target.deploy.health {
        Some(path) => {
            let get = HTTPGetAction {
                path: Some(path.clone()),
                port,
                ..HTTPGetAction::default()
            };
            (Some(get), None)
        }
        None => {
            let socket = TCPSocketAction {
                port,
                ..TCPSocketAction::default()
            };
            (None, Some(socket))
        }
    };
    Some(Probe {
        http_get,
        tcp_socket,
        period_seconds: Some(period),
        timeout_seconds: Some(PROBE_TIMEOUT_SECONDS),
        failure_threshold: failures,
        ..Probe::default()
    })
}
