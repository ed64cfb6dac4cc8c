//! Prometheus Operator: what is scraped.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::SecretKeySelector;
use luban_api_core::{
    ApiVersion, IntOrString, Kind, LabelSelector, ObjectMeta, Quantity, resource,
};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    BasicAuth, ConfigResourceStatus, OAuth2, RelabelConfig, SafeAuthorization, SafeTLSConfig,
    TLSConfig,
};

/// Pods that are scraped.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct PodMonitor {
    /// Always `monitoring.coreos.com/v1`.
    #[serde(default)]
    pub api_version: ApiVersion<PodMonitor>,
    /// Always `PodMonitor`.
    #[serde(default)]
    pub kind: Kind<PodMonitor>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// Which pods, and how.
    #[serde(default)]
    pub spec: PodMonitorSpec,
    /// Who has taken it up.
    pub status: Option<ConfigResourceStatus>,
}

resource!(PodMonitor, group: "monitoring.coreos.com", version: "v1", plural: "podmonitors", scope: namespaced);

/// Which pods are scraped, and how.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["selector"])))]
pub struct PodMonitorSpec {
    /// The label of the pod whose value becomes the label `job`; the object's own name if there is none.
    pub job_label: Option<String>,
    /// Labels of the pod that its samples get.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pod_target_labels: Vec<String>,
    /// Ports that are scraped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pod_metrics_endpoints: Vec<PodMetricsEndpoint>,
    /// Pods by labels; all if it is empty.
    #[serde(default)]
    pub selector: LabelSelector,
    /// How targets are found: `RelabelConfig` (if there is none) or `RoleSelector`.
    pub selector_mechanism: Option<String>,
    /// Namespaces to look in; its own if there is none.
    pub namespace_selector: Option<NamespaceSelector>,
    /// The most samples that one scrape may yield.
    pub sample_limit: Option<i64>,
    /// The most targets that there may be.
    pub target_limit: Option<i64>,
    /// Formats to ask for, the best first, such as `OpenMetricsText1.0.0` or `PrometheusText0.0.4`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scrape_protocols: Vec<String>,
    /// The format to assume where an answer does not say.
    pub fallback_scrape_protocol: Option<String>,
    /// The most labels that a sample may have.
    pub label_limit: Option<i64>,
    /// The longest name of a label.
    pub label_name_length_limit: Option<i64>,
    /// The longest value of a label.
    pub label_value_length_limit: Option<i64>,
    /// Whether native histograms are scraped.
    pub scrape_native_histograms: Option<bool>,
    /// Scrapes the classic form of a histogram too where it has a native one.
    pub scrape_classic_histograms: Option<bool>,
    /// The most buckets of a native histogram; more are merged.
    pub native_histogram_bucket_limit: Option<i64>,
    /// The least growth from bucket to bucket of a native histogram; closer ones are merged.
    pub native_histogram_min_bucket_factor: Option<Quantity>,
    /// Turns classic histograms into native ones with custom buckets.
    #[serde(rename = "convertClassicHistogramsToNHCB")]
    pub convert_classic_histograms_to_nhcb: Option<bool>,
    /// How many targets that relabeling dropped are remembered; `0` for all.
    pub keep_dropped_targets: Option<i64>,
    /// Labels of nodes that targets get.
    pub attach_metadata: Option<AttachMetadata>,
    /// The scrape class of the Prometheus object whose settings apply.
    pub scrape_class: Option<String>,
    /// The largest answer, as bytes with a unit such as `50MB`.
    pub body_size_limit: Option<String>,
}

