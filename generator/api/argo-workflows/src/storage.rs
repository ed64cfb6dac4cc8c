//! Where artifacts are stored.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use luban_api_core::k8s_openapi::api::core::v1::{ConfigMapKeySelector, SecretKeySelector};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// An object in S3 or alike.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct S3Artifact {
    pub endpoint: Option<String>,
    pub bucket: Option<String>,
    pub key: Option<String>,
    pub region: Option<String>,
    /// The Secret with the access key.
    pub access_key_secret: Option<SecretKeySelector>,
    pub addressing_style: Option<String>,
    pub ca_secret: Option<SecretKeySelector>,
    /// Makes the bucket if it does not exist.
    pub create_bucket_if_not_present: Option<CreateS3BucketOptions>,
    pub encryption_options: Option<S3EncryptionOptions>,
    pub insecure: Option<bool>,
    /// The IAM role to take on.
    #[serde(rename = "roleARN")]
    pub role_arn: Option<String>,
    pub secret_key_secret: Option<SecretKeySelector>,
    pub session_token_secret: Option<SecretKeySelector>,
    /// Takes credentials from the environment of the pod.
    #[serde(rename = "useSDKCreds")]
    pub use_sdk_creds: Option<bool>,
}

/// How a bucket is created.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateS3BucketOptions {
    pub object_locking: Option<bool>,
}

/// How objects in S3 are encrypted.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct S3EncryptionOptions {
    pub enable_encryption: Option<bool>,
    pub kms_encryption_context: Option<String>,
    pub kms_key_id: Option<String>,
    pub server_side_customer_key_secret: Option<SecretKeySelector>,
}

/// An object in Google Cloud Storage.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GCSArtifact {
    pub bucket: Option<String>,
    pub key: String,
    pub service_account_key_secret: Option<SecretKeySelector>,
}

/// An object in Alibaba Cloud OSS.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OSSArtifact {
    pub endpoint: Option<String>,
    pub bucket: Option<String>,
    pub key: String,
    /// The Secret with the access key.
    pub access_key_secret: Option<SecretKeySelector>,
    /// Makes the bucket if it does not exist.
    pub create_bucket_if_not_present: Option<bool>,
    pub lifecycle_rule: Option<OSSLifecycleRule>,
    pub secret_key_secret: Option<SecretKeySelector>,
    pub security_token: Option<String>,
    /// Takes credentials from the environment of the pod.
    #[serde(rename = "useSDKCreds")]
    pub use_sdk_creds: Option<bool>,
}

/// When objects in OSS grow cold and vanish.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OSSLifecycleRule {
    pub mark_infrequent_access_after_days: Option<i32>,
    pub mark_deletion_after_days: Option<i32>,
}

/// A blob in Azure Storage.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AzureArtifact {
    pub endpoint: String,
    pub container: String,
    pub blob: String,
    pub account_key_secret: Option<SecretKeySelector>,
    /// Takes credentials from the environment of the pod.
    #[serde(rename = "useSDKCreds")]
    pub use_sdk_creds: Option<bool>,
}

/// A file in JFrog Artifactory.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ArtifactoryArtifact {
    pub url: String,
    /// The Secret with the user name.
    pub username_secret: Option<SecretKeySelector>,
    /// The Secret with the password.
    pub password_secret: Option<SecretKeySelector>,
}

/// A file in HDFS.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HDFSArtifact {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<String>,
    pub path: String,
    pub force: Option<bool>,
    pub data_transfer_protection: Option<String>,
    pub hdfs_user: Option<String>,
    pub krb_c_cache_secret: Option<SecretKeySelector>,
    pub krb_config_config_map: Option<ConfigMapKeySelector>,
    pub krb_keytab_secret: Option<SecretKeySelector>,
    pub krb_realm: Option<String>,
    pub krb_service_principal_name: Option<String>,
    pub krb_username: Option<String>,
}

/// A file that an artifact driver plugin keeps.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PluginArtifact {
    pub name: String,
    pub key: String,
    pub configuration: Option<String>,
    pub connection_timeout_seconds: Option<i64>,
}
