//! Templates: what a step of a workflow does.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::IntOrString;
use luban_api_core::k8s_openapi::api::core::v1::{
    Affinity, Container, ContainerPort, ContainerResizePolicy, ContainerRestartRule, EnvFromSource,
    EnvVar, HostAlias, Lifecycle, PodResourceClaim, PodSecurityContext, Probe,
    ResourceRequirements, SecurityContext, Toleration, Volume, VolumeDevice, VolumeMount,
};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    ArtifactLocation, DAGTemplate, Data, ExecutorConfig, HTTP, Inputs, Memoize, Metrics, Outputs,
    ParallelSteps, Plugin, ResourceTemplate, RetryStrategy, SuspendTemplate, Synchronization,
};

/// One unit of work: exactly one of container, script, steps, DAG, resource, HTTP call and the like, with its inputs and outputs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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
    /// Runs one container.
    #[serde(serialize_with = "luban_api_core::without_empty_name")]
    pub container: Option<Container>,
    /// Runs several containers in one pod.
    pub container_set: Option<ContainerSetTemplate>,
    /// A program in the object itself.
    pub script: Option<ScriptTemplate>,
    /// Runs templates one after another; those of an inner list at the same time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<ParallelSteps>,
    /// Runs templates as their dependencies allow.
    pub dag: Option<DAGTemplate>,
    /// Works on a Kubernetes object.
    pub resource: Option<ResourceTemplate>,
    /// Waits.
    pub suspend: Option<SuspendTemplate>,
    /// Lists and transforms artifacts.
    pub data: Option<Data>,
    /// Sends an HTTP request.
    pub http: Option<HTTP>,
    /// Calls an executor plugin.
    pub plugin: Option<Plugin>,
    /// Containers that run before the main one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub init_containers: Vec<UserContainer>,
    /// Containers that run beside the main one.
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
    /// Where its artifacts and logs are kept.
    pub archive_location: Option<ArtifactLocation>,
    /// Seconds after which it is stopped.
    pub active_deadline_seconds: Option<IntOrString>,
    /// How long it may take, waiting included, as a Go duration.
    pub timeout: Option<String>,
    /// How long its pod may be pending.
    pub pending_timeout: Option<String>,
    /// When and how often it is tried again.
    pub retry_strategy: Option<RetryStrategy>,
    /// How many may run at the same time.
    pub parallelism: Option<i64>,
    /// Whether one failure stops the rest.
    pub fail_fast: Option<bool>,
    /// Goes on when its container is ready, and stops it at the end.
    pub daemon: Option<bool>,
    /// Reuses the outputs of an earlier run.
    pub memoize: Option<Memoize>,
    /// Locks that are held meanwhile.
    pub synchronization: Option<Synchronization>,
    pub metrics: Option<Metrics>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
}

/// Labels and annotations of a template's pods.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Metadata {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
}

/// A container beside or before the main one.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserContainer {
    pub name: String,
    pub image: Option<String>,
    /// The program that runs, in place of the image's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub command: Vec<String>,
    /// Arguments of the command.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<String>,
    /// The directory that the program starts in.
    pub working_dir: Option<String>,
    /// Environment variables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub env: Vec<EnvVar>,
    /// Environment variables from whole ConfigMaps and Secrets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub env_from: Vec<EnvFromSource>,
    /// Ports that are open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<ContainerPort>,
    pub resources: Option<ResourceRequirements>,
    /// Where volumes are in the container.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volume_mounts: Vec<VolumeMount>,
    /// Block devices in the container.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volume_devices: Vec<VolumeDevice>,
    /// Mounts what the main container mounts, artifacts included.
    pub mirror_volume_mounts: Option<bool>,
    /// `Always`, `IfNotPresent` or `Never`.
    pub image_pull_policy: Option<String>,
    /// User, capabilities and privileges.
    pub security_context: Option<SecurityContext>,
    /// What runs after a container starts and before it stops.
    pub lifecycle: Option<Lifecycle>,
    /// When a container is restarted.
    pub liveness_probe: Option<Probe>,
    /// When a container counts as ready.
    pub readiness_probe: Option<Probe>,
    /// What happens when its resources change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resize_policy: Vec<ContainerResizePolicy>,
    /// What happens when the container ends.
    pub restart_policy: Option<String>,
    /// What happens when the container ends with some exit codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub restart_policy_rules: Vec<ContainerRestartRule>,
    /// When a container counts as started.
    pub startup_probe: Option<Probe>,
    /// Keeps standard input open.
    pub stdin: Option<bool>,
    /// Closes standard input after the first who attaches.
    pub stdin_once: Option<bool>,
    /// The file with the container's last words.
    pub termination_message_path: Option<String>,
    /// `File` or `FallbackToLogsOnError`.
    pub termination_message_policy: Option<String>,
    /// Gives the container a terminal.
    pub tty: Option<bool>,
}

