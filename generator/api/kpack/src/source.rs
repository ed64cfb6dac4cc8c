//! Sources of builds, and what images and builds share.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::k8s_openapi::api::core::v1::{LocalObjectReference, ObjectReference};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// Exactly one source.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SourceConfig {
    /// A Git repository.
    pub git: Option<Git>,
    /// An archive behind a URL.
    pub blob: Option<Blob>,
    /// An image that holds source code.
    pub registry: Option<Registry>,
    /// The directory of the source that is built; the root if there is none.
    pub sub_path: Option<String>,
}

/// A Git repository and revision.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["url", "revision"])))]
pub struct Git {
    /// The repository's URL, by HTTPS or SSH.
    #[serde(default)]
    pub url: String,
    /// A commit, tag or branch; a branch is built again with each commit.
    #[serde(default)]
    pub revision: String,
    /// Clones submodules too.
    pub initialize_submodules: Option<bool>,
}

/// An archive behind a URL.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["url"])))]
pub struct Blob {
    /// The archive's URL, zip, tar or jar.
    #[serde(default)]
    pub url: String,
    /// How it is fetched: `secret` by a Secret of the ServiceAccount, `helper` by the cloud's identity; without credentials if there is none.
    pub auth: Option<String>,
    /// How many leading directories of the archive's paths are dropped.
    pub strip_components: Option<i64>,
}

/// Source code in an image.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["image"])))]
pub struct Registry {
    /// The image.
    #[serde(default)]
    pub image: String,
    /// Secrets to pull the image with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub image_pull_secrets: Vec<LocalObjectReference>,
}

/// An image.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ImageSource {
    /// The image.
    pub image: Option<String>,
}

/// The builder of a build.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BuildBuilderSpec {
    /// The builder image; either this or `ref`.
    pub image: Option<String>,
    /// Secrets to pull the builder image with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub image_pull_secrets: Vec<LocalObjectReference>,
    /// The Builder or ClusterBuilder, by kind and name; either this or `image`.
    pub ref_: Option<ObjectReference>,
}

/// A service binding in the older form.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CNBBinding {
    /// The name of the binding.
    pub name: Option<String>,
    /// The ConfigMap that says what is bound (`kind`, `provider`, `tags`).
    pub metadata_ref: Option<LocalObjectReference>,
    /// The Secret with the credentials.
    pub secret_ref: Option<LocalObjectReference>,
}

/// How images are signed by Notary.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NotaryConfig {
    /// By Notary v1.
    pub v1: Option<NotaryV1Config>,
}

/// How images are signed by Notary v1.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["url", "secretRef"])))]
pub struct NotaryV1Config {
    /// The Notary server's URL.
    #[serde(default)]
    pub url: String,
    /// The Secret with the signing key, of the builds' namespace.
    #[serde(default)]
    pub secret_ref: NotarySecretRef,
}

/// The Secret with the signing key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct NotarySecretRef {
    /// The Secret's name.
    #[serde(default)]
    pub name: String,
}
