//! Images and builds of kpack.io/v1alpha1; kpack converts them to v1alpha2.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::k8s_openapi::api::core::v1::{
    ContainerState, EnvVar, ObjectReference, ResourceRequirements,
};
use luban_api_core::{ApiVersion, Kind, ObjectMeta, Quantity, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    BuildBuilderSpec, BuildStack, BuildpackMetadata, CNBBinding, Condition, ImageStatus,
    NotaryConfig, SourceConfig, SourceResolverSpec, SourceResolverStatus,
};

/// An image that is built from a source, and again when source, buildpacks or stack change.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct Image {
    /// Always `kpack.io/v1alpha1`.
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

resource!(Image, group: "kpack.io", version: "v1alpha1", plural: "images", scope: namespaced);

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
    /// The ServiceAccount whose Secrets builds pull, clone and push with; `default` if there is none.
    pub service_account: Option<String>,
    /// The Builder or ClusterBuilder, by kind and name. Required.
    pub builder: Option<ObjectReference>,
    /// Where the source code is.
    #[serde(default)]
    pub source: SourceConfig,
    /// `BuildNumber` (if there is none) adds a tag of number and time to each build; `None` does not.
    pub image_tagging_strategy: Option<String>,
    /// How builds run.
    pub build: Option<ImageBuild>,
    /// The size of the cache's volume; no cache if there is none.
    pub cache_size: Option<Quantity>,
    /// How many failed builds are kept; 10 if there is none, at least 1.
    pub failed_build_history_limit: Option<i64>,
    /// How the image is signed by Notary.
    pub notary: Option<NotaryConfig>,
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
    /// Service bindings, with metadata apart.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bindings: Vec<CNBBinding>,
}

/// One build of an image.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct Build {
    /// Always `kpack.io/v1alpha1`.
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

resource!(Build, group: "kpack.io", version: "v1alpha1", plural: "builds", scope: namespaced);

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
    pub service_account: Option<String>,
    /// The builder image, or the Builder or ClusterBuilder to take it from. Required.
    pub builder: Option<BuildBuilderSpec>,
    /// Where the source code is.
    #[serde(default)]
    pub source: SourceConfig,
    /// The volume claim of the cache.
    pub cache_name: Option<String>,
    /// Environment variables that buildpacks see.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub env: Vec<EnvVar>,
    /// CPU and memory that each step requests and may use.
    pub resources: Option<ResourceRequirements>,
    /// Service bindings, with metadata apart.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bindings: Vec<CNBBinding>,
    /// The build before this one, whose layers are used again.
    pub last_build: Option<LastBuild>,
    /// How the image is signed by Notary.
    pub notary: Option<NotaryConfig>,
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
    /// The stack that it was built on.
    pub stack: Option<BuildStack>,
    /// The buildpacks that took part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub build_metadata: Vec<BuildpackMetadata>,
}

/// Finds the commit, blob or image that a source means, again and again. kpack makes one for each Image.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct SourceResolver {
    /// Always `kpack.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<SourceResolver>,
    /// Always `SourceResolver`.
    #[serde(default)]
    pub kind: Kind<SourceResolver>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// The source, and whose Secrets it is read with.
    #[serde(default)]
    pub spec: SourceResolverSpec,
    /// What kpack reports: what the source is now.
    pub status: Option<SourceResolverStatus>,
}

resource!(SourceResolver, group: "kpack.io", version: "v1alpha1", plural: "sourceresolvers", scope: namespaced);
