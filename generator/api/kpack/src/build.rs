//! Single builds.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::{
    Affinity, EnvVar, ObjectReference, ResourceRequirements, Toleration,
};
use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    BuildBuilderSpec, BuildStatus, CNBBinding, CosignConfig, NotaryConfig, RegistryCache,
    SourceConfig,
};

/// One build of an image.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct Build {
    /// Always `kpack.io/v1alpha2`.
    #[serde(default)]
    pub api_version: ApiVersion<Build>,
    /// Always `Build`.
    #[serde(default)]
    pub kind: Kind<Build>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// What is built, with what, to where; nothing of it can be changed afterwards.
    #[serde(default)]
    pub spec: BuildSpec,
    /// What kpack reports: the steps of the build's pod and the image.
    pub status: Option<BuildStatus>,
}

resource!(Build, group: "kpack.io", version: "v1alpha2", plural: "builds", scope: namespaced);

/// What one build builds, with what, to where.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["source"])))]
pub struct BuildSpec {
    /// Where the image is pushed; the first names the repository.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The ServiceAccount whose Secrets the build pulls, clones and pushes with; `default` if there is none.
    pub service_account_name: Option<String>,
    /// The builder image, or the Builder or ClusterBuilder to take it from. Required.
    pub builder: Option<BuildBuilderSpec>,
    /// Where the source code is.
    #[serde(default)]
    pub source: SourceConfig,
    /// Where layers are kept between builds; nowhere if there is none.
    pub cache: Option<BuildCacheConfig>,
    /// Environment variables that buildpacks see.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub env: Vec<EnvVar>,
    /// CPU and memory that each step requests and may use.
    pub resources: Option<ResourceRequirements>,
    /// Secrets and provisioned services that are bound to the build, by kind and name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<ObjectReference>,
    /// Service bindings of v1alpha1; kpack refuses them in an object that it has not converted itself. Use `services`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cnb_bindings: Vec<CNBBinding>,
    /// Seconds after which the build is stopped.
    pub active_deadline_seconds: Option<i64>,
    /// Which nodes, and which pods' company, its pods seek or avoid.
    pub affinity: Option<Affinity>,
    /// How the image is signed by Cosign, with keys in Secrets of the ServiceAccount.
    pub cosign: Option<CosignConfig>,
    /// The time in the image: `now`, seconds since 1970 as text, or, if there is none, 1980, so that equal sources give equal images.
    pub creation_time: Option<String>,
    /// The type of process that the image starts; what the buildpacks choose if there is none.
    pub default_process: Option<String>,
    /// The build before this one, whose layers are used again.
    pub last_build: Option<LastBuild>,
    /// Labels of the nodes that pods may run on.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub node_selector: BTreeMap<String, String>,
    /// Signing by Notary, of v1alpha1; kpack refuses it in an object that it has not converted itself. Use Cosign.
    pub notary: Option<NotaryConfig>,
    /// The priority of its pods.
    pub priority_class_name: Option<String>,
    /// The project descriptor below the source's directory; `project.toml` if there is none.
    pub project_descriptor_path: Option<String>,
    /// The run image, in place of the builder's.
    pub run_image: Option<BuildSpecImage>,
    /// The container runtime of its pods.
    pub runtime_class_name: Option<String>,
    /// The scheduler of its pods.
    pub scheduler_name: Option<String>,
    /// Taints of nodes that pods put up with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tolerations: Vec<Toleration>,
}

/// A run image.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BuildSpecImage {
    /// The image.
    pub image: Option<String>,
}

/// Where the cache of a build is: in one of these.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BuildCacheConfig {
    /// In a volume claim that is there.
    pub volume: Option<BuildPersistentVolumeCache>,
    /// In an image of a registry.
    pub registry: Option<RegistryCache>,
}

/// A cache in a volume claim.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BuildPersistentVolumeCache {
    /// The claim.
    pub persistent_volume_claim_name: Option<String>,
}

/// The build before this one.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct LastBuild {
    /// The image that it built.
    pub image: Option<String>,
    /// The id of the stack that it was built on; with another one its layers are of no use.
    pub stack_id: Option<String>,
    /// The cache that it left.
    pub cache: Option<BuildCache>,
}

/// The cache image of an earlier build.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BuildCache {
    /// The image.
    pub image: Option<String>,
}