/// A port of a pod.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PodMetricsEndpoint {
    /// The port's name in the pod.
    pub port: Option<String>,
    /// The port's number in the pod, which must declare it.
    pub port_number: Option<i32>,
    /// Name or number; given up for `port` and `portNumber`.
    pub target_port: Option<IntOrString>,
    /// The path; `/metrics` if there is none.
    pub path: Option<String>,
    /// `http` (if there is none) or `https`.
    pub scheme: Option<String>,
    /// Query parameters.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, Vec<String>>,
    /// How often it is scraped, as a Prometheus duration; Prometheus' own if there is none.
    pub interval: Option<String>,
    /// How long one scrape may take; no longer than `interval`.
    pub scrape_timeout: Option<String>,
    /// Whether the answer's labels win over the target's.
    pub honor_labels: Option<bool>,
    /// Whether timestamps of the answer are kept.
    pub honor_timestamps: Option<bool>,
    /// Whether series with their own timestamps go stale too.
    pub track_timestamps_staleness: Option<bool>,
    /// How the connection is secured.
    pub tls_config: Option<SafeTLSConfig>,
    /// User name and password; excludes the other ways to authenticate.
    pub basic_auth: Option<BasicAuth>,
    /// An `Authorization` header; excludes the other ways to authenticate.
    pub authorization: Option<SafeAuthorization>,
    /// The Secret with a bearer token; excludes the other ways to authenticate.
    pub bearer_token_secret: Option<SecretKeySelector>,
    /// A token that is fetched for each client; excludes the other ways to authenticate.
    pub oauth2: Option<OAuth2>,
    /// Changes of the samples' labels before they are stored.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub metric_relabelings: Vec<RelabelConfig>,
    /// Changes of the target's labels before it is scraped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relabelings: Vec<RelabelConfig>,
    /// The proxy to go through.
    pub proxy_url: Option<String>,
    /// Hosts, addresses and ranges that need no proxy, with commas between.
    pub no_proxy: Option<String>,
    /// Takes the proxy from Prometheus' own environment.
    pub proxy_from_environment: Option<bool>,
    /// Headers that the proxy gets, from Secrets.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub proxy_connect_header: BTreeMap<String, Vec<SecretKeySelector>>,
    /// Whether redirects are followed; yes if there is none.
    pub follow_redirects: Option<bool>,
    /// Whether HTTP/2 may be used.
    pub enable_http2: Option<bool>,
    /// Leaves out pods that have ended; yes if there is none.
    pub filter_running: Option<bool>,
}

/// Services whose endpoints are scraped.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct ServiceMonitor {
    /// Always `monitoring.coreos.com/v1`.
    #[serde(default)]
    pub api_version: ApiVersion<ServiceMonitor>,
    /// Always `ServiceMonitor`.
    #[serde(default)]
    pub kind: Kind<ServiceMonitor>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// Which Services, and how.
    #[serde(default)]
    pub spec: ServiceMonitorSpec,
    /// Who has taken it up.
    pub status: Option<ConfigResourceStatus>,
}

resource!(ServiceMonitor, group: "monitoring.coreos.com", version: "v1", plural: "servicemonitors", scope: namespaced);

/// Which Services are scraped, and how.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["selector"])))]
pub struct ServiceMonitorSpec {
    /// The label of the Service whose value becomes the label `job`; the object's own name if there is none.
    pub job_label: Option<String>,
    /// Labels of the Service that samples get.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub target_labels: Vec<String>,
    /// Labels of the pod that its samples get.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pod_target_labels: Vec<String>,
    /// Ports that are scraped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub endpoints: Vec<Endpoint>,
    /// Services by labels; all if it is empty.
    #[serde(default)]
    pub selector: LabelSelector,
    /// How targets are found: `RelabelConfig` (if there is none) or `RoleSelector`.
    pub selector_mechanism: Option<String>,
    /// Namespaces to look in; its own if there is none.
    pub namespace_selector: Option<NamespaceSelector>,
    /// The most samples that one scrape may yield.
    pub sample_limit: Option<i64>,
    /// The most targets that there may be.
    pub target_limit: Option<i64>,
    /// Formats to ask for, the best first, such as `OpenMetricsText1.0.0` or `PrometheusText0.0.4`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scrape_protocols: Vec<String>,
    /// The format to assume where an answer does not say.
    pub fallback_scrape_protocol: Option<String>,
    /// The most labels that a sample may have.
    pub label_limit: Option<i64>,
    /// The longest name of a label.
    pub label_name_length_limit: Option<i64>,
    /// The longest value of a label.
    pub label_value_length_limit: Option<i64>,
    /// Whether native histograms are scraped.
    pub scrape_native_histograms: Option<bool>,
    /// Scrapes the classic form of a histogram too where it has a native one.
    pub scrape_classic_histograms: Option<bool>,
    /// The most buckets of a native histogram; more are merged.
    pub native_histogram_bucket_limit: Option<i64>,
    /// The least growth from bucket to bucket of a native histogram; closer ones are merged.
    pub native_histogram_min_bucket_factor: Option<Quantity>,
    /// Turns classic histograms into native ones with custom buckets.
    #[serde(rename = "convertClassicHistogramsToNHCB")]
    pub convert_classic_histograms_to_nhcb: Option<bool>,
    /// How many targets that relabeling dropped are remembered; `0` for all.
    pub keep_dropped_targets: Option<i64>,
    /// Labels of nodes that targets get.
    pub attach_metadata: Option<AttachMetadata>,
    /// The scrape class of the Prometheus object whose settings apply.
    pub scrape_class: Option<String>,
    /// The largest answer, as bytes with a unit such as `50MB`.
    pub body_size_limit: Option<String>,
    /// `Endpoints` or `EndpointSlice`; what the Prometheus object says if there is none.
    pub service_discovery_role: Option<String>,
}

