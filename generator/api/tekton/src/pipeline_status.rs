//! What the controller reports of runs of Pipelines.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::Time;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{Condition, ParamValue, PipelineSpec, Provenance, WhenExpression};

/// How a PipelineRun is doing.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PipelineRunStatus {
    /// Whether it runs, succeeded or failed: the condition `Succeeded`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// When it started.
    pub start_time: Option<Time>,
    /// When it ended, one way or the other.
    pub completion_time: Option<Time>,
    /// When its final tasks started.
    pub finally_start_time: Option<Time>,
    /// The runs of its tasks, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub child_references: Vec<ChildStatusReference>,
    /// Tasks that did not run, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skipped_tasks: Vec<SkippedTask>,
    /// The values it gave.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<PipelineRunResult>,
    /// The Pipeline as it ran, resolved and with its values.
    pub pipeline_spec: Option<PipelineSpec>,
    /// Where the Pipeline came from, and the features that were on.
    pub provenance: Option<Provenance>,
    /// The trace that the run belongs to.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub span_context: BTreeMap<String, String>,
    /// What the controller notes for itself.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// The generation of the object that this is about.
    pub observed_generation: Option<i64>,
}

/// The run of one task.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChildStatusReference {
    /// The group and version of the run.
    pub api_version: Option<String>,
    /// `TaskRun`, `PipelineRun` or `CustomRun`.
    pub kind: Option<String>,
    /// The run.
    pub name: Option<String>,
    /// What dashboards call the task.
    pub display_name: Option<String>,
    /// The task of the Pipeline.
    pub pipeline_task_name: Option<String>,
    /// The task's conditions, which held.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when_expressions: Vec<WhenExpression>,
}

/// A task that did not run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "reason"])))]
pub struct SkippedTask {
    /// The task of the Pipeline.
    #[serde(default)]
    pub name: String,
    /// Why, such as `When Expressions evaluated to false`.
    #[serde(default)]
    pub reason: String,
    /// The task's conditions, with their values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when_expressions: Vec<WhenExpression>,
}

/// A value that a PipelineRun gave.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "value"])))]
pub struct PipelineRunResult {
    /// The result, as the Pipeline declares it.
    #[serde(default)]
    pub name: String,
    /// The value.
    #[serde(default)]
    pub value: ParamValue,
}

/// The controller's feature flags during a run, as its ConfigMap `feature-flags` had them.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FeatureFlags {
    /// Which features may be used: `stable`, `beta` or `alpha`.
    #[serde(rename = "enableAPIFields")]
    pub enable_api_fields: Option<String>,
    /// Which runs share a node: `workspaces`, `pipelineruns`, `isolate-pipelinerun` or `disabled`.
    pub coschedule: Option<String>,
    /// Whether steps get no Git and registry credentials from the ServiceAccount.
    pub disable_creds_init: Option<bool>,
    /// Where Tasks and Pipelines may not be written in place: `pipeline`, `pipelinerun`, `taskrun`.
    pub disable_inline_spec: Option<String>,
    /// Whether steps wait until sidecars are ready.
    pub await_sidecar_readiness: Option<bool>,
    /// Whether steps wait until sidecars that others add are ready.
    pub running_in_env_with_injected_sidecars: Option<bool>,
    /// Whether a Git Secret for SSH must have `known_hosts`.
    #[serde(rename = "requireGitSSHSecretKnownHosts")]
    pub require_git_ssh_secret_known_hosts: Option<bool>,
    /// Whether CloudEvents are sent for runs of custom tasks.
    pub send_cloud_events_for_runs: Option<bool>,
    /// `spire` signs results, `none` does not.
    pub enforce_nonfalsifiability: Option<String>,
    /// Whether the pod of a cancelled run is kept.
    pub enable_keep_pod_on_cancel: Option<bool>,
    /// What happens to a Task that no VerificationPolicy matches: `ignore`, `warn` or `fail`.
    pub verification_no_match_policy: Option<String>,
    /// Whether status says where Tasks came from.
    pub enable_provenance_in_status: Option<bool>,
    /// How results leave the pod: `termination-message` or `sidecar-logs`.
    pub result_extraction_method: Option<String>,
    /// The largest result in bytes, with `sidecar-logs`.
    pub max_result_size: Option<i64>,
    /// Whether Tekton's own containers have a restricted security context.
    pub set_security_context: Option<bool>,
    /// Whether Tekton's own containers cannot write to their root file system.
    pub set_security_context_read_only_root_filesystem: Option<bool>,
    /// Whether conditions may be CEL.
    #[serde(rename = "enableCELInWhenExpression")]
    pub enable_cel_in_when_expression: Option<bool>,
    /// Without effect: StepActions are always on.
    pub enable_step_actions: Option<bool>,
    /// Whether a parameter's `enum` is allowed.
    pub enable_param_enum: Option<bool>,
    /// Whether steps may say what they used and made.
    pub enable_artifacts: Option<bool>,
    /// Whether a reference may be a URL.
    pub enable_concise_resolver_syntax: Option<bool>,
    /// Whether sidecars are Kubernetes' own.
    pub enable_kubernetes_sidecar: Option<bool>,
    /// Whether a run that could not be created is tried again with growing pauses.
    pub enable_wait_exponential_backoff: Option<bool>,
    /// Whether results are compressed in termination messages, so that more of them fit.
    pub enable_termination_message_compression: Option<bool>,
    /// Without effect; in the status of runs from before 0.62.
    #[serde(rename = "enableTektonOCIBundles")]
    pub enable_tekton_oci_bundles: Option<bool>,
}
