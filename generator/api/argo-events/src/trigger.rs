//! Triggers: the action, and the values it gets of events.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    AWSLambdaTrigger, ArgoWorkflowTrigger, AzureEventHubsTrigger, AzureServiceBusTrigger,
    CustomTrigger, EmailTrigger, HTTPTrigger, KafkaTrigger, LogTrigger, NATSTrigger,
    OpenWhiskTrigger, PulsarTrigger, SlackTrigger, StandardK8STrigger,
};

/// One action: exactly one of the trigger types.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct TriggerTemplate {
    /// The trigger's name, unique in its Sensor.
    #[serde(default)]
    pub name: String,
    /// An expression over dependencies, such as `a && (b || c)`; all of them if there is none.
    pub conditions: Option<String>,
    /// When conditions that are met in part are forgotten.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions_reset: Vec<ConditionsResetCriteria>,
    /// Works on a Kubernetes object.
    pub k8s: Option<StandardK8STrigger>,
    /// Submits a workflow or works on one.
    pub argo_workflow: Option<ArgoWorkflowTrigger>,
    /// Sends an HTTP request.
    pub http: Option<HTTPTrigger>,
    /// Writes the event to the Sensor's log.
    pub log: Option<LogTrigger>,
    /// Calls an AWS Lambda function.
    pub aws_lambda: Option<AWSLambdaTrigger>,
    /// Sends an Azure Event Hubs message.
    pub azure_event_hubs: Option<AzureEventHubsTrigger>,
    /// Sends an Azure Service Bus message.
    pub azure_service_bus: Option<AzureServiceBusTrigger>,
    /// Calls a gRPC service of one's own.
    pub custom: Option<CustomTrigger>,
    /// Sends an e-mail.
    pub email: Option<EmailTrigger>,
    /// Sends a Kafka message.
    pub kafka: Option<KafkaTrigger>,
    /// Sends a NATS message.
    pub nats: Option<NATSTrigger>,
    /// Calls an OpenWhisk action.
    pub open_whisk: Option<OpenWhiskTrigger>,
    /// Sends a Pulsar message.
    pub pulsar: Option<PulsarTrigger>,
    /// Sends a Slack message.
    pub slack: Option<SlackTrigger>,
}

/// When conditions that are met in part are forgotten.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ConditionsResetCriteria {
    /// On a schedule.
    pub by_time: Option<ConditionsResetByTime>,
}

/// Forgets conditions that are met in part on a schedule.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ConditionsResetByTime {
    /// A cron expression of five fields.
    pub cron: Option<String>,
    /// The time zone of the schedule, such as `Europe/Berlin`; UTC if there is none.
    pub timezone: Option<String>,
}

/// A value of the event, and where it goes.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["dest"])))]
pub struct TriggerParameter {
    /// Where the value comes from.
    pub src: Option<TriggerParameterSource>,
    /// The field that gets the value, as sjson writes paths: `spec.arguments.parameters.0.value`; `-1` appends to a list.
    #[serde(default)]
    pub dest: String,
    /// What becomes of a value that is there: `overwrite` (if there is none), `append` or `prepend`.
    pub operation: Option<String>,
}

/// Where in which event a value is.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["dependencyName"])))]
pub struct TriggerParameterSource {
    /// The dependency whose event it is.
    #[serde(default)]
    pub dependency_name: String,
    /// A field of the event's context, such as `subject`.
    pub context_key: Option<String>,
    /// A Go template, with Sprig, over the event's context as `.Input`; its result wins over `contextKey`.
    pub context_template: Option<String>,
    /// A path into the event's data, as gjson writes paths.
    pub data_key: Option<String>,
    /// A Go template, with Sprig, over the event's data as `.Input`; wins over `dataKey`, unless its result is empty.
    pub data_template: Option<String>,
    /// Keeps numbers, booleans, lists and mappings as they are; else the value becomes text.
    pub use_raw_data: Option<bool>,
    /// The value where the event has none; without it the trigger fails.
    pub value: Option<String>,
}
