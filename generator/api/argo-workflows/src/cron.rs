//! Workflows on a schedule.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::k8s_openapi::api::core::v1::ObjectReference;
use luban_api_core::{ApiVersion, Kind, ObjectMeta, Time, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{Condition, WorkflowSpec};

/// Starts a workflow on a schedule.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct CronWorkflow {
    /// Always `argoproj.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<CronWorkflow>,
    /// Always `CronWorkflow`.
    #[serde(default)]
    pub kind: Kind<CronWorkflow>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// When it starts what.
    #[serde(default)]
    pub spec: CronWorkflowSpec,
    /// What was started; the controller writes it.
    pub status: Option<CronWorkflowStatus>,
}

resource!(CronWorkflow, group: "argoproj.io", version: "v1alpha1", plural: "cronworkflows", scope: namespaced);

/// When workflows start, and what they are.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["workflowSpec"])))]
pub struct CronWorkflowSpec {
    /// Cron expressions of five fields; a workflow starts when any of them is due.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schedules: Vec<String>,
    /// The time zone of the schedules, such as `Europe/Berlin`; the controller's own if there is none.
    pub timezone: Option<String>,
    /// An expression that must be true for a start.
    pub when: Option<String>,
    /// What a start does while an earlier workflow runs: `Allow`, the default, `Forbid` or `Replace`.
    pub concurrency_policy: Option<String>,
    /// How late a missed start is made up for.
    pub starting_deadline_seconds: Option<i64>,
    /// Starts nothing until it is unset.
    pub suspend: Option<bool>,
    /// When the schedule ends for good.
    pub stop_strategy: Option<StopStrategy>,
    /// How many succeeded workflows are kept; 3 if it is not set.
    pub successful_jobs_history_limit: Option<i32>,
    /// How many failed workflows are kept; 1 if it is not set.
    pub failed_jobs_history_limit: Option<i32>,
    /// Labels, annotations and finalizers of the workflows that are started.
    pub workflow_metadata: Option<ObjectMeta>,
    /// The spec of the workflows that are started.
    #[serde(default)]
    pub workflow_spec: WorkflowSpec,
}

/// When a schedule ends for good.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["expression"])))]
pub struct StopStrategy {
    /// Ends it when true; knows `cronworkflow.failed` and `cronworkflow.succeeded`.
    #[serde(default)]
    pub expression: String,
}

/// What a schedule has started.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CronWorkflowStatus {
    /// `Active`, or `Stopped` by its `stopStrategy`.
    pub phase: Option<String>,
    /// Workflows of the schedule that are running.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub active: Vec<ObjectReference>,
    /// The schedule's last start.
    pub last_scheduled_time: Option<Time>,
    /// How many workflows succeeded.
    pub succeeded: Option<i64>,
    /// How many workflows failed.
    pub failed: Option<i64>,
    /// What is wrong with it, such as `SpecError` or `SubmissionError`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
}
