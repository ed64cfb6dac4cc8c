//! What a run's workspaces are: scratch directories, and Secrets of which each gives the keys that are needed.

use super::buildkitd;
use super::interface::{Workspace, workspace};
use super::pipeline::layout;
use super::runs::Of;
use super::source::OUTPUT_SIZE;
use crate::names;
use crate::run::Occasion;
use crate::secrets::{HASH_KEY, HASH_KEY_KEY};
use k8s_openapi::api::core::v1::{
    EmptyDirVolumeSource, KeyToPath, PersistentVolumeClaimSpec, ProjectedVolumeSource,
    SecretProjection, SecretVolumeSource, VolumeProjection, VolumeResourceRequirements,
};
use luban_api_core::{Quantity, VolumeClaimTemplate};
use luban_api_tekton::WorkspaceBinding;
use luban_platform::model::Layout;
use std::collections::{BTreeMap, BTreeSet};

impl Of<'_> {
    pub(super) fn workspaces(&self, occasion: Occasion) -> Vec<WorkspaceBinding> {
        let mut bindings = vec![self.output()];
        bindings.push(WorkspaceBinding {
            name: workspace::BUILD_CACHE.name.to_owned(),
            empty_dir: Some(scratch(buildkitd::STATE_SIZE)),
            ..WorkspaceBinding::default()
        });
        bindings.extend(self.secret_bindings(occasion).into_iter().map(|binding| {
            WorkspaceBinding {
                name: binding.workspace.to_owned(),
                secret: Some(SecretVolumeSource {
                    secret_name: Some(binding.secret),
                    items: Some(
                        binding
                            .items
                            .iter()
                            .map(|(key, path)| item(key, path))
                            .collect(),
                    ),
                    ..SecretVolumeSource::default()
                }),
                ..WorkspaceBinding::default()
            }
        }));
        let authorities = self.certificate_authorities();
        if !authorities.is_empty() {
            let sources = authorities.into_iter().map(|secret| VolumeProjection {
                secret: Some(SecretProjection {
                    items: Some(vec![item(names::CA_CERTIFICATE, &format!("{secret}.crt"))]),
                    name: secret,
                    optional: None,
                }),
                ..VolumeProjection::default()
            });
            bindings.push(WorkspaceBinding {
                name: workspace::CERTIFICATE_AUTHORITY.name.to_owned(),
                projected: Some(ProjectedVolumeSource {
                    sources: Some(sources.collect()),
                    ..ProjectedVolumeSource::default()
                }),
                ..WorkspaceBinding::default()
            });
        }
        bindings
    }

    /// The directory of clone and plan: of the pod, or of a claim that goes with the run.
    fn output(&self) -> WorkspaceBinding {
        let mut binding = WorkspaceBinding {
            name: workspace::OUTPUT.name.to_owned(),
            ..WorkspaceBinding::default()
        };
        match layout(self.railpack, &self.build.platforms) {
            Layout::Combined => binding.empty_dir = Some(scratch(OUTPUT_SIZE)),
            Layout::Split => {
                let storage = ("storage".to_owned(), Quantity(OUTPUT_SIZE.to_owned()));
                binding.volume_claim_template = Some(VolumeClaimTemplate {
                    spec: Some(PersistentVolumeClaimSpec {
                        access_modes: Some(vec!["ReadWriteOnce".to_owned()]),
                        resources: Some(VolumeResourceRequirements {
                            requests: Some(BTreeMap::from([storage])),
                            ..VolumeResourceRequirements::default()
                        }),
                        ..PersistentVolumeClaimSpec::default()
                    }),
                    ..VolumeClaimTemplate::default()
                });
            }
        }
        binding
    }

    /// Secrets that become workspaces, each with the keys that are needed and no others.
    fn secret_bindings(&self, occasion: Occasion) -> Vec<SecretBinding> {
        let platform = self.context.platform;
        let bind = |workspace: Workspace, secret: &str, keys: &[&str]| {
            let items = keys
                .iter()
                .map(|key| ((*key).to_owned(), (*key).to_owned()))
                .collect();
            SecretBinding {
                workspace: workspace.name,
                secret: secret.to_owned(),
                items,
            }
        };
        let basic = ["username", "password"];
        let mut bindings = vec![
            bind(
                workspace::GIT_CREDENTIALS,
                self.project.provider.credentials.as_str(),
                &basic,
            ),
            SecretBinding {
                workspace: workspace::REGISTRY_CREDENTIALS.name,
                secret: self.project.registry.push.to_string(),
                // The name that tools look for in DOCKER_CONFIG.
                items: vec![(".dockerconfigjson".to_owned(), "config.json".to_owned())],
            },
        ];
        if !self.build.secrets.is_empty() {
            let names = self.secret_names();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let secret = format!("{}-build", self.application.name);
            bindings.push(bind(workspace::BUILD_SECRETS, &secret, &names));
            bindings.push(bind(workspace::SECRETS_HASH_KEY, HASH_KEY, &[HASH_KEY_KEY]));
        }
        if let Some(sign) = &self.project.sign {
            bindings.push(bind(
                workspace::SIGNING_KEY,
                sign.key.as_str(),
                &["cosign.key", "cosign.password"],
            ));
        }
        if occasion == Occasion::Release && self.application.deploy.is_some() {
            let credentials = platform.gitops.credentials.as_str();
            bindings.push(bind(workspace::GITOPS_CREDENTIALS, credentials, &basic));
        }
        if let Some(webhook) = &platform.report.webhook {
            bindings.push(bind(
                workspace::REPORT_KEY,
                webhook.secret.as_str(),
                &["key"],
            ));
        }
        bindings
    }

    /// Secrets of the certificate authorities that the run meets, each once.
    fn certificate_authorities(&self) -> BTreeSet<String> {
        let platform = self.context.platform;
        [
            &platform.trust.certificate_authority,
            &platform.gitops.provider.certificate_authority,
            &self.project.provider.certificate_authority,
        ]
        .into_iter()
        .flatten()
        .map(ToString::to_string)
        .collect()
    }

    /// Every Secret and key that a run mounts.
    #[cfg(test)]
    pub(super) fn secret_keys(&self, occasion: Occasion) -> Vec<(String, String)> {
        let bound = self
            .secret_bindings(occasion)
            .into_iter()
            .flat_map(|binding| {
                let secret = binding.secret;
                binding
                    .items
                    .into_iter()
                    .map(move |(key, _)| (secret.clone(), key))
            });
        let authorities = self
            .certificate_authorities()
            .into_iter()
            .map(|secret| (secret, names::CA_CERTIFICATE.to_owned()));
        bound.chain(authorities).collect()
    }
}

/// A Secret that becomes a workspace: keys, and the files that they become.
struct SecretBinding {
    workspace: &'static str,
    secret: String,
    items: Vec<(String, String)>,
}

fn item(key: &str, path: &str) -> KeyToPath {
    KeyToPath {
        key: key.to_owned(),
        path: path.to_owned(),
        mode: None,
    }
}

fn scratch(limit: &str) -> EmptyDirVolumeSource {
    EmptyDirVolumeSource {
        size_limit: Some(Quantity(limit.to_owned())),
        ..EmptyDirVolumeSource::default()
    }
}
