//! What kpack reports of each kind.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::k8s_openapi::api::core::v1::ContainerState;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    BuildStack, BuildpackMetadata, BuildpackStatus, Condition, OrderEntry, ResolvedSourceConfig,
};

/// What kpack reports of an Image.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ImageStatus {
    /// The generation of the spec that this is about.
    pub observed_generation: Option<i64>,
    /// `Ready` and `BuilderReady`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The name of the newest Build.
    pub latest_build_ref: Option<String>,
    /// Why it was made: `CONFIG`, `COMMIT`, `BUILDPACK`, `STACK`, `TRIGGER`, several with commas between.
    pub latest_build_reason: Option<String>,
    /// The generation of the Image that it was made from.
    pub latest_build_image_generation: Option<i64>,
    /// The newest image that was built, by digest.
    pub latest_image: Option<String>,
    /// The id of the stack that it was built on.
    pub latest_stack: Option<String>,
    /// How many Builds were made so far.
    pub build_counter: Option<i64>,
    /// The volume claim of the cache.
    pub build_cache_name: Option<String>,
}

/// What kpack reports of a Build.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BuildStatus {
    /// The generation of the spec that this is about.
    pub observed_generation: Option<i64>,
    /// `Succeeded`; `Unknown` while it runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The build's pod.
    pub pod_name: Option<String>,
    /// The state of each step's container.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub step_states: Vec<ContainerState>,
    /// The steps that have ended.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps_completed: Vec<String>,
    /// The image that was built, by digest.
    pub latest_image: Option<String>,
    /// The image of the cache, by digest.
    pub latest_cache_image: Option<String>,
    /// The image with the attestation (SLSA provenance), by digest.
    pub latest_attestation_image: Option<String>,
    /// The stack that it was built on.
    pub stack: Option<BuildStack>,
    /// The buildpacks that took part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub build_metadata: Vec<BuildpackMetadata>,
    /// The version of the lifecycle.
    pub lifecycle_version: Option<String>,
}

/// What kpack reports of a SourceResolver.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SourceResolverStatus {
    /// The generation of the spec that this is about.
    pub observed_generation: Option<i64>,
    /// `Ready` and `ActivePolling`: whether the source is looked at again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// What the source is now.
    pub source: Option<ResolvedSourceConfig>,
}

/// What kpack reports of a Builder or ClusterBuilder.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BuilderStatus {
    /// The generation of the spec that this is about.
    pub observed_generation: Option<i64>,
    /// `Ready` and `UpToDate`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The builder image, by digest.
    pub latest_image: Option<String>,
    /// The stack in it.
    pub stack: Option<BuildStack>,
    /// The lifecycle in it.
    pub lifecycle: Option<ResolvedClusterLifecycle>,
    /// The buildpacks in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub builder_metadata: Vec<BuildpackMetadata>,
    /// The groups of buildpacks, with versions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<OrderEntry>,
    /// The operating system of its images.
    pub os: Option<String>,
    /// The generation of the ClusterStack in it.
    pub observed_stack_generation: Option<i64>,
    /// The generation of the ClusterStore in it.
    pub observed_store_generation: Option<i64>,
    /// Signatures of the builder image.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signature_paths: Vec<CosignSignature>,
}

/// A signature of a builder image.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["signingSecret", "targetDigest"])))]
pub struct CosignSignature {
    /// The Secret whose key signed it.
    #[serde(default)]
    pub signing_secret: String,
    /// The image that holds the signature.
    #[serde(default)]
    pub target_digest: String,
}

/// What kpack reports of a ClusterStack.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClusterStackStatus {
    /// The generation of the spec that this is about.
    pub observed_generation: Option<i64>,
    /// `Ready`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The stack's id.
    pub id: Option<String>,
    /// The image that builds run in.
    pub build_image: Option<ClusterStackStatusImage>,
    /// The image that applications run on.
    pub run_image: Option<ClusterStackStatusImage>,
    /// Mixins that both images have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mixins: Vec<String>,
    /// The user that builds run as.
    pub user_id: Option<i64>,
    /// The group that builds run as.
    pub group_id: Option<i64>,
}

/// An image of a stack, looked up.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClusterStackStatusImage {
    /// The image as the spec has it.
    pub image: Option<String>,
    /// The image by digest.
    pub latest_image: Option<String>,
}

/// What kpack reports of a ClusterStore.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClusterStoreStatus {
    /// The generation of the spec that this is about.
    pub observed_generation: Option<i64>,
    /// `Ready`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The buildpacks in the images.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buildpacks: Vec<BuildpackStatus>,
}

/// What kpack reports of a Buildpack.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BuildpackObjectStatus {
    /// The generation of the spec that this is about.
    pub observed_generation: Option<i64>,
    /// `Ready`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The buildpacks in the image.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buildpacks: Vec<BuildpackStatus>,
}

/// What kpack reports of a ClusterBuildpack.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClusterBuildpackStatus {
    /// The generation of the spec that this is about.
    pub observed_generation: Option<i64>,
    /// `Ready`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The buildpacks in the image.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buildpacks: Vec<BuildpackStatus>,
}

/// What kpack reports of a ClusterLifecycle.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClusterLifecycleStatus {
    /// The generation of the spec that this is about.
    pub observed_generation: Option<i64>,
    /// `Ready`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The image of the lifecycle.
    pub image: Option<ClusterLifecycleStatusImage>,
    /// The version of the lifecycle.
    pub version: Option<String>,
    /// Versions of the APIs that it speaks.
    pub apis: Option<LifecycleAPIs>,
    /// Deprecated: one version of each API; use `apis`.
    pub api: Option<LifecycleAPI>,
}

/// The image of a lifecycle, looked up.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClusterLifecycleStatusImage {
    /// The image as the spec has it.
    pub image: Option<String>,
    /// The image by digest.
    pub latest_image: Option<String>,
}

/// The lifecycle in a builder.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ResolvedClusterLifecycle {
    /// The image of the lifecycle.
    pub image: Option<ClusterLifecycleStatusImage>,
    /// The version of the lifecycle.
    pub version: Option<String>,
    /// Versions of the APIs that it speaks.
    pub apis: Option<LifecycleAPIs>,
    /// Deprecated: one version of each API; use `apis`.
    pub api: Option<LifecycleAPI>,
}

/// One version of each API of a lifecycle.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct LifecycleAPI {
    /// Of the API between lifecycle and buildpacks.
    pub buildpack: Option<String>,
    /// Of the API between platform and lifecycle.
    pub platform: Option<String>,
}

/// Versions of the APIs that a lifecycle speaks.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct LifecycleAPIs {
    /// Of the API between lifecycle and buildpacks.
    pub buildpack: Option<APIVersions>,
    /// Of the API between platform and lifecycle.
    pub platform: Option<APIVersions>,
}

/// Versions of an API.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct APIVersions {
    /// Versions that it speaks, such as `0.10`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supported: Vec<String>,
    /// Versions that it speaks and that will go.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deprecated: Vec<String>,
}
