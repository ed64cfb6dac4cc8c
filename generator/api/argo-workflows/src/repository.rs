//! Artifact repositories, as a run's status remembers them.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::k8s_openapi::api::core::v1::{ConfigMapKeySelector, SecretKeySelector};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{CreateS3BucketOptions, OSSLifecycleRule, S3EncryptionOptions};

/// Where a controller keeps artifacts: exactly one store.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ArtifactRepository {
    /// Whether logs of containers are kept too.
    pub archive_logs: Option<bool>,
    /// S3 or a store that speaks its protocol.
    pub s3: Option<Box<S3ArtifactRepository>>,
    /// Google Cloud Storage.
    pub gcs: Option<Box<GCSArtifactRepository>>,
    /// Azure Storage.
    pub azure: Option<Box<AzureArtifactRepository>>,
    /// Alibaba Cloud OSS.
    pub oss: Option<Box<OSSArtifactRepository>>,
    /// HDFS.
    pub hdfs: Option<Box<HDFSArtifactRepository>>,
    /// JFrog Artifactory.
    pub artifactory: Option<Box<ArtifactoryArtifactRepository>>,
    /// An artifact driver plugin.
    pub plugin: Option<Box<PluginArtifactRepository>>,
}

/// S3 or a store that speaks its protocol, as an artifact repository.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct S3ArtifactRepository {
    /// Host and port, without a scheme; that of the default repository if there is none.
    pub endpoint: Option<String>,
    /// The bucket; that of the default repository if there is none.
    pub bucket: Option<String>,
    /// How keys are made, such as `{{workflow.name}}/{{pod.name}}`.
    pub key_format: Option<String>,
    /// Text before each key; older than `keyFormat`, which replaces it.
    pub key_prefix: Option<String>,
    /// The region; asked of the store if there is none.
    pub region: Option<String>,
    /// The Secret with the access key.
    pub access_key_secret: Option<SecretKeySelector>,
    /// Whether the bucket's name stands in the path or in the host name of URLs; found out if it is not set.
    pub addressing_style: Option<String>,
    /// The Secret with the CA that the store's certificate is checked against.
    pub ca_secret: Option<SecretKeySelector>,
    /// Makes the bucket if it does not exist; `{}` is enough.
    pub create_bucket_if_not_present: Option<CreateS3BucketOptions>,
    /// How the object is encrypted in the store.
    pub encryption_options: Option<S3EncryptionOptions>,
    /// Speaks HTTP in place of HTTPS.
    pub insecure: Option<bool>,
    /// The IAM role to take on.
    #[serde(rename = "roleARN")]
    pub role_arn: Option<String>,
    /// The Secret with the secret key.
    pub secret_key_secret: Option<SecretKeySelector>,
    /// The Secret with the session token of credentials that are short-lived.
    pub session_token_secret: Option<SecretKeySelector>,
    /// Takes credentials from the environment of the pod.
    #[serde(rename = "useSDKCreds")]
    pub use_sdk_creds: Option<bool>,
}

/// Google Cloud Storage as an artifact repository.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GCSArtifactRepository {
    /// The bucket.
    pub bucket: Option<String>,
    /// How keys are made, such as `{{workflow.name}}/{{pod.name}}`.
    pub key_format: Option<String>,
    /// The Secret with the key of a Google service account; else the pod's own identity.
    pub service_account_key_secret: Option<SecretKeySelector>,
}

/// Alibaba Cloud OSS as an artifact repository.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OSSArtifactRepository {
    /// The endpoint of the region.
    pub endpoint: Option<String>,
    /// The bucket.
    pub bucket: Option<String>,
    /// How keys are made, such as `{{workflow.name}}/{{pod.name}}`.
    pub key_format: Option<String>,
    /// The Secret with the access key.
    pub access_key_secret: Option<SecretKeySelector>,
    /// Makes the bucket if it does not exist.
    pub create_bucket_if_not_present: Option<bool>,
    /// When objects of the bucket grow cold and vanish.
    pub lifecycle_rule: Option<OSSLifecycleRule>,
    /// The Secret with the secret key.
    pub secret_key_secret: Option<SecretKeySelector>,
    /// The token of credentials that are short-lived, readable in the object.
    pub security_token: Option<String>,
    /// Takes credentials from the environment of the pod.
    #[serde(rename = "useSDKCreds")]
    pub use_sdk_creds: Option<bool>,
}

/// Azure Storage as an artifact repository.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["endpoint", "container"])))]
pub struct AzureArtifactRepository {
    /// The URL of the storage account.
    #[serde(default)]
    pub endpoint: String,
    /// The container.
    #[serde(default)]
    pub container: String,
    /// How names of blobs are made, such as `{{workflow.name}}/{{pod.name}}`.
    pub blob_name_format: Option<String>,
    /// The Secret with the account's key.
    pub account_key_secret: Option<SecretKeySelector>,
    /// Takes credentials from the environment of the pod.
    #[serde(rename = "useSDKCreds")]
    pub use_sdk_creds: Option<bool>,
}

/// JFrog Artifactory as an artifact repository.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ArtifactoryArtifactRepository {
    /// The URL of the Artifactory repository.
    #[serde(rename = "repoURL")]
    pub repo_url: Option<String>,
    /// How keys are made, such as `{{workflow.name}}/{{pod.name}}`.
    pub key_format: Option<String>,
    /// The Secret with the user name.
    pub username_secret: Option<SecretKeySelector>,
    /// The Secret with the password.
    pub password_secret: Option<SecretKeySelector>,
}

/// HDFS as an artifact repository.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HDFSArtifactRepository {
    /// Name nodes as `host:port`; the first that answers serves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<String>,
    /// How paths are made, such as `/argo/{{workflow.name}}/{{pod.name}}`.
    pub path_format: Option<String>,
    /// Overwrites a file that exists.
    pub force: Option<bool>,
    /// HDFS' `dfs.data.transfer.protection`: `authentication`, `integrity` or `privacy`.
    pub data_transfer_protection: Option<String>,
    /// The user; without meaning where Kerberos authenticates.
    pub hdfs_user: Option<String>,
    /// The Secret with the Kerberos credential cache; this or `krbKeytabSecret`.
    pub krb_c_cache_secret: Option<SecretKeySelector>,
    /// The ConfigMap key with the Kerberos configuration; needed with Kerberos.
    pub krb_config_config_map: Option<ConfigMapKeySelector>,
    /// The Secret with the Kerberos keytab; this or `krbCCacheSecret`.
    pub krb_keytab_secret: Option<SecretKeySelector>,
    /// The Kerberos realm; needed with a keytab.
    pub krb_realm: Option<String>,
    /// The Kerberos principal of the name nodes; needed with Kerberos.
    pub krb_service_principal_name: Option<String>,
    /// The Kerberos user; needed with a keytab.
    pub krb_username: Option<String>,
}

/// An artifact driver plugin as an artifact repository.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "configuration"])))]
pub struct PluginArtifactRepository {
    /// The plugin, by the name under which the controller knows it.
    #[serde(default)]
    pub name: String,
    /// How keys are made, such as `{{workflow.name}}/{{pod.name}}`.
    pub key_format: Option<String>,
    /// What the plugin wants to know, as text.
    #[serde(default)]
    pub configuration: String,
}
