//! The event bus between sources and sensors.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::{
    Affinity, LocalObjectReference, PodSecurityContext, ResourceRequirements, SecretKeySelector,
    SecurityContext, Toleration,
};
use luban_api_core::{ApiVersion, Kind, ObjectMeta, Quantity, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{EventBusStatus, KafkaConsumerGroup, Metadata, SASLConfig, TLSConfig};

/// Carries events from EventSources to Sensors.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct EventBus {
    /// Always `argoproj.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<EventBus>,
    /// Always `EventBus`.
    #[serde(default)]
    pub kind: Kind<EventBus>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// The kind of bus. It cannot be changed to another kind afterwards.
    #[serde(default)]
    pub spec: EventBusSpec,
    /// What the controller reports: whether the bus runs, and how clients reach it.
    pub status: Option<EventBusStatus>,
}

resource!(EventBus, group: "argoproj.io", version: "v1alpha1", plural: "eventbus", scope: namespaced);

/// One kind of bus.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EventBusSpec {
    /// A NATS JetStream cluster that Argo Events runs.
    pub jetstream: Option<JetStreamBus>,
    /// NATS Streaming, run by Argo Events or elsewhere; upstream advises against it.
    pub nats: Option<NATSBus>,
    /// A Kafka cluster that runs elsewhere.
    pub kafka: Option<KafkaBus>,
    /// A NATS JetStream that runs elsewhere.
    pub jetstream_exotic: Option<JetStreamConfig>,
}

/// A NATS JetStream cluster that Argo Events runs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct JetStreamBus {
    /// The NATS release, one that the controller's configuration maps to images. Required.
    pub version: Option<String>,
    /// Servers: 1, or 3 (if there is none) and more.
    pub replicas: Option<i32>,
    /// Volumes of the servers; messages are lost with a pod if there is none.
    pub persistence: Option<PersistenceStrategy>,
    /// The longest message, envelope included, such as `1MB` (if there is none) or bytes as text.
    pub max_payload: Option<String>,
    /// Settings of JetStream as text of its configuration file, in place of the controller's; not `store_dir`.
    pub settings: Option<String>,
    /// Settings of the stream (`maxMsgs`, `maxAge`, `maxBytes`, `replicas`, `duplicates`, …) as YAML text.
    pub stream_config: Option<String>,
    /// Further arguments of the server, such as `-D` for its debug log.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub start_args: Vec<String>,
    /// Which nodes, and which pods' company, its pods seek or avoid.
    pub affinity: Option<Affinity>,
    /// The container of the server.
    pub container_template: Option<ContainerTemplate>,
    /// Secrets to pull images with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub image_pull_secrets: Vec<LocalObjectReference>,
    /// Labels and annotations of the pods.
    pub metadata: Option<Metadata>,
    /// The container that exports metrics.
    pub metrics_container_template: Option<ContainerTemplate>,
    /// Labels of the nodes that pods may run on.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub node_selector: BTreeMap<String, String>,
    /// The pods' priority as a number; set by admission from `priorityClassName`.
    pub priority: Option<i32>,
    /// The priority of its pods.
    pub priority_class_name: Option<String>,
    /// The container that reloads the server's configuration.
    pub reloader_container_template: Option<ContainerTemplate>,
    /// User, capabilities and privileges.
    pub security_context: Option<PodSecurityContext>,
    /// The ServiceAccount of its pods.
    pub service_account_name: Option<String>,
    /// Taints of nodes that pods put up with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tolerations: Vec<Toleration>,
}

/// A NATS JetStream that runs elsewhere.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct JetStreamConfig {
    /// The server's URL. Required.
    pub url: Option<String>,
    /// The Secret with the credentials.
    pub access_secret: Option<SecretKeySelector>,
    /// Settings of the stream (`maxMsgs`, `maxAge`, …) as YAML text.
    pub stream_config: Option<String>,
    /// How the connection is secured; not at all if there is none.
    pub tls: Option<TLSConfig>,
}

/// NATS Streaming, which upstream advises against: exactly one of these.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NATSBus {
    /// A NATS Streaming cluster that Argo Events runs.
    pub native: Option<NativeStrategy>,
    /// A NATS Streaming that runs elsewhere.
    pub exotic: Option<NATSConfig>,
}

