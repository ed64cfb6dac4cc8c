//! Triggers that send messages.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::SecretKeySelector;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    Backoff, NATSAuth, SASLConfig, SchemaRegistryConfig, SecureHeader, TLSConfig, TriggerParameter,
};

/// Sends a Slack message.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SlackTrigger {
    /// The Secret with the token of the Slack app. Required.
    pub slack_token: Option<SecretKeySelector>,
    /// The channel, by name or id.
    pub channel: Option<String>,
    /// The text.
    pub message: Option<String>,
    /// Slack attachments, as a JSON list in text.
    pub attachments: Option<String>,
    /// Slack blocks, as a JSON list in text.
    pub blocks: Option<String>,
    /// Where in a thread the message goes.
    pub thread: Option<SlackThread>,
    /// Who the message is from.
    pub sender: Option<SlackSender>,
    /// Values of the event, put into this trigger's own fields before it runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<TriggerParameter>,
}

/// Who a Slack message is from.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SlackSender {
    /// The name that is shown.
    pub username: Option<String>,
    /// An emoji such as `:robot_face:`, or an image's URL.
    pub icon: Option<String>,
}

/// Where in a thread a Slack message goes.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SlackThread {
    /// Messages with the same key go to one thread.
    pub message_aggregation_key: Option<String>,
    /// Shows the message in the channel too.
    pub broadcast_message_to_channel: Option<bool>,
}

/// Sends an e-mail.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EmailTrigger {
    /// The sender's address.
    pub from: Option<String>,
    /// The receivers' addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<String>,
    /// The subject.
    pub subject: Option<String>,
    /// The text.
    pub body: Option<String>,
    /// The SMTP server. Required.
    pub host: Option<String>,
    /// The SMTP server's port.
    pub port: Option<i32>,
    /// The user's name at the SMTP server.
    pub username: Option<String>,
    /// The Secret with the user's password.
    pub smtp_password: Option<SecretKeySelector>,
    /// Values of the event, put into this trigger's own fields before it runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<TriggerParameter>,
}

/// Sends a Kafka message.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["url", "topic", "payload"])))]
pub struct KafkaTrigger {
    /// Addresses of brokers, with commas between.
    #[serde(default)]
    pub url: String,
    /// The topic.
    #[serde(default)]
    pub topic: String,
    /// Deprecated: not used.
    pub partition: Option<i32>,
    /// The message's key, which chooses its partition.
    pub partitioning_key: Option<String>,
    /// Values of the event that make up the message's JSON body, each at its `dest`.
    #[serde(default)]
    pub payload: Vec<TriggerParameter>,
    /// Values of the event, put into this trigger's own fields before it runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<TriggerParameter>,
    /// Headers of the message with fixed values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// Headers of the message whose values are in Secrets or ConfigMaps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secure_headers: Vec<SecureHeader>,
    /// How many replicas must have the message: 1 (if there is none) is the leader only, -1 is all.
    pub required_acks: Option<i32>,
    /// Compresses messages with Snappy.
    pub compress: Option<bool>,
    /// Milliseconds that messages are gathered before they are sent; 500 if there is none.
    pub flush_frequency: Option<i32>,
    /// Kafka's version, such as `3.7.0`; `1.0.0` if there is none.
    pub version: Option<String>,
    /// How it is authenticated by SASL.
    pub sasl: Option<SASLConfig>,
    /// The registry with the Avro schema that the message is encoded with.
    pub schema_registry: Option<SchemaRegistryConfig>,
    /// How the connection is secured; not at all if there is none.
    pub tls: Option<TLSConfig>,
}

/// Sends a NATS message.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["url", "subject", "payload"])))]
pub struct NATSTrigger {
    /// The server's URL.
    #[serde(default)]
    pub url: String,
    /// The subject.
    #[serde(default)]
    pub subject: String,
    /// Values of the event that make up the message's JSON body, each at its `dest`.
    #[serde(default)]
    pub payload: Vec<TriggerParameter>,
    /// Values of the event, put into this trigger's own fields before it runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<TriggerParameter>,
    /// How it is authenticated; not at all if there is none.
    pub auth: Option<NATSAuth>,
    /// How the connection is secured; not at all if there is none.
    pub tls: Option<TLSConfig>,
}

/// Sends a Pulsar message.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["url", "topic", "payload"])))]
pub struct PulsarTrigger {
    /// The service's URL, `pulsar://…` or `pulsar+ssl://…`.
    #[serde(default)]
    pub url: String,
    /// The topic.
    #[serde(default)]
    pub topic: String,
    /// Values of the event that make up the message's JSON body, each at its `dest`.
    #[serde(default)]
    pub payload: Vec<TriggerParameter>,
    /// Values of the event, put into this trigger's own fields before it runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<TriggerParameter>,
    /// Parameters of Athenz; with them `authAthenzSecret`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub auth_athenz_params: BTreeMap<String, String>,
    /// The Secret with Athenz's private key.
    pub auth_athenz_secret: Option<SecretKeySelector>,
    /// The Secret with a token; either this or Athenz.
    pub auth_token_secret: Option<SecretKeySelector>,
    /// How often, and after which pauses, it connects again.
    pub connection_backoff: Option<Backoff>,
    /// The client's certificate.
    pub tls: Option<TLSConfig>,
    /// Trusts any certificate.
    pub tls_allow_insecure_connection: Option<bool>,
    /// The Secret with the certificates that are trusted.
    pub tls_trust_certs_secret: Option<SecretKeySelector>,
    /// Checks that the certificate is the host's.
    pub tls_validate_hostname: Option<bool>,
}

/// Sends an Azure Event Hubs message.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["fqdn", "hubName", "payload"])))]
pub struct AzureEventHubsTrigger {
    /// The host of the namespace, such as `name.servicebus.windows.net`.
    #[serde(default)]
    pub fqdn: String,
    /// The event hub.
    #[serde(default)]
    pub hub_name: String,
    /// The Secret with the access key's name.
    pub shared_access_key_name: Option<SecretKeySelector>,
    /// The Secret with the access key.
    pub shared_access_key: Option<SecretKeySelector>,
    /// Values of the event that make up the message's JSON body, each at its `dest`.
    #[serde(default)]
    pub payload: Vec<TriggerParameter>,
    /// Values of the event, put into this trigger's own fields before it runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<TriggerParameter>,
}

/// Sends an Azure Service Bus message.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["payload"])))]
pub struct AzureServiceBusTrigger {
    /// The Secret with the connection string.
    pub connection_string: Option<SecretKeySelector>,
    /// The queue; either this or a topic.
    pub queue_name: Option<String>,
    /// The topic.
    pub topic_name: Option<String>,
    /// The topic's subscription.
    pub subscription_name: Option<String>,
    /// Values of the event that make up the message's JSON body, each at its `dest`.
    #[serde(default)]
    pub payload: Vec<TriggerParameter>,
    /// Values of the event, put into this trigger's own fields before it runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<TriggerParameter>,
    /// How the connection is secured; not at all if there is none.
    pub tls: Option<TLSConfig>,
}
