//! Builders, stacks and stores of kpack.io/v1alpha1; kpack converts them to v1alpha2.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::k8s_openapi::api::core::v1::ObjectReference;
use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    BuildStack, BuildpackMetadata, ClusterStackSpecImage, ClusterStackStatus, ClusterStoreStatus,
    Condition, ImageSource, OrderEntry,
};

/// A builder image of a namespace.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct Builder {
    /// Always `kpack.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<Builder>,
    /// Always `Builder`.
    #[serde(default)]
    pub kind: Kind<Builder>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// What the builder is made of.
    #[serde(default)]
    pub spec: NamespacedBuilderSpec,
    /// What kpack reports: the builder image and what is in it.
    pub status: Option<BuilderStatus>,
}

resource!(Builder, group: "kpack.io", version: "v1alpha1", plural: "builders", scope: namespaced);

/// What a builder is made of.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NamespacedBuilderSpec {
    /// Where the builder image is pushed.
    pub tag: Option<String>,
    /// The ServiceAccount whose Secrets the builder is pulled and pushed with; `default` if there is none.
    pub service_account: Option<String>,
    /// The ClusterStack.
    pub stack: Option<ObjectReference>,
    /// The ClusterStore that buildpacks named by id are taken from.
    pub store: Option<ObjectReference>,
    /// Groups of buildpacks, tried in order; the first that fits a source builds it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<OrderEntry>,
}

/// A builder image for every namespace.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct ClusterBuilder {
    /// Always `kpack.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<ClusterBuilder>,
    /// Always `ClusterBuilder`.
    #[serde(default)]
    pub kind: Kind<ClusterBuilder>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// What the builder is made of.
    #[serde(default)]
    pub spec: ClusterBuilderSpec,
    /// What kpack reports: the builder image and what is in it.
    pub status: Option<BuilderStatus>,
}

resource!(ClusterBuilder, group: "kpack.io", version: "v1alpha1", plural: "clusterbuilders", scope: cluster);

/// What a cluster's builder is made of.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClusterBuilderSpec {
    /// Where the builder image is pushed.
    pub tag: Option<String>,
    /// The ServiceAccount, with its namespace, whose Secrets the builder is pulled and pushed with.
    pub service_account_ref: Option<ObjectReference>,
    /// The ClusterStack.
    pub stack: Option<ObjectReference>,
    /// The ClusterStore that buildpacks named by id are taken from.
    pub store: Option<ObjectReference>,
    /// Groups of buildpacks, tried in order; the first that fits a source builds it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<OrderEntry>,
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
}

/// The images that builds run in and applications run on.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct ClusterStack {
    /// Always `kpack.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<ClusterStack>,
    /// Always `ClusterStack`.
    #[serde(default)]
    pub kind: Kind<ClusterStack>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// The stack's images.
    #[serde(default)]
    pub spec: ClusterStackSpec,
    /// What kpack reports: the images by digest, their users and mixins.
    pub status: Option<ClusterStackStatus>,
}

resource!(ClusterStack, group: "kpack.io", version: "v1alpha1", plural: "clusterstacks", scope: cluster);

/// A stack's images.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClusterStackSpec {
    /// The stack's id, as buildpacks name it.
    pub id: Option<String>,
    /// The image that builds run in.
    pub build_image: Option<ClusterStackSpecImage>,
    /// The image that applications run on.
    pub run_image: Option<ClusterStackSpecImage>,
}

/// Buildpacks for builders to choose from.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct ClusterStore {
    /// Always `kpack.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<ClusterStore>,
    /// Always `ClusterStore`.
    #[serde(default)]
    pub kind: Kind<ClusterStore>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// The images that hold the buildpacks.
    #[serde(default)]
    pub spec: ClusterStoreSpec,
    /// What kpack reports: the buildpacks in the images.
    pub status: Option<ClusterStoreStatus>,
}

resource!(ClusterStore, group: "kpack.io", version: "v1alpha1", plural: "clusterstores", scope: cluster);

/// The images that hold a store's buildpacks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClusterStoreSpec {
    /// Images of buildpacks, or builder images to take buildpacks from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<ImageSource>,
}
