//! Fields that exclude each other.

use std::collections::BTreeMap;

use luban_api_core::{Union, Value, one_of};

use crate::{
    CloudWatchMetric, CloudWatchMetricDataQuery, CloudWatchMetricStat, DatadogMetric, FieldRef,
    GraphiteMetric, InfluxdbMetric, JobMetric, KayentaMetric, MetricProvider, NewRelicMetric,
    PrometheusMetric, SecretKeyRef, SkyWalkingMetric, ValueFrom, WavefrontMetric, WebMetric,
};

/// Every union of this group.
pub const UNIONS: &[Union] = &[
    Provider::UNION,
    ArgumentSource::UNION,
    WebBody::UNION,
    DatadogQueries::UNION,
    CloudWatchQuery::UNION,
];

one_of! {
    /// What a metric asks.
    pub enum Provider<'a>: exactly one of MetricProvider::provider {
        /// Prometheus.
        Prometheus(&'a PrometheusMetric) = prometheus,
        /// Kayenta.
        Kayenta(&'a KayentaMetric) = kayenta,
        /// An HTTP API.
        Web(&'a WebMetric) = web,
        /// Datadog.
        Datadog(&'a DatadogMetric) = datadog,
        /// Wavefront.
        Wavefront(&'a WavefrontMetric) = wavefront,
        /// New Relic.
        NewRelic(&'a NewRelicMetric) = new_relic "newRelic",
        /// A Job.
        Job(&'a JobMetric) = job,
        /// AWS CloudWatch.
        CloudWatch(&'a CloudWatchMetric) = cloud_watch "cloudWatch",
        /// Graphite.
        Graphite(&'a GraphiteMetric) = graphite,
        /// InfluxDB.
        Influxdb(&'a InfluxdbMetric) = influxdb,
        /// Apache SkyWalking.
        SkyWalking(&'a SkyWalkingMetric) = skywalking,
        /// A plugin of the controller.
        Plugin(&'a BTreeMap<String, Value>) = plugin,
    }
}

one_of! {
    /// Where an argument's value is.
    pub enum ArgumentSource<'a>: exactly one of ValueFrom::source {
        /// A key of a Secret.
        SecretKeyRef(&'a SecretKeyRef) = secret_key_ref "secretKeyRef",
        /// A field of the Rollout.
        FieldRef(&'a FieldRef) = field_ref "fieldRef",
    }
}

one_of! {
    /// What an HTTP request sends.
    pub enum WebBody<'a>: at most one of WebMetric::content {
        /// Text.
        Body(&'a str) = body,
        /// JSON.
        JsonBody(&'a BTreeMap<String, Value>) = json_body "jsonBody",
    }
}

one_of! {
    /// What Datadog is asked.
    pub enum DatadogQueries<'a>: exactly one of DatadogMetric::asks {
        /// One query.
        Query(&'a str) = query,
        /// Several, for a formula.
        Queries(&'a BTreeMap<String, String>) = queries,
    }
}

one_of! {
    /// What a query of AWS CloudWatch gives.
    pub enum CloudWatchQuery<'a>: exactly one of CloudWatchMetricDataQuery::gives {
        /// A calculation with other queries.
        Expression(&'a str) = expression,
        /// A metric.
        MetricStat(&'a CloudWatchMetricStat) = metric_stat "metricStat",
    }
}
