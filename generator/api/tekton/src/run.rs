//! Runs of Tasks and Pipelines.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::{
    Affinity, CSIVolumeSource, ConfigMapVolumeSource, EmptyDirVolumeSource, EnvVar, HostAlias,
    LocalObjectReference, PersistentVolumeClaimVolumeSource, PodDNSConfig, PodSecurityContext,
    ProjectedVolumeSource, ResourceRequirements, SecretVolumeSource, Toleration,
    TopologySpreadConstraint, Volume,
};
use luban_api_core::{ApiVersion, Kind, ObjectMeta, VolumeClaimTemplate, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{Param, PipelineRef, PipelineSpec, PipelineTaskMetadata, TaskRef, TaskSpec};

/// A run of a Task.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskRun {
    /// Always `tekton.dev/v1`.
    pub api_version: ApiVersion<TaskRun>,
    /// Always `TaskRun`.
    pub kind: Kind<TaskRun>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: TaskRunSpec,
}

resource!(TaskRun, group: "tekton.dev", version: "v1", plural: "taskruns", scope: namespaced);

/// What a TaskRun runs, with what.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskRunSpec {
    pub task_ref: Option<TaskRef>,
    pub task_spec: Option<TaskSpec>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workspaces: Vec<WorkspaceBinding>,
    /// The ServiceAccount of its pods.
    pub service_account_name: Option<String>,
    /// The pod, containers apart.
    pub pod_template: Option<PodTemplate>,
    /// How long it may take, as a Go duration.
    pub timeout: Option<String>,
    pub retries: Option<i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub step_specs: Vec<TaskRunStepSpec>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sidecar_specs: Vec<TaskRunSidecarSpec>,
    /// CPU and memory that are requested and allowed.
    pub compute_resources: Option<ResourceRequirements>,
    pub debug: Option<TaskRunDebug>,
    /// The controller that looks after it, if it is not Tekton's own.
    pub managed_by: Option<String>,
    /// `TaskRunCancelled` cancels the run.
    pub status: Option<String>,
    pub status_message: Option<String>,
}

/// Resources of one step.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskRunStepSpec {
    pub name: String,
    /// CPU and memory that are requested and allowed.
    pub compute_resources: ResourceRequirements,
}

/// Resources of one sidecar.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskRunSidecarSpec {
    pub name: String,
    /// CPU and memory that are requested and allowed.
    pub compute_resources: ResourceRequirements,
}

/// Where a run waits for someone to look.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskRunDebug {
    pub breakpoints: Option<TaskBreakpoints>,
}

/// Steps that a run stops at.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskBreakpoints {
    pub on_failure: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before_steps: Vec<String>,
}

/// What a workspace is in this run.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceBinding {
    pub name: String,
    /// A directory below.
    pub sub_path: Option<String>,
    /// A claim that is made for this run.
    pub volume_claim_template: Option<VolumeClaimTemplate>,
    pub persistent_volume_claim: Option<PersistentVolumeClaimVolumeSource>,
    pub empty_dir: Option<EmptyDirVolumeSource>,
    pub config_map: Option<ConfigMapVolumeSource>,
    pub secret: Option<SecretVolumeSource>,
    pub projected: Option<ProjectedVolumeSource>,
    pub csi: Option<CSIVolumeSource>,
}

/// A run of a Pipeline.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PipelineRun {
    /// Always `tekton.dev/v1`.
    pub api_version: ApiVersion<PipelineRun>,
    /// Always `PipelineRun`.
    pub kind: Kind<PipelineRun>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: PipelineRunSpec,
}

resource!(PipelineRun, group: "tekton.dev", version: "v1", plural: "pipelineruns", scope: namespaced);

/// What a PipelineRun runs, with what.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PipelineRunSpec {
    pub pipeline_ref: Option<PipelineRef>,
    pub pipeline_spec: Option<PipelineSpec>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workspaces: Vec<WorkspaceBinding>,
    pub task_run_template: Option<PipelineTaskRunTemplate>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub task_run_specs: Vec<PipelineTaskRunSpec>,
    pub timeouts: Option<TimeoutFields>,
    /// The controller that looks after it, if it is not Tekton's own.
    pub managed_by: Option<String>,
    /// `Cancelled`, `CancelledRunFinally`, `StoppedRunFinally` or `PipelineRunPending`.
    pub status: Option<String>,
}

/// How long a PipelineRun and its parts may take.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TimeoutFields {
    pub pipeline: Option<String>,
    /// What runs, each when what it needs is done.
    pub tasks: Option<String>,
    pub finally: Option<String>,
}

/// How the pods of a PipelineRun run.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PipelineTaskRunTemplate {
    /// The ServiceAccount of its pods.
    pub service_account_name: Option<String>,
    /// The pod, containers apart.
    pub pod_template: Option<PodTemplate>,
}

/// How the pod of one task runs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PipelineTaskRunSpec {
    pub pipeline_task_name: Option<String>,
    /// The ServiceAccount of its pods.
    pub service_account_name: Option<String>,
    /// The pod, containers apart.
    pub pod_template: Option<PodTemplate>,
    pub metadata: Option<PipelineTaskMetadata>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub step_specs: Vec<TaskRunStepSpec>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sidecar_specs: Vec<TaskRunSidecarSpec>,
    /// CPU and memory that are requested and allowed.
    pub compute_resources: Option<ResourceRequirements>,
    pub timeout: Option<String>,
}

/// The pod of a run, containers apart.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topology_spread_constraints: Vec<TopologySpreadConstraint>,
    /// User, capabilities and privileges.
    pub security_context: Option<PodSecurityContext>,
    /// Volumes that containers can mount.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volumes: Vec<Volume>,
    /// Environment variables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub env: Vec<EnvVar>,
    /// Whether pods get the ServiceAccount's token.
    pub automount_service_account_token: Option<bool>,
    /// Name servers and search domains of the pods.
    pub dns_config: Option<PodDNSConfig>,
    /// `ClusterFirst`, `Default`, `None` or `ClusterFirstWithHostNet`.
    pub dns_policy: Option<String>,
    pub enable_service_links: Option<bool>,
    /// Entries of the pods' hosts file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub host_aliases: Vec<HostAlias>,
    /// Whether pods share the node's network.
    pub host_network: Option<bool>,
    pub host_users: Option<bool>,
    /// Secrets to pull images with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub image_pull_secrets: Vec<LocalObjectReference>,
    /// The priority of its pods.
    pub priority_class_name: Option<String>,
    /// The container runtime of its pods.
    pub runtime_class_name: Option<String>,
    /// The scheduler of its pods.
    pub scheduler_name: Option<String>,
}
