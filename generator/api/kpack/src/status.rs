//! What kpack reports.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::Time;
use luban_api_core::k8s_openapi::api::core::v1::LocalObjectReference;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::ImageSource;

/// One thing that kpack reports.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["type", "status"])))]
pub struct Condition {
    /// What it is about: `Ready`, `Succeeded`, `BuilderReady` and the like.
    #[serde(default)]
    pub type_: String,
    /// `True`, `False` or `Unknown`.
    #[serde(default)]
    pub status: String,
    /// How bad it is if it is not true: an error if empty, `Warning` or `Info`.
    pub severity: Option<String>,
    /// When `status` last changed.
    pub last_transition_time: Option<Time>,
    /// Why, in one word for programs.
    pub reason: Option<String>,
    /// Why, in words for people.
    pub message: Option<String>,
}

/// The stack that an image was built on.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BuildStack {
    /// The stack's id.
    pub id: Option<String>,
    /// The run image, by digest.
    pub run_image: Option<String>,
}

/// A buildpack that took part.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["id", "version"])))]
pub struct BuildpackMetadata {
    /// The buildpack's id.
    #[serde(default)]
    pub id: String,
    /// The buildpack's version.
    #[serde(default)]
    pub version: String,
    /// The buildpack's home page.
    pub homepage: Option<String>,
}

/// A buildpack that an image holds.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["id"])))]
pub struct BuildpackStatus {
    /// The buildpack's id.
    #[serde(default)]
    pub id: String,
    /// The buildpack's version.
    pub version: Option<String>,
    /// The buildpack's home page.
    pub homepage: Option<String>,
    /// The version of the buildpack API that it speaks.
    pub api: Option<String>,
    /// Stacks that it runs on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stacks: Vec<BuildpackStack>,
    /// Groups of other buildpacks that it stands for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<OrderEntry>,
    /// The image that holds it.
    pub store_image: Option<ImageSource>,
    /// The digest of its layer, unpacked.
    pub diff_id: Option<String>,
    /// The digest of its layer.
    pub digest: Option<String>,
    /// The size of its layer in bytes.
    pub size: Option<i64>,
    /// The package that it came in.
    pub buildpackage: Option<BuildpackageInfo>,
}

/// A stack that a buildpack runs on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["id"])))]
pub struct BuildpackStack {
    /// The stack's id; `*` is any.
    #[serde(default)]
    pub id: String,
    /// Mixins that it needs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mixins: Vec<String>,
}

/// The package that a buildpack came in.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BuildpackageInfo {
    /// The package's id.
    pub id: Option<String>,
    /// The package's version.
    pub version: Option<String>,
    /// The package's home page.
    pub homepage: Option<String>,
}

/// A group of buildpacks that are tried together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderEntry {
    /// The buildpacks, in the order in which they run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub group: Vec<BuildpackRef>,
}

/// A buildpack of a group, by id.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["id"])))]
pub struct BuildpackRef {
    /// The buildpack's id.
    #[serde(default)]
    pub id: String,
    /// The buildpack's version; the newest if there is none.
    pub version: Option<String>,
    /// Lets the group fit a source even if this buildpack does not.
    pub optional: Option<bool>,
}

/// What a source is now: exactly one of these.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ResolvedSourceConfig {
    /// A commit.
    pub git: Option<ResolvedGitSource>,
    /// An archive.
    pub blob: Option<ResolvedBlobSource>,
    /// An image.
    pub registry: Option<ResolvedRegistrySource>,
}

/// A commit.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["url", "revision", "type"])))]
pub struct ResolvedGitSource {
    /// The repository's URL.
    #[serde(default)]
    pub url: String,
    /// The commit.
    #[serde(default)]
    pub revision: String,
    /// What the source's revision is: `Branch`, `Tag`, `Commit` or `Unknown`.
    #[serde(default)]
    pub type_: String,
    /// The directory of the source that is built.
    pub sub_path: Option<String>,
    /// The Git tree of that directory; the source is the same while it is.
    pub tree: Option<String>,
    /// Clones submodules too.
    pub initialize_submodules: Option<bool>,
}

/// An archive.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["url"])))]
pub struct ResolvedBlobSource {
    /// The archive's URL.
    #[serde(default)]
    pub url: String,
    /// How it is fetched: `secret`, `helper`, or without credentials.
    pub auth: Option<String>,
    /// The directory of the source that is built.
    pub sub_path: Option<String>,
    /// How many leading directories of the archive's paths are dropped.
    pub strip_components: Option<i64>,
}

/// An image that holds source code.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["image"])))]
pub struct ResolvedRegistrySource {
    /// The image.
    #[serde(default)]
    pub image: String,
    /// The directory of the source that is built.
    pub sub_path: Option<String>,
    /// Secrets to pull the image with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub image_pull_secrets: Vec<LocalObjectReference>,
}
