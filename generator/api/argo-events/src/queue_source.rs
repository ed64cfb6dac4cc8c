//! Events of message queues and streams.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::SecretKeySelector;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{Backoff, BasicAuth, EventSourceFilter, SASLConfig, TLSConfig};

/// Messages of Kafka topics.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KafkaEventSource {
    pub url: Option<String>,
    pub topic: Option<String>,
    pub partition: Option<String>,
    pub consumer_group: Option<KafkaConsumerGroup>,
    pub aws_msk_iam_auth: Option<AWSMSKIAMConfig>,
    pub config: Option<String>,
    /// How long to wait before connecting again.
    pub connection_backoff: Option<Backoff>,
    /// Which events count.
    pub filter: Option<EventSourceFilter>,
    /// Whether the message is JSON, to be read by key.
    pub json_body: Option<bool>,
    pub limit_events_per_second: Option<i64>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    pub sasl: Option<SASLConfig>,
    pub schema_registry: Option<SchemaRegistryConfig>,
    /// Certificates of the connection.
    pub tls: Option<TLSConfig>,
    pub version: Option<String>,
}

/// A group of consumers that share a topic.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KafkaConsumerGroup {
    pub group_name: Option<String>,
    pub oldest: Option<bool>,
    pub rebalance_strategy: Option<String>,
}

/// A registry of message schemas.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SchemaRegistryConfig {
    pub url: String,
    pub schema_id: Option<i32>,
    pub auth: Option<BasicAuth>,
}

/// Access to Amazon MSK by IAM.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AWSMSKIAMConfig {
    pub region: Option<String>,
}

/// Messages of NATS subjects.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NATSEventsSource {
    pub url: String,
    pub subject: String,
    pub queue: Option<String>,
    pub auth: Option<NATSAuth>,
    /// How long to wait before connecting again.
    pub connection_backoff: Option<Backoff>,
    /// Which events count.
    pub filter: Option<EventSourceFilter>,
    /// Whether the message is JSON, to be read by key.
    pub json_body: Option<bool>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// Certificates of the connection.
    pub tls: Option<TLSConfig>,
}

/// How NATS is authenticated to.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NATSAuth {
    pub basic: Option<BasicAuth>,
    pub token: Option<SecretKeySelector>,
    pub nkey: Option<SecretKeySelector>,
    pub credential: Option<SecretKeySelector>,
}

/// Messages of AMQP exchanges.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AMQPEventSource {
    pub url: Option<String>,
    pub url_secret: Option<SecretKeySelector>,
    pub exchange_name: Option<String>,
    pub exchange_type: Option<String>,
    pub routing_key: Option<String>,
    pub auth: Option<BasicAuth>,
    /// How long to wait before connecting again.
    pub connection_backoff: Option<Backoff>,
    pub consume: Option<AMQPConsumeConfig>,
    pub exchange_declare: Option<AMQPExchangeDeclareConfig>,
    /// Which events count.
    pub filter: Option<EventSourceFilter>,
    /// Whether the message is JSON, to be read by key.
    pub json_body: Option<bool>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    pub queue_bind: Option<AMQPQueueBindConfig>,
    pub queue_declare: Option<AMQPQueueDeclareConfig>,
    /// Certificates of the connection.
    pub tls: Option<TLSConfig>,
}

/// How an AMQP exchange is declared.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AMQPExchangeDeclareConfig {
    pub auto_delete: Option<bool>,
    pub durable: Option<bool>,
    pub internal: Option<bool>,
    pub no_wait: Option<bool>,
}

/// How an AMQP queue is declared.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AMQPQueueDeclareConfig {
    pub name: Option<String>,
    /// Values for the inputs.
    pub arguments: Option<String>,
    pub auto_delete: Option<bool>,
    pub durable: Option<bool>,
    pub exclusive: Option<bool>,
    pub no_wait: Option<bool>,
}

/// How an AMQP queue is bound.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AMQPQueueBindConfig {
    pub no_wait: Option<bool>,
}

/// How AMQP messages are consumed.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AMQPConsumeConfig {
    pub auto_ack: Option<bool>,
    pub consumer_tag: Option<String>,
    pub exclusive: Option<bool>,
    pub no_local: Option<bool>,
    pub no_wait: Option<bool>,
}

/// Messages of MQTT topics.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MQTTEventSource {
    pub url: String,
    pub topic: Option<String>,
    pub client_id: String,
    pub auth: Option<BasicAuth>,
    /// How long to wait before connecting again.
    pub connection_backoff: Option<Backoff>,
    /// Which events count.
    pub filter: Option<EventSourceFilter>,
    /// Whether the message is JSON, to be read by key.
    pub json_body: Option<bool>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// Certificates of the connection.
    pub tls: Option<TLSConfig>,
}

/// Messages of NSQ topics.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NSQEventSource {
    pub host_address: String,
    pub topic: String,
    pub channel: String,
    /// How long to wait before connecting again.
    pub connection_backoff: Option<Backoff>,
    /// Which events count.
    pub filter: Option<EventSourceFilter>,
    /// Whether the message is JSON, to be read by key.
    pub json_body: Option<bool>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// Certificates of the connection.
    pub tls: Option<TLSConfig>,
}

/// Messages of Pulsar topics.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PulsarEventSource {
    pub url: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
    pub type_: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub auth_athenz_params: BTreeMap<String, String>,
    pub auth_athenz_secret: Option<SecretKeySelector>,
    pub auth_token_secret: Option<SecretKeySelector>,
    /// How long to wait before connecting again.
    pub connection_backoff: Option<Backoff>,
    /// Which events count.
    pub filter: Option<EventSourceFilter>,
    /// Whether the message is JSON, to be read by key.
    pub json_body: Option<bool>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// Certificates of the connection.
    pub tls: Option<TLSConfig>,
    pub tls_allow_insecure_connection: Option<bool>,
    pub tls_trust_certs_secret: Option<SecretKeySelector>,
    pub tls_validate_hostname: Option<bool>,
}

/// Messages of Redis channels.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RedisEventSource {
    pub host_address: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<String>,
    pub username: Option<String>,
    pub password: Option<SecretKeySelector>,
    pub db: Option<i32>,
    /// Which events count.
    pub filter: Option<EventSourceFilter>,
    /// Whether the message is JSON, to be read by key.
    pub json_body: Option<bool>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    pub namespace: Option<String>,
    /// Certificates of the connection.
    pub tls: Option<TLSConfig>,
}

/// Entries of Redis streams.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RedisStreamEventSource {
    pub host_address: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub streams: Vec<String>,
    pub consumer_group: Option<String>,
    pub max_msg_count_per_read: Option<i32>,
    pub db: Option<i64>,
    /// Which events count.
    pub filter: Option<EventSourceFilter>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    pub password: Option<SecretKeySelector>,
    /// Certificates of the connection.
    pub tls: Option<TLSConfig>,
    pub username: Option<String>,
}

/// Messages of Emitter channels.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EmitterEventSource {
    pub broker: String,
    pub channel_name: String,
    pub channel_key: String,
    /// How long to wait before connecting again.
    pub connection_backoff: Option<Backoff>,
    /// Which events count.
    pub filter: Option<EventSourceFilter>,
    /// Whether the message is JSON, to be read by key.
    pub json_body: Option<bool>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    pub password: Option<SecretKeySelector>,
    /// Certificates of the connection.
    pub tls: Option<TLSConfig>,
    pub username: Option<SecretKeySelector>,
}
