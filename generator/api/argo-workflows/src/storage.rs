//! Stores that artifacts are kept in.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::k8s_openapi::api::core::v1::{ConfigMapKeySelector, SecretKeySelector};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// An object in S3 or a store that speaks its protocol.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct S3Artifact {
    /// Host and port, without a scheme; that of the default repository if there is none.
    pub endpoint: Option<String>,
    /// The bucket; that of the default repository if there is none.
    pub bucket: Option<String>,
    /// The object's key; a directory's ends in `/`.
    pub key: Option<String>,
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

/// How a bucket is created.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CreateS3BucketOptions {
    /// Whether objects of the bucket can be locked against change.
    pub object_locking: Option<bool>,
}

/// How objects in S3 are encrypted.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct S3EncryptionOptions {
    /// Encrypts; with keys of S3 unless one of the other fields says otherwise.
    pub enable_encryption: Option<bool>,
    /// The KMS encryption context, as JSON.
    pub kms_encryption_context: Option<String>,
    /// The KMS key to encrypt with.
    pub kms_key_id: Option<String>,
    /// The Secret with a key of your own to encrypt with.
    pub server_side_customer_key_secret: Option<SecretKeySelector>,
}

/// An object in Google Cloud Storage.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["key"])))]
pub struct GCSArtifact {
    /// The bucket.
    pub bucket: Option<String>,
    /// The object's name.
    #[serde(default)]
    pub key: String,
    /// The Secret with the key of a Google service account; else the pod's own identity.
    pub service_account_key_secret: Option<SecretKeySelector>,
}

/// An object in Alibaba Cloud OSS.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["key"])))]
pub struct OSSArtifact {
    /// The endpoint of the region.
    pub endpoint: Option<String>,
    /// The bucket.
    pub bucket: Option<String>,
    /// The object's key.
    #[serde(default)]
    pub key: String,
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

/// When objects in OSS grow cold and vanish.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OSSLifecycleRule {
    /// Days until objects move to the class for infrequent access.
    pub mark_infrequent_access_after_days: Option<i32>,
    /// Days until objects are deleted.
    pub mark_deletion_after_days: Option<i32>,
}

/// A blob in Azure Storage.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["endpoint", "container", "blob"])))]
pub struct AzureArtifact {
    /// The URL of the storage account.
    #[serde(default)]
    pub endpoint: String,
    /// The container.
    #[serde(default)]
    pub container: String,
    /// The blob's name.
    #[serde(default)]
    pub blob: String,
    /// The Secret with the account's key.
    pub account_key_secret: Option<SecretKeySelector>,
    /// Takes credentials from the environment of the pod.
    #[serde(rename = "useSDKCreds")]
    pub use_sdk_creds: Option<bool>,
}

/// A file in JFrog Artifactory.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["url"])))]
pub struct ArtifactoryArtifact {
    /// The file's URL.
    #[serde(default)]
    pub url: String,
    /// The Secret with the user name.
    pub username_secret: Option<SecretKeySelector>,
    /// The Secret with the password.
    pub password_secret: Option<SecretKeySelector>,
}

/// A file in HDFS.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["path"])))]
pub struct HDFSArtifact {
    /// Name nodes as `host:port`; the first that answers serves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<String>,
    /// The file's path, absolute.
    #[serde(default)]
    pub path: String,
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

/// A file that an artifact driver plugin keeps.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["key"])))]
pub struct PluginArtifact {
    /// The plugin, by the name under which the controller knows it.
    pub name: Option<String>,
    /// Where the file is, in the plugin's own words.
    #[serde(default)]
    pub key: String,
    /// What the plugin wants to know, as text.
    pub configuration: Option<String>,
    /// Seconds that connecting to the driver may take, in place of the driver's own limit.
    pub connection_timeout_seconds: Option<i64>,
}
