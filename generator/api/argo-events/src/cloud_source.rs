//! Events of clouds, stores and services.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::{ConfigMapKeySelector, SecretKeySelector};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{EventSourceFilter, TLSConfig, WatchPathConfig, WebhookContext};

/// Notifications of Amazon SNS.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SNSEventSource {
    /// The endpoint that receives the events.
    pub webhook: Option<WebhookContext>,
    pub topic_arn: String,
    pub region: String,
    pub access_key: Option<SecretKeySelector>,
    pub endpoint: Option<String>,
    /// Which events count.
    pub filter: Option<EventSourceFilter>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// The IAM role to take on.
    #[serde(rename = "roleARN")]
    pub role_arn: Option<String>,
    pub secret_key: Option<SecretKeySelector>,
    pub validate_signature: Option<bool>,
}

/// Messages of Amazon SQS.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SQSEventSource {
    pub queue: String,
    pub region: String,
    pub queue_account_id: Option<String>,
    pub access_key: Option<SecretKeySelector>,
    pub dlq: Option<bool>,
    pub endpoint: Option<String>,
    /// Which events count.
    pub filter: Option<EventSourceFilter>,
    /// Whether the message is JSON, to be read by key.
    pub json_body: Option<bool>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// The IAM role to take on.
    #[serde(rename = "roleARN")]
    pub role_arn: Option<String>,
    pub secret_key: Option<SecretKeySelector>,
    pub session_token: Option<SecretKeySelector>,
    pub wait_time_seconds: Option<i64>,
}

/// Messages of Google Pub/Sub.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PubSubEventSource {
    #[serde(rename = "projectID")]
    pub project_id: Option<String>,
    #[serde(rename = "topicProjectID")]
    pub topic_project_id: Option<String>,
    pub topic: Option<String>,
    #[serde(rename = "subscriptionID")]
    pub subscription_id: Option<String>,
    pub credential_secret: Option<SecretKeySelector>,
    pub delete_subscription_on_finish: Option<bool>,
    /// Which events count.
    pub filter: Option<EventSourceFilter>,
    /// Whether the message is JSON, to be read by key.
    pub json_body: Option<bool>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}

/// Messages of Azure Event Hubs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AzureEventsHubEventSource {
    pub fqdn: String,
    pub hub_name: String,
    pub shared_access_key_name: Option<SecretKeySelector>,
    pub shared_access_key: Option<SecretKeySelector>,
    /// Which events count.
    pub filter: Option<EventSourceFilter>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}

/// Messages of Azure Service Bus.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AzureServiceBusEventSource {
    pub connection_string: Option<SecretKeySelector>,
    pub fully_qualified_namespace: Option<String>,
    pub queue_name: Option<String>,
    pub topic_name: Option<String>,
    pub subscription_name: Option<String>,
    pub defer_delete: Option<bool>,
    /// Which events count.
    pub filter: Option<EventSourceFilter>,
    /// Whether the message is JSON, to be read by key.
    pub json_body: Option<bool>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// Certificates of the connection.
    pub tls: Option<TLSConfig>,
}

/// Messages of Azure Queue Storage.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AzureQueueStorageEventSource {
    pub storage_account_name: Option<String>,
    pub connection_string: Option<SecretKeySelector>,
    pub queue_name: String,
    pub decode_message: Option<bool>,
    pub dlq: Option<bool>,
    /// Which events count.
    pub filter: Option<EventSourceFilter>,
    /// Whether the message is JSON, to be read by key.
    pub json_body: Option<bool>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    pub wait_time_in_seconds: Option<i64>,
}

/// Messages of Alibaba Cloud MNS.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MNSEventSource {
    pub queue: String,
    pub endpoint: String,
    pub access_key: Option<SecretKeySelector>,
    /// Which events count.
    pub filter: Option<EventSourceFilter>,
    /// Whether the message is JSON, to be read by key.
    pub json_body: Option<bool>,
    pub secret_key: Option<SecretKeySelector>,
}

/// Changes of files in HDFS.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HDFSEventSource {
    pub type_: Option<String>,
    pub directory: String,
    pub path: Option<String>,
    pub path_regexp: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<String>,
    pub check_interval: Option<String>,
    /// Which events count.
    pub filter: Option<EventSourceFilter>,
    pub hdfs_user: Option<String>,
    pub krb_c_cache_secret: Option<SecretKeySelector>,
    pub krb_config_config_map: Option<ConfigMapKeySelector>,
    pub krb_keytab_secret: Option<SecretKeySelector>,
    pub krb_realm: Option<String>,
    pub krb_service_principal_name: Option<String>,
    pub krb_username: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}

/// Changes of files behind SFTP.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SFTPEventSource {
    pub event_type: Option<String>,
    pub watch_path_config: Option<WatchPathConfig>,
    pub address: Option<SecretKeySelector>,
    /// Which events count.
    pub filter: Option<EventSourceFilter>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    pub password: Option<SecretKeySelector>,
    pub poll_interval_duration: Option<String>,
    pub ssh_key_secret: Option<SecretKeySelector>,
    pub username: Option<SecretKeySelector>,
}

/// Notifications of NetApp StorageGRID.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StorageGridEventSource {
    /// The endpoint that receives the events.
    pub webhook: Option<WebhookContext>,
    pub topic_arn: Option<String>,
    #[serde(rename = "apiURL")]
    pub api_url: String,
    pub bucket: Option<String>,
    /// Which events the Git host or store sends.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<String>,
    pub auth_token: Option<SecretKeySelector>,
    /// Which events count.
    pub filter: Option<StorageGridFilter>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    pub region: Option<String>,
    /// Certificates of the connection.
    pub tls: Option<TLSConfig>,
}

/// Which StorageGRID objects count.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StorageGridFilter {
    pub prefix: Option<String>,
    pub suffix: Option<String>,
}

/// Events of Slack.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SlackEventSource {
    /// The endpoint that receives the events.
    pub webhook: Option<WebhookContext>,
    /// Which events count.
    pub filter: Option<EventSourceFilter>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    pub signing_secret: Option<SecretKeySelector>,
    pub token: Option<SecretKeySelector>,
}

/// Events of Stripe.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StripeEventSource {
    /// The endpoint that receives the events.
    pub webhook: Option<WebhookContext>,
    pub api_key: Option<SecretKeySelector>,
    pub create_webhook: Option<bool>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub event_filter: Vec<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}
