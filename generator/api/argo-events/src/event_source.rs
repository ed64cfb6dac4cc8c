//! Where events come from.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::ServicePort;
use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    AMQPEventSource, AzureEventsHubEventSource, AzureQueueStorageEventSource,
    AzureServiceBusEventSource, BitbucketEventSource, BitbucketServerEventSource,
    CalendarEventSource, EmitterEventSource, EventSourceStatus, FileEventSource,
    GenericEventSource, GerritEventSource, GithubEventSource, GitlabEventSource, HDFSEventSource,
    KafkaEventSource, MNSEventSource, MQTTEventSource, Metadata, NATSEventsSource, NSQEventSource,
    PubSubEventSource, PulsarEventSource, RedisEventSource, RedisStreamEventSource,
    ResourceEventSource, S3Artifact, SFTPEventSource, SNSEventSource, SQSEventSource,
    SlackEventSource, StorageGridEventSource, StripeEventSource, Template, WebhookEventSource,
};

/// Receives or polls events and puts them on the event bus.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct EventSource {
    /// Always `argoproj.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<EventSource>,
    /// Always `EventSource`.
    #[serde(default)]
    pub kind: Kind<EventSource>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// The events, by type, and the pods that receive them.
    #[serde(default)]
    pub spec: EventSourceSpec,
    /// What the controller reports: whether the spec is valid and the pods are deployed.
    pub status: Option<EventSourceStatus>,
}

resource!(EventSource, group: "argoproj.io", version: "v1alpha1", plural: "eventsources", scope: namespaced);

/// The events of one EventSource, by type and name.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EventSourceSpec {
    /// The EventBus of the namespace that gets the events; `default` if there is none.
    pub event_bus_name: Option<String>,
    /// How many pods receive events; 1 if there is none. Where only one may be active, they elect a leader.
    pub replicas: Option<i32>,
    /// The pod that receives the events.
    pub template: Option<Template>,
    /// The Service that the controller makes in front of the pods; for events that arrive by HTTP.
    pub service: Option<Service>,
    /// Plain HTTP requests, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub webhook: BTreeMap<String, WebhookEventSource>,
    /// GitHub, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub github: BTreeMap<String, GithubEventSource>,
    /// GitLab, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub gitlab: BTreeMap<String, GitlabEventSource>,
    /// Bitbucket Cloud, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub bitbucket: BTreeMap<String, BitbucketEventSource>,
    /// Bitbucket Server, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub bitbucketserver: BTreeMap<String, BitbucketServerEventSource>,
    /// Gerrit, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub gerrit: BTreeMap<String, GerritEventSource>,
    /// Schedules and intervals, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub calendar: BTreeMap<String, CalendarEventSource>,
    /// Files of a mounted volume, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub file: BTreeMap<String, FileEventSource>,
    /// Kubernetes objects, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub resource: BTreeMap<String, ResourceEventSource>,
    /// gRPC services of one's own, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub generic: BTreeMap<String, GenericEventSource>,
    /// AMQP brokers such as RabbitMQ, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub amqp: BTreeMap<String, AMQPEventSource>,
    /// Emitter brokers, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub emitter: BTreeMap<String, EmitterEventSource>,
    /// Kafka topics, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub kafka: BTreeMap<String, KafkaEventSource>,
    /// MQTT topics, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub mqtt: BTreeMap<String, MQTTEventSource>,
    /// NATS subjects, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub nats: BTreeMap<String, NATSEventsSource>,
    /// NSQ topics, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub nsq: BTreeMap<String, NSQEventSource>,
    /// Pulsar topics, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pulsar: BTreeMap<String, PulsarEventSource>,
    /// Redis channels, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub redis: BTreeMap<String, RedisEventSource>,
    /// Redis streams, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub redis_stream: BTreeMap<String, RedisStreamEventSource>,
    /// Amazon SNS topics, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sns: BTreeMap<String, SNSEventSource>,
    /// Amazon SQS queues, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sqs: BTreeMap<String, SQSEventSource>,
    /// Google Pub/Sub topics, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pub_sub: BTreeMap<String, PubSubEventSource>,
    /// Azure Event Hubs, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub azure_events_hub: BTreeMap<String, AzureEventsHubEventSource>,
    /// Azure storage queues, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub azure_queue_storage: BTreeMap<String, AzureQueueStorageEventSource>,
    /// Azure Service Bus queues and topics, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub azure_service_bus: BTreeMap<String, AzureServiceBusEventSource>,
    /// Alibaba Cloud MNS queues, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub mns: BTreeMap<String, MNSEventSource>,
    /// Files in HDFS, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hdfs: BTreeMap<String, HDFSEventSource>,
    /// Buckets of MinIO or another S3 store that notifies, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub minio: BTreeMap<String, S3Artifact>,
    /// Files behind SFTP, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sftp: BTreeMap<String, SFTPEventSource>,
    /// Slack, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub slack: BTreeMap<String, SlackEventSource>,
    /// Buckets of NetApp StorageGRID, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub storage_grid: BTreeMap<String, StorageGridEventSource>,
    /// Stripe, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub stripe: BTreeMap<String, StripeEventSource>,
}

/// The Service in front of an EventSource.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Service {
    /// The ports it offers; each `targetPort` is the port of an event.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<ServicePort>,
    /// The address inside the cluster; chosen by Kubernetes if there is none, `None` for a headless Service.
    #[serde(rename = "clusterIP")]
    pub cluster_ip: Option<String>,
    /// Labels and annotations of the Service.
    pub metadata: Option<Metadata>,
}

/// Which events of a source reach the bus.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EventSourceFilter {
    /// An expression (of the language Expr) over the event's data that must be true.
    pub expression: Option<String>,
}
