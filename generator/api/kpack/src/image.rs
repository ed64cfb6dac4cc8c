//! Images that kpack builds, and keeps up to date.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::{
    Affinity, EnvVar, ObjectReference, ResourceRequirements, Toleration,
};
use luban_api_core::{ApiVersion, Kind, ObjectMeta, Quantity, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{BuildBuilderSpec, CNBBinding, NotaryConfig, SourceConfig};

/// An image that is built from a source, and again when source, buildpacks or stack change.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Image {
    /// Always `kpack.io/v1alpha2`.
    pub api_version: ApiVersion<Image>,
    /// Always `Image`.
    pub kind: Kind<Image>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: ImageSpec,
}

resource!(Image, group: "kpack.io", version: "v1alpha2", plural: "images", scope: namespaced);

/// What is built, with what, to where.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageSpec {
    /// Where the image is pushed; never changes.
    pub tag: Option<String>,
    /// Further tags of each built image.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub additional_tags: Vec<String>,
    /// The ServiceAccount of its pods.
    pub service_account_name: Option<String>,
    /// A Builder or ClusterBuilder.
    pub builder: Option<ObjectReference>,
    pub source: Option<SourceConfig>,
    /// `None` or `BuildNumber`.
    pub image_tagging_strategy: Option<String>,
    pub build: Option<ImageBuild>,
    pub cache: Option<ImageCacheConfig>,
    pub cosign: Option<CosignConfig>,
    pub default_process: Option<String>,
    pub failed_build_history_limit: Option<i64>,
    pub notary: Option<NotaryConfig>,
    pub project_descriptor_path: Option<String>,
    pub success_build_history_limit: Option<i64>,
}

/// How the build of an image runs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageBuild {
    /// Environment variables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub env: Vec<EnvVar>,
    pub resources: Option<ResourceRequirements>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<ObjectReference>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cnb_bindings: Vec<CNBBinding>,
    /// Which nodes, and which pods' company, its pods seek or avoid.
    pub affinity: Option<Affinity>,
    /// Seconds.
    pub build_timeout: Option<i64>,
    /// The time in the image: `now`, a number, or none for a reproducible image.
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

/// Where the cache of an image's builds is.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageCacheConfig {
    pub volume: Option<ImagePersistentVolumeCache>,
    pub registry: Option<RegistryCache>,
}

/// A cache in a volume.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImagePersistentVolumeCache {
    pub size: Option<Quantity>,
    pub storage_class_name: Option<String>,
}

/// A cache in a registry.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RegistryCache {
    pub tag: String,
}

/// One build of an image.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Build {
    /// Always `kpack.io/v1alpha2`.
    pub api_version: ApiVersion<Build>,
    /// Always `Build`.
    pub kind: Kind<Build>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: BuildSpec,
}

resource!(Build, group: "kpack.io", version: "v1alpha2", plural: "builds", scope: namespaced);

/// What one build builds, with what, to where.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BuildSpec {
    /// Where the image is pushed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The ServiceAccount of its pods.
    pub service_account_name: Option<String>,
    pub builder: Option<BuildBuilderSpec>,
    pub source: Option<SourceConfig>,
    pub cache: Option<BuildCacheConfig>,
    /// Environment variables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub env: Vec<EnvVar>,
    pub resources: Option<ResourceRequirements>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<ObjectReference>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cnb_bindings: Vec<CNBBinding>,
    /// Seconds after which it is stopped.
    pub active_deadline_seconds: Option<i64>,
    /// Which nodes, and which pods' company, its pods seek or avoid.
    pub affinity: Option<Affinity>,
    pub cosign: Option<CosignConfig>,
    pub creation_time: Option<String>,
    pub default_process: Option<String>,
    pub last_build: Option<LastBuild>,
    /// Labels of the nodes that pods may run on.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub node_selector: BTreeMap<String, String>,
    pub notary: Option<NotaryConfig>,
    /// The priority of its pods.
    pub priority_class_name: Option<String>,
    pub project_descriptor_path: Option<String>,
    pub run_image: Option<BuildSpecImage>,
    /// The container runtime of its pods.
    pub runtime_class_name: Option<String>,
    /// The scheduler of its pods.
    pub scheduler_name: Option<String>,
    /// Taints of nodes that pods put up with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tolerations: Vec<Toleration>,
}

/// The run image of a build.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BuildSpecImage {
    pub image: Option<String>,
}

/// Where the cache of a build is.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BuildCacheConfig {
    pub volume: Option<BuildPersistentVolumeCache>,
    pub registry: Option<RegistryCache>,
}

/// A cache in a volume claim.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BuildPersistentVolumeCache {
    pub persistent_volume_claim_name: Option<String>,
}

/// The cache image of an earlier build.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BuildCache {
    pub image: Option<String>,
}

/// The build before this one.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LastBuild {
    pub image: Option<String>,
    pub stack_id: Option<String>,
    pub cache: Option<BuildCache>,
}

/// How images are signed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CosignConfig {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annotations: Vec<CosignAnnotation>,
}

/// An annotation of a signature.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CosignAnnotation {
    pub name: String,
    pub value: String,
}

/// Finds the commit, blob or image that a source means.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SourceResolver {
    /// Always `kpack.io/v1alpha2`.
    pub api_version: ApiVersion<SourceResolver>,
    /// Always `SourceResolver`.
    pub kind: Kind<SourceResolver>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: SourceResolverSpec,
}

resource!(SourceResolver, group: "kpack.io", version: "v1alpha2", plural: "sourceresolvers", scope: namespaced);

/// The source to resolve.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SourceResolverSpec {
    pub service_account: Option<String>,
    pub source: Option<SourceConfig>,
}
