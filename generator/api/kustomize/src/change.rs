//! Changes that a kustomization makes.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// Another name, tag or digest for an image.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct Image {
    /// The name as manifests write it, without tag.
    #[serde(default)]
    pub name: String,
    /// The name in its place.
    pub new_name: Option<String>,
    /// The tag in its place.
    pub new_tag: Option<String>,
    /// The digest in place of the tag, with `sha256:`; beside `newTag`, the image gets both.
    pub digest: Option<String>,
    /// Text after the tag that manifests write; has no effect beside `newTag` or `digest`.
    pub tag_suffix: Option<String>,
}

/// The number of replicas of an object.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "count"])))]
pub struct Replica {
    /// The name as manifests write it, of Deployments, ReplicaSets, ReplicationControllers and StatefulSets alike.
    #[serde(default)]
    pub name: String,
    /// How many.
    #[serde(default)]
    pub count: i64,
}

/// A patch, and which objects it changes.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Patch {
    /// Objects that are changed, all that match; a strategic merge patch without target names its object itself.
    pub target: Option<Selector>,
    /// The patch itself, strategic merge or JSON 6902, as text; excludes `path`.
    pub patch: Option<String>,
    /// The file with the patch; excludes `patch`.
    pub path: Option<String>,
    /// What the patch may change besides.
    pub options: Option<PatchArgs>,
}

/// What a patch may change besides.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PatchArgs {
    /// Whether it may give its object another name.
    pub allow_name_change: Option<bool>,
    /// Whether it may give its object another kind.
    pub allow_kind_change: Option<bool>,
}

/// Which objects are meant: what is set must all hold.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Selector {
    /// Their API group, as an anchored regular expression.
    pub group: Option<String>,
    /// Their version, as an anchored regular expression.
    pub version: Option<String>,
    /// Their kind, as an anchored regular expression.
    pub kind: Option<String>,
    /// Their name, as an anchored regular expression; with or without prefixes and suffixes.
    pub name: Option<String>,
    /// Their namespace, as an anchored regular expression.
    pub namespace: Option<String>,
    /// Their labels, as `kubectl get -l` takes them.
    pub label_selector: Option<String>,
    /// Their annotations, in the same form.
    pub annotation_selector: Option<String>,
}

/// Labels, and where they are set.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Label {
    /// The labels.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pairs: BTreeMap<String, String>,
    /// Sets them in selectors too, and then in templates; selectors cannot change later.
    pub include_selectors: Option<bool>,
    /// Sets them in pod templates too.
    pub include_templates: Option<bool>,
    /// Sets them in volume claim templates too, which cannot change later.
    pub include_volume_claim_templates: Option<bool>,
    /// Further fields that get them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldSpec>,
}

/// A field that a change reaches.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FieldSpec {
    /// The API group of objects that have it; any if there is none.
    pub group: Option<String>,
    /// The version of objects that have it; any if there is none.
    pub version: Option<String>,
    /// The kind of objects that have it; any if there is none.
    pub kind: Option<String>,
    /// The field, as `spec/template/metadata/labels`; `[]` after a list means each element.
    pub path: Option<String>,
    /// Makes the field where it is missing.
    pub create: Option<bool>,
}

/// A value that is copied, or the file that says which: exactly one of `path`, `source` and `sourceValue`.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReplacementField {
    /// The file with the replacement; excludes the other fields.
    pub path: Option<String>,
    /// The field that the value is copied from.
    pub source: Option<SourceSelector>,
    /// The value itself, in place of `source`.
    pub source_value: Option<String>,
    /// The fields that get it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<TargetSelector>,
}

/// Where a value is copied from: exactly one object.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SourceSelector {
    /// Its API group.
    pub group: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// Its kind.
    pub kind: Option<String>,
    /// Its name, as the manifests write it.
    pub name: Option<String>,
    /// Its namespace.
    pub namespace: Option<String>,
    /// The field, as `spec.ports.[name=http].port`; `metadata.name` if there is none.
    pub field_path: Option<String>,
    /// Which part of the field counts.
    pub options: Option<FieldOptions>,
}

/// Where a value is copied to.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["select"])))]
pub struct TargetSelector {
    /// Objects that get it.
    #[serde(default)]
    pub select: Selector,
    /// Objects that do not, though selected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reject: Vec<Selector>,
    /// Fields that get it, as `spec.template.spec.containers.*.image`; `metadata.name` if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub field_paths: Vec<String>,
    /// Which part of the field is replaced.
    pub options: Option<FieldOptions>,
}

/// Which part of a field is copied.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FieldOptions {
    /// Splits the field into parts.
    pub delimiter: Option<String>,
    /// Which part, from 0; of a target, a number below 0 puts it in front, and one beyond the end behind.
    pub index: Option<i64>,
    /// Has no effect.
    pub encoding: Option<String>,
    /// Makes the field of a target where it is missing.
    pub create: Option<bool>,
}

/// A value that manifests refer to by `$(NAME)`; upstream advises replacements instead.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "objref"])))]
pub struct Var {
    /// What stands between `$(` and `)`.
    #[serde(default)]
    pub name: String,
    /// The object that has the value.
    #[serde(default)]
    pub objref: Target,
    /// Its field; `metadata.name` if there is none.
    pub fieldref: Option<FieldSelector>,
}

/// The object of a variable.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct Target {
    /// Its group and version.
    pub api_version: Option<String>,
    /// Its API group, in place of `apiVersion`.
    pub group: Option<String>,
    /// Its version, in place of `apiVersion`.
    pub version: Option<String>,
    /// Its kind.
    pub kind: Option<String>,
    /// Its name, as the manifests write it.
    #[serde(default)]
    pub name: String,
    /// Its namespace.
    pub namespace: Option<String>,
}

/// The field of a variable.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FieldSelector {
    /// The field, as `spec.ports[0].port`.
    pub field_path: Option<String>,
}
