//! Sources of manifests.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::IntOrString;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_with::skip_serializing_none;

/// A path of a repository, or a chart.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSource {
    pub name: Option<String>,
    #[serde(rename = "repoURL")]
    pub repo_url: String,
    /// The directory in the repository.
    pub path: Option<String>,
    /// The Helm chart, in place of a path.
    pub chart: Option<String>,
    /// A commit, tag, branch or chart version.
    pub target_revision: Option<String>,
    /// The name by which other sources' value files refer to this one.
    pub ref_: Option<String>,
    pub tag_prefix: Option<String>,
    pub kustomize: Option<ApplicationSourceKustomize>,
    pub helm: Option<ApplicationSourceHelm>,
    pub directory: Option<ApplicationSourceDirectory>,
    pub plugin: Option<ApplicationSourcePlugin>,
}

/// Plain manifests and Jsonnet.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSourceDirectory {
    pub recurse: Option<bool>,
    pub include: Option<String>,
    pub exclude: Option<String>,
    pub jsonnet: Option<ApplicationSourceJsonnet>,
    pub disable_extension_filter: Option<bool>,
}

/// Variables and libraries of Jsonnet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSourceJsonnet {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ext_vars: Vec<JsonnetVar>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tlas: Vec<JsonnetVar>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub libs: Vec<String>,
}

/// A variable of Jsonnet.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct JsonnetVar {
    pub name: String,
    pub value: String,
    pub code: Option<bool>,
}

/// How a Helm chart is rendered.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSourceHelm {
    pub release_name: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub value_files: Vec<String>,
    pub values: Option<String>,
    pub values_object: Option<Value>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<HelmParameter>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub file_parameters: Vec<HelmFileParameter>,
    pub ignore_missing_value_files: Option<bool>,
    pub namespace: Option<String>,
    pub version: Option<String>,
    /// The Kubernetes version that templates see.
    pub kube_version: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub api_versions: Vec<String>,
    pub pass_credentials: Option<bool>,
    pub skip_crds: Option<bool>,
    pub skip_schema_validation: Option<bool>,
    pub skip_tests: Option<bool>,
}

/// A value of a Helm chart.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HelmParameter {
    pub name: Option<String>,
    pub value: Option<String>,
    pub force_string: Option<bool>,
}

/// A value of a Helm chart, from a file.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HelmFileParameter {
    pub name: Option<String>,
    pub path: Option<String>,
}

/// What is changed in a kustomization.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSourceKustomize {
    pub namespace: Option<String>,
    /// Text before each name.
    pub name_prefix: Option<String>,
    /// Text after each name.
    pub name_suffix: Option<String>,
    /// Images as `name=newName:tag` or `name=newName@digest`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replicas: Vec<KustomizeReplica>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub patches: Vec<KustomizePatch>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<String>,
    pub ignore_missing_components: Option<bool>,
    /// Labels of every object, selectors included.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub common_labels: BTreeMap<String, String>,
    pub label_without_selector: Option<bool>,
    pub label_include_templates: Option<bool>,
    pub force_common_labels: Option<bool>,
    /// Annotations of every object.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub common_annotations: BTreeMap<String, String>,
    pub common_annotations_envsubst: Option<bool>,
    pub force_common_annotations: Option<bool>,
    pub version: Option<String>,
    /// The Kubernetes version that templates see.
    pub kube_version: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub api_versions: Vec<String>,
}

/// The number of replicas of an object.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KustomizeReplica {
    pub name: String,
    pub count: IntOrString,
}

/// A patch, and which objects it changes.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KustomizePatch {
    pub target: Option<KustomizeSelector>,
    pub patch: Option<String>,
    pub path: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub options: BTreeMap<String, bool>,
}

/// Which objects a patch changes.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KustomizeSelector {
    pub group: Option<String>,
    pub version: Option<String>,
    pub kind: Option<String>,
    pub name: Option<String>,
    pub namespace: Option<String>,
    /// Objects by labels.
    pub label_selector: Option<String>,
    /// Objects by annotations.
    pub annotation_selector: Option<String>,
}

/// A plugin that renders manifests.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSourcePlugin {
    pub name: Option<String>,
    /// Environment variables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub env: Vec<EnvEntry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<ApplicationSourcePluginParameter>,
}

/// An environment variable of a plugin.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EnvEntry {
    pub name: String,
    pub value: String,
}

/// A parameter of a plugin.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSourcePluginParameter {
    pub name: Option<String>,
    pub string: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub array: Vec<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub map: BTreeMap<String, String>,
}

/// Renders manifests from one branch to another.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SourceHydrator {
    pub dry_source: DrySource,
    pub sync_source: SyncSource,
    pub hydrate_to: Option<HydrateTo>,
}

/// What is rendered.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DrySource {
    #[serde(rename = "repoURL")]
    pub repo_url: String,
    pub target_revision: String,
    pub path: String,
    pub kustomize: Option<ApplicationSourceKustomize>,
    pub helm: Option<ApplicationSourceHelm>,
    pub directory: Option<ApplicationSourceDirectory>,
    pub plugin: Option<ApplicationSourcePlugin>,
}

/// Where the rendered manifests are synced from.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SyncSource {
    pub target_branch: String,
    pub path: String,
    #[serde(rename = "repoURL")]
    pub repo_url: Option<String>,
}

/// The branch that rendered manifests wait on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HydrateTo {
    pub target_branch: String,
}
