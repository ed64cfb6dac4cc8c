//! Events of streams.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::SecretKeySelector;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    AWSMSKIAMConfig, Backoff, EventSourceFilter, KafkaConsumerGroup, SASLConfig,
    SchemaRegistryConfig, TLSConfig,
};

/// Messages of Kafka topics.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["url", "topic"])))]
pub struct KafkaEventSource {
    /// Addresses of brokers, with commas between.
    #[serde(default)]
    pub url: String,
    /// The topic.
    #[serde(default)]
    pub topic: String,
    /// The one partition that is read, as text; not together with `consumerGroup`.
    pub partition: Option<String>,
    /// The group that shares all partitions among its pods.
    pub consumer_group: Option<KafkaConsumerGroup>,
    /// The most messages that are read in a second.
    pub limit_events_per_second: Option<i64>,
    /// Kafka's version, such as `3.7.0`; `1.0.0` if there is none.
    pub version: Option<String>,
    /// Further settings of the Kafka client (Sarama), as YAML text.
    pub config: Option<String>,
    /// Authenticates by the AWS identity of the pod; switches TLS on and `sasl` off.
    pub aws_msk_iam_auth: Option<AWSMSKIAMConfig>,
    /// How often, and after which pauses, it connects again.
    pub connection_backoff: Option<Backoff>,
    /// Which events reach the bus; all of them if there is none.
    pub filter: Option<EventSourceFilter>,
    /// Takes the body for JSON, so that filters and triggers can look into it; else it is base64 text.
    pub json_body: Option<bool>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// How it is authenticated by SASL.
    pub sasl: Option<SASLConfig>,
    /// The registry with the Avro schema that messages are decoded with.
    pub schema_registry: Option<SchemaRegistryConfig>,
    /// How the connection is secured; not at all if there is none.
    pub tls: Option<TLSConfig>,
}

/// Messages of Pulsar topics.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["url", "topics"])))]
pub struct PulsarEventSource {
    /// The service's URL, `pulsar://…` or `pulsar+ssl://…`.
    #[serde(default)]
    pub url: String,
    /// The topics.
    #[serde(default)]
    pub topics: Vec<String>,
    /// The subscription: `exclusive` (if there is none) or `shared`.
    pub type_: Option<String>,
    /// Parameters of Athenz; with them `authAthenzSecret`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub auth_athenz_params: BTreeMap<String, String>,
    /// The Secret with Athenz's private key.
    pub auth_athenz_secret: Option<SecretKeySelector>,
    /// The Secret with a token; either this or Athenz.
    pub auth_token_secret: Option<SecretKeySelector>,
    /// How often, and after which pauses, it connects again.
    pub connection_backoff: Option<Backoff>,
    /// Which events reach the bus; all of them if there is none.
    pub filter: Option<EventSourceFilter>,
    /// Takes the body for JSON, so that filters and triggers can look into it; else it is base64 text.
    pub json_body: Option<bool>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// The client's certificate.
    pub tls: Option<TLSConfig>,
    /// Trusts any certificate.
    pub tls_allow_insecure_connection: Option<bool>,
    /// The Secret with the certificates that are trusted.
    pub tls_trust_certs_secret: Option<SecretKeySelector>,
    /// Checks that the certificate is the host's.
    pub tls_validate_hostname: Option<bool>,
}

/// Messages of Redis channels.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["hostAddress", "channels"])))]
pub struct RedisEventSource {
    /// Host and port of the server.
    #[serde(default)]
    pub host_address: String,
    /// The channels.
    #[serde(default)]
    pub channels: Vec<String>,
    /// The user's name; not needed without access lists.
    pub username: Option<String>,
    /// The Secret with the password.
    pub password: Option<SecretKeySelector>,
    /// The number of the database; 0 if there is none.
    pub db: Option<i32>,
    /// Which events reach the bus; all of them if there is none.
    pub filter: Option<EventSourceFilter>,
    /// Takes the body for JSON, so that filters and triggers can look into it; else it is base64 text.
    pub json_body: Option<bool>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// Not used: the Secret with the password is in the EventSource's own namespace.
    pub namespace: Option<String>,
    /// How the connection is secured; not at all if there is none.
    pub tls: Option<TLSConfig>,
}

/// Entries of Redis streams.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["hostAddress", "streams"])))]
pub struct RedisStreamEventSource {
    /// Host and port of the server.
    #[serde(default)]
    pub host_address: String,
    /// The streams.
    #[serde(default)]
    pub streams: Vec<String>,
    /// The group that reads them all, made if there is none; `argo-events-cg` if not named.
    pub consumer_group: Option<String>,
    /// The most entries of each stream that are read at a time; 10 if there is none.
    pub max_msg_count_per_read: Option<i32>,
    /// The user's name; not needed without access lists.
    pub username: Option<String>,
    /// The Secret with the password.
    pub password: Option<SecretKeySelector>,
    /// The number of the database; 0 if there is none.
    pub db: Option<i32>,
    /// Which events reach the bus; all of them if there is none.
    pub filter: Option<EventSourceFilter>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// How the connection is secured; not at all if there is none.
    pub tls: Option<TLSConfig>,
}
