//! Buildpacks as objects of their own.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::k8s_openapi::api::core::v1::ObjectReference;
use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{BuildpackObjectStatus, ClusterBuildpackStatus};

/// A buildpack of a namespace.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct Buildpack {
    /// Always `kpack.io/v1alpha2`.
    #[serde(default)]
    pub api_version: ApiVersion<Buildpack>,
    /// Always `Buildpack`.
    #[serde(default)]
    pub kind: Kind<Buildpack>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// The image of the buildpack.
    #[serde(default)]
    pub spec: BuildpackSpec,
    /// What kpack reports: the buildpacks in the image.
    pub status: Option<BuildpackObjectStatus>,
}

resource!(Buildpack, group: "kpack.io", version: "v1alpha2", plural: "buildpacks", scope: namespaced);

/// The image of a buildpack.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BuildpackSpec {
    /// The image.
    pub image: Option<String>,
    /// The ServiceAccount whose Secrets the image is read with.
    pub service_account_name: Option<String>,
}

/// A buildpack for every namespace.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct ClusterBuildpack {
    /// Always `kpack.io/v1alpha2`.
    #[serde(default)]
    pub api_version: ApiVersion<ClusterBuildpack>,
    /// Always `ClusterBuildpack`.
    #[serde(default)]
    pub kind: Kind<ClusterBuildpack>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// The image of the buildpack.
    #[serde(default)]
    pub spec: ClusterBuildpackSpec,
    /// What kpack reports: the buildpacks in the image.
    pub status: Option<ClusterBuildpackStatus>,
}

resource!(ClusterBuildpack, group: "kpack.io", version: "v1alpha2", plural: "clusterbuildpacks", scope: cluster);

/// The image of a cluster's buildpack.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClusterBuildpackSpec {
    /// The image.
    pub image: Option<String>,
    /// The ServiceAccount, with its namespace, whose Secrets the image is read with.
    pub service_account_ref: Option<ObjectReference>,
}
