//! The kinds, and the spec that workflows and workflow templates share.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::{
    Affinity, Container, HostAlias, LocalObjectReference, PodDNSConfig, PodResourceClaim,
    PodSecurityContext, ResourceRequirements, Toleration, Volume,
};
use luban_api_core::k8s_openapi::api::policy::v1::PodDisruptionBudgetSpec;
use luban_api_core::{ApiVersion, Kind, LabelSelector, ObjectMeta, VolumeClaimTemplate, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    Arguments, LifecycleHook, Metadata, Metrics, RetryStrategy, Synchronization, Template,
};

/// A run: what to execute, and with which arguments.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Workflow {
    /// Always `argoproj.io/v1alpha1`.
    pub api_version: ApiVersion<Workflow>,
    /// Always `Workflow`.
    pub kind: Kind<Workflow>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: WorkflowSpec,
}

resource!(Workflow, group: "argoproj.io", version: "v1alpha1", plural: "workflows", scope: namespaced);

/// Templates that workflows of its namespace refer to or start from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkflowTemplate {
    /// Always `argoproj.io/v1alpha1`.
    pub api_version: ApiVersion<WorkflowTemplate>,
    /// Always `WorkflowTemplate`.
    pub kind: Kind<WorkflowTemplate>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: WorkflowSpec,
}

resource!(WorkflowTemplate, group: "argoproj.io", version: "v1alpha1", plural: "workflowtemplates", scope: namespaced);

/// Templates that workflows of every namespace refer to or start from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClusterWorkflowTemplate {
    /// Always `argoproj.io/v1alpha1`.
    pub api_version: ApiVersion<ClusterWorkflowTemplate>,
    /// Always `ClusterWorkflowTemplate`.
    pub kind: Kind<ClusterWorkflowTemplate>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: WorkflowSpec,
}

resource!(ClusterWorkflowTemplate, group: "argoproj.io", version: "v1alpha1", plural: "clusterworkflowtemplates", scope: cluster);

/// What a workflow executes and how its pods run.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkflowSpec {
    /// The template that the workflow starts with.
    pub entrypoint: Option<String>,
    /// The workflow template to start from.
    pub workflow_template_ref: Option<WorkflowTemplateRef>,
    /// Values of the workflow's parameters and artifacts, `{{workflow.parameters.…}}`.
    pub arguments: Option<Arguments>,
    /// The template that runs at the end, whatever happened.
    pub on_exit: Option<String>,
    /// Templates that run at events of the workflow's life; `exit` runs at its end.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hooks: BTreeMap<String, LifecycleHook>,
    /// Templates of the workflow.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub templates: Vec<Template>,
    /// What every template starts from.
    pub template_defaults: Option<Box<Template>>,
    /// The ServiceAccount of its pods.
    pub service_account_name: Option<String>,
    /// Whether pods get the ServiceAccount's token.
    pub automount_service_account_token: Option<bool>,
    /// The ServiceAccount of the executor, where it is not the pod's.
    pub executor: Option<ExecutorConfig>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub executor_plugins: Vec<ExecutorPlugin>,
    /// Labels and annotations of pods.
    pub pod_metadata: Option<Metadata>,
    /// A strategic merge patch of the pod, as text.
    pub pod_spec_patch: Option<String>,
    pub pod_resources: Option<ResourceRequirements>,
    pub pod_priority_class_name: Option<String>,
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
    /// Claims that are made for this run.
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
    /// Whether logs become artifacts.
    pub archive_logs: Option<bool>,
    /// How many may run at the same time.
    pub parallelism: Option<i64>,
    /// Locks that are held meanwhile.
    pub synchronization: Option<Synchronization>,
    /// Seconds after which it is stopped.
    pub active_deadline_seconds: Option<i64>,
    /// When and how often it is tried again.
    pub retry_strategy: Option<RetryStrategy>,
    /// When finished pods are deleted.
    #[serde(rename = "podGC")]
    pub pod_gc: Option<PodGC>,
    /// How many pods may be evicted at a time.
    pub pod_disruption_budget: Option<PodDisruptionBudgetSpec>,
    /// How long the finished workflow is kept.
    pub ttl_strategy: Option<TTLStrategy>,
    /// Starts nothing until it is unset.
    pub suspend: Option<bool>,
    /// `Stop` ends it with exit handlers, `Terminate` without.
    pub shutdown: Option<String>,
    pub metrics: Option<Metrics>,
    /// Labels and annotations of workflows that are made of it.
    pub workflow_metadata: Option<WorkflowMetadata>,
}

/// The workflow template that a workflow starts from.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkflowTemplateRef {
    pub name: Option<String>,
    /// Whether it is a ClusterWorkflowTemplate.
    pub cluster_scope: Option<bool>,
}

/// Labels and annotations that a template gives to the workflows made of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkflowMetadata {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// Labels whose values are expressions.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels_from: BTreeMap<String, LabelValueFrom>,
}

/// A label's value as an expression.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LabelValueFrom {
    pub expression: String,
}

/// How the executor beside each container runs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExecutorConfig {
    /// The ServiceAccount of its pods.
    pub service_account_name: Option<String>,
}

/// A plugin that runs beside the agent.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExecutorPlugin {
    pub metadata: Option<ObjectMeta>,
    pub spec: Option<ExecutorPluginSpec>,
}

/// What an executor plugin runs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExecutorPluginSpec {
    pub sidecar: Option<ExecutorPluginSidecar>,
}

/// The container of an executor plugin.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExecutorPluginSidecar {
    /// Whether pods get the ServiceAccount's token.
    pub automount_service_account_token: Option<bool>,
    pub container: Option<Container>,
}

/// When finished pods are deleted.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PodGC {
    /// `OnPodCompletion`, `OnPodSuccess`, `OnWorkflowCompletion` or `OnWorkflowSuccess`.
    pub strategy: Option<String>,
    /// Which pods; all if there is none.
    pub label_selector: Option<LabelSelector>,
    pub delete_delay_duration: Option<String>,
}

/// How long finished workflows are kept.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TTLStrategy {
    pub seconds_after_completion: Option<i32>,
    pub seconds_after_success: Option<i32>,
    pub seconds_after_failure: Option<i32>,
}

/// When the claims of `volumeClaimTemplates` are deleted.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VolumeClaimGC {
    /// `OnWorkflowCompletion` or `OnWorkflowSuccess`.
    pub strategy: Option<String>,
}

/// When artifacts are deleted, for the workflow as a whole.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkflowLevelArtifactGC {
    /// `OnWorkflowCompletion`, `OnWorkflowDeletion` or `Never`.
    pub strategy: Option<String>,
    /// Lets a workflow go though its artifacts could not be deleted.
    pub force_finalizer_removal: Option<bool>,
    /// Labels and annotations of pods.
    pub pod_metadata: Option<Metadata>,
    /// A strategic merge patch of the pod, as text.
    pub pod_spec_patch: Option<String>,
    /// The ServiceAccount of its pods.
    pub service_account_name: Option<String>,
}

/// Which entry of which ConfigMap names the artifact repository.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ArtifactRepositoryRef {
    pub config_map: Option<String>,
    pub key: Option<String>,
}