/// NATS Streaming that Argo Events runs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NativeStrategy {
    /// Servers; at least 3.
    pub replicas: Option<i32>,
    /// `none` (if there is none) or `token`.
    pub auth: Option<String>,
    /// Volumes of the servers; messages are lost with a pod if there is none.
    pub persistence: Option<PersistenceStrategy>,
    /// The container of the server.
    pub container_template: Option<ContainerTemplate>,
    /// The container that exports metrics.
    pub metrics_container_template: Option<ContainerTemplate>,
    /// The most messages of a channel, 0 for no limit; 1,000,000 if there is none.
    pub max_msgs: Option<i64>,
    /// The most bytes of a channel, such as `1GB` (if there is none); `0` for no limit.
    pub max_bytes: Option<String>,
    /// How long messages are kept, such as `72h` (if there is none).
    pub max_age: Option<String>,
    /// The longest message, such as `1MB` (if there is none); `0` for no limit.
    pub max_payload: Option<String>,
    /// The most subscriptions of a channel, 0 for no limit; 1,000 if there is none.
    pub max_subs: Option<i64>,
    /// How long a follower waits for the leader before an election; `2s` if there is none.
    pub raft_heartbeat_timeout: Option<String>,
    /// How long a candidate waits before another election; `2s` if there is none.
    pub raft_election_timeout: Option<String>,
    /// How long a leader that reaches no majority stays leader; `1s` if there is none.
    pub raft_lease_timeout: Option<String>,
    /// How long a leader waits for something to do before a heartbeat; `100ms` if there is none.
    pub raft_commit_timeout: Option<String>,
    /// Which nodes, and which pods' company, its pods seek or avoid.
    pub affinity: Option<Affinity>,
    /// Secrets to pull images with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub image_pull_secrets: Vec<LocalObjectReference>,
    /// Labels and annotations of the pods.
    pub metadata: Option<Metadata>,
    /// Labels of the nodes that pods may run on.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub node_selector: BTreeMap<String, String>,
    /// The pods' priority as a number; set by admission from `priorityClassName`.
    pub priority: Option<i32>,
    /// The priority of its pods.
    pub priority_class_name: Option<String>,
    /// User, capabilities and privileges.
    pub security_context: Option<PodSecurityContext>,
    /// The ServiceAccount of its pods.
    pub service_account_name: Option<String>,
    /// Taints of nodes that pods put up with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tolerations: Vec<Toleration>,
}

/// NATS Streaming that runs elsewhere.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NATSConfig {
    /// The server's URL. Required.
    pub url: Option<String>,
    /// The id of the NATS Streaming cluster. Required.
    #[serde(rename = "clusterID")]
    pub cluster_id: Option<String>,
    /// How clients authenticate: `none` (if there is none), `token`, `basic` or `jwt`.
    pub auth: Option<String>,
    /// The Secret with the credentials.
    pub access_secret: Option<SecretKeySelector>,
}

/// Kafka as the bus.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["url"])))]
pub struct KafkaBus {
    /// Addresses of brokers, with commas between.
    #[serde(default)]
    pub url: String,
    /// The topic; the EventBus' namespace and name with `-` between if there is none.
    pub topic: Option<String>,
    /// Kafka's version, such as `3.7.0`.
    pub version: Option<String>,
    /// The group that Sensors read in.
    pub consumer_group: Option<KafkaConsumerGroup>,
    /// How messages get their partition: `random` (if there is none), `hash`, `roundrobin` or `manual`.
    pub partitioner: Option<String>,
    /// How clients authenticate by SASL.
    pub sasl: Option<SASLConfig>,
    /// How the connection is secured; not at all if there is none.
    pub tls: Option<TLSConfig>,
}

/// How a container of the bus runs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ContainerTemplate {
    /// CPU and memory that it requests and may use.
    pub resources: Option<ResourceRequirements>,
    /// User, capabilities and privileges.
    pub security_context: Option<SecurityContext>,
    /// `Always`, `IfNotPresent` or `Never`.
    pub image_pull_policy: Option<String>,
}

/// The volumes of the bus.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PersistenceStrategy {
    /// The StorageClass of the volumes; the cluster's default if there is none.
    pub storage_class_name: Option<String>,
    /// How a volume may be mounted, such as `ReadWriteOnce`.
    pub access_mode: Option<String>,
    /// The size of each volume, such as `10Gi`.
    pub volume_size: Option<Quantity>,
}
