//! Steps, DAGs and what runs before, after and around a template.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::IntOrString;
use luban_api_core::k8s_openapi::api::core::v1::{ConfigMapKeySelector, LocalObjectReference};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{Amount, Arguments, Item, Template};

/// One step of a `steps` template.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkflowStep {
    pub name: Option<String>,
    /// A template of the same workflow.
    pub template: Option<String>,
    /// A template of another object.
    pub template_ref: Option<TemplateRef>,
    /// A template in place.
    pub inline: Option<Box<Template>>,
    /// Values for the inputs.
    pub arguments: Option<Arguments>,
    /// An expression that must be true for the step to run.
    pub when: Option<String>,
    /// Repeats it for each element.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with_items: Vec<Item>,
    /// Repeats it for each element of a JSON list, which may be another step's result.
    pub with_param: Option<String>,
    /// Repeats it for each number.
    pub with_sequence: Option<Sequence>,
    pub continue_on: Option<ContinueOn>,
    /// Templates that run at events of the step's life.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hooks: BTreeMap<String, LifecycleHook>,
    /// The template that runs at the end, whatever happened.
    pub on_exit: Option<String>,
}

/// Tasks and what they depend on.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DAGTemplate {
    /// The tasks that are wanted, with all they depend on.
    pub target: Option<String>,
    /// Whether one failure stops the rest.
    pub fail_fast: Option<bool>,
    /// What runs, each when what it needs is done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<DAGTask>,
}

/// One task of a DAG.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DAGTask {
    pub name: String,
    /// A template of the same workflow.
    pub template: Option<String>,
    /// A template of another object.
    pub template_ref: Option<TemplateRef>,
    /// A template in place.
    pub inline: Option<Box<Template>>,
    /// Values for the inputs.
    pub arguments: Option<Arguments>,
    /// An expression over other tasks' outcomes, such as `a.Succeeded && b.Failed`.
    pub depends: Option<String>,
    /// Tasks that must succeed first; `depends` says the same and more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dependencies: Vec<String>,
    /// An expression that must be true for the task to run.
    pub when: Option<String>,
    /// Repeats it for each element.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with_items: Vec<Item>,
    /// Repeats it for each element of a JSON list, which may be another step's result.
    pub with_param: Option<String>,
    /// Repeats it for each number.
    pub with_sequence: Option<Sequence>,
    pub continue_on: Option<ContinueOn>,
    /// Templates that run at events of the task's life.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hooks: BTreeMap<String, LifecycleHook>,
    /// The template that runs at the end, whatever happened.
    pub on_exit: Option<String>,
}

/// A template of another object.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TemplateRef {
    /// The WorkflowTemplate or ClusterWorkflowTemplate.
    pub name: Option<String>,
    /// The template inside it.
    pub template: Option<String>,
    /// Whether it is a ClusterWorkflowTemplate.
    pub cluster_scope: Option<bool>,
}

/// After which outcomes of this step the workflow goes on.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ContinueOn {
    pub error: Option<bool>,
    pub failed: Option<bool>,
}

/// A range of numbers to repeat a step for.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sequence {
    pub count: Option<IntOrString>,
    pub start: Option<IntOrString>,
    pub end: Option<IntOrString>,
    pub format: Option<String>,
}

/// A template that runs when an expression becomes true.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LifecycleHook {
    pub template: Option<String>,
    /// A template of another object.
    pub template_ref: Option<TemplateRef>,
    /// Values for the inputs.
    pub arguments: Option<Arguments>,
    /// When it runs; for `exit` there is none.
    pub expression: Option<String>,
}

/// When and how often a failed template is tried again.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RetryStrategy {
    /// The number of further attempts.
    pub limit: Option<IntOrString>,
    /// `Always`, `OnFailure`, `OnError` or `OnTransientError`.
    pub retry_policy: Option<String>,
    /// How long to wait between attempts.
    pub backoff: Option<Backoff>,
    /// An expression over the last attempt that must be true for the next.
    pub expression: Option<String>,
    /// Which nodes, and which pods' company, its pods seek or avoid.
    pub affinity: Option<RetryAffinity>,
}

/// How long to wait between attempts.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Backoff {
    /// The first pause, as a Go duration or in seconds.
    pub duration: Option<String>,
    /// What each further pause is multiplied by.
    pub factor: Option<IntOrString>,
    /// The longest time that all attempts may take.
    pub max_duration: Option<String>,
    /// The longest pause.
    pub cap: Option<String>,
}

/// Where an attempt may run.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RetryAffinity {
    pub node_anti_affinity: Option<RetryNodeAntiAffinity>,
}

/// On another node than the attempt before.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RetryNodeAntiAffinity {}

/// Reuses the outputs of an earlier run with the same key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Memoize {
    /// Same key, same outputs.
    pub key: String,
    pub cache: Cache,
    /// How old outputs may be, as a Go duration.
    pub max_age: String,
}

/// Where memoized outputs are kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cache {
    pub config_map: LocalObjectReference,
}

/// Locks that are held while a workflow or template runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Synchronization {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub semaphores: Vec<SemaphoreRef>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mutexes: Vec<Mutex>,
}

/// A lock for a number of holders.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SemaphoreRef {
    /// The ConfigMap key with the number of holders.
    pub config_map_key_ref: Option<ConfigMapKeySelector>,
    pub database: Option<SyncDatabaseRef>,
    pub namespace: Option<String>,
}

/// A lock kept in the controller's database.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SyncDatabaseRef {
    pub key: String,
}

/// A lock for one holder.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mutex {
    pub name: Option<String>,
    pub namespace: Option<String>,
    pub database: Option<bool>,
}

/// Prometheus metrics that a workflow or template emits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Metrics {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prometheus: Vec<Prometheus>,
}

/// One metric.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Prometheus {
    pub name: String,
    /// What the metric says.
    pub help: String,
    /// An expression that must be true for the metric to be emitted.
    pub when: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<MetricLabel>,
    pub counter: Option<Counter>,
    pub gauge: Option<Gauge>,
    pub histogram: Option<Histogram>,
}

/// A label of a metric.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MetricLabel {
    pub key: String,
    pub value: String,
}

/// A metric that only grows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Counter {
    pub value: String,
}

/// A metric that goes up and down.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Gauge {
    pub value: String,
    /// Emits while the template runs; else when it ends.
    pub realtime: Option<bool>,
    /// `Set`, `Add` or `Sub`.
    pub operation: Option<String>,
}

/// A metric that counts into buckets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Histogram {
    pub value: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buckets: Vec<Amount>,
}
