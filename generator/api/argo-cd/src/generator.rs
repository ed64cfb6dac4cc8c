//! Generators of an ApplicationSet.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::LabelSelector;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_with::skip_serializing_none;

use crate::{ApplicationSetTemplate, PullRequestGenerator, SCMProviderGenerator};

/// Exactly one generator.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSetGenerator {
    /// Elements that stand in the object.
    pub list: Option<ListGenerator>,
    /// Clusters that Argo CD knows.
    pub clusters: Option<ClusterGenerator>,
    /// Directories or files of a repository.
    pub git: Option<GitGenerator>,
    /// Repositories of a Git host.
    pub scm_provider: Option<Box<SCMProviderGenerator>>,
    /// Clusters that another object decides on.
    pub cluster_decision_resource: Option<DuckTypeGenerator>,
    /// Open pull requests of a repository.
    pub pull_request: Option<Box<PullRequestGenerator>>,
    /// Every combination of two generators.
    pub matrix: Option<MatrixGenerator>,
    /// Elements of several generators, merged by keys.
    pub merge: Option<MergeGenerator>,
    /// Elements of an HTTP service.
    pub plugin: Option<PluginGenerator>,
    /// Which of the elements count, by their parameters; all if there is none.
    pub selector: Option<LabelSelector>,
}

/// A generator inside a matrix or merge: exactly one. Upstream decodes a matrix or merge in it no sooner than it runs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSetNestedGenerator {
    /// Elements that stand in the object.
    pub list: Option<ListGenerator>,
    /// Clusters that Argo CD knows.
    pub clusters: Option<ClusterGenerator>,
    /// Directories or files of a repository.
    pub git: Option<GitGenerator>,
    /// Repositories of a Git host.
    pub scm_provider: Option<Box<SCMProviderGenerator>>,
    /// Clusters that another object decides on.
    pub cluster_decision_resource: Option<DuckTypeGenerator>,
    /// Open pull requests of a repository.
    pub pull_request: Option<Box<PullRequestGenerator>>,
    /// Every combination of two generators.
    pub matrix: Option<NestedMatrixGenerator>,
    /// Elements of several generators, merged by keys.
    pub merge: Option<NestedMergeGenerator>,
    /// Elements of an HTTP service.
    pub plugin: Option<PluginGenerator>,
    /// Which of the elements count, by their parameters; all if there is none.
    pub selector: Option<LabelSelector>,
}

/// A generator inside a matrix or merge that is inside another: exactly one, and neither matrix nor merge.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSetTerminalGenerator {
    /// Elements that stand in the object.
    pub list: Option<ListGenerator>,
    /// Clusters that Argo CD knows.
    pub clusters: Option<ClusterGenerator>,
    /// Directories or files of a repository.
    pub git: Option<GitGenerator>,
    /// Repositories of a Git host.
    pub scm_provider: Option<Box<SCMProviderGenerator>>,
    /// Clusters that another object decides on.
    pub cluster_decision_resource: Option<DuckTypeGenerator>,
    /// Open pull requests of a repository.
    pub pull_request: Option<Box<PullRequestGenerator>>,
    /// Elements of an HTTP service.
    pub plugin: Option<PluginGenerator>,
    /// Which of the elements count, by their parameters; all if there is none.
    pub selector: Option<LabelSelector>,
}

/// Elements in the object itself.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ListGenerator {
    /// The elements: mappings of parameters to values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub elements: Vec<Value>,
    /// The elements as YAML text; inside a matrix a template of the other generator's parameters.
    pub elements_yaml: Option<String>,
    /// Fields of the Application that differ from the set's template, for elements of this generator.
    pub template: Option<Box<ApplicationSetTemplate>>,
}

/// Clusters that Argo CD knows.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClusterGenerator {
    /// Which clusters, by labels of their Secrets; with none also the one Argo CD runs in.
    pub selector: Option<LabelSelector>,
    /// Further parameters of each element, `{{values.NAME}}`; may refer to its other parameters.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    /// Makes one element with a list of all clusters, `clusters`.
    pub flat_list: Option<bool>,
    /// Fields of the Application that differ from the set's template, for elements of this generator.
    pub template: Option<Box<ApplicationSetTemplate>>,
}

/// Directories or files of a repository.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["repoURL", "revision"])))]
pub struct GitGenerator {
    /// The Git repository.
    #[serde(rename = "repoURL", default)]
    pub repo_url: String,
    /// The branch, tag or commit.
    #[serde(default)]
    pub revision: String,
    /// Each directory that matches is an element.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub directories: Vec<GitDirectoryGeneratorItem>,
    /// Each JSON or YAML file that matches is an element, with its content as parameters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<GitFileGeneratorItem>,
    /// The parameter `path` becomes `PREFIX.path`; so two Git generators in a matrix do not clash.
    pub path_param_prefix: Option<String>,
    /// Further parameters of each element, `{{values.NAME}}`; may refer to its other parameters.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    /// How often the generator looks again.
    pub requeue_after_seconds: Option<i64>,
    /// Fields of the Application that differ from the set's template, for elements of this generator.
    pub template: Option<Box<ApplicationSetTemplate>>,
}

