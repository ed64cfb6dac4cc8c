//! Artifacts: the files that templates take and give.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    ArtifactoryArtifact, AzureArtifact, GCSArtifact, GitArtifact, HDFSArtifact, HTTPArtifact,
    Metadata, OSSArtifact, PluginArtifact, RawArtifact, S3Artifact,
};

/// A named file or directory, declared as an input or output or passed as an argument.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct Artifact {
    /// Its name, by which arguments and `{{…}}` refer to it.
    #[serde(default)]
    pub name: String,
    /// Where in the container it is.
    pub path: Option<String>,
    /// A reference to another artifact, such as `{{steps.a.outputs.artifacts.b}}`.
    pub from: Option<String>,
    /// An expression that names an artifact.
    pub from_expression: Option<String>,
    /// A file or directory inside the artifact, in place of all of it.
    pub sub_path: Option<String>,
    /// Goes on without it.
    pub optional: Option<bool>,
    /// Permission bits, 0 to 0777; decimal in JSON.
    pub mode: Option<i32>,
    /// Sets the bits of everything below.
    pub recurse_mode: Option<bool>,
    /// The name under which the whole workflow sees it, `{{workflow.outputs.artifacts.NAME}}`.
    pub global_name: Option<String>,
    /// How it is packed; a compressed tar archive if it is not set.
    pub archive: Option<ArchiveStrategy>,
    /// Whether logs are kept there too.
    pub archive_logs: Option<bool>,
    /// When artifacts are deleted.
    #[serde(rename = "artifactGC")]
    pub artifact_gc: Option<ArtifactGC>,
    /// Whether it has been deleted; the controller writes it.
    pub deleted: Option<bool>,
    /// An object in S3 or a store that speaks its protocol.
    pub s3: Option<Box<S3Artifact>>,
    /// An object in Google Cloud Storage.
    pub gcs: Option<Box<GCSArtifact>>,
    /// A blob in Azure Storage.
    pub azure: Option<Box<AzureArtifact>>,
    /// An object in Alibaba Cloud OSS.
    pub oss: Option<Box<OSSArtifact>>,
    /// A file in HDFS.
    pub hdfs: Option<Box<HDFSArtifact>>,
    /// A file in JFrog Artifactory.
    pub artifactory: Option<Box<ArtifactoryArtifact>>,
    /// A file that an artifact driver plugin keeps.
    pub plugin: Option<Box<PluginArtifact>>,
    /// A file behind a URL.
    pub http: Option<Box<HTTPArtifact>>,
    /// A checkout of a Git repository; as an input only.
    pub git: Option<Box<GitArtifact>>,
    /// Content in the object itself; as an input only.
    pub raw: Option<RawArtifact>,
}

/// The files below an artifact's location, for a data template.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct ArtifactPaths {
    /// Its name in messages.
    #[serde(default)]
    pub name: String,
    /// Has no meaning here: the files are listed, not fetched.
    pub path: Option<String>,
    /// A reference to another artifact.
    pub from: Option<String>,
    /// An expression that names an artifact.
    pub from_expression: Option<String>,
    /// A directory below the location.
    pub sub_path: Option<String>,
    /// Goes on without it.
    pub optional: Option<bool>,
    /// Permission bits; without meaning here.
    pub mode: Option<i32>,
    /// Sets the bits of everything below; without meaning here.
    pub recurse_mode: Option<bool>,
    /// A name for the whole workflow; without meaning here.
    pub global_name: Option<String>,
    /// How it is packed; without meaning here.
    pub archive: Option<ArchiveStrategy>,
    /// Whether logs are kept there too.
    pub archive_logs: Option<bool>,
    /// When artifacts are deleted.
    #[serde(rename = "artifactGC")]
    pub artifact_gc: Option<ArtifactGC>,
    /// Whether it has been deleted; the controller writes it.
    pub deleted: Option<bool>,
    /// Objects in S3 or a store that speaks its protocol, below `key`.
    pub s3: Option<Box<S3Artifact>>,
    /// Objects in Google Cloud Storage.
    pub gcs: Option<Box<GCSArtifact>>,
    /// Blobs in Azure Storage.
    pub azure: Option<Box<AzureArtifact>>,
    /// Objects in Alibaba Cloud OSS.
    pub oss: Option<Box<OSSArtifact>>,
    /// A folder in HDFS.
    pub hdfs: Option<Box<HDFSArtifact>>,
    /// A folder in JFrog Artifactory.
    pub artifactory: Option<Box<ArtifactoryArtifact>>,
    /// Files that an artifact driver plugin keeps.
    pub plugin: Option<Box<PluginArtifact>>,
    /// A URL; it cannot be listed.
    pub http: Option<Box<HTTPArtifact>>,
    /// A Git repository; it cannot be listed.
    pub git: Option<Box<GitArtifact>>,
    /// Content in the object itself; it cannot be listed.
    pub raw: Option<RawArtifact>,
}

/// Where a template's artifacts are kept: at most one place.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ArtifactLocation {
    /// Whether logs are kept there too.
    pub archive_logs: Option<bool>,
    /// A place in S3 or a store that speaks its protocol.
    pub s3: Option<Box<S3Artifact>>,
    /// A place in Google Cloud Storage.
    pub gcs: Option<Box<GCSArtifact>>,
    /// A place in Azure Storage.
    pub azure: Option<Box<AzureArtifact>>,
    /// A place in Alibaba Cloud OSS.
    pub oss: Option<Box<OSSArtifact>>,
    /// A place in HDFS.
    pub hdfs: Option<Box<HDFSArtifact>>,
    /// A place in JFrog Artifactory.
    pub artifactory: Option<Box<ArtifactoryArtifact>>,
    /// A place that an artifact driver plugin keeps.
    pub plugin: Option<Box<PluginArtifact>>,
    /// A URL that files are put to and taken from.
    pub http: Option<Box<HTTPArtifact>>,
    /// A Git repository; files can only be taken from it.
    pub git: Option<Box<GitArtifact>>,
    /// Content in the object itself; files can only be taken from it.
    pub raw: Option<RawArtifact>,
}

/// When one artifact is deleted.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ArtifactGC {
    /// `OnWorkflowCompletion`, `OnWorkflowDeletion` or `Never`.
    pub strategy: Option<String>,
    /// Labels and annotations of the pods that delete.
    pub pod_metadata: Option<Metadata>,
    /// The ServiceAccount of the pods that delete.
    pub service_account_name: Option<String>,
}

/// How a directory becomes one file.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ArchiveStrategy {
    /// As a tar archive, compressed; the default.
    pub tar: Option<TarStrategy>,
    /// Not at all: a directory stays a directory of files.
    pub none: Option<NoneStrategy>,
    /// As a zip archive.
    pub zip: Option<ZipStrategy>,
}

/// Makes a tar archive, compressed.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TarStrategy {
    /// gzip's level, 0 for none to 9 for the smallest; gzip's default if it is not set.
    pub compression_level: Option<i32>,
}

/// Keeps a directory as it is; it has no fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NoneStrategy {}

/// Makes a zip archive; it has no fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ZipStrategy {}
