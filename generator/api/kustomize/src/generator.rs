//! Objects that a kustomization generates.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_with::skip_serializing_none;

/// A ConfigMap that is generated.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConfigMapArgs {
    pub name: Option<String>,
    pub namespace: Option<String>,
    /// `create`, `replace` or `merge`.
    pub behavior: Option<String>,
    /// `key=value`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub literals: Vec<String>,
    /// `key=path`, or a path alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    /// Files of `key=value` lines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub envs: Vec<String>,
    /// Environment variables.
    pub env: Option<String>,
    pub options: Option<GeneratorOptions>,
}

/// A Secret that is generated.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SecretArgs {
    pub name: Option<String>,
    pub namespace: Option<String>,
    pub behavior: Option<String>,
    pub type_: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub literals: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub envs: Vec<String>,
    /// Environment variables.
    pub env: Option<String>,
    pub options: Option<GeneratorOptions>,
}

/// Labels and names of generated objects.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GeneratorOptions {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// Keeps names without a hash of the content.
    pub disable_name_suffix_hash: Option<bool>,
    pub immutable: Option<bool>,
}

/// Where Helm charts are.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HelmGlobals {
    pub chart_home: Option<String>,
    pub config_home: Option<String>,
}

/// A Helm chart that is rendered.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HelmChart {
    pub name: Option<String>,
    pub repo: Option<String>,
    pub version: Option<String>,
    pub release_name: Option<String>,
    pub namespace: Option<String>,
    pub values_file: Option<String>,
    pub values_inline: Option<Value>,
    pub values_merge: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub additional_values_files: Vec<String>,
    #[serde(rename = "includeCRDs")]
    pub include_crds: Option<bool>,
    pub skip_hooks: Option<bool>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub api_versions: Vec<String>,
    /// The Kubernetes version that templates see.
    pub kube_version: Option<String>,
    pub name_template: Option<String>,
    pub skip_tests: Option<bool>,
    pub debug: Option<bool>,
    pub devel: Option<bool>,
}

/// A Helm chart in the form that upstream has given up.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HelmChartArgs {
    pub chart_name: Option<String>,
    pub chart_version: Option<String>,
    pub chart_repo_url: Option<String>,
    pub chart_repo_name: Option<String>,
    pub chart_home: Option<String>,
    pub release_name: Option<String>,
    pub release_namespace: Option<String>,
    pub values: Option<String>,
    pub values_local: Option<Value>,
    pub values_merge: Option<String>,
    pub helm_bin: Option<String>,
    pub helm_home: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extra_args: Vec<String>,
}
