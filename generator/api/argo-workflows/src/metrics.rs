//! Prometheus metrics that workflows and templates emit.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::Amount;

/// Prometheus metrics that a workflow or template emits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["prometheus"])))]
pub struct Metrics {
    /// The metrics.
    #[serde(default)]
    pub prometheus: Vec<Prometheus>,
}

/// One metric: a counter, a gauge or a histogram.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "help"])))]
pub struct Prometheus {
    /// Its name; Prometheus sees it with the controller's prefix `argo_workflows_`.
    #[serde(default)]
    pub name: String,
    /// What the metric says.
    #[serde(default)]
    pub help: String,
    /// An expression that must be true for the metric to be emitted.
    pub when: Option<String>,
    /// Labels of the metric; each further value of a label is a further series.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<MetricLabel>,
    /// A number that only grows.
    pub counter: Option<Counter>,
    /// A number that goes up and down.
    pub gauge: Option<Gauge>,
    /// Numbers counted into buckets.
    pub histogram: Option<Histogram>,
}

/// A label of a metric.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["key", "value"])))]
pub struct MetricLabel {
    /// The label.
    #[serde(default)]
    pub key: String,
    /// Its value; may hold `{{…}}`.
    #[serde(default)]
    pub value: String,
}

/// A metric that only grows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["value"])))]
pub struct Counter {
    /// What is added, as text.
    #[serde(default)]
    pub value: String,
}

/// A metric that goes up and down.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["value", "realtime"])))]
pub struct Gauge {
    /// The value, as text.
    #[serde(default)]
    pub value: String,
    /// Whether it is emitted while the template runs; else when it ends.
    #[serde(default)]
    pub realtime: bool,
    /// What is done with the value: `Set`, the default, `Add` or `Sub`.
    pub operation: Option<String>,
}

/// A metric that counts into buckets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["value", "buckets"])))]
pub struct Histogram {
    /// The value that is counted, as text.
    #[serde(default)]
    pub value: String,
    /// Upper bounds of the buckets, in growing order.
    #[serde(default)]
    pub buckets: Vec<Amount>,
}
