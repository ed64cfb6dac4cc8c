//! Events of stores and services.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::{ConfigMapKeySelector, SecretKeySelector};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{EventSourceFilter, TLSConfig, WatchPathConfig, WebhookContext};

/// Changes of files in HDFS.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["type", "directory", "addresses"])))]
pub struct HDFSEventSource {
    /// The kind of change that counts: `CREATE`, `WRITE`, `REMOVE`, `RENAME` or `CHMOD`.
    #[serde(default)]
    pub type_: String,
    /// The directory that is watched.
    #[serde(default)]
    pub directory: String,
    /// The file's path below the directory, exactly; either this or `pathRegexp`.
    pub path: Option<String>,
    /// A regular expression for the file's path below the directory; either this or `path`.
    pub path_regexp: Option<String>,
    /// Host and port of each name node.
    #[serde(default)]
    pub addresses: Vec<String>,
    /// How often the directory is looked at, such as `1m` (if there is none).
    pub check_interval: Option<String>,
    /// The user, where Kerberos is not used.
    pub hdfs_user: Option<String>,
    /// Which events reach the bus; all of them if there is none.
    pub filter: Option<EventSourceFilter>,
    /// The Secret with a Kerberos credential cache; either this or `krbKeytabSecret`.
    pub krb_c_cache_secret: Option<SecretKeySelector>,
    /// The ConfigMap with Kerberos' configuration; needed with Kerberos.
    pub krb_config_config_map: Option<ConfigMapKeySelector>,
    /// The Secret with a Kerberos keytab; with it `krbUsername` and `krbRealm`.
    pub krb_keytab_secret: Option<SecretKeySelector>,
    /// The realm of the keytab.
    pub krb_realm: Option<String>,
    /// The principal of the name nodes; needed with Kerberos.
    pub krb_service_principal_name: Option<String>,
    /// The user of the keytab.
    pub krb_username: Option<String>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}

/// Changes of files behind SFTP.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["eventType", "watchPathConfig"])))]
pub struct SFTPEventSource {
    /// The kind of change that counts: `CREATE` (a file is new or has changed) or `REMOVE`.
    #[serde(default)]
    pub event_type: String,
    /// The directory, and which of its files.
    #[serde(default)]
    pub watch_path_config: WatchPathConfig,
    /// The Secret with host and port of the server.
    pub address: Option<SecretKeySelector>,
    /// The Secret with the user name.
    pub username: Option<SecretKeySelector>,
    /// The Secret with the password; with it any host key is trusted.
    pub password: Option<SecretKeySelector>,
    /// The Secret with an SSH key, private and public; it wins over `password`.
    pub ssh_key_secret: Option<SecretKeySelector>,
    /// How often the directory is looked at, such as `10s` (if there is none).
    pub poll_interval_duration: Option<String>,
    /// Which events reach the bus; all of them if there is none.
    pub filter: Option<EventSourceFilter>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}

/// A bucket behind the S3 API: the source of a trigger's manifest, or of MinIO's events.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["endpoint", "bucket"])))]
pub struct S3Artifact {
    /// Host and port of the store.
    #[serde(default)]
    pub endpoint: String,
    /// The bucket, and the key of a manifest in it.
    #[serde(default)]
    pub bucket: S3Bucket,
    /// The region of the bucket.
    pub region: Option<String>,
    /// Connects without TLS.
    pub insecure: Option<bool>,
    /// The Secret with the access key.
    pub access_key: Option<SecretKeySelector>,
    /// The Secret with the secret key.
    pub secret_key: Option<SecretKeySelector>,
    /// Which events the bucket reports, such as `s3:ObjectCreated:Put`. A trigger's source has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<String>,
    /// Which objects of the bucket count. A trigger's source has none.
    pub filter: Option<S3Filter>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// The Secret with the certificate authority that is trusted.
    pub ca_certificate: Option<SecretKeySelector>,
}

/// A bucket, and a key in it.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct S3Bucket {
    /// The name of the bucket.
    #[serde(default)]
    pub name: String,
    /// The object in the bucket. Events need none.
    pub key: Option<String>,
}

/// Which objects of a bucket count.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct S3Filter {
    /// What the object's key must begin with.
    pub prefix: Option<String>,
    /// What the object's key must end with.
    pub suffix: Option<String>,
}

/// Events of Slack.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SlackEventSource {
    /// The HTTP endpoint that receives the events.
    pub webhook: Option<WebhookContext>,
    /// The Secret that Slack signs requests with; a request without a right signature is refused.
    pub signing_secret: Option<SecretKeySelector>,
    /// The Secret with the verification token of the URL handshake; Slack advises to use `signingSecret`.
    pub token: Option<SecretKeySelector>,
    /// Which events reach the bus; all of them if there is none.
    pub filter: Option<EventSourceFilter>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}

/// Notifications of NetApp StorageGRID.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["topicArn", "apiURL", "bucket", "authToken"])))]
pub struct StorageGridEventSource {
    /// The HTTP endpoint that receives the events.
    pub webhook: Option<WebhookContext>,
    /// The topic that the bucket's notifications are sent to.
    #[serde(default)]
    pub topic_arn: String,
    /// The address of StorageGRID's API.
    #[serde(rename = "apiURL", default)]
    pub api_url: String,
    /// The bucket.
    #[serde(default)]
    pub bucket: String,
    /// The Secret with a token for the API.
    #[serde(default)]
    pub auth_token: SecretKeySelector,
    /// Which events the bucket reports, such as `ObjectCreated:Put`, without the `s3:` of Amazon's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<String>,
    /// The region; `us-east-1` if there is none.
    pub region: Option<String>,
    /// Which objects of the bucket count.
    pub filter: Option<StorageGridFilter>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// Certificates for calls of the API.
    pub tls: Option<TLSConfig>,
}

/// Which StorageGRID objects count.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct StorageGridFilter {
    /// What the object's key must begin with.
    pub prefix: Option<String>,
    /// What the object's key must end with.
    pub suffix: Option<String>,
}

/// Events of Stripe.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct StripeEventSource {
    /// The HTTP endpoint that receives the events.
    pub webhook: Option<WebhookContext>,
    /// Registers the webhook at Stripe.
    pub create_webhook: Option<bool>,
    /// The Secret with the API key; needed to register.
    pub api_key: Option<SecretKeySelector>,
    /// Types of events that count, such as `charge.failed`; all of them if there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub event_filter: Vec<String>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}
