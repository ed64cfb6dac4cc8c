//! What metrics ask: Jobs, Prometheus and HTTP APIs.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::batch::v1::JobSpec;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_with::skip_serializing_none;

/// A Job that measures by whether it succeeds.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["spec"])))]
pub struct JobMetric {
    /// Labels and annotations of the Job.
    pub metadata: Option<JobMetadata>,
    /// The Job.
    #[serde(default)]
    pub spec: JobSpec,
}

/// Labels and annotations of a Job.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct JobMetadata {
    /// Labels.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// Annotations.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
}

/// A query of Prometheus.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PrometheusMetric {
    /// Its URL; the controller's `PROMETHEUS_ADDRESS` if there is none.
    pub address: Option<String>,
    /// PromQL; `result` is the value, or a list of values for a vector.
    pub query: Option<String>,
    /// How to prove who asks.
    pub authentication: Option<Authentication>,
    /// Seconds that the query may take; 30 if there is none.
    pub timeout: Option<i64>,
    /// Trusts any certificate.
    pub insecure: Option<bool>,
    /// HTTP headers of the request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<WebMetricHeader>,
    /// Asks for values over a time, rather than for now.
    pub range_query: Option<PrometheusRangeQueryArgs>,
}

/// The time that a query covers.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PrometheusRangeQueryArgs {
    /// Its start, as an expression such as `now() - duration("1h")`.
    pub start: Option<String>,
    /// Its end, as an expression such as `now()`.
    pub end: Option<String>,
    /// The time between two values, as a Go duration.
    pub step: Option<String>,
}

/// How to prove who asks.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Authentication {
    /// AWS' signature, for its managed Prometheus.
    pub sigv4: Option<Sigv4Config>,
    /// A token for a client's id and secret.
    pub oauth2: Option<OAuth2Config>,
    /// User name and password.
    pub basic_auth: Option<BasicAuthConfig>,
}

/// User name and password.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BasicAuthConfig {
    /// The user; take it from a Secret by an argument.
    pub username: Option<String>,
    /// The password; take it from a Secret by an argument.
    pub password: Option<String>,
}

/// A token for a client's id and secret.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OAuth2Config {
    /// Where the token is asked for.
    pub token_url: Option<String>,
    /// The client.
    pub client_id: Option<String>,
    /// The client's secret; take it from a Secret by an argument.
    pub client_secret: Option<String>,
    /// What the token is to be good for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<String>,
}

/// AWS' signature.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Sigv4Config {
    /// The region that is asked.
    pub region: Option<String>,
    /// The profile of the controller's credentials.
    pub profile: Option<String>,
    /// The role to take on.
    pub role_arn: Option<String>,
}

/// An HTTP header.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["key", "value"])))]
pub struct WebMetricHeader {
    /// The header.
    #[serde(default)]
    pub key: String,
    /// Its value.
    #[serde(default)]
    pub value: String,
}

/// A request to an HTTP API that answers with JSON.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["url"])))]
pub struct WebMetric {
    /// `GET` (if there is none), `POST` or `PUT`.
    pub method: Option<String>,
    /// The URL.
    #[serde(default)]
    pub url: String,
    /// HTTP headers of the request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<WebMetricHeader>,
    /// What is sent, as text; excludes `jsonBody`.
    pub body: Option<String>,
    /// What is sent, as a JSON object.
    pub json_body: Option<BTreeMap<String, Value>>,
    /// Which part of the answer is `result`, as `{$.data.ok}`; all of it if there is none.
    pub json_path: Option<String>,
    /// Seconds that the request may take; 10 if there is none.
    pub timeout_seconds: Option<i64>,
    /// Trusts any certificate.
    pub insecure: Option<bool>,
    /// How to prove who asks.
    pub authentication: Option<Authentication>,
}
