//! Containers that templates run.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::IntOrString;
use luban_api_core::k8s_openapi::api::core::v1::{
    ContainerPort, ContainerResizePolicy, ContainerRestartRule, EnvFromSource, EnvVar, Lifecycle,
    Probe, ResourceRequirements, SecurityContext, VolumeDevice, VolumeMount,
};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// A container beside or before the main one.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct UserContainer {
    /// Its name in the pod; `wait` and `supervisor` are the executor's.
    #[serde(default)]
    pub name: String,
    /// The image; mandatory unless `templateDefaults` has it.
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
    /// CPU and memory that it requests and may use; `{{…}}` is not allowed here.
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ScriptTemplate {
    /// Has no meaning: the pod names the container `main`.
    pub name: Option<String>,
    /// The image; mandatory unless `templateDefaults` has it.
    pub image: Option<String>,
    /// The interpreter; the program's file comes as its last argument.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub command: Vec<String>,
    /// Arguments of the command.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<String>,
    /// The program; `{{…}}` in it are replaced before it runs.
    pub source: Option<String>,
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
    /// CPU and memory that it requests and may use; `{{…}}` is not allowed here.
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["containers"])))]
pub struct ContainerSetTemplate {
    /// The containers; with inputs or outputs one must be called `main`.
    #[serde(default)]
    pub containers: Vec<ContainerNode>,
    /// Where volumes are in each of the containers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volume_mounts: Vec<VolumeMount>,
    /// How often a container of the set is tried again inside the pod.
    pub retry_strategy: Option<ContainerSetRetryStrategy>,
}

/// A container of a container set.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct ContainerNode {
    /// Its name in the set, by which others depend on it.
    #[serde(default)]
    pub name: String,
    /// The image that it runs.
    pub image: Option<String>,
    /// The program that runs, in place of the image's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub command: Vec<String>,
    /// Arguments of the command.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<String>,
    /// Containers of the set that must succeed first.
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
    /// CPU and memory that it requests and may use.
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["retries"])))]
pub struct ContainerSetRetryStrategy {
    /// How many attempts may follow the first; a number or its text.
    #[serde(default)]
    pub retries: IntOrString,
    /// The pause between attempts, as a Go duration such as `5s`.
    pub duration: Option<String>,
}
