//! Templates: what a step of a workflow does.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::IntOrString;
use luban_api_core::k8s_openapi::api::core::v1::{
    Affinity, Container, HostAlias, PodResourceClaim, PodSecurityContext, ResourceRequirements,
    Toleration, Volume,
};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    ArtifactLocation, ContainerSetTemplate, DAGTemplate, Data, ExecutorConfig, HTTP, Inputs,
    Memoize, Metrics, Outputs, ParallelSteps, Plugin, ResourceTemplate, RetryStrategy,
    ScriptTemplate, SuspendTemplate, Synchronization, UserContainer,
};

/// One unit of work: exactly one of container, script, steps, DAG, resource, HTTP call and the like, with its inputs and outputs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Template {
    /// What steps, tasks and `entrypoint` call it by; only an inline template has none.
    pub name: Option<String>,
    /// What it takes.
    pub inputs: Option<Inputs>,
    /// What it gives.
    pub outputs: Option<Outputs>,
    /// Labels and annotations of its pods.
    pub metadata: Option<Metadata>,
    /// Runs one container; it needs no name.
    #[serde(serialize_with = "luban_api_core::without_empty_name")]
    pub container: Option<Container>,
    /// Runs several containers in one pod.
    pub container_set: Option<ContainerSetTemplate>,
    /// Runs a program that stands in the template itself.
    pub script: Option<Box<ScriptTemplate>>,
    /// Runs templates one after another; those of an inner list at the same time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<ParallelSteps>,
    /// Runs templates as their dependencies allow.
    pub dag: Option<DAGTemplate>,
    /// Works on a Kubernetes object.
    pub resource: Option<Box<ResourceTemplate>>,
    /// Waits, for someone or for a time.
    pub suspend: Option<SuspendTemplate>,
    /// Lists and transforms artifacts.
    pub data: Option<Box<Data>>,
    /// Sends an HTTP request from the workflow's agent.
    pub http: Option<Box<HTTP>>,
    /// Calls an executor plugin, by the plugin's name.
    pub plugin: Option<Plugin>,
    /// Containers that run before the main one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub init_containers: Vec<UserContainer>,
    /// Containers that run beside the main one and end with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sidecars: Vec<UserContainer>,
    /// Volumes that containers can mount.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volumes: Vec<Volume>,
    /// The ServiceAccount of its pods.
    pub service_account_name: Option<String>,
    /// Whether pods get the ServiceAccount's token.
    pub automount_service_account_token: Option<bool>,
    /// The ServiceAccount of the executor, where it is not the pod's.
    pub executor: Option<ExecutorConfig>,
    /// User, capabilities and privileges.
    pub security_context: Option<PodSecurityContext>,
    /// A strategic merge patch of the pod, as text.
    pub pod_spec_patch: Option<String>,
    /// CPU and memory of the whole pod, in place of those of each container.
    pub pod_resources: Option<ResourceRequirements>,
    /// The priority of its pods.
    pub priority_class_name: Option<String>,
    /// The scheduler of its pods.
    pub scheduler_name: Option<String>,
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
    /// Devices that pods claim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resource_claims: Vec<PodResourceClaim>,
    /// Where its artifacts and logs are kept, if not in the workflow's repository.
    pub archive_location: Option<ArtifactLocation>,
    /// Seconds after which the pod is stopped; a number or a `{{…}}`, not for steps and DAGs.
    pub active_deadline_seconds: Option<IntOrString>,
    /// How long it may take, waiting included, as a Go duration; not for steps and DAGs.
    pub timeout: Option<String>,
    /// How long its pod may be pending, as a Go duration; not for steps and DAGs.
    pub pending_timeout: Option<String>,
    /// When and how often it is tried again.
    pub retry_strategy: Option<RetryStrategy>,
    /// How many of its steps or tasks may run at the same time.
    pub parallelism: Option<i64>,
    /// Whether one failed pod stops the rest of its steps or tasks.
    pub fail_fast: Option<bool>,
    /// Goes on when its container is ready, and stops it when the enclosing template ends.
    pub daemon: Option<bool>,
    /// Reuses the outputs of an earlier run.
    pub memoize: Option<Memoize>,
    /// Locks that are held meanwhile.
    pub synchronization: Option<Synchronization>,
    /// Metrics that are emitted when it runs.
    pub metrics: Option<Metrics>,
    /// Annotations of the node in the workflow's status, such as a title for the UI.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
}

/// Labels and annotations of a template's pods.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Metadata {
    /// Labels of the pods.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// Annotations of the pods.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
}
