//! The spec that workflows and workflow templates share.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::{
    Affinity, Container, HostAlias, LocalObjectReference, PodDNSConfig, PodResourceClaim,
    PodSecurityContext, ResourceRequirements, Toleration, Volume,
};
use luban_api_core::k8s_openapi::api::policy::v1::PodDisruptionBudgetSpec;
use luban_api_core::{LabelSelector, ObjectMeta, VolumeClaimTemplate};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    Arguments, LifecycleHook, Metadata, Metrics, RetryStrategy, Synchronization, Template,
    WorkflowMetadata, WorkflowTemplateRef,
};

/// What a workflow executes and how its pods run.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct WorkflowSpec {
    /// The template that the workflow starts with.
    pub entrypoint: Option<String>,
    /// The workflow template to start from.
    pub workflow_template_ref: Option<WorkflowTemplateRef>,
    /// Values of the workflow's parameters and artifacts, `{{workflow.parameters.…}}` in every template.
    pub arguments: Option<Arguments>,
    /// The template that runs at the end, whatever happened.
    pub on_exit: Option<String>,
    /// Templates that run at events of the workflow's life; `exit` runs at its end, others when their expression becomes true.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hooks: BTreeMap<String, LifecycleHook>,
    /// Templates of the workflow, by `name`; not allowed together with `workflowTemplateRef`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub templates: Vec<Template>,
    /// What every template starts from; a template's own fields win. May hold several bodies: each serves templates of its type.
    pub template_defaults: Option<Box<Template>>,
    /// The ServiceAccount of its pods.
    pub service_account_name: Option<String>,
    /// Whether pods get the ServiceAccount's token.
    pub automount_service_account_token: Option<bool>,
    /// The ServiceAccount of the executor, where it is not the pod's.
    pub executor: Option<ExecutorConfig>,
    /// Plugins that run beside the agent of this workflow.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub executor_plugins: Vec<ExecutorPlugin>,
    /// Labels and annotations of pods.
    pub pod_metadata: Option<Metadata>,
    /// A strategic merge patch of the pod, as text.
    pub pod_spec_patch: Option<String>,
    /// CPU and memory of a whole pod, in place of those of each container; only `cpu`, `memory` and `hugepages-*`.
    pub pod_resources: Option<ResourceRequirements>,
    /// The Kubernetes PriorityClass of its pods.
    pub pod_priority_class_name: Option<String>,
    /// Where the controller limits workflows, those with a higher number start first.
    pub priority: Option<i32>,
    /// The scheduler of its pods.
    pub scheduler_name: Option<String>,
    /// User, capabilities and privileges.
    pub security_context: Option<PodSecurityContext>,
    /// Labels of the nodes that pods may run on.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub node_selector: BTreeMap<String, String>,
    /// Which nodes, and which pods' company, its pods seek or avoid.
    pub affinity: Option<Affinity>,
    /// Taints of nodes that pods put up with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tolerations: Vec<Toleration>,
    /// Entries of the pods' hosts file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub host_aliases: Vec<HostAlias>,
    /// Whether pods share the node's network.
    pub host_network: Option<bool>,
    /// `ClusterFirst`, `Default`, `None` or `ClusterFirstWithHostNet`.
    pub dns_policy: Option<String>,
    /// Name servers and search domains of the pods.
    pub dns_config: Option<PodDNSConfig>,
    /// Secrets to pull images with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub image_pull_secrets: Vec<LocalObjectReference>,
    /// Devices that pods claim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resource_claims: Vec<PodResourceClaim>,
    /// Volumes that containers can mount.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volumes: Vec<Volume>,
    /// Claims that are made for this run; templates mount them by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volume_claim_templates: Vec<VolumeClaimTemplate>,
    /// When those claims are deleted.
    #[serde(rename = "volumeClaimGC")]
    pub volume_claim_gc: Option<VolumeClaimGC>,
    /// Where artifacts are kept, if not in the default repository.
    pub artifact_repository_ref: Option<ArtifactRepositoryRef>,
    /// When artifacts are deleted.
    #[serde(rename = "artifactGC")]
    pub artifact_gc: Option<WorkflowLevelArtifactGC>,
    /// Whether logs of containers become artifacts.
    pub archive_logs: Option<bool>,
    /// How many may run at the same time.
    pub parallelism: Option<i64>,
    /// Locks that are held meanwhile.
    pub synchronization: Option<Synchronization>,
    /// Seconds after which the workflow is stopped; 0 stops a running one at once.
    pub active_deadline_seconds: Option<i64>,
    /// When and how often each of its templates is tried again, unless the template says otherwise.
    pub retry_strategy: Option<RetryStrategy>,
    /// When finished pods are deleted.
    #[serde(rename = "podGC")]
    pub pod_gc: Option<PodGC>,
    /// How many pods may be evicted at a time; the controller adds the selector.
    pub pod_disruption_budget: Option<PodDisruptionBudgetSpec>,
    /// How long the finished workflow is kept.
    pub ttl_strategy: Option<TTLStrategy>,
    /// Starts nothing until it is unset.
    pub suspend: Option<bool>,
    /// `Stop` ends it with exit handlers, `Terminate` without.
    pub shutdown: Option<String>,
    /// Metrics that are emitted when the workflow changes its phase.
    pub metrics: Option<Metrics>,
    /// Labels and annotations of workflows that are made of it.
    pub workflow_metadata: Option<WorkflowMetadata>,
}

