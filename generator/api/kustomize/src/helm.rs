//! Helm charts that a kustomization renders.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_with::skip_serializing_none;

/// Where Helm keeps charts and settings.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HelmGlobals {
    /// The directory with a folder for each chart, where charts are pulled to if they are missing; `charts` if there is none.
    pub chart_home: Option<String>,
    /// The directory of Helm's settings and cache; a temporary one if there is none.
    pub config_home: Option<String>,
}

/// A Helm chart that is rendered.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HelmChart {
    /// The chart.
    pub name: Option<String>,
    /// The URL of its repository; `oci://` too.
    pub repo: Option<String>,
    /// The version that is pulled; a chart that is there already is taken as it is.
    pub version: Option<String>,
    /// The release that templates see.
    pub release_name: Option<String>,
    /// The namespace that templates see.
    pub namespace: Option<String>,
    /// The file with values, in place of the chart's own `values.yaml`.
    pub values_file: Option<String>,
    /// Values written here.
    pub values_inline: Option<BTreeMap<String, Value>>,
    /// How `valuesInline` and the file go together: `override` (if there is none: these win), `merge` (the file wins) or `replace` (only these).
    pub values_merge: Option<String>,
    /// Further files with values; later ones win.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub additional_values_files: Vec<String>,
    /// API versions that templates take the cluster to have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub api_versions: Vec<String>,
    /// The Kubernetes version that templates see.
    pub kube_version: Option<String>,
    /// Renders the chart's CustomResourceDefinitions too.
    #[serde(rename = "includeCRDs")]
    pub include_crds: Option<bool>,
    /// Leaves out objects that are hooks.
    pub skip_hooks: Option<bool>,
    /// A template of the release's name.
    pub name_template: Option<String>,
    /// Leaves out objects that are tests.
    pub skip_tests: Option<bool>,
    /// Lets Helm say more.
    pub debug: Option<bool>,
    /// Lets unreleased versions count.
    pub devel: Option<bool>,
}

/// A Helm chart in the form that upstream has given up for `helmCharts`.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HelmChartArgs {
    /// The chart.
    pub chart_name: Option<String>,
    /// The version that is pulled.
    pub chart_version: Option<String>,
    /// The URL of its repository.
    pub chart_repo_url: Option<String>,
    /// Has no effect.
    pub chart_repo_name: Option<String>,
    /// The directory with a folder for each chart.
    pub chart_home: Option<String>,
    /// The release that templates see.
    pub release_name: Option<String>,
    /// Has no effect.
    pub release_namespace: Option<String>,
    /// The file with values.
    pub values: Option<String>,
    /// Values written here.
    pub values_local: Option<BTreeMap<String, Value>>,
    /// How `valuesLocal` and the file go together: `override`, `merge` or `replace`.
    pub values_merge: Option<String>,
    /// Has no effect.
    pub helm_bin: Option<String>,
    /// The directory of Helm's settings and cache.
    pub helm_home: Option<String>,
    /// Has no effect.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extra_args: Vec<String>,
}
