//! Triggers that send messages or call services.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

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
#[serde(rename_all = "camelCase")]
pub struct SlackTrigger {
    pub channel: Option<String>,
    pub message: Option<String>,
    pub attachments: Option<String>,
    pub blocks: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<TriggerParameter>,
    pub sender: Option<SlackSender>,
    pub slack_token: Option<SecretKeySelector>,
    pub thread: Option<SlackThread>,
}

/// Who a Slack message is from.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SlackSender {
    pub username: Option<String>,
    pub icon: Option<String>,
}

/// Where in a thread a Slack message goes.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SlackThread {
    pub broadcast_message_to_channel: Option<bool>,
    pub message_aggregation_key: Option<String>,
}

/// Sends an e-mail.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EmailTrigger {
    pub from: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<String>,
    pub subject: Option<String>,
    pub body: Option<String>,
    pub host: Option<String>,
    pub port: Option<i32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<TriggerParameter>,
    pub smtp_password: Option<SecretKeySelector>,
    pub username: Option<String>,
}

/// Sends a Kafka message.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KafkaTrigger {
    pub url: String,
    pub topic: String,
    pub partition: Option<i64>,
    pub partitioning_key: Option<String>,
    pub compress: Option<bool>,
    pub flush_frequency: Option<i64>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<TriggerParameter>,
    /// The body that is sent, built of values of the event.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payload: Vec<TriggerParameter>,
    pub required_acks: Option<i64>,
    pub sasl: Option<SASLConfig>,
    pub schema_registry: Option<SchemaRegistryConfig>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secure_headers: Vec<SecureHeader>,
    /// Certificates of the connection.
    pub tls: Option<TLSConfig>,
    pub version: Option<String>,
}

/// Sends a NATS message.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NATSTrigger {
    pub url: String,
    pub subject: String,
    pub auth: Option<NATSAuth>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<TriggerParameter>,
    /// The body that is sent, built of values of the event.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payload: Vec<TriggerParameter>,
    /// Certificates of the connection.
    pub tls: Option<TLSConfig>,
}

/// Sends a Pulsar message.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PulsarTrigger {
    pub url: String,
    pub topic: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub auth_athenz_params: BTreeMap<String, String>,
    pub auth_athenz_secret: Option<SecretKeySelector>,
    pub auth_token_secret: Option<SecretKeySelector>,
    /// How long to wait before connecting again.
    pub connection_backoff: Option<Backoff>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<TriggerParameter>,
    /// The body that is sent, built of values of the event.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payload: Vec<TriggerParameter>,
    /// Certificates of the connection.
    pub tls: Option<TLSConfig>,
    pub tls_allow_insecure_connection: Option<bool>,
    pub tls_trust_certs_secret: Option<SecretKeySelector>,
    pub tls_validate_hostname: Option<bool>,
}

/// Calls an AWS Lambda function.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AWSLambdaTrigger {
    pub function_name: String,
    pub region: String,
    pub access_key: Option<SecretKeySelector>,
    pub invocation_type: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<TriggerParameter>,
    /// The body that is sent, built of values of the event.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payload: Vec<TriggerParameter>,
    /// The IAM role to take on.
    #[serde(rename = "roleARN")]
    pub role_arn: Option<String>,
    pub secret_key: Option<SecretKeySelector>,
}

/// Sends an Azure Event Hubs message.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AzureEventHubsTrigger {
    pub fqdn: String,
    pub hub_name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<TriggerParameter>,
    /// The body that is sent, built of values of the event.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payload: Vec<TriggerParameter>,
    pub shared_access_key: Option<SecretKeySelector>,
    pub shared_access_key_name: Option<SecretKeySelector>,
}

/// Sends an Azure Service Bus message.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AzureServiceBusTrigger {
    pub connection_string: Option<SecretKeySelector>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<TriggerParameter>,
    /// The body that is sent, built of values of the event.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payload: Vec<TriggerParameter>,
    pub queue_name: Option<String>,
    pub subscription_name: Option<String>,
    /// Certificates of the connection.
    pub tls: Option<TLSConfig>,
    pub topic_name: Option<String>,
}

/// Calls an OpenWhisk action.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OpenWhiskTrigger {
    pub host: String,
    pub namespace: Option<String>,
    pub action_name: String,
    pub auth_token: Option<SecretKeySelector>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<TriggerParameter>,
    /// The body that is sent, built of values of the event.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payload: Vec<TriggerParameter>,
    pub version: Option<String>,
}

/// Calls a gRPC trigger service of one's own.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomTrigger {
    #[serde(rename = "serverURL")]
    pub server_url: String,
    pub secure: Option<bool>,
    pub spec: Option<BTreeMap<String, String>>,
    /// The body that is sent, built of values of the event.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payload: Vec<TriggerParameter>,
    pub cert_secret: Option<SecretKeySelector>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<TriggerParameter>,
    pub server_name_override: Option<String>,
}
