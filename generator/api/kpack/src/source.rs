//! Sources of builds, and what images and builds share.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use luban_api_core::k8s_openapi::api::core::v1::{LocalObjectReference, ObjectReference};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// Exactly one source.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SourceConfig {
    pub git: Option<Git>,
    pub blob: Option<Blob>,
    pub registry: Option<Registry>,
    /// A directory below.
    pub sub_path: Option<String>,
}

/// A Git repository and revision.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Git {
    pub url: String,
    /// A commit, tag or branch.
    pub revision: String,
    pub initialize_submodules: Option<bool>,
}

/// An archive behind a URL.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Blob {
    pub url: String,
    pub auth: Option<String>,
    /// Leading directories that are dropped.
    pub strip_components: Option<i64>,
}

/// Source code in an image.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Registry {
    pub image: String,
    /// Secrets to pull images with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub image_pull_secrets: Vec<LocalObjectReference>,
}

/// An image.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageSource {
    pub image: Option<String>,
}

/// The builder of a build.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BuildBuilderSpec {
    /// The builder image.
    pub image: Option<String>,
    /// Secrets to pull images with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub image_pull_secrets: Vec<LocalObjectReference>,
    pub ref_: Option<ObjectReference>,
}

/// A service binding of the kind that buildpacks read.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CNBBinding {
    pub name: Option<String>,
    pub metadata_ref: Option<LocalObjectReference>,
    pub secret_ref: Option<LocalObjectReference>,
}

/// How images are signed by Notary.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NotaryConfig {
    pub v1: Option<NotaryV1Config>,
}

/// How images are signed by Notary v1.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NotaryV1Config {
    pub url: String,
    pub secret_ref: NotarySecretRef,
}

/// The Secret with the signing key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NotarySecretRef {
    pub name: String,
}
