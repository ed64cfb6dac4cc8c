//! Generators of an ApplicationSet.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::LabelSelector;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_with::skip_serializing_none;

use crate::{ApplicationSetTemplate, PullRequestGenerator, SCMProviderGenerator};

/// Exactly one generator.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSetGenerator {
    pub list: Option<ListGenerator>,
    pub clusters: Option<ClusterGenerator>,
    pub git: Option<GitGenerator>,
    pub scm_provider: Option<SCMProviderGenerator>,
    pub cluster_decision_resource: Option<DuckTypeGenerator>,
    pub pull_request: Option<PullRequestGenerator>,
    pub matrix: Option<MatrixGenerator>,
    pub merge: Option<MergeGenerator>,
    pub plugin: Option<PluginGenerator>,
    pub selector: Option<LabelSelector>,
}

/// A generator inside a matrix or merge; another matrix or merge inside it stays untyped, as upstream has it.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSetNestedGenerator {
    pub list: Option<ListGenerator>,
    pub clusters: Option<ClusterGenerator>,
    pub git: Option<GitGenerator>,
    pub scm_provider: Option<SCMProviderGenerator>,
    pub cluster_decision_resource: Option<DuckTypeGenerator>,
    pub pull_request: Option<PullRequestGenerator>,
    pub matrix: Option<Value>,
    pub merge: Option<Value>,
    pub plugin: Option<PluginGenerator>,
    pub selector: Option<LabelSelector>,
}

/// Elements in the object itself.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListGenerator {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub elements: Vec<Value>,
    pub elements_yaml: Option<String>,
    pub template: Option<ApplicationSetTemplate>,
}

/// Clusters that Argo CD knows.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClusterGenerator {
    pub selector: Option<LabelSelector>,
    pub template: Option<ApplicationSetTemplate>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    pub flat_list: Option<bool>,
}

/// Directories or files of a repository.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GitGenerator {
    #[serde(rename = "repoURL")]
    pub repo_url: String,
    pub revision: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub directories: Vec<GitDirectoryGeneratorItem>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<GitFileGeneratorItem>,
    /// How often the generator looks again.
    pub requeue_after_seconds: Option<i64>,
    pub path_param_prefix: Option<String>,
    pub template: Option<ApplicationSetTemplate>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
}

/// Directories by pattern.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GitDirectoryGeneratorItem {
    pub path: String,
    pub exclude: Option<bool>,
}

/// Files by pattern.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GitFileGeneratorItem {
    pub path: String,
    pub exclude: Option<bool>,
}

/// Every combination of two generators.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MatrixGenerator {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub generators: Vec<ApplicationSetNestedGenerator>,
    pub template: Option<ApplicationSetTemplate>,
}

/// Elements of several generators, merged by keys.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MergeGenerator {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub generators: Vec<ApplicationSetNestedGenerator>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub merge_keys: Vec<String>,
    pub template: Option<ApplicationSetTemplate>,
}

/// Clusters that another object decides on.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DuckTypeGenerator {
    pub config_map_ref: String,
    pub name: Option<String>,
    /// How often the generator looks again.
    pub requeue_after_seconds: Option<i64>,
    /// Objects by labels.
    pub label_selector: Option<LabelSelector>,
    pub template: Option<ApplicationSetTemplate>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
}

/// Elements of an HTTP service.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PluginGenerator {
    pub config_map_ref: PluginConfigMapRef,
    pub input: Option<PluginInput>,
    /// How often the generator looks again.
    pub requeue_after_seconds: Option<i64>,
    pub template: Option<ApplicationSetTemplate>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
}

/// The ConfigMap that says where a plugin is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PluginConfigMapRef {
    pub name: String,
}

/// Parameters of a plugin.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PluginInput {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, Value>,
}

/// A key of a Secret.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SecretRef {
    pub secret_name: String,
    pub key: String,
}

/// A key of a ConfigMap.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConfigMapKeyRef {
    pub config_map_name: String,
    pub key: String,
}