/// Directories by pattern.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["path"])))]
pub struct GitDirectoryGeneratorItem {
    /// The directories, as a glob such as `apps/*`.
    #[serde(default)]
    pub path: String,
    /// Leaves them out; wins over what includes them.
    pub exclude: Option<bool>,
}

/// Files by pattern.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["path"])))]
pub struct GitFileGeneratorItem {
    /// The files, as a glob such as `apps/**/config.json`.
    #[serde(default)]
    pub path: String,
    /// Leaves them out; wins over what includes them.
    pub exclude: Option<bool>,
}

/// Every combination of two generators.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["generators"])))]
pub struct MatrixGenerator {
    /// The two generators; templates in the second may use parameters of the first.
    #[serde(default)]
    pub generators: Vec<ApplicationSetNestedGenerator>,
    /// Fields of the Application that differ from the set's template, for elements of this generator.
    pub template: Option<Box<ApplicationSetTemplate>>,
}

/// Every combination of two generators, inside another matrix or merge; it has no template.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["generators"])))]
pub struct NestedMatrixGenerator {
    /// The two generators; templates in the second may use parameters of the first.
    #[serde(default)]
    pub generators: Vec<ApplicationSetTerminalGenerator>,
}

/// Elements of several generators, merged by keys.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["generators", "mergeKeys"])))]
pub struct MergeGenerator {
    /// The first gives the elements; those of the others add to them or overwrite.
    #[serde(default)]
    pub generators: Vec<ApplicationSetNestedGenerator>,
    /// Parameters by which elements are the same.
    #[serde(default)]
    pub merge_keys: Vec<String>,
    /// Fields of the Application that differ from the set's template, for elements of this generator.
    pub template: Option<Box<ApplicationSetTemplate>>,
}

/// Elements of several generators, merged by keys, inside another matrix or merge; it has no template.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["generators", "mergeKeys"])))]
pub struct NestedMergeGenerator {
    /// The first gives the elements; those of the others add to them or overwrite.
    #[serde(default)]
    pub generators: Vec<ApplicationSetTerminalGenerator>,
    /// Parameters by which elements are the same.
    #[serde(default)]
    pub merge_keys: Vec<String>,
}

/// Clusters that another object decides on.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["configMapRef"])))]
pub struct DuckTypeGenerator {
    /// The ConfigMap that says which kind of object decides, and where in its status clusters stand.
    #[serde(default)]
    pub config_map_ref: String,
    /// The object; or `labelSelector`.
    pub name: Option<String>,
    /// The objects, by labels; or `name`.
    pub label_selector: Option<LabelSelector>,
    /// Further parameters of each element, `{{values.NAME}}`; may refer to its other parameters.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    /// How often the generator looks again.
    pub requeue_after_seconds: Option<i64>,
    /// Fields of the Application that differ from the set's template, for elements of this generator.
    pub template: Option<Box<ApplicationSetTemplate>>,
}

/// Elements of an HTTP service.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["configMapRef"])))]
pub struct PluginGenerator {
    /// The ConfigMap that says where the service is.
    #[serde(default)]
    pub config_map_ref: PluginConfigMapRef,
    /// What the service is asked.
    pub input: Option<PluginInput>,
    /// Further parameters of each element, `{{values.NAME}}`; may refer to its other parameters.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    /// How often the generator looks again.
    pub requeue_after_seconds: Option<i64>,
    /// Fields of the Application that differ from the set's template, for elements of this generator.
    pub template: Option<Box<ApplicationSetTemplate>>,
}

/// The ConfigMap that says where a plugin is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct PluginConfigMapRef {
    /// The ConfigMap; it holds `baseUrl` and `token`.
    #[serde(default)]
    pub name: String,
}

/// Parameters of a plugin.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PluginInput {
    /// Parameters by name; what they may be, the plugin says.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, Value>,
}

/// A key of a Secret.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["secretName", "key"])))]
pub struct SecretRef {
    /// The Secret, in Argo CD's namespace or the set's.
    #[serde(default)]
    pub secret_name: String,
    /// The key of the Secret.
    #[serde(default)]
    pub key: String,
}

/// A key of a ConfigMap.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["configMapName", "key"])))]
pub struct ConfigMapKeyRef {
    /// The ConfigMap.
    #[serde(default)]
    pub config_map_name: String,
    /// The key of the ConfigMap.
    #[serde(default)]
    pub key: String,
}
