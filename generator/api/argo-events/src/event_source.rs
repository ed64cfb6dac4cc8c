//! Where events come from.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::{
    Affinity, EnvFromSource, EnvVar, LocalObjectReference, PodSecurityContext,
    ResourceRequirements, SecretKeySelector, SecurityContext, ServicePort, Toleration, Volume,
    VolumeMount,
};
use luban_api_core::{ApiVersion, Kind, ObjectMeta, Time, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    AMQPEventSource, AzureEventsHubEventSource, AzureQueueStorageEventSource,
    AzureServiceBusEventSource, BitbucketEventSource, BitbucketServerEventSource,
    CalendarEventSource, EmitterEventSource, FileEventSource, GenericEventSource,
    GerritEventSource, GithubEventSource, GitlabEventSource, HDFSEventSource, KafkaEventSource,
    MNSEventSource, MQTTEventSource, NATSEventsSource, NSQEventSource, PubSubEventSource,
    PulsarEventSource, RedisEventSource, RedisStreamEventSource, S3Artifact, SFTPEventSource,
    SNSEventSource, SQSEventSource, SlackEventSource, StorageGridEventSource, StripeEventSource,
};

/// Receives or polls events and puts them on the event bus.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventSource {
    /// Always `argoproj.io/v1alpha1`.
    pub api_version: ApiVersion<EventSource>,
    /// Always `EventSource`.
    pub kind: Kind<EventSource>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: EventSourceSpec,
}

resource!(EventSource, group: "argoproj.io", version: "v1alpha1", plural: "eventsources", scope: namespaced);

/// The events of one EventSource, by type and name.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventSourceSpec {
    /// The EventBus; `default` if there is none.
    pub event_bus_name: Option<String>,
    pub replicas: Option<i32>,
    /// The pod that receives the events.
    pub template: Option<Template>,
    /// The Service that makes it reachable.
    pub service: Option<Service>,
    /// Plain HTTP, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub webhook: BTreeMap<String, WebhookEventSource>,
    /// GitHub, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub github: BTreeMap<String, GithubEventSource>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub gitlab: BTreeMap<String, GitlabEventSource>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub bitbucket: BTreeMap<String, BitbucketEventSource>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub bitbucketserver: BTreeMap<String, BitbucketServerEventSource>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub gerrit: BTreeMap<String, GerritEventSource>,
    /// Kubernetes objects, by event name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub resource: BTreeMap<String, ResourceEventSource>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub calendar: BTreeMap<String, CalendarEventSource>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub amqp: BTreeMap<String, AMQPEventSource>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub azure_events_hub: BTreeMap<String, AzureEventsHubEventSource>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub azure_queue_storage: BTreeMap<String, AzureQueueStorageEventSource>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub azure_service_bus: BTreeMap<String, AzureServiceBusEventSource>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub emitter: BTreeMap<String, EmitterEventSource>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub file: BTreeMap<String, FileEventSource>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub generic: BTreeMap<String, GenericEventSource>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hdfs: BTreeMap<String, HDFSEventSource>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub kafka: BTreeMap<String, KafkaEventSource>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub minio: BTreeMap<String, S3Artifact>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub mns: BTreeMap<String, MNSEventSource>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub mqtt: BTreeMap<String, MQTTEventSource>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub nats: BTreeMap<String, NATSEventsSource>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub nsq: BTreeMap<String, NSQEventSource>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pub_sub: BTreeMap<String, PubSubEventSource>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pulsar: BTreeMap<String, PulsarEventSource>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub redis: BTreeMap<String, RedisEventSource>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub redis_stream: BTreeMap<String, RedisStreamEventSource>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sftp: BTreeMap<String, SFTPEventSource>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub slack: BTreeMap<String, SlackEventSource>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sns: BTreeMap<String, SNSEventSource>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sqs: BTreeMap<String, SQSEventSource>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub storage_grid: BTreeMap<String, StorageGridEventSource>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub stripe: BTreeMap<String, StripeEventSource>,
}

