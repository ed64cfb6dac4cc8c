//! How connections are made: certificates, credentials, attempts.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::k8s_openapi::api::core::v1::SecretKeySelector;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{Amount, Int64OrString};

/// How long to wait between attempts.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Backoff {
    /// The first pause: a text such as `10s`, or nanoseconds as a number; `1s` if there is none.
    pub duration: Option<Int64OrString>,
    /// What each pause is multiplied by for the next; 1.0 if there is none.
    pub factor: Option<Amount>,
    /// The part of a pause that chance may add to it: 0.1 is a tenth; 1 if there is none.
    pub jitter: Option<Amount>,
    /// How many attempts there are; 5 if there is none.
    pub steps: Option<i32>,
}

/// User name and password, from Secrets.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BasicAuth {
    /// The Secret with the user name.
    pub username: Option<SecretKeySelector>,
    /// The Secret with the password.
    pub password: Option<SecretKeySelector>,
}

/// How a connection is secured.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TLSConfig {
    /// Uses TLS even if no certificate is named.
    pub enabled: Option<bool>,
    /// The Secret with the certificate authority that is trusted.
    pub ca_cert_secret: Option<SecretKeySelector>,
    /// The Secret with the client's certificate; with it `clientKeySecret`.
    pub client_cert_secret: Option<SecretKeySelector>,
    /// The Secret with the key of the client's certificate.
    pub client_key_secret: Option<SecretKeySelector>,
    /// Trusts any certificate; the other fields count for nothing then.
    pub insecure_skip_verify: Option<bool>,
}

/// How Kafka is authenticated to by SASL.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SASLConfig {
    /// `PLAIN` (if there is none), `OAUTHBEARER`, `SCRAM-SHA-256`, `SCRAM-SHA-512` or `GSSAPI`.
    pub mechanism: Option<String>,
    /// The Secret with the user name.
    pub user_secret: Option<SecretKeySelector>,
    /// The Secret with the password.
    pub password_secret: Option<SecretKeySelector>,
}

/// Access to Amazon MSK by IAM.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["region"])))]
pub struct AWSMSKIAMConfig {
    /// The AWS region of the Kafka cluster.
    #[serde(default)]
    pub region: String,
}

/// A group of consumers that share a topic.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["groupName"])))]
pub struct KafkaConsumerGroup {
    /// The name of the group.
    #[serde(default)]
    pub group_name: String,
    /// Lets a new group begin at the oldest message; else at the next.
    pub oldest: Option<bool>,
    /// How partitions are shared out: `range` (if there is none), `roundrobin` or `sticky`.
    pub rebalance_strategy: Option<String>,
}

/// A registry of Avro schemas.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["url"])))]
pub struct SchemaRegistryConfig {
    /// The registry's URL.
    #[serde(default)]
    pub url: String,
    /// The number of the schema.
    pub schema_id: Option<i32>,
    /// User name and password for the registry.
    pub auth: Option<BasicAuth>,
}

/// How NATS is authenticated to: by one of these.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NATSAuth {
    /// User name and password.
    pub basic: Option<BasicAuth>,
    /// The Secret with a token.
    pub token: Option<SecretKeySelector>,
    /// The Secret with an NKey seed.
    pub nkey: Option<SecretKeySelector>,
    /// The Secret with a credentials file.
    pub credential: Option<SecretKeySelector>,
}
