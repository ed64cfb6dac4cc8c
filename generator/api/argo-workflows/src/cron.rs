//! Workflows on a schedule.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::WorkflowSpec;

/// Starts a workflow on a schedule.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CronWorkflow {
    /// Always `argoproj.io/v1alpha1`.
    pub api_version: ApiVersion<CronWorkflow>,
    /// Always `CronWorkflow`.
    pub kind: Kind<CronWorkflow>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: CronWorkflowSpec,
}

resource!(CronWorkflow, group: "argoproj.io", version: "v1alpha1", plural: "cronworkflows", scope: namespaced);

/// When workflows start, and what they are.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CronWorkflowSpec {
    /// Cron expressions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schedules: Vec<String>,
    /// The time zone of the schedules, such as `Europe/Berlin`.
    pub timezone: Option<String>,
    /// An expression that must be true for a start.
    pub when: Option<String>,
    /// `Allow`, `Forbid` or `Replace`.
    pub concurrency_policy: Option<String>,
    /// How late a missed start is made up for.
    pub starting_deadline_seconds: Option<i64>,
    /// Starts nothing until it is unset.
    pub suspend: Option<bool>,
    pub stop_strategy: Option<StopStrategy>,
    /// How many succeeded workflows are kept.
    pub successful_jobs_history_limit: Option<i32>,
    /// How many failed workflows are kept.
    pub failed_jobs_history_limit: Option<i32>,
    pub workflow_metadata: Option<ObjectMeta>,
    pub workflow_spec: WorkflowSpec,
}

/// When a schedule ends for good.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StopStrategy {
    pub expression: String,
}
