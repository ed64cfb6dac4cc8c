//! Builders.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::ObjectReference;
use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::BuilderStatus;

/// A builder image of a namespace.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct Builder {
    /// Always `kpack.io/v1alpha2`.
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

resource!(Builder, group: "kpack.io", version: "v1alpha2", plural: "builders", scope: namespaced);

/// What a builder is made of.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NamespacedBuilderSpec {
    /// Where the builder image is pushed.
    pub tag: Option<String>,
    /// The ServiceAccount whose Secrets the builder is pulled and pushed with; `default` if there is none.
    pub service_account_name: Option<String>,
    /// The older name of `serviceAccountName`, which wins over it.
    pub service_account: Option<String>,
    /// The ClusterStack.
    pub stack: Option<ObjectReference>,
    /// The ClusterLifecycle; `default-lifecycle` if there is none.
    pub lifecycle: Option<ObjectReference>,
    /// The ClusterStore that buildpacks named by id are taken from.
    pub store: Option<ObjectReference>,
    /// Groups of buildpacks, tried in order; the first that fits a source builds it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<BuilderOrderEntry>,
    /// Labels of the builder image.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub additional_labels: BTreeMap<String, String>,
}

/// A builder image for every namespace.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct ClusterBuilder {
    /// Always `kpack.io/v1alpha2`.
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

resource!(ClusterBuilder, group: "kpack.io", version: "v1alpha2", plural: "clusterbuilders", scope: cluster);

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
    /// The ClusterLifecycle; `default-lifecycle` if there is none.
    pub lifecycle: Option<ObjectReference>,
    /// The ClusterStore that buildpacks named by id are taken from.
    pub store: Option<ObjectReference>,
    /// Groups of buildpacks, tried in order; the first that fits a source builds it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<BuilderOrderEntry>,
    /// Labels of the builder image.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub additional_labels: BTreeMap<String, String>,
}

/// A group of buildpacks that are tried together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BuilderOrderEntry {
    /// The buildpacks, in the order in which they run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub group: Vec<BuilderBuildpackRef>,
}

/// A buildpack of a group: by id, by image, or by object.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BuilderBuildpackRef {
    /// The buildpack's id.
    pub id: Option<String>,
    /// The buildpack's version; the newest if there is none.
    pub version: Option<String>,
    /// The image that holds the buildpack.
    pub image: Option<String>,
    /// The name of a Buildpack or ClusterBuildpack.
    pub name: Option<String>,
    /// `Buildpack` or `ClusterBuildpack`.
    pub kind: Option<String>,
    /// Lets the group fit a source even if this buildpack does not.
    pub optional: Option<bool>,
    /// Not used; kpack takes an object reference whole.
    pub api_version: Option<String>,
    /// Not used; kpack takes an object reference whole.
    pub field_path: Option<String>,
    /// Not used; kpack takes an object reference whole.
    pub namespace: Option<String>,
    /// Not used; kpack takes an object reference whole.
    pub resource_version: Option<String>,
    /// Not used; kpack takes an object reference whole.
    pub uid: Option<String>,
}