/// How the executor beside each container runs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExecutorConfig {
    /// The ServiceAccount whose token the executor uses; needed where the pod mounts none.
    pub service_account_name: Option<String>,
}

/// A plugin that runs beside the agent.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExecutorPlugin {
    /// Its name, by which templates call it; `name` is mandatory.
    pub metadata: Option<ObjectMeta>,
    /// What it runs.
    pub spec: Option<ExecutorPluginSpec>,
}

/// What an executor plugin runs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExecutorPluginSpec {
    /// The container that answers the agent's calls.
    pub sidecar: Option<ExecutorPluginSidecar>,
}

/// The container of an executor plugin.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExecutorPluginSidecar {
    /// Whether the plugin's own container gets a token.
    pub automount_service_account_token: Option<bool>,
    /// The container; it needs a port, requests, limits and a security context.
    pub container: Option<Container>,
}

/// When finished pods are deleted.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PodGC {
    /// `OnPodCompletion`, `OnPodSuccess`, `OnWorkflowCompletion` or `OnWorkflowSuccess`; pods are kept without one.
    pub strategy: Option<String>,
    /// Which pods; all if there is none.
    pub label_selector: Option<LabelSelector>,
    /// How long a pod stays before it is deleted, as a Go duration such as `30s`.
    pub delete_delay_duration: Option<String>,
}

/// How long finished workflows are kept.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TTLStrategy {
    /// Seconds after any end.
    pub seconds_after_completion: Option<i32>,
    /// Seconds after success; wins over `secondsAfterCompletion`.
    pub seconds_after_success: Option<i32>,
    /// Seconds after failure; wins over `secondsAfterCompletion`.
    pub seconds_after_failure: Option<i32>,
}

/// When the claims of `volumeClaimTemplates` are deleted.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VolumeClaimGC {
    /// `OnWorkflowCompletion` or `OnWorkflowSuccess`, the default.
    pub strategy: Option<String>,
}

/// When artifacts are deleted, for the workflow as a whole.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct WorkflowLevelArtifactGC {
    /// `OnWorkflowCompletion`, `OnWorkflowDeletion` or `Never`.
    pub strategy: Option<String>,
    /// Lets a workflow go though its artifacts could not be deleted.
    pub force_finalizer_removal: Option<bool>,
    /// Labels and annotations of the pods that delete.
    pub pod_metadata: Option<Metadata>,
    /// A strategic merge patch of the pods that delete, as text.
    pub pod_spec_patch: Option<String>,
    /// The ServiceAccount of the pods that delete.
    pub service_account_name: Option<String>,
}

/// Which entry of which ConfigMap names the artifact repository.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ArtifactRepositoryRef {
    /// The ConfigMap; `artifact-repositories` if there is none.
    pub config_map: Option<String>,
    /// The entry; else the one that the ConfigMap's annotation `workflows.argoproj.io/default-artifact-repository` names.
    pub key: Option<String>,
}
