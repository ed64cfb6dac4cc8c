//! Sensors: what happens at which events.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::{ApiVersion, Kind, ObjectMeta, Time, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{Amount, Int64OrString, Template, TriggerTemplate};

/// Waits for events and starts triggers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sensor {
    /// Always `argoproj.io/v1alpha1`.
    pub api_version: ApiVersion<Sensor>,
    /// Always `Sensor`.
    pub kind: Kind<Sensor>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: SensorSpec,
}

resource!(Sensor, group: "argoproj.io", version: "v1alpha1", plural: "sensors", scope: namespaced);

/// The events waited for and the triggers started.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SensorSpec {
    /// The EventBus; `default` if there is none.
    pub event_bus_name: Option<String>,
    /// Events that are waited for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dependencies: Vec<EventDependency>,
    /// What starts when they are there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub triggers: Vec<Trigger>,
    /// The pod that waits.
    pub template: Option<Template>,
    pub replicas: Option<i32>,
    /// How many old versions are kept.
    pub revision_history_limit: Option<i32>,
    pub error_on_failed_round: Option<bool>,
    /// Further fields of each log line.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub logging_fields: BTreeMap<String, String>,
}

/// An event of an EventSource, by name.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventDependency {
    pub name: String,
    pub event_source_name: String,
    /// The name of the event in its EventSource.
    pub event_name: String,
    pub filters: Option<EventDependencyFilter>,
    /// `and` or `or` between filters of different types.
    pub filters_logical_operator: Option<String>,
    pub transform: Option<EventDependencyTransformer>,
}

/// Which events of a dependency count.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventDependencyFilter {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub data: Vec<DataFilter>,
    pub data_logical_operator: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exprs: Vec<ExprFilter>,
    pub expr_logical_operator: Option<String>,
    /// A program in the object itself.
    pub script: Option<String>,
    pub context: Option<EventContext>,
    pub time: Option<TimeFilter>,
}

/// Changes an event before it is used.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventDependencyTransformer {
    pub jq: Option<String>,
    /// A program in the object itself.
    pub script: Option<String>,
}

/// A condition on one value of the event's data.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DataFilter {
    /// A path into the event, as gjson writes it.
    pub path: String,
    /// `string`, `number` or `bool`.
    pub type_: String,
    /// Values of which one must match; regular expressions if the type is `string`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub value: Vec<String>,
    /// `=`, `!=`, `<`, `<=`, `>`, `>=`.
    pub comparator: Option<String>,
    pub template: Option<String>,
}

/// A condition as an expression over values of the event.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExprFilter {
    pub expr: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<PayloadField>,
}

/// A value of the event, and its name in an expression.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PayloadField {
    pub path: String,
    pub name: String,
}

/// A time of day.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TimeFilter {
    pub start: String,
    pub stop: String,
    pub timezone: Option<String>,
}

/// What the event says of itself, as CloudEvents name it.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventContext {
    pub id: Option<String>,
    pub source: Option<String>,
    pub specversion: Option<String>,
    pub type_: Option<String>,
    pub datacontenttype: Option<String>,
    pub subject: Option<String>,
    pub time: Option<Time>,
}

/// What is started, how often and with which values of the event.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Trigger {
    /// The action.
    pub template: Option<TriggerTemplate>,
    /// Values of the event, put into the action itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<TriggerParameter>,
    pub policy: Option<TriggerPolicy>,
    /// When and how often it is tried again.
    pub retry_strategy: Option<Backoff>,
    pub rate_limit: Option<RateLimit>,
    /// Starts again after a failure, perhaps twice.
    pub at_least_once: Option<bool>,
    /// What starts when all attempts have failed.
    pub dlq_trigger: Option<Box<Trigger>>,
}

/// A value of the event, and where it goes.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TriggerParameter {
    pub src: Option<TriggerParameterSource>,
    /// The field that gets the value, as sjson writes it: `spec.arguments.parameters.0.value`.
    pub dest: String,
    /// `overwrite` (if there is none), `append` or `prepend`.
    pub operation: Option<String>,
}

/// Where in which event a value is.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TriggerParameterSource {
    pub dependency_name: String,
    /// A field of the event's context.
    pub context_key: Option<String>,
    /// A Go template over the event's context.
    pub context_template: Option<String>,
    /// A path into the event's data.
    pub data_key: Option<String>,
    /// A Go template over the event; its result wins over `dataKey`, unless it is empty.
    pub data_template: Option<String>,
    /// Keeps numbers, lists and objects; else the value becomes text.
    pub use_raw_data: Option<bool>,
    /// The value where the event has none.
    pub value: Option<String>,
}

/// When a trigger counts as done.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TriggerPolicy {
    pub k8s: Option<K8SResourcePolicy>,
    pub status: Option<StatusPolicy>,
}

/// An object's labels that show success.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct K8SResourcePolicy {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// How long to wait between attempts.
    pub backoff: Option<Backoff>,
    pub error_on_backoff_timeout: Option<bool>,
}

/// HTTP statuses that show success.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusPolicy {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allow: Vec<i32>,
}

/// How often a trigger may start.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RateLimit {
    /// `Second`, `Minute` or `Hour`.
    pub unit: Option<String>,
    pub requests_per_unit: Option<i32>,
}

/// How long to wait between attempts.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Backoff {
    pub duration: Option<Int64OrString>,
    pub factor: Option<Amount>,
    pub jitter: Option<Amount>,
    pub steps: Option<i32>,
}

/// When half-met conditions are forgotten.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConditionsResetCriteria {
    pub by_time: Option<ConditionsResetByTime>,
}

/// Forgets half-met conditions on a schedule.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConditionsResetByTime {
    pub cron: Option<String>,
    pub timezone: Option<String>,
}
