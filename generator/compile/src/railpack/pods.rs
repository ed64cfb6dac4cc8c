//! Where and as whom the pods of a run run.

use super::parts::{architecture, build_part, part};
use super::runs::Of;
use super::supply_chain::{scans, signs};
use crate::container::restricted_pod;
use crate::names::account;
use k8s_openapi::api::core::v1::{LocalObjectReference, Toleration};
use luban_api_tekton::{PipelineTaskRunSpec, PodTemplate};
use luban_platform::model::Layout;
use std::collections::BTreeMap;

/// The label of a node's architecture.
const ARCHITECTURE_LABEL: &str = "kubernetes.io/arch";

impl Of<'_> {
    /// The pods of the run: on the build nodes, without a token, for none of them talks to the Kubernetes API.
    pub(super) fn pod(&self) -> PodTemplate {
        let mut node_selector: BTreeMap<String, String> = self
            .railpack
            .selector
            .iter()
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        if let (Layout::Split, [platform]) = (self.railpack.layout, self.build.platforms.as_slice())
        {
            // All pods share a claim, so a node: the one that waits for it must be of the right architecture already.
            node_selector.insert(
                ARCHITECTURE_LABEL.to_owned(),
                architecture(*platform).to_owned(),
            );
        }
        PodTemplate {
            node_selector,
            tolerations: self
                .railpack
                .tolerations
                .iter()
                .map(|key| Toleration {
                    key: Some(key.clone()),
                    operator: Some("Exists".to_owned()),
                    ..Toleration::default()
                })
                .collect(),
            security_context: Some(restricted_pod()),
            automount_service_account_token: Some(false),
            enable_service_links: Some(false),
            image_pull_secrets: self
                .railpack
                .registry
                .pull
                .iter()
                .map(|secret| LocalObjectReference {
                    name: secret.to_string(),
                })
                .collect(),
            ..PodTemplate::default()
        }
    }

    /// What differs from part to part: the account, and the architecture of builds.
    pub(super) fn task_run_specs(&self) -> Vec<PipelineTaskRunSpec> {
        let platform = self.context.platform;
        let builds = self.build.platforms.iter().map(|platform| {
            let mut node_selector = self.pod().node_selector;
            node_selector.insert(
                ARCHITECTURE_LABEL.to_owned(),
                architecture(*platform).to_owned(),
            );
            PipelineTaskRunSpec {
                pipeline_task_name: Some(build_part(*platform)),
                pod_template: Some(PodTemplate {
                    node_selector,
                    ..PodTemplate::default()
                }),
                ..PipelineTaskRunSpec::default()
            }
        });
        let is_joined = self.build.platforms.len() > 1;
        let parts = [
            (part::INDEX, account::SUPPLY_CHAIN, is_joined),
            (part::SCAN, account::SUPPLY_CHAIN, scans(platform)),
            (part::SBOM, account::SUPPLY_CHAIN, scans(platform)),
            (part::SIGN, account::SUPPLY_CHAIN, signs(platform)),
            (part::RELEASE, account::RELEASE, true),
            (part::TAGS, account::SUPPLY_CHAIN, true),
            (part::REPORT_SUCCESS, account::REPORT, true),
            (part::REPORT_LISTED, account::REPORT, scans(platform)),
            (part::REPORT_FAILURE, account::REPORT, true),
        ];
        let accounts =
            parts
                .into_iter()
                .filter(|(_, _, exists)| *exists)
                .map(|(name, account, _)| PipelineTaskRunSpec {
                    pipeline_task_name: Some(name.to_owned()),
                    service_account_name: Some(account.to_owned()),
                    ..PipelineTaskRunSpec::default()
                });
        builds.chain(accounts).collect()
    }
}
