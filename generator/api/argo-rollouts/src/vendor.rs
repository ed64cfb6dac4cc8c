//! What metrics ask: monitoring of several vendors.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::IntOrString;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// Queries of AWS CloudWatch.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["metricDataQueries"])))]
pub struct CloudWatchMetric {
    /// The time that queries cover until now, as a Go duration; `5m` if there is none.
    pub interval: Option<String>,
    /// The queries; `result` has what those with `returnData` give.
    #[serde(default)]
    pub metric_data_queries: Vec<CloudWatchMetricDataQuery>,
}

/// A query of AWS CloudWatch: a metric, or an expression over other queries.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CloudWatchMetricDataQuery {
    /// Its name, by which expressions refer to it; starts with a lower-case letter.
    pub id: Option<String>,
    /// A calculation with other queries; excludes `metricStat`.
    pub expression: Option<String>,
    /// What the result is called.
    pub label: Option<String>,
    /// A metric; excludes `expression`.
    pub metric_stat: Option<CloudWatchMetricStat>,
    /// Seconds that one value of an expression covers.
    pub period: Option<IntOrString>,
    /// Whether its result counts, or only serves other queries; yes if there is none.
    pub return_data: Option<bool>,
}

/// A metric of AWS CloudWatch, and how its values are put together.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CloudWatchMetricStat {
    /// The metric.
    pub metric: Option<CloudWatchMetricStatMetric>,
    /// Seconds that one value covers.
    pub period: Option<IntOrString>,
    /// How values are put together, such as `Sum`, `Average` or `p99`.
    pub stat: Option<String>,
    /// The unit that values must have, such as `Count` or `Seconds`.
    pub unit: Option<String>,
}

/// A metric of AWS CloudWatch.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CloudWatchMetricStatMetric {
    /// Its namespace, such as `AWS/ApplicationELB`.
    pub namespace: Option<String>,
    /// Its name, such as `HTTPCode_Target_5XX_Count`.
    pub metric_name: Option<String>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dimensions: Vec<CloudWatchMetricStatMetricDimension>,
}

/// What a metric is about.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CloudWatchMetricStatMetricDimension {
    /// Such as `LoadBalancer`.
    pub name: Option<String>,
    /// Which one.
    pub value: Option<String>,
}

/// A query of Datadog.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DatadogMetric {
    /// `v1` (if there is none) or `v2`.
    pub api_version: Option<String>,
    /// The time that the query covers until now, as a Go duration; `5m` if there is none.
    pub interval: Option<String>,
    /// The query; excludes `queries`.
    pub query: Option<String>,
    /// Queries by name, for `formula`; only in `v2`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub queries: BTreeMap<String, String>,
    /// A calculation with `queries`; only in `v2`.
    pub formula: Option<String>,
    /// How values become one: `avg`, `min`, `max`, `sum`, `last`, `percentile`, `mean`, `l2norm` or `area`; only in `v2`.
    pub aggregator: Option<String>,
    /// How long one request may take, as a Go duration.
    pub request_timeout: Option<String>,
    /// The Secret with address and keys; the controller's own `datadog` if there is none.
    pub secret_ref: Option<SecretRef>,
}

/// A Secret with credentials.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SecretRef {
    /// The Secret.
    pub name: Option<String>,
    /// Whether it is in the namespace of the run, rather than in the controller's.
    pub namespaced: Option<bool>,
}

/// A query of Graphite.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GraphiteMetric {
    /// Its URL.
    pub address: Option<String>,
    /// The target to render.
    pub query: Option<String>,
}

/// A query of InfluxDB.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct InfluxdbMetric {
    /// The Secret of the controller's namespace with address, token and organization; `influxdb` if there is none.
    pub profile: Option<String>,
    /// Flux.
    pub query: Option<String>,
}

/// A judgement of Kayenta.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["address", "application", "canaryConfigName", "metricsAccountName", "configurationAccountName", "storageAccountName", "threshold", "scopes"])))]
pub struct KayentaMetric {
    /// Its URL.
    #[serde(default)]
    pub address: String,
    /// The application in Spinnaker.
    #[serde(default)]
    pub application: String,
    /// The configuration that says what to compare.
    #[serde(default)]
    pub canary_config_name: String,
    /// The account that metrics come from.
    #[serde(default)]
    pub metrics_account_name: String,
    /// The account with the configuration.
    #[serde(default)]
    pub configuration_account_name: String,
    /// The account that results are kept in.
    #[serde(default)]
    pub storage_account_name: String,
    /// The scores that count as good.
    #[serde(default)]
    pub threshold: KayentaThreshold,
    /// What is compared with what.
    #[serde(default)]
    pub scopes: Vec<KayentaScope>,
    /// Whether each measurement starts from the same time, so that the time it covers grows.
    pub lookback: Option<bool>,
}

/// Scores, from 0 to 100.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["pass", "marginal"])))]
pub struct KayentaThreshold {
    /// From this score it is good.
    #[serde(default)]
    pub pass: i64,
    /// Below this score it is bad; between the two it is inconclusive.
    #[serde(default)]
    pub marginal: i64,
}

/// What is compared with what.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "controlScope", "experimentScope"])))]
pub struct KayentaScope {
    /// Its name in the configuration.
    #[serde(default)]
    pub name: String,
    /// What is known to be good.
    #[serde(default)]
    pub control_scope: ScopeDetail,
    /// What is judged.
    #[serde(default)]
    pub experiment_scope: ScopeDetail,
}

/// One side of a comparison.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["scope", "region", "step"])))]
pub struct ScopeDetail {
    /// What it is, as metrics call it.
    #[serde(default)]
    pub scope: String,
    /// Where it is.
    #[serde(default)]
    pub region: String,
    /// Seconds between two values.
    #[serde(default)]
    pub step: i64,
    /// Its start, as RFC 3339; the measurement's own if there is none.
    pub start: Option<String>,
    /// Its end, as RFC 3339; the measurement's own if there is none.
    pub end: Option<String>,
}

/// A query of New Relic.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["query"])))]
pub struct NewRelicMetric {
    /// The Secret of the controller's namespace with account and key; `newrelic` if there is none.
    pub profile: Option<String>,
    /// NRQL.
    #[serde(default)]
    pub query: String,
    /// Seconds that the query may take.
    pub timeout: Option<i64>,
}

/// A query of Apache SkyWalking.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SkyWalkingMetric {
    /// Its URL.
    pub address: Option<String>,
    /// GraphQL, in which `$duration` is the time that it covers.
    pub query: Option<String>,
    /// The time that the query covers until now, as a Go duration; `5m` if there is none.
    pub interval: Option<String>,
}

/// A query of Wavefront.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct WavefrontMetric {
    /// Its host name, which is the key of the Secret with the token, too.
    pub address: Option<String>,
    /// The query.
    pub query: Option<String>,
}
