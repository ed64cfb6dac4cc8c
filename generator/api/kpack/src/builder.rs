//! Builders and what they are made of.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::ObjectReference;
use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::ImageSource;

/// A builder image of a namespace.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Builder {
    /// Always `kpack.io/v1alpha2`.
    pub api_version: ApiVersion<Builder>,
    /// Always `Builder`.
    pub kind: Kind<Builder>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: NamespacedBuilderSpec,
}

resource!(Builder, group: "kpack.io", version: "v1alpha2", plural: "builders", scope: namespaced);

/// What a builder is made of.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NamespacedBuilderSpec {
    /// Where the builder image is pushed.
    pub tag: Option<String>,
    /// The ServiceAccount of its pods.
    pub service_account_name: Option<String>,
    pub service_account: Option<String>,
    pub stack: Option<ObjectReference>,
    /// What runs after a container starts and before it stops.
    pub lifecycle: Option<ObjectReference>,
    pub store: Option<ObjectReference>,
    /// Groups of buildpacks, tried in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<BuilderOrderEntry>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub additional_labels: BTreeMap<String, String>,
}

/// A builder image for every namespace.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClusterBuilder {
    /// Always `kpack.io/v1alpha2`.
    pub api_version: ApiVersion<ClusterBuilder>,
    /// Always `ClusterBuilder`.
    pub kind: Kind<ClusterBuilder>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: ClusterBuilderSpec,
}

resource!(ClusterBuilder, group: "kpack.io", version: "v1alpha2", plural: "clusterbuilders", scope: cluster);

/// What a cluster's builder is made of.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClusterBuilderSpec {
    /// Where the builder image is pushed.
    pub tag: Option<String>,
    /// The ServiceAccount that images are pulled and pushed with.
    pub service_account_ref: Option<ObjectReference>,
    pub stack: Option<ObjectReference>,
    /// What runs after a container starts and before it stops.
    pub lifecycle: Option<ObjectReference>,
    pub store: Option<ObjectReference>,
    /// Groups of buildpacks, tried in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<BuilderOrderEntry>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub additional_labels: BTreeMap<String, String>,
}

/// A group of buildpacks that are tried together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BuilderOrderEntry {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub group: Vec<BuilderBuildpackRef>,
}

/// A buildpack of a group.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BuilderBuildpackRef {
    pub id: Option<String>,
    pub version: Option<String>,
    pub image: Option<String>,
    pub name: Option<String>,
    pub kind: Option<String>,
    pub optional: Option<bool>,
    pub api_version: Option<String>,
    pub field_path: Option<String>,
    pub namespace: Option<String>,
    pub resource_version: Option<String>,
    pub uid: Option<String>,
}

/// The images that builds run in and applications run on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClusterStack {
    /// Always `kpack.io/v1alpha2`.
    pub api_version: ApiVersion<ClusterStack>,
    /// Always `ClusterStack`.
    pub kind: Kind<ClusterStack>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: ClusterStackSpec,
}

resource!(ClusterStack, group: "kpack.io", version: "v1alpha2", plural: "clusterstacks", scope: cluster);

/// A stack's images.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClusterStackSpec {
    /// The stack's id, as buildpacks name it.
    pub id: Option<String>,
    pub build_image: Option<ClusterStackSpecImage>,
    pub run_image: Option<ClusterStackSpecImage>,
    /// The ServiceAccount that images are pulled and pushed with.
    pub service_account_ref: Option<ObjectReference>,
}

/// An image of a stack.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClusterStackSpecImage {
    pub image: Option<String>,
}

/// Buildpacks for builders to choose from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClusterStore {
    /// Always `kpack.io/v1alpha2`.
    pub api_version: ApiVersion<ClusterStore>,
    /// Always `ClusterStore`.
    pub kind: Kind<ClusterStore>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: ClusterStoreSpec,
}

resource!(ClusterStore, group: "kpack.io", version: "v1alpha2", plural: "clusterstores", scope: cluster);

/// The images that hold a store's buildpacks.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClusterStoreSpec {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<ImageSource>,
    /// The ServiceAccount that images are pulled and pushed with.
    pub service_account_ref: Option<ObjectReference>,
}

/// The Cloud Native Buildpacks lifecycle that builders contain.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClusterLifecycle {
    /// Always `kpack.io/v1alpha2`.
    pub api_version: ApiVersion<ClusterLifecycle>,
    /// Always `ClusterLifecycle`.
    pub kind: Kind<ClusterLifecycle>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: ClusterLifecycleSpec,
}

resource!(ClusterLifecycle, group: "kpack.io", version: "v1alpha2", plural: "clusterlifecycles", scope: cluster);

/// The image of a lifecycle.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClusterLifecycleSpec {
    pub image: Option<String>,
    /// The ServiceAccount that images are pulled and pushed with.
    pub service_account_ref: Option<ObjectReference>,
}

/// A buildpack of a namespace.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Buildpack {
    /// Always `kpack.io/v1alpha2`.
    pub api_version: ApiVersion<Buildpack>,
    /// Always `Buildpack`.
    pub kind: Kind<Buildpack>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: BuildpackSpec,
}

resource!(Buildpack, group: "kpack.io", version: "v1alpha2", plural: "buildpacks", scope: namespaced);

/// The image of a buildpack.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BuildpackSpec {
    pub image: Option<String>,
    /// The ServiceAccount of its pods.
    pub service_account_name: Option<String>,
}

/// A buildpack for every namespace.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClusterBuildpack {
    /// Always `kpack.io/v1alpha2`.
    pub api_version: ApiVersion<ClusterBuildpack>,
    /// Always `ClusterBuildpack`.
    pub kind: Kind<ClusterBuildpack>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: ClusterBuildpackSpec,
}

resource!(ClusterBuildpack, group: "kpack.io", version: "v1alpha2", plural: "clusterbuildpacks", scope: cluster);

/// The image of a cluster's buildpack.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClusterBuildpackSpec {
    pub image: Option<String>,
    /// The ServiceAccount that images are pulled and pushed with.
    pub service_account_ref: Option<ObjectReference>,
}
