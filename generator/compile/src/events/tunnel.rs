//! The way in through a Cloudflare Tunnel: its client dials out, and nothing of the cluster is open to the outside.

use super::pod;
use super::provider_source::{endpoint, service};
use crate::CompileError;
use crate::container;
use crate::context::Context;
use crate::images::Tool;
use crate::labels;
use crate::names::{EVENTS, WEBHOOK_PORT, WEBHOOK_TOKEN, account};
use crate::rbac::Account;
use crate::tree::Folder;
use k8s_openapi::api::apps::v1::{Deployment, DeploymentSpec};
use k8s_openapi::api::core::v1::{
    ConfigMap, ConfigMapVolumeSource, Container, ContainerPort, EnvVar, EnvVarSource,
    HTTPGetAction, PodSpec, PodTemplateSpec, Probe, SecretKeySelector, Volume, VolumeMount,
};
use luban_api_core::{IntOrString, LabelSelector, ObjectMeta, named_in};
use luban_platform::Platform;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Name of the Deployment and of what belongs to it.
const NAME: &str = "cloudflared";
/// Key of the configuration, and the file that it is in the pod.
const CONFIG: (&str, &str) = ("config.yaml", "/etc/cloudflared");
/// Port of metrics and of the readiness probe.
const METRICS: i32 = 2000;
/// Clients of the tunnel; Cloudflare spreads requests over them.
const REPLICAS: i32 = 2;

/// What a reviewer asks.
const WHY: &str = "two clients, so that events arrive while a node fails; they pass requests on and hold none, so they need \
    little; one old revision, as Git has the others";

/// What the tunnel's client serves.
#[derive(Serialize)]
struct Config {
    ingress: Vec<Rule>,
}

/// A rule of the tunnel; the first that matches is used, and the last must match everything.
#[derive(Serialize)]
struct Rule {
    #[serde(skip_serializing_if = "Option::is_none")]
    hostname: Option<String>,
    /// A regular expression.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    service: String,
}

/// Adds the tunnel's client; `secret` holds its token.
pub(super) fn add(
    folder: &mut Folder,
    context: &Context<'_>,
    secret: &str,
) -> Result<(), CompileError> {
    let config = config(context.platform)?;
    Account::new(EVENTS, account::CLOUDFLARED).add(folder)?;
    folder.add(pod::disruption_budget(NAME, &[(labels::NAME, NAME)]))?;
    folder.add(deployment(context, secret, &config))?;
    folder.add(ConfigMap {
        metadata: named_in(EVENTS, NAME),
        data: Some(BTreeMap::from([(CONFIG.0.to_owned(), config)])),
        ..ConfigMap::default()
    })
}

fn config(platform: &Platform) -> Result<String, CompileError> {
    let mut ingress: Vec<Rule> = platform
        .providers
        .iter()
        .map(|provider| Rule {
            hostname: Some(platform.events.host.to_string()),
            path: Some(format!("^{}$", endpoint(provider))),
            service: format!("http://{}.{EVENTS}.svc:{WEBHOOK_PORT}", service(provider)),
        })
        .collect();
    ingress.push(Rule {
        hostname: None,
        path: None,
        service: "http_status:404".to_owned(),
    });
    luban_yaml::to_string(&Config { ingress }).map_err(|source| CompileError::Write {
        path: CONFIG.0.to_owned(),
        source,
    })
}

fn deployment(context: &Context<'_>, secret: &str, config: &str) -> Deployment {
    let selector = labels::map([(labels::NAME, NAME)]);
    let mut metadata = ObjectMeta {
        labels: Some(selector.clone()),
        // The client reads its configuration once: another configuration is another pod.
        annotations: Some(labels::map([(
            "luban.dev/configuration",
            &format!("{:x}", Sha256::digest(config.as_bytes())),
        )])),
        ..ObjectMeta::default()
    };
    labels::own(&mut metadata, context.platform.name.as_str());
    let (_, directory) = CONFIG;
    Deployment {
        metadata: ObjectMeta {
            annotations: Some(labels::map([(labels::REASON, WHY)])),
            ..named_in(EVENTS, NAME)
        },
        spec: Some(DeploymentSpec {
            replicas: Some(REPLICAS),
            revision_history_limit: Some(1),
            selector: LabelSelector {
                match_labels: Some(selector),
                ..LabelSelector::default()
            },
            template: PodTemplateSpec {
                metadata: Some(metadata),
                spec: Some(PodSpec {
                    service_account_name: Some(account::CLOUDFLARED.to_owned()),
                    automount_service_account_token: Some(false),
                    security_context: Some(container::restricted_pod()),
                    affinity: Some(pod::apart(&[(labels::NAME, NAME)])),
                    containers: vec![Container {
                        name: NAME.to_owned(),
                        image: Some(context.images.get(Tool::Cloudflared).to_owned()),
                        args: Some(arguments()),
                        env: Some(vec![EnvVar {
                            name: "TUNNEL_TOKEN".to_owned(),
                            value_from: Some(EnvVarSource {
                                secret_key_ref: Some(SecretKeySelector {
                                    name: secret.to_owned(),
                                    key: WEBHOOK_TOKEN.to_owned(),
                                    optional: None,
                                }),
                                ..EnvVarSource::default()
                            }),
                            ..EnvVar::default()
                        }]),
                        ports: Some(vec![ContainerPort {
                            name: Some("metrics".to_owned()),
                            container_port: METRICS,
                            ..ContainerPort::default()
                        }]),
                        readiness_probe: Some(Probe {
                            http_get: Some(HTTPGetAction {
                                path: Some("/ready".to_owned()),
                                port: IntOrString::String("metrics".to_owned()),
                                ..HTTPGetAction::default()
                            }),
                            ..Probe::default()
                        }),
                        resources: Some(container::requirements("50m", "128Mi", Some("64Mi"))),
                        security_context: Some(container::restricted()),
                        volume_mounts: Some(vec![VolumeMount {
                            name: "config".to_owned(),
                            mount_path: directory.to_owned(),
                            read_only: Some(true),
                            ..VolumeMount::default()
                        }]),
                        ..Container::default()
                    }],
                    volumes: Some(vec![Volume {
                        name: "config".to_owned(),
                        config_map: Some(ConfigMapVolumeSource {
                            name: NAME.to_owned(),
                            ..ConfigMapVolumeSource::default()
                        }),
                        ..Volume::default()
                    }]),
                    ..PodSpec::default()
                }),
            },
            ..DeploymentSpec::default()
        }),
        ..Deployment::default()
    }
}

fn arguments() -> Vec<String> {
    let (file, directory) = CONFIG;
    [
        "tunnel",
        "--no-autoupdate",
        "--metrics",
        &format!("0.0.0.0:{METRICS}"),
        "--config",
        &format!("{directory}/{file}"),
        "run",
    ]
    .map(str::to_owned)
    .to_vec()
}
