//! Artifacts: the files that templates take and give.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use luban_api_core::k8s_openapi::api::core::v1::SecretKeySelector;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    ArtifactoryArtifact, AzureArtifact, GCSArtifact, HDFSArtifact, Metadata, OSSArtifact,
    PluginArtifact, S3Artifact,
};

/// A named file or directory, declared as an input or output or passed as an argument.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Artifact {
    pub name: String,
    /// Where in the container it is.
    pub path: Option<String>,
    /// A reference to another artifact.
    pub from: Option<String>,
    /// An expression that names an artifact.
    pub from_expression: Option<String>,
    /// A directory below.
    pub sub_path: Option<String>,
    /// Goes on without it.
    pub optional: Option<bool>,
    /// Permission bits, decimal in JSON.
    pub mode: Option<i32>,
    /// Sets the bits of everything below.
    pub recurse_mode: Option<bool>,
    /// The name under which the whole workflow sees it.
    pub global_name: Option<String>,
    /// How it is packed.
    pub archive: Option<ArchiveStrategy>,
    pub archive_logs: Option<bool>,
    /// When artifacts are deleted.
    #[serde(rename = "artifactGC")]
    pub artifact_gc: Option<ArtifactGC>,
    pub deleted: Option<bool>,
    pub artifactory: Option<ArtifactoryArtifact>,
    pub azure: Option<AzureArtifact>,
    pub gcs: Option<GCSArtifact>,
    pub git: Option<GitArtifact>,
    pub hdfs: Option<HDFSArtifact>,
    pub http: Option<HTTPArtifact>,
    pub oss: Option<OSSArtifact>,
    pub plugin: Option<PluginArtifact>,
    pub raw: Option<RawArtifact>,
    pub s3: Option<S3Artifact>,
}

/// The files below an artifact's location.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ArtifactPaths {
    pub name: String,
    pub path: Option<String>,
    pub archive: Option<ArchiveStrategy>,
    pub archive_logs: Option<bool>,
    /// When artifacts are deleted.
    #[serde(rename = "artifactGC")]
    pub artifact_gc: Option<ArtifactGC>,
    pub artifactory: Option<ArtifactoryArtifact>,
    pub azure: Option<AzureArtifact>,
    pub deleted: Option<bool>,
    pub from: Option<String>,
    /// An expression that names an artifact.
    pub from_expression: Option<String>,
    pub gcs: Option<GCSArtifact>,
    pub git: Option<GitArtifact>,
    /// The name under which the whole workflow sees it.
    pub global_name: Option<String>,
    pub hdfs: Option<HDFSArtifact>,
    pub http: Option<HTTPArtifact>,
    pub mode: Option<i64>,
    pub optional: Option<bool>,
    pub oss: Option<OSSArtifact>,
    pub plugin: Option<PluginArtifact>,
    pub raw: Option<RawArtifact>,
    pub recurse_mode: Option<bool>,
    pub s3: Option<S3Artifact>,
    /// A directory below.
    pub sub_path: Option<String>,
}

/// Where a template's artifacts are kept.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ArtifactLocation {
    pub archive_logs: Option<bool>,
    pub s3: Option<S3Artifact>,
    pub git: Option<GitArtifact>,
    pub http: Option<HTTPArtifact>,
    pub artifactory: Option<ArtifactoryArtifact>,
    pub azure: Option<AzureArtifact>,
    pub gcs: Option<GCSArtifact>,
    pub hdfs: Option<HDFSArtifact>,
    pub oss: Option<OSSArtifact>,
    pub plugin: Option<PluginArtifact>,
    pub raw: Option<RawArtifact>,
}

/// When one artifact is deleted.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ArtifactGC {
    /// `OnWorkflowCompletion`, `OnWorkflowDeletion` or `Never`.
    pub strategy: Option<String>,
    /// Labels and annotations of pods.
    pub pod_metadata: Option<Metadata>,
    /// The ServiceAccount of its pods.
    pub service_account_name: Option<String>,
}

/// How a directory becomes one file.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ArchiveStrategy {
    pub tar: Option<TarStrategy>,
    pub none: Option<NoneStrategy>,
    pub zip: Option<ZipStrategy>,
}

/// Makes a tar archive, compressed.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TarStrategy {
    pub compression_level: Option<i32>,
}

/// Keeps a directory as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NoneStrategy {}

/// Makes a zip archive.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ZipStrategy {}

/// A checkout of a Git repository.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GitArtifact {
    pub repo: String,
    /// A commit, tag or branch.
    pub revision: Option<String>,
    pub branch: Option<String>,
    /// How many commits are fetched.
    pub depth: Option<i64>,
    pub single_branch: Option<bool>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fetch: Vec<String>,
    pub disable_submodules: Option<bool>,
    /// Trusts any SSH host key.
    pub insecure_ignore_host_key: Option<bool>,
    /// Trusts any certificate.
    #[serde(rename = "insecureSkipTLS")]
    pub insecure_skip_tls: Option<bool>,
    /// The Secret with the password.
    pub password_secret: Option<SecretKeySelector>,
    pub ssh_private_key_secret: Option<SecretKeySelector>,
    /// The Secret with the user name.
    pub username_secret: Option<SecretKeySelector>,
}

/// Content in the object itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RawArtifact {
    pub data: String,
}

/// A file behind a URL.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HTTPArtifact {
    pub url: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<Header>,
    pub auth: Option<HTTPAuth>,
    pub save_stream_via_file: Option<bool>,
}

/// A header of an HTTP artifact.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Header {
    pub name: String,
    pub value: String,
}

/// How an HTTP artifact authenticates.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HTTPAuth {
    /// User name and password.
    pub basic_auth: Option<BasicAuth>,
    pub client_cert: Option<ClientCertAuth>,
    pub oauth2: Option<OAuth2Auth>,
}

/// User name and password, from Secrets.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BasicAuth {
    /// The Secret with the user name.
    pub username_secret: Option<SecretKeySelector>,
    /// The Secret with the password.
    pub password_secret: Option<SecretKeySelector>,
}

/// A client certificate, from Secrets.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClientCertAuth {
    pub client_cert_secret: Option<SecretKeySelector>,
    pub client_key_secret: Option<SecretKeySelector>,
}

/// A token by OAuth 2 client credentials.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OAuth2Auth {
    #[serde(rename = "clientIDSecret")]
    pub client_id_secret: Option<SecretKeySelector>,
    pub client_secret_secret: Option<SecretKeySelector>,
    #[serde(rename = "tokenURLSecret")]
    pub token_url_secret: Option<SecretKeySelector>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub endpoint_params: Vec<OAuth2EndpointParam>,
}

/// A further parameter of a token request.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OAuth2EndpointParam {
    pub key: String,
    pub value: Option<String>,
}
