//! Events of cloud providers.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::SecretKeySelector;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{EventSourceFilter, TLSConfig, WebhookContext};

/// Notifications of Amazon SNS.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["topicArn", "region"])))]
pub struct SNSEventSource {
    /// The HTTP endpoint that receives the events.
    pub webhook: Option<WebhookContext>,
    /// The topic.
    #[serde(default)]
    pub topic_arn: String,
    /// The AWS region.
    #[serde(default)]
    pub region: String,
    /// Another endpoint than Amazon's, for stores that speak its API.
    pub endpoint: Option<String>,
    /// Refuses messages that SNS has not signed.
    pub validate_signature: Option<bool>,
    /// The Secret with the AWS access key; the pod's own identity if there is none.
    pub access_key: Option<SecretKeySelector>,
    /// Which events reach the bus; all of them if there is none.
    pub filter: Option<EventSourceFilter>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// The IAM role to take on.
    #[serde(rename = "roleARN")]
    pub role_arn: Option<String>,
    /// The Secret with the AWS secret key; the pod's own identity if there is none.
    pub secret_key: Option<SecretKeySelector>,
}

/// Messages of Amazon SQS.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["queue", "region"])))]
pub struct SQSEventSource {
    /// The name of the queue.
    #[serde(default)]
    pub queue: String,
    /// The AWS region.
    #[serde(default)]
    pub region: String,
    /// The number of the account that the queue belongs to; one's own if there is none.
    pub queue_account_id: Option<String>,
    /// Seconds that a request waits for a message: 0 to 20.
    pub wait_time_seconds: Option<i64>,
    /// Leaves messages that cannot be read in the queue, which moves them to its dead-letter queue; else they are dropped.
    pub dlq: Option<bool>,
    /// Another endpoint than Amazon's, for services that speak its API.
    pub endpoint: Option<String>,
    /// The Secret with the AWS access key; the pod's own identity if there is none.
    pub access_key: Option<SecretKeySelector>,
    /// Which events reach the bus; all of them if there is none.
    pub filter: Option<EventSourceFilter>,
    /// Takes the body for JSON, so that filters and triggers can look into it; else it is base64 text.
    pub json_body: Option<bool>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// The IAM role to take on.
    #[serde(rename = "roleARN")]
    pub role_arn: Option<String>,
    /// The Secret with the AWS secret key; the pod's own identity if there is none.
    pub secret_key: Option<SecretKeySelector>,
    /// The Secret with the session token of temporary credentials.
    pub session_token: Option<SecretKeySelector>,
}

/// Messages of Google Pub/Sub.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PubSubEventSource {
    /// The project of the subscription; that of the cluster if there is none.
    #[serde(rename = "projectID")]
    pub project_id: Option<String>,
    /// The project of the topic; `projectID` if there is none.
    #[serde(rename = "topicProjectID")]
    pub topic_project_id: Option<String>,
    /// The topic; needed to make a subscription, else checked against the subscription's.
    pub topic: Option<String>,
    /// The subscription; made under a generated name, which changes with the spec, if there is none.
    #[serde(rename = "subscriptionID")]
    pub subscription_id: Option<String>,
    /// The Secret with credentials as JSON; the pod's own identity if there is none.
    pub credential_secret: Option<SecretKeySelector>,
    /// Removes the subscription when the EventSource stops.
    pub delete_subscription_on_finish: Option<bool>,
    /// Which events reach the bus; all of them if there is none.
    pub filter: Option<EventSourceFilter>,
    /// Takes the body for JSON, so that filters and triggers can look into it; else it is base64 text.
    pub json_body: Option<bool>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}

/// Messages of Azure Event Hubs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["fqdn", "hubName"])))]
pub struct AzureEventsHubEventSource {
    /// The host of the namespace, such as `name.servicebus.windows.net`.
    #[serde(default)]
    pub fqdn: String,
    /// The event hub.
    #[serde(default)]
    pub hub_name: String,
    /// The Secret with the access key's name; the pod's own identity if there is none.
    pub shared_access_key_name: Option<SecretKeySelector>,
    /// The Secret with the access key; the pod's own identity if there is none.
    pub shared_access_key: Option<SecretKeySelector>,
    /// Which events reach the bus; all of them if there is none.
    pub filter: Option<EventSourceFilter>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}

/// Messages of Azure Service Bus.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AzureServiceBusEventSource {
    /// The Secret with the connection string; it wins over `fullyQualifiedNamespace`.
    pub connection_string: Option<SecretKeySelector>,
    /// The host of the namespace, to connect to by the pod's own identity.
    pub fully_qualified_namespace: Option<String>,
    /// The queue; either this, or a topic and its subscription.
    pub queue_name: Option<String>,
    /// The topic.
    pub topic_name: Option<String>,
    /// The topic's subscription.
    pub subscription_name: Option<String>,
    /// Removes a message only after it is handled; else before.
    pub defer_delete: Option<bool>,
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

/// Messages of Azure Queue Storage.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["queueName"])))]
pub struct AzureQueueStorageEventSource {
    /// The storage account, to connect to by the pod's own identity.
    pub storage_account_name: Option<String>,
    /// The Secret with the connection string; it wins over `storageAccountName`.
    pub connection_string: Option<SecretKeySelector>,
    /// The queue.
    #[serde(default)]
    pub queue_name: String,
    /// Decodes messages from base64 first.
    pub decode_message: Option<bool>,
    /// Leaves messages that cannot be read in the queue; else they are removed.
    pub dlq: Option<bool>,
    /// Seconds between two looks at an empty queue; 3 if there is none.
    pub wait_time_in_seconds: Option<i32>,
    /// Which events reach the bus; all of them if there is none.
    pub filter: Option<EventSourceFilter>,
    /// Takes the body for JSON, so that filters and triggers can look into it; else it is base64 text.
    pub json_body: Option<bool>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}

/// Messages of Alibaba Cloud MNS.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["queue"])))]
pub struct MNSEventSource {
    /// The queue.
    #[serde(default)]
    pub queue: String,
    /// The endpoint of the service.
    pub endpoint: Option<String>,
    /// The Secret with the access key.
    pub access_key: Option<SecretKeySelector>,
    /// Which events reach the bus; all of them if there is none.
    pub filter: Option<EventSourceFilter>,
    /// Takes the body for JSON, so that filters and triggers can look into it; else it is base64 text.
    pub json_body: Option<bool>,
    /// The Secret with the secret key.
    pub secret_key: Option<SecretKeySelector>,
}
