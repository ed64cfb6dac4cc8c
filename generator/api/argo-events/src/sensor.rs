//! Sensors: what happens at which events.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    Backoff, EventDependencyFilter, SensorStatus, Template, TriggerParameter, TriggerTemplate,
};

/// Waits for events and starts triggers.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct Sensor {
    /// Always `argoproj.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<Sensor>,
    /// Always `Sensor`.
    #[serde(default)]
    pub kind: Kind<Sensor>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// The events waited for and the triggers started.
    #[serde(default)]
    pub spec: SensorSpec,
    /// What the controller reports: whether dependencies and triggers are valid and the pods are deployed.
    pub status: Option<SensorStatus>,
}

resource!(Sensor, group: "argoproj.io", version: "v1alpha1", plural: "sensors", scope: namespaced);

/// The events waited for and the triggers started.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["dependencies", "triggers"])))]
pub struct SensorSpec {
    /// The EventBus of the namespace that the events are on; `default` if there is none.
    pub event_bus_name: Option<String>,
    /// Events that are waited for, by names that conditions and triggers use.
    #[serde(default)]
    pub dependencies: Vec<EventDependency>,
    /// What starts when the events are there.
    #[serde(default)]
    pub triggers: Vec<Trigger>,
    /// The pod that waits and starts triggers.
    pub template: Option<Template>,
    /// How many pods there are, of which one is active; 1 if there is none.
    pub replicas: Option<i32>,
    /// How many old versions of the Deployment are kept.
    pub revision_history_limit: Option<i32>,
    /// Handles no further event after a trigger has failed.
    pub error_on_failed_round: Option<bool>,
    /// Further fields of each log line.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub logging_fields: BTreeMap<String, String>,
}

/// An event of an EventSource, by name.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "eventSourceName", "eventName"])))]
pub struct EventDependency {
    /// The name by which conditions and triggers refer to the event. It stands in expressions: begin it with a letter.
    #[serde(default)]
    pub name: String,
    /// The EventSource, in the Sensor's namespace.
    #[serde(default)]
    pub event_source_name: String,
    /// The event of that EventSource.
    #[serde(default)]
    pub event_name: String,
    /// Which of the events count; all of them if there is none.
    pub filters: Option<EventDependencyFilter>,
    /// `and` (if there is none) or `or` between filters of different types.
    pub filters_logical_operator: Option<String>,
    /// Changes the event before it is filtered and used.
    pub transform: Option<EventDependencyTransformer>,
}

/// Changes an event before it is used: by one of these.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EventDependencyTransformer {
    /// A jq program whose result is the new data.
    pub jq: Option<String>,
    /// A Lua program that changes `event` and returns it.
    pub script: Option<String>,
}

/// What is started, how often and with which values of the event.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Trigger {
    /// The action.
    pub template: Option<TriggerTemplate>,
    /// Values of the event, put into `template` itself before it runs, such as the source of a manifest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<TriggerParameter>,
    /// When the action counts as done; as soon as it is accepted if there is none.
    pub policy: Option<TriggerPolicy>,
    /// How often it is tried again, and after which pauses; not at all if there is none.
    pub retry_strategy: Option<Backoff>,
    /// How often it may start; more wait.
    pub rate_limit: Option<RateLimit>,
    /// Acknowledges the event only when the action is done, so that it may start twice; else before, and it may not start at all.
    pub at_least_once: Option<bool>,
    /// What starts when all attempts have failed; needs `atLeastOnce` here and there.
    pub dlq_trigger: Option<Box<Trigger>>,
}

/// How often a trigger may start.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RateLimit {
    /// `Second` (if there is none), `Minute` or `Hour`.
    pub unit: Option<String>,
    /// Starts in each unit of time.
    pub requests_per_unit: Option<i32>,
}

/// When a trigger counts as done.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TriggerPolicy {
    /// By labels of the object that was created.
    pub k8s: Option<K8SResourcePolicy>,
    /// By the HTTP status of the answer.
    pub status: Option<StatusPolicy>,
}

/// An object's labels that show success.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["backoff"])))]
pub struct K8SResourcePolicy {
    /// Labels the object must get, with their values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// How often, and after which pauses, the object is looked at.
    #[serde(default)]
    pub backoff: Backoff,
    /// Lets the trigger fail if the labels are not there in time; else it counts as done.
    pub error_on_backoff_timeout: Option<bool>,
}

/// HTTP statuses that show success.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["allow"])))]
pub struct StatusPolicy {
    /// Statuses that count as success; any other is a failure.
    #[serde(default)]
    pub allow: Vec<i32>,
}
