//! What builders of a cluster are made of: stacks, stores, lifecycles.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::k8s_openapi::api::core::v1::ObjectReference;
use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{ClusterLifecycleStatus, ClusterStackStatus, ClusterStoreStatus, ImageSource};

/// The images that builds run in and applications run on.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct ClusterStack {
    /// Always `kpack.io/v1alpha2`.
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

resource!(ClusterStack, group: "kpack.io", version: "v1alpha2", plural: "clusterstacks", scope: cluster);

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
    /// The ServiceAccount, with its namespace, whose Secrets the images are read with.
    pub service_account_ref: Option<ObjectReference>,
}

/// An image of a stack.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClusterStackSpecImage {
    /// The image.
    pub image: Option<String>,
}

/// Buildpacks for builders to choose from.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct ClusterStore {
    /// Always `kpack.io/v1alpha2`.
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

resource!(ClusterStore, group: "kpack.io", version: "v1alpha2", plural: "clusterstores", scope: cluster);

/// The images that hold a store's buildpacks.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClusterStoreSpec {
    /// Images of buildpacks, or builder images to take buildpacks from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<ImageSource>,
    /// The ServiceAccount, with its namespace, whose Secrets the images are read with.
    pub service_account_ref: Option<ObjectReference>,
}

/// The Cloud Native Buildpacks lifecycle that builders contain.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct ClusterLifecycle {
    /// Always `kpack.io/v1alpha2`.
    #[serde(default)]
    pub api_version: ApiVersion<ClusterLifecycle>,
    /// Always `ClusterLifecycle`.
    #[serde(default)]
    pub kind: Kind<ClusterLifecycle>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// The image of the lifecycle.
    #[serde(default)]
    pub spec: ClusterLifecycleSpec,
    /// What kpack reports: the image by digest and the APIs it speaks.
    pub status: Option<ClusterLifecycleStatus>,
}

resource!(ClusterLifecycle, group: "kpack.io", version: "v1alpha2", plural: "clusterlifecycles", scope: cluster);

/// The image of a lifecycle.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClusterLifecycleSpec {
    /// The image.
    pub image: Option<String>,
    /// The ServiceAccount, with its namespace, whose Secrets the image is read with.
    pub service_account_ref: Option<ObjectReference>,
}
