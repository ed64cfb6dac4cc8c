//! The event bus between sources and sensors.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::{
    Affinity, LocalObjectReference, PodSecurityContext, ResourceRequirements, SecretKeySelector,
    SecurityContext, Toleration,
};
use luban_api_core::{ApiVersion, Kind, ObjectMeta, Quantity, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{KafkaConsumerGroup, Metadata};

/// Carries events from EventSources to Sensors.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventBus {
    /// Always `argoproj.io/v1alpha1`.
    pub api_version: ApiVersion<EventBus>,
    /// Always `EventBus`.
    pub kind: Kind<EventBus>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: EventBusSpec,
}

resource!(EventBus, group: "argoproj.io", version: "v1alpha1", plural: "eventbus", scope: namespaced);

/// One kind of bus.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventBusSpec {
    pub jetstream: Option<JetStreamBus>,
    pub nats: Option<NATSBus>,
    pub kafka: Option<KafkaBus>,
    pub jetstream_exotic: Option<JetStreamConfig>,
}

/// A NATS JetStream cluster that Argo Events runs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct JetStreamBus {
    pub version: Option<String>,
    pub replicas: Option<i32>,
    pub persistence: Option<PersistenceStrategy>,
    /// The longest message, such as `1MB`.
    pub max_payload: Option<String>,
    /// Settings of the servers, as text.
    pub settings: Option<String>,
    /// Settings of the stream, as YAML text.
    pub stream_config: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub start_args: Vec<String>,
    /// Which nodes, and which pods' company, its pods seek or avoid.
    pub affinity: Option<Affinity>,
    pub container_template: Option<ContainerTemplate>,
    /// Secrets to pull images with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub image_pull_secrets: Vec<LocalObjectReference>,
    pub metadata: Option<Metadata>,
    pub metrics_container_template: Option<ContainerTemplate>,
    /// Labels of the nodes that pods may run on.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub node_selector: BTreeMap<String, String>,
    pub priority: Option<i64>,
    /// The priority of its pods.
    pub priority_class_name: Option<String>,
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
#[serde(rename_all = "camelCase")]
pub struct JetStreamConfig {
    pub url: Option<String>,
    pub access_secret: Option<SecretKeySelector>,
    pub stream_config: Option<String>,
    /// Certificates of the connection.
    pub tls: Option<TLSConfig>,
}

/// NATS Streaming, which upstream advises against.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NATSBus {
    pub native: Option<NativeStrategy>,
    pub exotic: Option<NATSConfig>,
}

/// NATS Streaming that Argo Events runs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NativeStrategy {
    pub replicas: Option<i32>,
    pub auth: Option<String>,
    pub persistence: Option<PersistenceStrategy>,
    /// Which nodes, and which pods' company, its pods seek or avoid.
    pub affinity: Option<Affinity>,
    pub container_template: Option<ContainerTemplate>,
    /// Secrets to pull images with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub image_pull_secrets: Vec<LocalObjectReference>,
    pub max_age: Option<String>,
    pub max_bytes: Option<String>,
    pub max_msgs: Option<i64>,
    pub max_payload: Option<String>,
    pub max_subs: Option<i64>,
    pub metadata: Option<Metadata>,
    pub metrics_container_template: Option<ContainerTemplate>,
    /// Labels of the nodes that pods may run on.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub node_selector: BTreeMap<String, String>,
    pub priority: Option<i64>,
    /// The priority of its pods.
    pub priority_class_name: Option<String>,
    pub raft_commit_timeout: Option<String>,
    pub raft_election_timeout: Option<String>,
    pub raft_heartbeat_timeout: Option<String>,
    pub raft_lease_timeout: Option<String>,
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
#[serde(rename_all = "camelCase")]
pub struct NATSConfig {
    pub url: Option<String>,
    #[serde(rename = "clusterID")]
    pub cluster_id: Option<String>,
    pub auth: Option<String>,
    pub access_secret: Option<SecretKeySelector>,
}

/// Kafka as the bus.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KafkaBus {
    pub url: String,
    pub topic: Option<String>,
    pub version: Option<String>,
    pub consumer_group: Option<KafkaConsumerGroup>,
    pub partitioner: Option<String>,
    pub sasl: Option<SASLConfig>,
    /// Certificates of the connection.
    pub tls: Option<TLSConfig>,
}

/// How a container of the bus runs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ContainerTemplate {
    pub resources: Option<ResourceRequirements>,
    /// User, capabilities and privileges.
    pub security_context: Option<SecurityContext>,
    /// `Always`, `IfNotPresent` or `Never`.
    pub image_pull_policy: Option<String>,
}

/// The volumes of the bus.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PersistenceStrategy {
    pub storage_class_name: Option<String>,
    pub access_mode: Option<String>,
    pub volume_size: Option<Quantity>,
}

/// How Kafka is authenticated to.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SASLConfig {
    pub mechanism: Option<String>,
    pub user_secret: Option<SecretKeySelector>,
    /// The Secret with the password.
    pub password_secret: Option<SecretKeySelector>,
}

/// How a connection is secured.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TLSConfig {
    pub enabled: Option<bool>,
    pub ca_cert_secret: Option<SecretKeySelector>,
    pub client_cert_secret: Option<SecretKeySelector>,
    pub client_key_secret: Option<SecretKeySelector>,
    /// Trusts any certificate.
    pub insecure_skip_verify: Option<bool>,
}

/// User name and password, from Secrets.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BasicAuth {
    pub username: Option<SecretKeySelector>,
    pub password: Option<SecretKeySelector>,
}