/// A program in the object itself.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScriptTemplate {
    pub name: Option<String>,
    pub image: String,
    /// The program that runs, in place of the image's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub command: Vec<String>,
    /// Arguments of the command.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<String>,
    /// The program.
    pub source: String,
    /// The directory that the program starts in.
    pub working_dir: Option<String>,
    /// Environment variables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub env: Vec<EnvVar>,
    /// Environment variables from whole ConfigMaps and Secrets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub env_from: Vec<EnvFromSource>,
    /// `Always`, `IfNotPresent` or `Never`.
    pub image_pull_policy: Option<String>,
    /// What runs after a container starts and before it stops.
    pub lifecycle: Option<Lifecycle>,
    /// When a container is restarted.
    pub liveness_probe: Option<Probe>,
    /// Ports that are open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<ContainerPort>,
    /// When a container counts as ready.
    pub readiness_probe: Option<Probe>,
    /// What happens when its resources change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resize_policy: Vec<ContainerResizePolicy>,
    pub resources: Option<ResourceRequirements>,
    /// What happens when the container ends.
    pub restart_policy: Option<String>,
    /// What happens when the container ends with some exit codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub restart_policy_rules: Vec<ContainerRestartRule>,
    /// User, capabilities and privileges.
    pub security_context: Option<SecurityContext>,
    /// When a container counts as started.
    pub startup_probe: Option<Probe>,
    /// Keeps standard input open.
    pub stdin: Option<bool>,
    /// Closes standard input after the first who attaches.
    pub stdin_once: Option<bool>,
    /// The file with the container's last words.
    pub termination_message_path: Option<String>,
    /// `File` or `FallbackToLogsOnError`.
    pub termination_message_policy: Option<String>,
    /// Gives the container a terminal.
    pub tty: Option<bool>,
    /// Block devices in the container.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volume_devices: Vec<VolumeDevice>,
    /// Where volumes are in the container.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volume_mounts: Vec<VolumeMount>,
}

/// Several containers in one pod, in an order of their own.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ContainerSetTemplate {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub containers: Vec<ContainerNode>,
    /// Where volumes are in the container.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volume_mounts: Vec<VolumeMount>,
    /// When and how often it is tried again.
    pub retry_strategy: Option<ContainerSetRetryStrategy>,
}

/// A container of a container set.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ContainerNode {
    pub name: String,
    pub image: Option<String>,
    /// The program that runs, in place of the image's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub command: Vec<String>,
    /// Arguments of the command.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<String>,
    /// Containers of the set that must end first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dependencies: Vec<String>,
    /// The directory that the program starts in.
    pub working_dir: Option<String>,
    /// Environment variables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub env: Vec<EnvVar>,
    /// Environment variables from whole ConfigMaps and Secrets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub env_from: Vec<EnvFromSource>,
    /// `Always`, `IfNotPresent` or `Never`.
    pub image_pull_policy: Option<String>,
    /// What runs after a container starts and before it stops.
    pub lifecycle: Option<Lifecycle>,
    /// When a container is restarted.
    pub liveness_probe: Option<Probe>,
    /// Ports that are open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<ContainerPort>,
    /// When a container counts as ready.
    pub readiness_probe: Option<Probe>,
    /// What happens when its resources change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resize_policy: Vec<ContainerResizePolicy>,
    pub resources: Option<ResourceRequirements>,
    /// What happens when the container ends.
    pub restart_policy: Option<String>,
    /// What happens when the container ends with some exit codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub restart_policy_rules: Vec<ContainerRestartRule>,
    /// User, capabilities and privileges.
    pub security_context: Option<SecurityContext>,
    /// When a container counts as started.
    pub startup_probe: Option<Probe>,
    /// Keeps standard input open.
    pub stdin: Option<bool>,
    /// Closes standard input after the first who attaches.
    pub stdin_once: Option<bool>,
    /// The file with the container's last words.
    pub termination_message_path: Option<String>,
    /// `File` or `FallbackToLogsOnError`.
    pub termination_message_policy: Option<String>,
    /// Gives the container a terminal.
    pub tty: Option<bool>,
    /// Block devices in the container.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volume_devices: Vec<VolumeDevice>,
    /// Where volumes are in the container.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volume_mounts: Vec<VolumeMount>,
}

/// How often a container of a set is tried again.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ContainerSetRetryStrategy {
    pub retries: IntOrString,
    pub duration: Option<String>,
}
