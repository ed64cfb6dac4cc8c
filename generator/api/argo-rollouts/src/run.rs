//! Runs of analyses, and what they measured.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::{ApiVersion, Kind, ObjectMeta, Time, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{Argument, DryRun, MeasurementRetention, Metric};

/// One run of an analysis.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct AnalysisRun {
    /// Always `argoproj.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<AnalysisRun>,
    /// Always `AnalysisRun`.
    #[serde(default)]
    pub kind: Kind<AnalysisRun>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// What is measured.
    #[serde(default)]
    pub spec: AnalysisRunSpec,
    /// What was measured.
    pub status: Option<AnalysisRunStatus>,
}

resource!(AnalysisRun, group: "argoproj.io", version: "v1alpha1", plural: "analysisruns", scope: namespaced);

/// Metrics with all values filled in.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["metrics"])))]
pub struct AnalysisRunSpec {
    /// Values that texts of metrics refer to by `{{args.<name>}}`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<Argument>,
    /// What is measured.
    #[serde(default)]
    pub metrics: Vec<Metric>,
    /// Ends the run early.
    pub terminate: Option<bool>,
    /// Metrics whose failure does not count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dry_run: Vec<DryRun>,
    /// How many measurements are kept, by metric; 10 if there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measurement_retention: Vec<MeasurementRetention>,
    /// When the run is deleted after its end.
    pub ttl_strategy: Option<TTLStrategy>,
}

/// When a run is deleted after its end.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TTLStrategy {
    /// Seconds after its end, however it ended.
    pub seconds_after_completion: Option<i32>,
    /// Seconds after it failed; wins over `secondsAfterCompletion`.
    pub seconds_after_failure: Option<i32>,
    /// Seconds after it succeeded; wins over `secondsAfterCompletion`.
    pub seconds_after_success: Option<i32>,
}

/// What a run has measured.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["phase"])))]
pub struct AnalysisRunStatus {
    /// `Pending`, `Running`, `Successful`, `Failed`, `Error` or `Inconclusive`.
    #[serde(default)]
    pub phase: String,
    /// Why it is in that phase.
    pub message: Option<String>,
    /// What each metric gave.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub metric_results: Vec<MetricResult>,
    /// When it started.
    pub started_at: Option<Time>,
    /// When it ended.
    pub completed_at: Option<Time>,
    /// How its metrics fared.
    pub run_summary: Option<RunSummary>,
    /// How its metrics of `dryRun` fared.
    pub dry_run_summary: Option<RunSummary>,
}

/// How metrics fared.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RunSummary {
    /// How many metrics there are.
    pub count: Option<i32>,
    /// How many were good.
    pub successful: Option<i32>,
    /// How many were bad.
    pub failed: Option<i32>,
    /// How many were neither.
    pub inconclusive: Option<i32>,
    /// How many could not be measured.
    pub error: Option<i32>,
}

/// What a metric gave.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "phase"])))]
pub struct MetricResult {
    /// The metric.
    #[serde(default)]
    pub name: String,
    /// `Pending`, `Running`, `Successful`, `Failed`, `Error` or `Inconclusive`.
    #[serde(default)]
    pub phase: String,
    /// The newest measurements.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measurements: Vec<Measurement>,
    /// Why it is in that phase.
    pub message: Option<String>,
    /// How many measurements gave a value.
    pub count: Option<i32>,
    /// How many were good.
    pub successful: Option<i32>,
    /// How many were bad.
    pub failed: Option<i32>,
    /// How many were neither.
    pub inconclusive: Option<i32>,
    /// How many could not be made.
    pub error: Option<i32>,
    /// How many in a row, up to now, could not be made.
    pub consecutive_error: Option<i32>,
    /// How many in a row, up to now, were good.
    pub consecutive_success: Option<i32>,
    /// Whether its failure does not count.
    pub dry_run: Option<bool>,
    /// What the provider notes, such as the query with all values filled in.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}

/// One measurement.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["phase"])))]
pub struct Measurement {
    /// `Pending`, `Running`, `Successful`, `Failed`, `Error` or `Inconclusive`.
    #[serde(default)]
    pub phase: String,
    /// Why it is in that phase.
    pub message: Option<String>,
    /// When it started.
    pub started_at: Option<Time>,
    /// When its value was there.
    pub finished_at: Option<Time>,
    /// When a measurement that takes time is looked at again.
    pub resume_at: Option<Time>,
    /// The value, as text.
    pub value: Option<String>,
    /// What the provider notes, such as the Job's name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}
