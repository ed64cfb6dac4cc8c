//! What a trigger does.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::Embedded;
use luban_api_core::k8s_openapi::api::core::v1::{ConfigMapKeySelector, SecretKeySelector};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    AWSLambdaTrigger, AzureEventHubsTrigger, AzureServiceBusTrigger, BasicAuth,
    ConditionsResetCriteria, CustomTrigger, EmailTrigger, GithubAppCreds, KafkaTrigger,
    NATSTrigger, OpenWhiskTrigger, PulsarTrigger, SlackTrigger, TLSConfig, TriggerParameter,
};

/// One action: exactly one of the trigger types.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TriggerTemplate {
    pub name: String,
    /// An expression over dependencies, such as `a && (b || c)`; all of them if there is none.
    pub conditions: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions_reset: Vec<ConditionsResetCriteria>,
    pub k8s: Option<StandardK8STrigger>,
    pub argo_workflow: Option<ArgoWorkflowTrigger>,
    pub http: Option<HTTPTrigger>,
    pub log: Option<LogTrigger>,
    pub aws_lambda: Option<AWSLambdaTrigger>,
    pub azure_event_hubs: Option<AzureEventHubsTrigger>,
    pub azure_service_bus: Option<AzureServiceBusTrigger>,
    pub custom: Option<CustomTrigger>,
    pub email: Option<EmailTrigger>,
    pub kafka: Option<KafkaTrigger>,
    pub nats: Option<NATSTrigger>,
    pub open_whisk: Option<OpenWhiskTrigger>,
    pub pulsar: Option<PulsarTrigger>,
    pub slack: Option<SlackTrigger>,
}

/// Creates, updates, patches or deletes a Kubernetes object.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StandardK8STrigger {
    /// `create` (if there is none), `update`, `patch` or `delete`.
    pub operation: Option<String>,
    /// The object.
    pub source: Option<ArtifactLocation>,
    /// Values of the event, put into the object.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<TriggerParameter>,
    /// The content type of a patch.
    pub patch_strategy: Option<String>,
    pub live_object: Option<bool>,
}

/// Submits a workflow or works on one.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ArgoWorkflowTrigger {
    /// `submit`, `submit-from`, `resubmit`, `resume`, `retry`, `stop`, `suspend`, `terminate`.
    pub operation: Option<String>,
    pub source: Option<ArtifactLocation>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<TriggerParameter>,
    /// Arguments of the command.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<String>,
}

/// Where an object's manifest is.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ArtifactLocation {
    /// The object itself.
    pub resource: Option<Embedded>,
    /// The object as text.
    pub inline: Option<String>,
    pub configmap: Option<ConfigMapKeySelector>,
    pub file: Option<FileArtifact>,
    pub git: Option<GitArtifact>,
    pub url: Option<URLArtifact>,
    pub s3: Option<S3Artifact>,
}

/// A manifest in a file.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FileArtifact {
    pub path: Option<String>,
}

/// A manifest behind a URL.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct URLArtifact {
    pub path: String,
    pub verify_cert: Option<bool>,
}

/// A manifest in a Git repository.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GitArtifact {
    pub url: String,
    pub file_path: String,
    pub branch: Option<String>,
    pub tag: Option<String>,
    pub ref_: Option<String>,
    pub remote: Option<GitRemoteConfig>,
    pub clone_directory: Option<String>,
    pub creds: Option<GitCreds>,
    pub github_app: Option<GithubAppCreds>,
    /// Trusts any SSH host key.
    pub insecure_ignore_host_key: Option<bool>,
    pub ssh_key_secret: Option<SecretKeySelector>,
}

/// User name and password for Git, from Secrets.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GitCreds {
    pub username: Option<SecretKeySelector>,
    pub password: Option<SecretKeySelector>,
}

/// A further remote of a clone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GitRemoteConfig {
    pub name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub urls: Vec<String>,
}

/// Objects of an S3 bucket: a manifest, or events of MinIO.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct S3Artifact {
    pub endpoint: Option<String>,
    pub bucket: Option<S3Bucket>,
    pub region: Option<String>,
    pub access_key: Option<SecretKeySelector>,
    pub ca_certificate: Option<SecretKeySelector>,
    /// Which events the Git host or store sends.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<String>,
    /// Which events count.
    pub filter: Option<S3Filter>,
    pub insecure: Option<bool>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    pub secret_key: Option<SecretKeySelector>,
}

/// A bucket, and a key in it.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct S3Bucket {
    pub key: Option<String>,
    pub name: String,
}

/// Which keys count.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct S3Filter {
    pub prefix: String,
    pub suffix: String,
}

/// Sends an HTTP request.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HTTPTrigger {
    pub url: String,
    pub method: Option<String>,
    /// The body that is sent, built of values of the event.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payload: Vec<TriggerParameter>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<TriggerParameter>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secure_headers: Vec<SecureHeader>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dynamic_headers: Vec<TriggerParameter>,
    /// User name and password.
    pub basic_auth: Option<BasicAuth>,
    /// Certificates of the connection.
    pub tls: Option<TLSConfig>,
    /// Seconds.
    pub timeout: Option<i64>,
    pub host: Option<String>,
}

/// A header whose value is a secret.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SecureHeader {
    pub name: Option<String>,
    pub value_from: Option<ValueFromSource>,
}

/// A value from a Secret or ConfigMap.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ValueFromSource {
    /// A key of a Secret.
    pub secret_key_ref: Option<SecretKeySelector>,
    /// A key of a ConfigMap.
    pub config_map_key_ref: Option<ConfigMapKeySelector>,
}

/// Writes the event to the log.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LogTrigger {
    /// Writes at most this often.
    pub interval_seconds: Option<i64>,
}
