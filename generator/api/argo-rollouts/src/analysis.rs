//! Analysis templates, and runs of them.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::{ApiVersion, IntOrString, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_with::skip_serializing_none;

use crate::{
    CloudWatchMetric, DatadogMetric, GraphiteMetric, InfluxdbMetric, JobMetric, KayentaMetric,
    NewRelicMetric, PrometheusMetric, SkyWalkingMetric, WavefrontMetric, WebMetric,
};

/// Metrics that say whether a deployment is good.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct AnalysisTemplate {
    /// Always `argoproj.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<AnalysisTemplate>,
    /// Always `AnalysisTemplate`.
    #[serde(default)]
    pub kind: Kind<AnalysisTemplate>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// The metrics, and the arguments that fill them in.
    #[serde(default)]
    pub spec: AnalysisTemplateSpec,
}

resource!(AnalysisTemplate, group: "argoproj.io", version: "v1alpha1", plural: "analysistemplates", scope: namespaced);

/// An AnalysisTemplate for every namespace.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct ClusterAnalysisTemplate {
    /// Always `argoproj.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<ClusterAnalysisTemplate>,
    /// Always `ClusterAnalysisTemplate`.
    #[serde(default)]
    pub kind: Kind<ClusterAnalysisTemplate>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// The metrics, and the arguments that fill them in.
    #[serde(default)]
    pub spec: AnalysisTemplateSpec,
}

resource!(ClusterAnalysisTemplate, group: "argoproj.io", version: "v1alpha1", plural: "clusteranalysistemplates", scope: cluster);

/// Metrics, and the arguments that fill them in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AnalysisTemplateSpec {
    /// Values that texts of metrics refer to by `{{args.<name>}}`; one without value must be given by whoever runs it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<Argument>,
    /// What is measured.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub metrics: Vec<Metric>,
    /// Further templates whose metrics and arguments join these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub templates: Vec<AnalysisTemplateRef>,
    /// Metrics whose failure does not count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dry_run: Vec<DryRun>,
    /// How many measurements are kept, by metric; 10 if there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measurement_retention: Vec<MeasurementRetention>,
}

/// Another template.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AnalysisTemplateRef {
    /// Its name.
    pub template_name: Option<String>,
    /// Whether it is a ClusterAnalysisTemplate.
    pub cluster_scope: Option<bool>,
}

/// A value that metrics refer to.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct Argument {
    /// Its name, in `{{args.<name>}}`.
    #[serde(default)]
    pub name: String,
    /// Its value, or its default.
    pub value: Option<String>,
    /// Where its value is, in place of `value`.
    pub value_from: Option<ValueFrom>,
}

/// Where a value is: exactly one.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ValueFrom {
    /// A key of a Secret.
    pub secret_key_ref: Option<SecretKeyRef>,
    /// A field of the Rollout.
    pub field_ref: Option<FieldRef>,
}

/// A key of a Secret.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "key"])))]
pub struct SecretKeyRef {
    /// The Secret.
    #[serde(default)]
    pub name: String,
    /// Its key.
    #[serde(default)]
    pub key: String,
}

/// A field of the Rollout.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["fieldPath"])))]
pub struct FieldRef {
    /// The field, as `metadata.labels['team']`.
    #[serde(default)]
    pub field_path: String,
}

/// Metrics whose failure does not count.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["metricName"])))]
pub struct DryRun {
    /// The metric; `*` for all.
    #[serde(default)]
    pub metric_name: String,
}

/// How many measurements of a metric are kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["metricName", "limit"])))]
pub struct MeasurementRetention {
    /// The metric; `*` for all.
    #[serde(default)]
    pub metric_name: String,
    /// How many, the newest.
    #[serde(default)]
    pub limit: i32,
}

/// Something that is measured, and when its value is good.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "provider"])))]
pub struct Metric {
    /// Its name, unique in the run.
    #[serde(default)]
    pub name: String,
    /// How long to wait before the first measurement, as a Go duration.
    pub initial_delay: Option<String>,
    /// How often it is measured, as a Go duration; once if neither this nor `count` is set.
    pub interval: Option<String>,
    /// How often it is measured altogether; without end if only `interval` is set.
    pub count: Option<IntOrString>,
    /// When a measurement is good: an expression with `result`, such as `result[0] >= 0.95`.
    pub success_condition: Option<String>,
    /// When a measurement is bad; one that is neither good nor bad is inconclusive.
    pub failure_condition: Option<String>,
    /// How many bad measurements it bears; 0 if there is none, -1 for any number.
    pub failure_limit: Option<IntOrString>,
    /// How many inconclusive measurements it bears; 0 if there is none.
    pub inconclusive_limit: Option<IntOrString>,
    /// How many measurements in a row may go wrong; 4 if there is none.
    pub consecutive_error_limit: Option<IntOrString>,
    /// How many good measurements in a row end it as successful; has no effect if it is 0 or missing.
    pub consecutive_success_limit: Option<IntOrString>,
    /// What is asked.
    #[serde(default)]
    pub provider: MetricProvider,
}

/// What is asked: exactly one.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MetricProvider {
    /// Prometheus, by PromQL.
    pub prometheus: Option<PrometheusMetric>,
    /// Kayenta's judge of canaries.
    pub kayenta: Option<KayentaMetric>,
    /// Any HTTP API that answers with JSON.
    pub web: Option<WebMetric>,
    /// Datadog.
    pub datadog: Option<DatadogMetric>,
    /// Wavefront.
    pub wavefront: Option<WavefrontMetric>,
    /// New Relic, by NRQL.
    pub new_relic: Option<NewRelicMetric>,
    /// A Kubernetes Job, which measures by whether it succeeds.
    pub job: Option<JobMetric>,
    /// AWS CloudWatch.
    pub cloud_watch: Option<CloudWatchMetric>,
    /// Graphite.
    pub graphite: Option<GraphiteMetric>,
    /// InfluxDB, by Flux.
    pub influxdb: Option<InfluxdbMetric>,
    /// Apache SkyWalking, by GraphQL.
    pub skywalking: Option<SkyWalkingMetric>,
    /// A plugin of the controller, by its name, with whatever settings it reads.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub plugin: BTreeMap<String, Value>,
}
