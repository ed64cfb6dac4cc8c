//! What the controller reports.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::Time;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{JetStreamConfig, KafkaBus, NATSConfig};

/// What the controller reports of an EventSource.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EventSourceStatus {
    /// `SourcesProvided` (the spec is valid) and `Deployed`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
}

/// What the controller reports of a Sensor.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SensorStatus {
    /// `DependenciesProvided` and `TriggersProvided` (the spec is valid), and `Deployed`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
}

/// What the controller reports of an EventBus.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EventBusStatus {
    /// `Deployed` and `Configured`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// How clients reach the bus.
    pub config: Option<BusConfig>,
}

/// How clients reach the bus: one of these.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BusConfig {
    /// NATS JetStream.
    pub jetstream: Option<JetStreamConfig>,
    /// NATS Streaming.
    pub nats: Option<NATSConfig>,
    /// Kafka.
    pub kafka: Option<KafkaBus>,
}

/// One thing the controller reports.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["type", "status"])))]
pub struct Condition {
    /// What it is about.
    #[serde(default)]
    pub type_: String,
    /// `True`, `False` or `Unknown`.
    #[serde(default)]
    pub status: String,
    /// When `status` last changed.
    pub last_transition_time: Option<Time>,
    /// Why, in one word for programs.
    pub reason: Option<String>,
    /// Why, in words for people.
    pub message: Option<String>,
}
