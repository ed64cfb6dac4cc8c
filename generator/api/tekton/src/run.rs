//! Runs of Tasks and Pipelines.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::{
    Affinity, EnvVar, HostAlias, LocalObjectReference, PodDNSConfig, PodSecurityContext,
    ResourceRequirements, Toleration, TopologySpreadConstraint, Volume,
};
use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    Param, PipelineRef, PipelineRunStatus, PipelineSpec, PipelineTaskMetadata, TaskRef,
    TaskRunStatus, TaskSpec, WorkspaceBinding,
};

/// A run of a Task.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct TaskRun {
    /// Always `tekton.dev/v1`.
    #[serde(default)]
    pub api_version: ApiVersion<TaskRun>,
    /// Always `TaskRun`.
    #[serde(default)]
    pub kind: Kind<TaskRun>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// What runs, and with what.
    #[serde(default)]
    pub spec: TaskRunSpec,
    /// What the controller reports.
    pub status: Option<TaskRunStatus>,
}

resource!(TaskRun, group: "tekton.dev", version: "v1", plural: "taskruns", scope: namespaced);

/// What a TaskRun runs, with what.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TaskRunSpec {
    /// The Task to run; excludes `taskSpec`.
    pub task_ref: Option<TaskRef>,
    /// A Task written in place; excludes `taskRef`.
    pub task_spec: Option<TaskSpec>,
    /// Values for the Task's parameters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
    /// What the Task's workspaces are in this run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workspaces: Vec<WorkspaceBinding>,
    /// The ServiceAccount of the pod, whose Secrets also give the steps their Git and registry credentials.
    pub service_account_name: Option<String>,
    /// The pod, containers apart.
    pub pod_template: Option<PodTemplate>,
    /// The longest one attempt may take, as a Go duration; `0s` for no limit, an hour unless the cluster says otherwise.
    pub timeout: Option<String>,
    /// How many further attempts follow a failure.
    pub retries: Option<i64>,
    /// Resources of single steps, in place of what the Task says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub step_specs: Vec<TaskRunStepSpec>,
    /// Resources of single sidecars, in place of what the Task says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sidecar_specs: Vec<TaskRunSidecarSpec>,
    /// CPU and memory of all steps together; excludes `stepSpecs` with resources.
    pub compute_resources: Option<ResourceRequirements>,
    /// Where the run waits for someone to look.
    pub debug: Option<TaskRunDebug>,
    /// The controller that looks after it, if it is not Tekton's own.
    pub managed_by: Option<String>,
    /// Written while it runs: `TaskRunCancelled` cancels it. `TaskRunPending` holds it back until it is removed.
    pub status: Option<String>,
    /// Why it is cancelled.
    pub status_message: Option<String>,
}

/// Resources of one step.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "computeResources"])))]
pub struct TaskRunStepSpec {
    /// The step.
    #[serde(default)]
    pub name: String,
    /// CPU and memory of the step.
    #[serde(default)]
    pub compute_resources: ResourceRequirements,
}

/// Resources of one sidecar.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "computeResources"])))]
pub struct TaskRunSidecarSpec {
    /// The sidecar.
    #[serde(default)]
    pub name: String,
    /// CPU and memory of the sidecar.
    #[serde(default)]
    pub compute_resources: ResourceRequirements,
}

/// Where a run waits for someone to look.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TaskRunDebug {
    /// The places at which it waits.
    pub breakpoints: Option<TaskBreakpoints>,
}

/// Steps that a run stops at.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TaskBreakpoints {
    /// `enabled` keeps the container of a step that failed.
    pub on_failure: Option<String>,
    /// Steps that it waits before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before_steps: Vec<String>,
}

/// A run of a Pipeline.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct PipelineRun {
    /// Always `tekton.dev/v1`.
    #[serde(default)]
    pub api_version: ApiVersion<PipelineRun>,
    /// Always `PipelineRun`.
    #[serde(default)]
    pub kind: Kind<PipelineRun>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// What runs, and with what.
    #[serde(default)]
    pub spec: PipelineRunSpec,
    /// What the controller reports.
    pub status: Option<PipelineRunStatus>,
}

resource!(PipelineRun, group: "tekton.dev", version: "v1", plural: "pipelineruns", scope: namespaced);

