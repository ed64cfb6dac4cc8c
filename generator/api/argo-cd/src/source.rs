//! Sources of manifests.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{ApplicationSourceHelm, ApplicationSourceKustomize};

/// A path of a repository, or a chart.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["repoURL"])))]
pub struct ApplicationSource {
    /// Its name among several sources, shown in the UI.
    pub name: Option<String>,
    /// The Git, Helm or OCI repository.
    #[serde(rename = "repoURL", default)]
    pub repo_url: String,
    /// The directory in the repository.
    pub path: Option<String>,
    /// The Helm chart, in place of a path.
    pub chart: Option<String>,
    /// A commit, tag, branch, chart version or version range; `HEAD` if there is none.
    pub target_revision: Option<String>,
    /// The name by which other sources' value files refer to this one, as `$name/…`.
    pub ref_: Option<String>,
    /// Only Git tags that start so count for a version range; the prefix is no part of the version.
    pub tag_prefix: Option<String>,
    /// What is changed in the kustomization; a source has at most one of `kustomize`, `helm`, `directory` and `plugin`.
    pub kustomize: Option<ApplicationSourceKustomize>,
    /// How the chart is rendered.
    pub helm: Option<ApplicationSourceHelm>,
    /// Which files of a directory of plain manifests count.
    pub directory: Option<ApplicationSourceDirectory>,
    /// The plugin that renders the manifests.
    pub plugin: Option<ApplicationSourcePlugin>,
}

/// Plain manifests and Jsonnet.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSourceDirectory {
    /// Reads directories below, too.
    pub recurse: Option<bool>,
    /// Only files that match this glob; several as `{a,b}`.
    pub include: Option<String>,
    /// No file that matches this glob; several as `{a,b}`.
    pub exclude: Option<String>,
    /// Variables and libraries of Jsonnet files.
    pub jsonnet: Option<ApplicationSourceJsonnet>,
    /// Reads files whatever their extension; else only `.yaml`, `.yml`, `.json` and `.jsonnet`.
    pub disable_extension_filter: Option<bool>,
}

/// Variables and libraries of Jsonnet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSourceJsonnet {
    /// External variables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ext_vars: Vec<JsonnetVar>,
    /// Top-level arguments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tlas: Vec<JsonnetVar>,
    /// Further directories that imports are looked up in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub libs: Vec<String>,
}

/// A variable of Jsonnet.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "value"])))]
pub struct JsonnetVar {
    /// The variable.
    #[serde(default)]
    pub name: String,
    /// Its value.
    #[serde(default)]
    pub value: String,
    /// Whether the value is Jsonnet code; else it is a string.
    pub code: Option<bool>,
}

/// A plugin that renders manifests.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSourcePlugin {
    /// The plugin; the one that discovers the source if there is none.
    pub name: Option<String>,
    /// Environment variables of the plugin, with `ARGOCD_ENV_` before their names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub env: Vec<EnvEntry>,
    /// Parameters that the plugin announces.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<ApplicationSourcePluginParameter>,
}

/// An environment variable of a plugin.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "value"])))]
pub struct EnvEntry {
    /// The variable.
    #[serde(default)]
    pub name: String,
    /// Its value.
    #[serde(default)]
    pub value: String,
}

/// A parameter of a plugin: a string, a list or a mapping.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSourcePluginParameter {
    /// The parameter.
    pub name: Option<String>,
    /// Its value, where it is a string.
    pub string: Option<String>,
    /// Its value, where it is a list; an empty list is a value.
    pub array: Option<Vec<String>>,
    /// Its value, where it is a mapping; an empty mapping is a value.
    pub map: Option<BTreeMap<String, String>>,
}

/// Renders manifests from one branch to another.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["drySource", "syncSource"])))]
pub struct SourceHydrator {
    /// What is rendered.
    #[serde(default)]
    pub dry_source: DrySource,
    /// Where the rendered manifests are synced from.
    #[serde(default)]
    pub sync_source: SyncSource,
    /// A branch that rendered manifests wait on, until someone merges it into that of `syncSource`.
    pub hydrate_to: Option<HydrateTo>,
}

/// What is rendered.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["repoURL", "targetRevision", "path"])))]
pub struct DrySource {
    /// The Git repository.
    #[serde(rename = "repoURL", default)]
    pub repo_url: String,
    /// The branch, tag or commit.
    #[serde(default)]
    pub target_revision: String,
    /// The directory in the repository.
    #[serde(default)]
    pub path: String,
    /// What is changed in the kustomization.
    pub kustomize: Option<ApplicationSourceKustomize>,
    /// How the chart is rendered.
    pub helm: Option<ApplicationSourceHelm>,
    /// Which files of a directory of plain manifests count.
    pub directory: Option<ApplicationSourceDirectory>,
    /// The plugin that renders the manifests.
    pub plugin: Option<ApplicationSourcePlugin>,
}

/// Where the rendered manifests are synced from.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["targetBranch", "path"])))]
pub struct SyncSource {
    /// The Git repository; that of `drySource` if there is none.
    #[serde(rename = "repoURL")]
    pub repo_url: Option<String>,
    /// The branch that is synced; rendered manifests are committed to it, unless `hydrateTo` is set.
    #[serde(default)]
    pub target_branch: String,
    /// The directory for rendered manifests; never the root.
    #[serde(default)]
    pub path: String,
}

/// The branch that rendered manifests wait on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["targetBranch"])))]
pub struct HydrateTo {
    /// The branch.
    #[serde(default)]
    pub target_branch: String,
}
