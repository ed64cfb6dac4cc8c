//! How Helm and Kustomize render a source.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::IntOrString;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_with::skip_serializing_none;

/// How a Helm chart is rendered.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSourceHelm {
    /// The release; the application's name if there is none.
    pub release_name: Option<String>,
    /// Files with values, or globs: in the chart, or in another source as `$ref/path`; later ones win.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub value_files: Vec<String>,
    /// Values as YAML text; win over `valueFiles`.
    pub values: Option<String>,
    /// Values as a mapping; win over `values`.
    pub values_object: Option<Value>,
    /// Single values, as `--set` takes them; win over all others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<HelmParameter>,
    /// Single values, each the content of a file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub file_parameters: Vec<HelmFileParameter>,
    /// Goes on where a file of `valueFiles` does not exist.
    pub ignore_missing_value_files: Option<bool>,
    /// The release's namespace; the destination's if there is none.
    pub namespace: Option<String>,
    /// The Helm version, `v3`.
    pub version: Option<String>,
    /// The Kubernetes version that templates see; that of the cluster if there is none.
    pub kube_version: Option<String>,
    /// API versions that templates see as `[group/]version/kind`; those of the cluster if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub api_versions: Vec<String>,
    /// Sends the repository's credentials to every host that the chart comes from.
    pub pass_credentials: Option<bool>,
    /// Leaves out what stands in the chart's `crds` folder.
    pub skip_crds: Option<bool>,
    /// Accepts values that the chart's schema does not.
    pub skip_schema_validation: Option<bool>,
    /// Leaves out the chart's tests.
    pub skip_tests: Option<bool>,
}

/// A value of a Helm chart.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HelmParameter {
    /// The value's path, such as `image.tag`.
    pub name: Option<String>,
    /// The value; may hold build variables such as `$ARGOCD_APP_NAME`.
    pub value: Option<String>,
    /// Whether numbers and booleans stay strings.
    pub force_string: Option<bool>,
}

/// A value of a Helm chart, from a file.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HelmFileParameter {
    /// The value's path, such as `config`.
    pub name: Option<String>,
    /// The file, in the chart.
    pub path: Option<String>,
}

/// What is changed in a kustomization.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSourceKustomize {
    /// The namespace that every object gets.
    pub namespace: Option<String>,
    /// Text before each name.
    pub name_prefix: Option<String>,
    /// Text after each name.
    pub name_suffix: Option<String>,
    /// Images as `name=newName:tag` or `name=newName@digest`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<String>,
    /// Numbers of replicas, by name of the object.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replicas: Vec<KustomizeReplica>,
    /// Patches of objects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub patches: Vec<KustomizePatch>,
    /// Components that are added, by path.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<String>,
    /// Goes on where a component does not exist.
    pub ignore_missing_components: Option<bool>,
    /// Labels of every object.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub common_labels: BTreeMap<String, String>,
    /// Keeps `commonLabels` out of selectors.
    pub label_without_selector: Option<bool>,
    /// Puts `commonLabels` into pod templates all the same; with `labelWithoutSelector` only.
    pub label_include_templates: Option<bool>,
    /// Overwrites labels that objects have already.
    pub force_common_labels: Option<bool>,
    /// Annotations of every object.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub common_annotations: BTreeMap<String, String>,
    /// Replaces build variables such as `$ARGOCD_APP_NAME` in values of `commonAnnotations`.
    pub common_annotations_envsubst: Option<bool>,
    /// Overwrites annotations that objects have already.
    pub force_common_annotations: Option<bool>,
    /// The Kustomize version, one of those that Argo CD is set up with.
    pub version: Option<String>,
    /// The Kubernetes version that Helm charts in it see; that of the cluster if there is none.
    pub kube_version: Option<String>,
    /// API versions that Helm charts in it see; those of the cluster if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub api_versions: Vec<String>,
}

/// The number of replicas of an object.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "count"])))]
pub struct KustomizeReplica {
    /// The object.
    #[serde(default)]
    pub name: String,
    /// The number, or its text; in an ApplicationSet a template.
    #[serde(default)]
    pub count: IntOrString,
}

/// A patch, and which objects it changes.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct KustomizePatch {
    /// Which objects; those the patch names itself if there is none.
    pub target: Option<KustomizeSelector>,
    /// The patch, strategic merge or JSON 6902, as text.
    pub patch: Option<String>,
    /// The file with the patch, in place of `patch`.
    pub path: Option<String>,
    /// What the patch may change besides: `allowNameChange`, `allowKindChange`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub options: BTreeMap<String, bool>,
}

/// Which objects a patch changes.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct KustomizeSelector {
    /// The API group.
    pub group: Option<String>,
    /// The API version.
    pub version: Option<String>,
    /// The kind.
    pub kind: Option<String>,
    /// The object, as a regular expression.
    pub name: Option<String>,
    /// The object's namespace, as a regular expression.
    pub namespace: Option<String>,
    /// Objects by labels.
    pub label_selector: Option<String>,
    /// Objects by annotations.
    pub annotation_selector: Option<String>,
}
