//! Images that kpack builds, and keeps up to date.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::{
    Affinity, EnvVar, ObjectReference, ResourceRequirements, Toleration,
};
use luban_api_core::{ApiVersion, Kind, ObjectMeta, Quantity, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{CNBBinding, ImageStatus, NotaryConfig, SourceConfig};

/// An image that is built from a source, and again when source, buildpacks or stack change.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct Image {
    /// Always `kpack.io/v1alpha2`.
    #[serde(default)]
    pub api_version: ApiVersion<Image>,
    /// Always `Image`.
    #[serde(default)]
    pub kind: Kind<Image>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// What is built, with what, to where.
    #[serde(default)]
    pub spec: ImageSpec,
    /// What kpack reports: the newest build and the newest image.
    pub status: Option<ImageStatus>,
}

resource!(Image, group: "kpack.io", version: "v1alpha2", plural: "images", scope: namespaced);

/// What is built, with what, to where.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["tag", "source"])))]
pub struct ImageSpec {
    /// Where the image is pushed; it cannot be changed afterwards.
    #[serde(default)]
    pub tag: String,
    /// Further tags of each built image; in the registry of `tag`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub additional_tags: Vec<String>,
    /// The ServiceAccount whose Secrets builds pull, clone and push with; `default` if there is none.
    pub service_account_name: Option<String>,
    /// The Builder or ClusterBuilder, by kind and name. Required.
    pub builder: Option<ObjectReference>,
    /// Where the source code is.
    #[serde(default)]
    pub source: SourceConfig,
    /// `BuildNumber` (if there is none) adds a tag of number and time to each build; `None` does not.
    pub image_tagging_strategy: Option<String>,
    /// How builds run.
    pub build: Option<ImageBuild>,
    /// Where layers are kept between builds; a volume of 2 GB if there is none and the cluster has a default StorageClass.
    pub cache: Option<ImageCacheConfig>,
    /// How the image is signed by Cosign, with keys in Secrets of the ServiceAccount.
    pub cosign: Option<CosignConfig>,
    /// The type of process that the image starts; what the buildpacks choose if there is none.
    pub default_process: Option<String>,
    /// How many failed builds are kept; 10 if there is none, at least 1.
    pub failed_build_history_limit: Option<i64>,
    /// Signing by Notary, of v1alpha1; kpack refuses it in an object that it has not converted itself. Use Cosign.
    pub notary: Option<NotaryConfig>,
    /// The project descriptor below the source's directory; `project.toml` if there is none.
    pub project_descriptor_path: Option<String>,
    /// How many successful builds are kept; 10 if there is none, at least 1.
    pub success_build_history_limit: Option<i64>,
}

/// How the builds of an image run.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ImageBuild {
    /// Environment variables that buildpacks see.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub env: Vec<EnvVar>,
    /// CPU and memory that each step of a build requests and may use.
    pub resources: Option<ResourceRequirements>,
    /// Secrets and provisioned services that are bound to the build, by kind and name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<ObjectReference>,
    /// Service bindings of v1alpha1; kpack refuses them in an object that it has not converted itself. Use `services`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cnb_bindings: Vec<CNBBinding>,
    /// Which nodes, and which pods' company, its pods seek or avoid.
    pub affinity: Option<Affinity>,
    /// Seconds after which a build is stopped.
    pub build_timeout: Option<i64>,
    /// The time in the image: `now`, seconds since 1970 as text, or, if there is none, 1980, so that equal sources give equal images.
    pub creation_time: Option<String>,
    /// Labels of the nodes that pods may run on.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub node_selector: BTreeMap<String, String>,
    /// The container runtime of its pods.
    pub runtime_class_name: Option<String>,
    /// The scheduler of its pods.
    pub scheduler_name: Option<String>,
    /// Taints of nodes that pods put up with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tolerations: Vec<Toleration>,
}

/// Where the cache of an image's builds is: in one of these.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ImageCacheConfig {
    /// In a volume that kpack makes.
    pub volume: Option<ImagePersistentVolumeCache>,
    /// In an image of a registry.
    pub registry: Option<RegistryCache>,
}

/// A cache in a volume.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ImagePersistentVolumeCache {
    /// The size of the volume; it may only grow.
    pub size: Option<Quantity>,
    /// The StorageClass of the volume; the cluster's default if there is none. It cannot be changed afterwards.
    pub storage_class_name: Option<String>,
}

/// A cache in a registry.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["tag"])))]
pub struct RegistryCache {
    /// The image that holds the cache.
    #[serde(default)]
    pub tag: String,
}

/// How images are signed by Cosign.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CosignConfig {
    /// Annotations of each signature.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annotations: Vec<CosignAnnotation>,
}

/// An annotation of a signature.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "value"])))]
pub struct CosignAnnotation {
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// Its value.
    #[serde(default)]
    pub value: String,
}