/// A port of a Service.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Endpoint {
    /// The port's name in the Service.
    pub port: Option<String>,
    /// The port's name or number in the pod; `port` wins.
    pub target_port: Option<IntOrString>,
    /// The path; `/metrics` if there is none.
    pub path: Option<String>,
    /// `http` (if there is none) or `https`.
    pub scheme: Option<String>,
    /// Query parameters.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, Vec<String>>,
    /// How often it is scraped, as a Prometheus duration; Prometheus' own if there is none.
    pub interval: Option<String>,
    /// How long one scrape may take; no longer than `interval`.
    pub scrape_timeout: Option<String>,
    /// Whether the answer's labels win over the target's.
    pub honor_labels: Option<bool>,
    /// Whether timestamps of the answer are kept.
    pub honor_timestamps: Option<bool>,
    /// Whether series with their own timestamps go stale too.
    pub track_timestamps_staleness: Option<bool>,
    /// How the connection is secured.
    pub tls_config: Option<TLSConfig>,
    /// A file of Prometheus' own with a token; given up for `authorization`.
    pub bearer_token_file: Option<String>,
    /// The Secret with a bearer token; excludes the other ways to authenticate.
    pub bearer_token_secret: Option<SecretKeySelector>,
    /// User name and password; excludes the other ways to authenticate.
    pub basic_auth: Option<BasicAuth>,
    /// An `Authorization` header; excludes the other ways to authenticate.
    pub authorization: Option<SafeAuthorization>,
    /// A token that is fetched for each client; excludes the other ways to authenticate.
    pub oauth2: Option<OAuth2>,
    /// Changes of the samples' labels before they are stored.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub metric_relabelings: Vec<RelabelConfig>,
    /// Changes of the target's labels before it is scraped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relabelings: Vec<RelabelConfig>,
    /// The proxy to go through.
    pub proxy_url: Option<String>,
    /// Hosts, addresses and ranges that need no proxy, with commas between.
    pub no_proxy: Option<String>,
    /// Takes the proxy from Prometheus' own environment.
    pub proxy_from_environment: Option<bool>,
    /// Headers that the proxy gets, from Secrets.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub proxy_connect_header: BTreeMap<String, Vec<SecretKeySelector>>,
    /// Whether redirects are followed; yes if there is none.
    pub follow_redirects: Option<bool>,
    /// Whether HTTP/2 may be used.
    pub enable_http2: Option<bool>,
    /// Leaves out pods that have ended; yes if there is none.
    pub filter_running: Option<bool>,
}

/// Namespaces to look in.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NamespaceSelector {
    /// All of them.
    pub any: Option<bool>,
    /// These.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub match_names: Vec<String>,
}

/// Labels of nodes that targets get.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AttachMetadata {
    /// Whether they do; Prometheus must be allowed to list nodes.
    pub node: Option<bool>,
}
