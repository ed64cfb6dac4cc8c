//! Tasks: steps that run in one pod.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::{
    ContainerPort, EnvFromSource, EnvVar, Lifecycle, Probe, ResourceRequirements, SecurityContext,
    Volume, VolumeDevice, VolumeMount,
};
use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    Param, ParamSpec, ParamValue, PropertySpec, WhenExpression, WorkspaceDeclaration,
    WorkspaceUsage,
};

/// Steps that run in one pod.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct Task {
    /// Always `tekton.dev/v1`.
    #[serde(default)]
    pub api_version: ApiVersion<Task>,
    /// Always `Task`.
    #[serde(default)]
    pub kind: Kind<Task>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// What the Task takes, gives and runs.
    #[serde(default)]
    pub spec: TaskSpec,
}

resource!(Task, group: "tekton.dev", version: "v1", plural: "tasks", scope: namespaced);

/// What a Task takes, gives and runs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TaskSpec {
    /// What dashboards call it.
    pub display_name: Option<String>,
    /// What it does, for its users.
    pub description: Option<String>,
    /// Parameters it takes; one without a default must be given by every run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<ParamSpec>,
    /// Values it gives; a step writes each to the file `$(results.<name>.path)`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<TaskResult>,
    /// Directories it needs, which a run binds to volumes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workspaces: Vec<WorkspaceDeclaration>,
    /// Volumes of the pod that steps and sidecars may mount.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volumes: Vec<Volume>,
    /// What every step starts from; a step's own settings win.
    pub step_template: Option<StepTemplate>,
    /// Containers that run one after another, in this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// Containers that run beside the steps, from before the first to after the last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sidecars: Vec<Sidecar>,
}

/// One container of a Task: an image and what runs in it, or a StepAction by `ref`.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Its name within the Task, a DNS label; the container is called `step-<name>`, and results are read by it.
    pub name: Option<String>,
    /// What dashboards call it.
    pub display_name: Option<String>,
    /// The StepAction that it runs, in place of an image and a command of its own.
    pub ref_: Option<Ref>,
    /// Values for the StepAction's parameters; only with `ref`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
    /// The image that it runs in; only without `ref`.
    pub image: Option<String>,
    /// The program that runs, in place of the image's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub command: Vec<String>,
    /// Arguments of the command.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<String>,
    /// A program, run by its `#!` line or by `/bin/sh`; excludes `command`, and `args` are its arguments.
    pub script: Option<String>,
    /// The directory that the program starts in.
    pub working_dir: Option<String>,
    /// Environment variables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub env: Vec<EnvVar>,
    /// Environment variables from whole ConfigMaps and Secrets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub env_from: Vec<EnvFromSource>,
    /// CPU and memory of this step; what all steps request together must fit on a node.
    pub compute_resources: Option<ResourceRequirements>,
    /// Where volumes are in the container.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volume_mounts: Vec<VolumeMount>,
    /// Block devices in the container.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volume_devices: Vec<VolumeDevice>,
    /// Workspaces that only the steps and sidecars that name them can see.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workspaces: Vec<WorkspaceUsage>,
    /// Values that it gives, each written to `$(step.results.<name>.path)`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<StepResult>,
    /// Conditions that must all hold, or the step is skipped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<WhenExpression>,
    /// What happens when it fails: `stopAndFail` (the default) ends the Task, `continue` goes on with the next step.
    pub on_error: Option<String>,
    /// The longest it may take, as a Go duration such as `10m`; without one only the run's own limit holds.
    pub timeout: Option<String>,
    /// `Always`, `IfNotPresent` or `Never`.
    pub image_pull_policy: Option<String>,
    /// User, capabilities and other security settings of the container; they win over the pod's.
    pub security_context: Option<SecurityContext>,
    /// Where its standard output is copied to.
    pub stdout_config: Option<StepOutputConfig>,
    /// Where its standard error is copied to.
    pub stderr_config: Option<StepOutputConfig>,
}

/// The StepAction that a step runs: a name, or a resolver and its parameters.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Ref {
    /// The StepAction's name, in the namespace of the run.
    pub name: Option<String>,
    /// What finds the StepAction elsewhere: `git`, `bundles`, `cluster`, `hub`, `http` or one of your own.
    pub resolver: Option<String>,
    /// What the resolver needs to know, such as `url`, `revision` and `pathInRepo` of `git`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
}

/// Where a step's output is copied to.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct StepOutputConfig {
    /// The file in the step's container, perhaps a result's `$(results.<name>.path)`.
    pub path: Option<String>,
}

/// A value that one step gives.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct StepResult {
    /// Its name; read as `$(steps.<step>.results.<name>)`.
    #[serde(default)]
    pub name: String,
    /// `string` (the default), `array` or `object`.
    pub type_: Option<String>,
    /// What the value means.
    pub description: Option<String>,
    /// The keys of an object.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub properties: BTreeMap<String, PropertySpec>,
}

/// What every step of a Task starts from.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct StepTemplate {
    /// The image of steps that name none.
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
    /// CPU and memory that are requested and allowed.
    pub compute_resources: Option<ResourceRequirements>,
    /// Where volumes are in the container.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volume_mounts: Vec<VolumeMount>,
    /// `Always`, `IfNotPresent` or `Never`.
    pub image_pull_policy: Option<String>,
    /// Security settings of steps that have none.
    pub security_context: Option<SecurityContext>,
    /// Block devices in the container.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volume_devices: Vec<VolumeDevice>,
}

/// A container that runs beside the steps.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Sidecar {
    /// Its name within the Task; the container is called `sidecar-<name>`.
    pub name: Option<String>,
    /// The image that it runs in.
    pub image: Option<String>,
    /// The program that runs, in place of the image's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub command: Vec<String>,
    /// Arguments of the command.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<String>,
    /// A program, run by its `#!` line or by `/bin/sh`; excludes `command`, and `args` are its arguments.
    pub script: Option<String>,
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
    /// CPU and memory that are requested and allowed.
    pub compute_resources: Option<ResourceRequirements>,
    /// Where volumes are in the container.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volume_mounts: Vec<VolumeMount>,
    /// Block devices in the container.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volume_devices: Vec<VolumeDevice>,
    /// Workspaces that only the steps and sidecars that name them can see.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workspaces: Vec<WorkspaceUsage>,
    /// `Always`, `IfNotPresent` or `Never`.
    pub image_pull_policy: Option<String>,
    /// What runs after a container starts and before it stops.
    pub lifecycle: Option<Lifecycle>,
    /// When a container is restarted.
    pub liveness_probe: Option<Probe>,
    /// When a container counts as ready.
    pub readiness_probe: Option<Probe>,
    /// `Always` makes it a sidecar of Kubernetes' own, an init container that keeps running.
    pub restart_policy: Option<String>,
    /// Security settings of the container; they win over the pod's.
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
}

/// A value that a Task gives.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct TaskResult {
    /// Its name; read as `$(tasks.<task>.results.<name>)` by other tasks of a Pipeline.
    #[serde(default)]
    pub name: String,
    /// `string` (the default), `array` or `object`.
    pub type_: Option<String>,
    /// What the value means.
    pub description: Option<String>,
    /// The keys of an object and their types.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub properties: BTreeMap<String, PropertySpec>,
    /// Where a step's result gives it: `$(steps.<step>.results.<name>)`.
    pub value: Option<ParamValue>,
}
