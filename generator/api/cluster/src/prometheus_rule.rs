//! Prometheus Operator: what is alerted on.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::{ApiVersion, IntOrString, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::ConfigResourceStatus;

/// Alerts and recorded series.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct PrometheusRule {
    /// Always `monitoring.coreos.com/v1`.
    #[serde(default)]
    pub api_version: ApiVersion<PrometheusRule>,
    /// Always `PrometheusRule`.
    #[serde(default)]
    pub kind: Kind<PrometheusRule>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// The rules.
    #[serde(default)]
    pub spec: PrometheusRuleSpec,
    /// Who has taken them up.
    pub status: Option<ConfigResourceStatus>,
}

resource!(PrometheusRule, group: "monitoring.coreos.com", version: "v1", plural: "prometheusrules", scope: namespaced);

/// Groups of rules.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PrometheusRuleSpec {
    /// Groups, each evaluated for itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<RuleGroup>,
}

/// Rules that are evaluated together, in order.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct RuleGroup {
    /// Its name, unique in the object.
    #[serde(default)]
    pub name: String,
    /// Labels of what its rules make; a rule's own win.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// How often it is evaluated, as a Prometheus duration.
    pub interval: Option<String>,
    /// How far in the past it looks, as a Prometheus duration.
    #[serde(rename = "query_offset")]
    pub query_offset: Option<String>,
    /// The rules, one after another.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// `warn` or `abort`; only Thanos reads it.
    #[serde(rename = "partial_response_strategy")]
    pub partial_response_strategy: Option<String>,
    /// The most alerts or series that one rule may make; `0` for no limit.
    pub limit: Option<i64>,
}

/// An alert or a recorded series: exactly one of `alert` and `record`.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["expr"])))]
pub struct Rule {
    /// The alert's name.
    pub alert: Option<String>,
    /// The series' name.
    pub record: Option<String>,
    /// PromQL.
    #[serde(default)]
    pub expr: IntOrString,
    /// How long it must hold before the alert fires, as a Prometheus duration.
    pub for_: Option<String>,
    /// How long the alert goes on after it holds no more, as a Prometheus duration.
    #[serde(rename = "keep_firing_for")]
    pub keep_firing_for: Option<String>,
    /// Labels of the alert or series.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// Texts of the alert, as Go templates; not for series.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
}