/// The Service in front of an EventSource.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Service {
    /// Ports that are open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<ServicePort>,
    #[serde(rename = "clusterIP")]
    pub cluster_ip: Option<String>,
    pub metadata: Option<Metadata>,
}

/// The pod of an EventSource or Sensor.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Template {
    pub metadata: Option<Metadata>,
    /// The ServiceAccount of its pods.
    pub service_account_name: Option<String>,
    pub container: Option<Container>,
    /// Volumes that containers can mount.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volumes: Vec<Volume>,
    /// User, capabilities and privileges.
    pub security_context: Option<PodSecurityContext>,
    /// Labels of the nodes that pods may run on.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub node_selector: BTreeMap<String, String>,
    /// Which nodes, and which pods' company, its pods seek or avoid.
    pub affinity: Option<Affinity>,
    /// Taints of nodes that pods put up with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tolerations: Vec<Toleration>,
    /// Secrets to pull images with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub image_pull_secrets: Vec<LocalObjectReference>,
    /// The priority of its pods.
    pub priority_class_name: Option<String>,
    pub priority: Option<i32>,
}

/// The container of an EventSource's or Sensor's pod.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Container {
    /// Environment variables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub env: Vec<EnvVar>,
    /// Environment variables from whole ConfigMaps and Secrets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub env_from: Vec<EnvFromSource>,
    pub resources: Option<ResourceRequirements>,
    /// User, capabilities and privileges.
    pub security_context: Option<SecurityContext>,
    /// Where volumes are in the container.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volume_mounts: Vec<VolumeMount>,
    /// `Always`, `IfNotPresent` or `Never`.
    pub image_pull_policy: Option<String>,
}

/// Labels and annotations.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Metadata {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
}

/// Which events of a source reach the bus.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventSourceFilter {
    /// An expression over the event that must be true.
    pub expression: Option<String>,
}

/// The HTTP endpoint that an event source listens on.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WebhookContext {
    /// The path of the URL.
    pub endpoint: Option<String>,
    /// The HTTP method.
    pub method: Option<String>,
    /// The port, as text.
    pub port: Option<String>,
    /// The URL that the Git host calls.
    pub url: Option<String>,
    /// The Secret whose token a request must carry as `Authorization: Bearer …`.
    pub auth_secret: Option<SecretKeySelector>,
    /// The longest body in bytes; 1 MiB if there is none.
    pub max_payload_size: Option<i64>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// The Secret with the certificate it serves with.
    pub server_cert_secret: Option<SecretKeySelector>,
    /// The Secret with the key of that certificate.
    pub server_key_secret: Option<SecretKeySelector>,
}

/// Events that arrive as plain HTTP requests.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WebhookEventSource {
    /// The path of the URL.
    pub endpoint: Option<String>,
    /// The HTTP method.
    pub method: Option<String>,
    /// The port, as text.
    pub port: Option<String>,
    pub url: Option<String>,
    /// The Secret whose token a request must carry as `Authorization: Bearer …`.
    pub auth_secret: Option<SecretKeySelector>,
    /// The longest body in bytes; 1 MiB if there is none.
    pub max_payload_size: Option<i64>,
    /// Which events count.
    pub filter: Option<EventSourceFilter>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// The Secret with the certificate it serves with.
    pub server_cert_secret: Option<SecretKeySelector>,
    /// The Secret with the key of that certificate.
    pub server_key_secret: Option<SecretKeySelector>,
}

/// Changes of Kubernetes objects.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceEventSource {
    pub group: Option<String>,
    pub version: String,
    pub resource: String,
    pub namespace: Option<String>,
    /// `ADD`, `UPDATE`, `DELETE`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub event_types: Vec<String>,
    /// Which events count.
    pub filter: Option<ResourceFilter>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}

/// Which objects a resource event source watches.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceFilter {
    pub prefix: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Selector>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Selector>,
    /// Leaves out objects older than the EventSource.
    pub after_start: Option<bool>,
    pub created_by: Option<Time>,
}

/// One condition on a label or field.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Selector {
    pub key: String,
    /// `==`, `!=`, `in` and the like.
    pub operation: Option<String>,
    pub value: String,
}