/// What a PipelineRun runs, with what.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PipelineRunSpec {
    /// The Pipeline to run; excludes `pipelineSpec`.
    pub pipeline_ref: Option<PipelineRef>,
    /// A Pipeline written in place; excludes `pipelineRef`.
    pub pipeline_spec: Option<PipelineSpec>,
    /// Values for the Pipeline's parameters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
    /// What the Pipeline's workspaces are in this run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workspaces: Vec<WorkspaceBinding>,
    /// ServiceAccount and pod of all tasks.
    pub task_run_template: Option<PipelineTaskRunTemplate>,
    /// What differs for single tasks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub task_run_specs: Vec<PipelineTaskRunSpec>,
    /// The longest that it, its tasks and its final tasks may take.
    pub timeouts: Option<TimeoutFields>,
    /// The controller that looks after it, if it is not Tekton's own.
    pub managed_by: Option<String>,
    /// `Cancelled` ends it; `CancelledRunFinally` runs final tasks first, `StoppedRunFinally` lets running ones end too; `PipelineRunPending` holds it back.
    pub status: Option<String>,
}

/// How long a PipelineRun and its parts may take.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TimeoutFields {
    /// All of it, as a Go duration; `0s` for no limit, an hour unless the cluster says otherwise. At least `tasks` and `finally` together.
    pub pipeline: Option<String>,
    /// All tasks but the final ones, as a Go duration.
    pub tasks: Option<String>,
    /// All final tasks, as a Go duration.
    pub finally: Option<String>,
}

/// How the pods of a PipelineRun run.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PipelineTaskRunTemplate {
    /// The ServiceAccount of the pods; the cluster's default for runs if there is none.
    pub service_account_name: Option<String>,
    /// The pod, containers apart.
    pub pod_template: Option<PodTemplate>,
}

/// How the pod of one task runs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PipelineTaskRunSpec {
    /// The task of the Pipeline.
    pub pipeline_task_name: Option<String>,
    /// The ServiceAccount of its pods.
    pub service_account_name: Option<String>,
    /// The pod, containers apart.
    pub pod_template: Option<PodTemplate>,
    /// Further labels and annotations of its run.
    pub metadata: Option<PipelineTaskMetadata>,
    /// Resources of single steps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub step_specs: Vec<TaskRunStepSpec>,
    /// Resources of single sidecars.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sidecar_specs: Vec<TaskRunSidecarSpec>,
    /// CPU and memory of all steps of the task together.
    pub compute_resources: Option<ResourceRequirements>,
    /// The longest it may take, as a Go duration, in place of the task's own.
    pub timeout: Option<String>,
}

/// The pod of a run, containers apart.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PodTemplate {
    /// Labels of the nodes that pods may run on.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub node_selector: BTreeMap<String, String>,
    /// Which nodes, and which pods' company, its pods seek or avoid.
    pub affinity: Option<Affinity>,
    /// Taints of nodes that pods put up with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tolerations: Vec<Toleration>,
    /// How its pods are spread over nodes and zones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topology_spread_constraints: Vec<TopologySpreadConstraint>,
    /// User, groups and other security settings of the whole pod.
    pub security_context: Option<PodSecurityContext>,
    /// Volumes that containers can mount.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volumes: Vec<Volume>,
    /// Environment variables of every step; they win over the Task's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub env: Vec<EnvVar>,
    /// Whether pods get the ServiceAccount's token.
    pub automount_service_account_token: Option<bool>,
    /// Name servers and search domains of the pods.
    pub dns_config: Option<PodDNSConfig>,
    /// `ClusterFirst`, `Default`, `None` or `ClusterFirstWithHostNet`.
    pub dns_policy: Option<String>,
    /// Whether containers get environment variables for each Service of the namespace.
    pub enable_service_links: Option<bool>,
    /// Entries of the pods' hosts file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub host_aliases: Vec<HostAlias>,
    /// Whether pods share the node's network.
    pub host_network: Option<bool>,
    /// `false` gives the pod a user namespace of its own.
    pub host_users: Option<bool>,
    /// Secrets to pull images with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub image_pull_secrets: Vec<LocalObjectReference>,
    /// The priority of its pods.
    pub priority_class_name: Option<String>,
    /// The RuntimeClass, such as one with a sandbox, that containers run in.
    pub runtime_class_name: Option<String>,
    /// The scheduler of its pods.
    pub scheduler_name: Option<String>,
}
