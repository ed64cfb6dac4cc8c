//! Kustomizations and Components.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    ConfigMapArgs, GeneratorOptions, HelmChart, HelmChartArgs, HelmGlobals, Image, Label, Patch,
    ReplacementField, Replica, SecretArgs, Var,
};

/// Manifests and how they are changed.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Kustomization {
    /// Always `kustomize.config.k8s.io/v1beta1`.
    #[serde(default)]
    pub api_version: ApiVersion<Kustomization>,
    /// Always `Kustomization`.
    #[serde(default)]
    pub kind: Kind<Kustomization>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// The namespace that every namespaced object gets.
    pub namespace: Option<String>,
    /// Text before the name of every object, and before references to it.
    pub name_prefix: Option<String>,
    /// Text after the name of every object, and after references to it.
    pub name_suffix: Option<String>,
    /// Files, directories and URLs of manifests and of other kustomizations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<String>,
    /// Components by directory or URL, applied one after another to all resources.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<String>,
    /// Labels, and where they are set.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Label>,
    /// Labels of every object, selectors included, which cannot change later; upstream advises `labels`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub common_labels: BTreeMap<String, String>,
    /// Annotations of every object.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub common_annotations: BTreeMap<String, String>,
    /// Images that get another name, tag or digest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<Image>,
    /// Numbers of replicas.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replicas: Vec<Replica>,
    /// Patches, strategic merge or JSON 6902, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub patches: Vec<Patch>,
    /// Values that are copied from one field to others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replacements: Vec<ReplacementField>,
    /// ConfigMaps made of files and values; a changed content gives a new name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub config_map_generator: Vec<ConfigMapArgs>,
    /// Secrets made of files and values; a changed content gives a new name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secret_generator: Vec<SecretArgs>,
    /// Labels and names of what generators make.
    pub generator_options: Option<GeneratorOptions>,
    /// Where Helm keeps charts and settings.
    pub helm_globals: Option<HelmGlobals>,
    /// Helm charts that are rendered; needs `--enable-helm`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub helm_charts: Vec<HelmChart>,
    /// Files, directories or inline text of generators' configurations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub generators: Vec<String>,
    /// Files, directories or inline text of transformers' configurations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transformers: Vec<String>,
    /// Files, directories or inline text of validators' configurations: transformers that may change nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub validators: Vec<String>,
    /// Files that tell the built-in transformers of further fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub configurations: Vec<String>,
    /// Files with OpenAPI definitions of custom kinds, so that references in their fields follow names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub crds: Vec<String>,
    /// A schema in place of the built-in one: its file under `path`, or a Kubernetes version under `version`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub openapi: BTreeMap<String, String>,
    /// What the output says of its making: `originAnnotations`, `transformerAnnotations`, `managedByLabel`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub build_metadata: Vec<String>,
    /// The order of the output.
    pub sort_options: Option<SortOptions>,
    /// Files or inline text of strategic merge patches; upstream advises `patches`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub patches_strategic_merge: Vec<String>,
    /// JSON 6902 patches, each with its target; upstream advises `patches`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub patches_json6902: Vec<Patch>,
    /// Values that manifests refer to by `$(NAME)`; upstream advises `replacements`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vars: Vec<Var>,
    /// Directories of other kustomizations; upstream advises `resources`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bases: Vec<String>,
    /// Images that get another name, tag or digest; older name of `images`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub image_tags: Vec<Image>,
    /// Helm charts that are rendered; upstream advises `helmCharts`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub helm_chart_inflation_generator: Vec<HelmChartArgs>,
}

resource!(Kustomization, group: "kustomize.config.k8s.io", version: "v1beta1", plural: "kustomizations", scope: namespaced);

/// A part of a kustomization that several kustomizations include.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Component {
    /// Always `kustomize.config.k8s.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<Component>,
    /// Always `Component`.
    #[serde(default)]
    pub kind: Kind<Component>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// The namespace that every namespaced object gets.
    pub namespace: Option<String>,
    /// Text before the name of every object, and before references to it.
    pub name_prefix: Option<String>,
    /// Text after the name of every object, and after references to it.
    pub name_suffix: Option<String>,
    /// Files, directories and URLs of manifests and of other kustomizations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<String>,
    /// Components by directory or URL, applied one after another to all resources.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<String>,
    /// Labels, and where they are set.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Label>,
    /// Labels of every object, selectors included, which cannot change later; upstream advises `labels`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub common_labels: BTreeMap<String, String>,
    /// Annotations of every object.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub common_annotations: BTreeMap<String, String>,
    /// Images that get another name, tag or digest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<Image>,
    /// Numbers of replicas.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replicas: Vec<Replica>,
    /// Patches, strategic merge or JSON 6902, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub patches: Vec<Patch>,
    /// Values that are copied from one field to others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replacements: Vec<ReplacementField>,
    /// ConfigMaps made of files and values; a changed content gives a new name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub config_map_generator: Vec<ConfigMapArgs>,
    /// Secrets made of files and values; a changed content gives a new name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secret_generator: Vec<SecretArgs>,
    /// Labels and names of what generators make.
    pub generator_options: Option<GeneratorOptions>,
    /// Where Helm keeps charts and settings.
    pub helm_globals: Option<HelmGlobals>,
    /// Helm charts that are rendered; needs `--enable-helm`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub helm_charts: Vec<HelmChart>,
    /// Files, directories or inline text of generators' configurations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub generators: Vec<String>,
    /// Files, directories or inline text of transformers' configurations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transformers: Vec<String>,
    /// Files, directories or inline text of validators' configurations: transformers that may change nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub validators: Vec<String>,
    /// Files that tell the built-in transformers of further fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub configurations: Vec<String>,
    /// Files with OpenAPI definitions of custom kinds, so that references in their fields follow names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub crds: Vec<String>,
    /// A schema in place of the built-in one: its file under `path`, or a Kubernetes version under `version`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub openapi: BTreeMap<String, String>,
    /// What the output says of its making: `originAnnotations`, `transformerAnnotations`, `managedByLabel`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub build_metadata: Vec<String>,
    /// The order of the output.
    pub sort_options: Option<SortOptions>,
    /// Files or inline text of strategic merge patches; upstream advises `patches`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub patches_strategic_merge: Vec<String>,
    /// JSON 6902 patches, each with its target; upstream advises `patches`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub patches_json6902: Vec<Patch>,
    /// Values that manifests refer to by `$(NAME)`; upstream advises `replacements`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vars: Vec<Var>,
    /// Directories of other kustomizations; upstream advises `resources`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bases: Vec<String>,
    /// Images that get another name, tag or digest; older name of `images`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub image_tags: Vec<Image>,
    /// Helm charts that are rendered; upstream advises `helmCharts`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub helm_chart_inflation_generator: Vec<HelmChartArgs>,
}

resource!(Component, group: "kustomize.config.k8s.io", version: "v1alpha1", plural: "components", scope: namespaced);

/// The order of the output.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SortOptions {
    /// `legacy` (by kind, as without `sortOptions`) or `fifo` (as the resources are listed).
    pub order: Option<String>,
    /// Other kinds to put first and last; only where `order` is `legacy`.
    pub legacy_sort_options: Option<LegacySortOptions>,
}

/// Kinds that come first and last.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct LegacySortOptions {
    /// Kinds that come first, such as `Namespace`; Kustomize's own list if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order_first: Vec<String>,
    /// Kinds that come last, such as `ValidatingWebhookConfiguration`; Kustomize's own list if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order_last: Vec<String>,
}
