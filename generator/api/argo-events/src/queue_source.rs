//! Events of message brokers.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::SecretKeySelector;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{Backoff, BasicAuth, EventSourceFilter, NATSAuth, TLSConfig};

/// Messages of AMQP exchanges.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["exchangeType", "routingKey"])))]
pub struct AMQPEventSource {
    /// The broker's URL; either this or `urlSecret`.
    pub url: Option<String>,
    /// The Secret with the broker's URL; either this or `url`.
    pub url_secret: Option<SecretKeySelector>,
    /// The exchange.
    pub exchange_name: Option<String>,
    /// `direct`, `fanout`, `topic`, `headers` or a type of a plugin.
    #[serde(default)]
    pub exchange_type: String,
    /// Which messages of the exchange the queue gets.
    #[serde(default)]
    pub routing_key: String,
    /// How the exchange is declared; durable if there is none.
    pub exchange_declare: Option<AMQPExchangeDeclareConfig>,
    /// How the queue is declared; without it, one of the server's naming that only this pod reads and that goes with it.
    pub queue_declare: Option<AMQPQueueDeclareConfig>,
    /// How the queue is bound to the exchange.
    pub queue_bind: Option<AMQPQueueBindConfig>,
    /// How messages are taken from the queue; acknowledged on delivery if there is none.
    pub consume: Option<AMQPConsumeConfig>,
    /// User name and password, in place of those in the URL.
    pub auth: Option<BasicAuth>,
    /// How often, and after which pauses, it connects again.
    pub connection_backoff: Option<Backoff>,
    /// Which events reach the bus; all of them if there is none.
    pub filter: Option<EventSourceFilter>,
    /// Takes the body for JSON, so that filters and triggers can look into it; else it is base64 text.
    pub json_body: Option<bool>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// How the connection is secured; not at all if there is none.
    pub tls: Option<TLSConfig>,
}

/// How an AMQP exchange is declared.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AMQPExchangeDeclareConfig {
    /// Removes the exchange when nothing is bound to it any more.
    pub auto_delete: Option<bool>,
    /// Keeps the exchange over restarts of the server.
    pub durable: Option<bool>,
    /// Takes messages from other exchanges only.
    pub internal: Option<bool>,
    /// Does not wait for the server's answer.
    pub no_wait: Option<bool>,
}

/// How an AMQP queue is declared.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AMQPQueueDeclareConfig {
    /// The queue; named by the server if there is none.
    pub name: Option<String>,
    /// Further arguments (`x-…`) as YAML text.
    pub arguments: Option<String>,
    /// Removes the queue when nobody reads it any more.
    pub auto_delete: Option<bool>,
    /// Keeps the queue over restarts of the server.
    pub durable: Option<bool>,
    /// Only this connection may read the queue, and it goes with the connection.
    pub exclusive: Option<bool>,
    /// Does not wait for the server's answer.
    pub no_wait: Option<bool>,
}

/// How an AMQP queue is bound.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AMQPQueueBindConfig {
    /// Does not wait for the server's answer.
    pub no_wait: Option<bool>,
}

/// How AMQP messages are consumed.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AMQPConsumeConfig {
    /// The server counts a message as handled when it has sent it.
    pub auto_ack: Option<bool>,
    /// The consumer's name at the server.
    pub consumer_tag: Option<String>,
    /// Nobody else may read the queue.
    pub exclusive: Option<bool>,
    /// Leaves out messages of the same connection; RabbitMQ ignores it.
    pub no_local: Option<bool>,
    /// Does not wait for the server's answer.
    pub no_wait: Option<bool>,
}

/// Messages of Emitter channels.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["broker", "channelName", "channelKey"])))]
pub struct EmitterEventSource {
    /// The broker's URL.
    #[serde(default)]
    pub broker: String,
    /// The channel.
    #[serde(default)]
    pub channel_name: String,
    /// The key that opens the channel.
    #[serde(default)]
    pub channel_key: String,
    /// How often, and after which pauses, it connects again.
    pub connection_backoff: Option<Backoff>,
    /// Which events reach the bus; all of them if there is none.
    pub filter: Option<EventSourceFilter>,
    /// Takes the body for JSON, so that filters and triggers can look into it; else it is base64 text.
    pub json_body: Option<bool>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// The Secret with the password.
    pub password: Option<SecretKeySelector>,
    /// How the connection is secured; not at all if there is none.
    pub tls: Option<TLSConfig>,
    /// The Secret with the user name.
    pub username: Option<SecretKeySelector>,
}

/// Messages of MQTT topics.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["url", "topic", "clientId"])))]
pub struct MQTTEventSource {
    /// The broker's URL.
    #[serde(default)]
    pub url: String,
    /// The topic; `+` and `#` are wildcards.
    #[serde(default)]
    pub topic: String,
    /// The client's name at the broker; no two connections may share one.
    #[serde(default)]
    pub client_id: String,
    /// User name and password.
    pub auth: Option<BasicAuth>,
    /// How often, and after which pauses, it connects again.
    pub connection_backoff: Option<Backoff>,
    /// Which events reach the bus; all of them if there is none.
    pub filter: Option<EventSourceFilter>,
    /// Takes the body for JSON, so that filters and triggers can look into it; else it is base64 text.
    pub json_body: Option<bool>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// How the connection is secured; not at all if there is none.
    pub tls: Option<TLSConfig>,
}

/// Messages of NATS subjects.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["url", "subject"])))]
pub struct NATSEventsSource {
    /// The server's URL.
    #[serde(default)]
    pub url: String,
    /// The subject; `*` and `>` are wildcards.
    #[serde(default)]
    pub subject: String,
    /// The queue group; a message goes to one of its members only. Without it every pod gets each message.
    pub queue: Option<String>,
    /// How it is authenticated; not at all if there is none.
    pub auth: Option<NATSAuth>,
    /// How often, and after which pauses, it connects again.
    pub connection_backoff: Option<Backoff>,
    /// Which events reach the bus; all of them if there is none.
    pub filter: Option<EventSourceFilter>,
    /// Takes the body for JSON, so that filters and triggers can look into it; else it is base64 text.
    pub json_body: Option<bool>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// How the connection is secured; not at all if there is none.
    pub tls: Option<TLSConfig>,
}

/// Messages of NSQ topics.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["hostAddress", "topic", "channel"])))]
pub struct NSQEventSource {
    /// Host and port of the lookup service.
    #[serde(default)]
    pub host_address: String,
    /// The topic.
    #[serde(default)]
    pub topic: String,
    /// The channel; readers of one share its messages.
    #[serde(default)]
    pub channel: String,
    /// How often, and after which pauses, it connects again.
    pub connection_backoff: Option<Backoff>,
    /// Which events reach the bus; all of them if there is none.
    pub filter: Option<EventSourceFilter>,
    /// Takes the body for JSON, so that filters and triggers can look into it; else it is base64 text.
    pub json_body: Option<bool>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// How the connection is secured; not at all if there is none.
    pub tls: Option<TLSConfig>,
}
