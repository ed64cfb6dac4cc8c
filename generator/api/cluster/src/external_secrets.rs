//! External Secrets: Secrets from a store outside the cluster.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::LocalObjectReference;
use luban_api_core::{ApiVersion, Kind, ObjectMeta, Time, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// A Secret that is filled from a secret store.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct ExternalSecret {
    /// Always `external-secrets.io/v1`.
    #[serde(default)]
    pub api_version: ApiVersion<ExternalSecret>,
    /// Always `ExternalSecret`.
    #[serde(default)]
    pub kind: Kind<ExternalSecret>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// The store, the values that are read, and the Secret that they become.
    #[serde(default)]
    pub spec: ExternalSecretSpec,
    /// When it was last read, and whether that went well.
    pub status: Option<ExternalSecretStatus>,
}

resource!(ExternalSecret, group: "external-secrets.io", version: "v1", plural: "externalsecrets", scope: namespaced);

/// The store, the values and the Secret they go into.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExternalSecretSpec {
    /// The store that values come from, unless an entry names its own.
    pub secret_store_ref: Option<SecretStoreRef>,
    /// The Secret that is made.
    pub target: Option<ExternalSecretTarget>,
    /// `Periodic` (if there is none), `CreatedOnce` or `OnChange` of this object.
    pub refresh_policy: Option<String>,
    /// How often it is read again, as a Go duration; `1h` if there is none, `0` for once.
    pub refresh_interval: Option<String>,
    /// Values by key, one at a time; they win over `dataFrom`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub data: Vec<ExternalSecretData>,
    /// Several values at once; of equal keys the later entry wins.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub data_from: Vec<ExternalSecretDataFromRemoteRef>,
}

/// A SecretStore or ClusterSecretStore.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SecretStoreRef {
    /// The store.
    pub name: Option<String>,
    /// `SecretStore` (if there is none) or `ClusterSecretStore`.
    pub kind: Option<String>,
}

/// The Secret that is made.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExternalSecretTarget {
    /// The Secret; the name of the ExternalSecret if there is none.
    pub name: Option<String>,
    /// `Owner` (if there is none: the Secret goes with the ExternalSecret), `Orphan`, `Merge` (into one that exists) or `None`.
    pub creation_policy: Option<String>,
    /// What follows when the store has lost the values: `Retain` (if there is none), `Delete` or `Merge` (only their keys go).
    pub deletion_policy: Option<String>,
    /// How values become the Secret; each value under its key if there is none.
    pub template: Option<ExternalSecretTemplate>,
    /// Another kind to make in place of a Secret.
    pub manifest: Option<ManifestReference>,
    /// Makes the Secret immutable: later values of the store no longer reach it.
    pub immutable: Option<bool>,
}

/// Another kind that is made in place of a Secret.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind"])))]
pub struct ManifestReference {
    /// Its group and version.
    #[serde(default)]
    pub api_version: String,
    /// Its kind.
    #[serde(default)]
    pub kind: String,
}

/// How values become keys of the Secret.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExternalSecretTemplate {
    /// The type of the Secret, such as `kubernetes.io/dockerconfigjson`; `Opaque` if there is none.
    pub type_: Option<String>,
    /// `v2` (if there is none): Go templates with sprig.
    pub engine_version: Option<String>,
    /// Labels and annotations of the Secret.
    pub metadata: Option<ExternalSecretTemplateMetadata>,
    /// `Replace` (if there is none): only what templates make; or `Merge`: besides the values as they are.
    pub merge_policy: Option<String>,
    /// A template for each key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub data: BTreeMap<String, String>,
    /// Templates that stand in other objects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub template_from: Vec<TemplateFrom>,
}

/// Metadata of the Secret.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExternalSecretTemplateMetadata {
    /// Its labels.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// Its annotations.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// What must happen before the object is gone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub finalizers: Vec<String>,
}

/// Templates from another object.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TemplateFrom {
    /// Templates in a ConfigMap.
    pub config_map: Option<TemplateRef>,
    /// Templates in a Secret.
    pub secret: Option<TemplateRef>,
    /// What they make: `Data` (if there is none), `Annotations` or `Labels`.
    pub target: Option<String>,
    /// A template written here.
    pub literal: Option<String>,
}

/// Keys of an object that hold templates.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "items"])))]
pub struct TemplateRef {
    /// The ConfigMap or Secret.
    #[serde(default)]
    pub name: String,
    /// Its keys that are templates.
    #[serde(default)]
    pub items: Vec<TemplateRefItem>,
}

/// One key that holds a template.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["key"])))]
pub struct TemplateRefItem {
    /// The key of the ConfigMap or Secret.
    #[serde(default)]
    pub key: String,
    /// `Values` (if there is none): the text is one value; or `KeysAndValues`: it is YAML with several.
    pub template_as: Option<String>,
}

/// One value.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["secretKey", "remoteRef"])))]
pub struct ExternalSecretData {
    /// The key in the Secret.
    #[serde(default)]
    pub secret_key: String,
    /// Where the store has the value.
    #[serde(default)]
    pub remote_ref: ExternalSecretDataRemoteRef,
    /// Another store, for this value alone.
    pub source_ref: Option<StoreGeneratorSourceRef>,
}

/// Where in the store a value is.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["key"])))]
pub struct ExternalSecretDataRemoteRef {
    /// The entry of the store, by its path or name.
    #[serde(default)]
    pub key: String,
    /// A field of the entry, where it has several.
    pub property: Option<String>,
    /// A version of the entry; the newest if there is none.
    pub version: Option<String>,
    /// `None` (if there is none) or `Fetch`: the entry's tags in place of its value.
    pub metadata_policy: Option<String>,
    /// How names become keys: `Default` (other characters become `_`) or `Unicode`.
    pub conversion_strategy: Option<String>,
    /// `None` (if there is none), `Base64`, `Base64URL` or `Auto`.
    pub decoding_strategy: Option<String>,
    /// What is done about zero bytes in a value: `Ignore` (if there is none) or `Fail`.
    pub null_byte_policy: Option<String>,
}

/// Several values at once.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExternalSecretDataFromRemoteRef {
    /// All fields of one entry; not together with a generator.
    pub extract: Option<ExternalSecretDataRemoteRef>,
    /// All entries of a name or tag; not together with a generator.
    pub find: Option<ExternalSecretFind>,
    /// How keys are renamed, one step after another.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rewrite: Vec<ExternalSecretRewrite>,
    /// Another store, or a generator that makes the values.
    pub source_ref: Option<StoreGeneratorSourceRef>,
}

/// Values by name or tags.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExternalSecretFind {
    /// Where in the store to look; everywhere if there is none.
    pub path: Option<String>,
    /// What entries' names must be.
    pub name: Option<FindName>,
    /// Tags that entries must have, all of them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tags: BTreeMap<String, String>,
    /// How names become keys: `Default` (other characters become `_`) or `Unicode`.
    pub conversion_strategy: Option<String>,
    /// `None` (if there is none), `Base64`, `Base64URL` or `Auto`.
    pub decoding_strategy: Option<String>,
}

/// A pattern of names.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FindName {
    /// A regular expression in Go's syntax.
    pub regexp: Option<String>,
}

/// How keys are renamed: exactly one way.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExternalSecretRewrite {
    /// By a regular expression.
    pub regexp: Option<ExternalSecretRewriteRegexp>,
    /// By a template.
    pub transform: Option<ExternalSecretRewriteTransform>,
    /// By joining several entries.
    pub merge: Option<ExternalSecretRewriteMerge>,
}

/// Renames by a regular expression.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["source", "target"])))]
pub struct ExternalSecretRewriteRegexp {
    /// What is replaced, as a regular expression in Go's syntax.
    #[serde(default)]
    pub source: String,
    /// What stands in its place, with `$1` for groups.
    #[serde(default)]
    pub target: String,
}

/// Renames by a template.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["template"])))]
pub struct ExternalSecretRewriteTransform {
    /// A Go template in which `.value` is the key.
    #[serde(default)]
    pub template: String,
}

/// Merges values into one key or into all.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExternalSecretRewriteMerge {
    /// The key of the result; required where `strategy` is `JSON`, ignored else.
    pub into: Option<String>,
    /// Entries that win where several have a key, the strongest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub priority: Vec<String>,
    /// Whether an entry of `priority` that does not exist is an error: `Strict` (if there is none) or `IgnoreNotFound`.
    pub priority_policy: Option<String>,
    /// What follows when several have a key: `Error` (if there is none) or `Ignore`.
    pub conflict_policy: Option<String>,
    /// `Extract` (if there is none): each field becomes a key; or `JSON`: one key with all.
    pub strategy: Option<String>,
}

/// A store or generator other than the object's own; exactly one.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct StoreGeneratorSourceRef {
    /// The store.
    pub store_ref: Option<SecretStoreRef>,
    /// The generator; only in `dataFrom`.
    pub generator_ref: Option<GeneratorRef>,
}

/// An object that makes values.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["kind", "name"])))]
pub struct GeneratorRef {
    /// `generators.external-secrets.io/v1alpha1` if there is none.
    pub api_version: Option<String>,
    /// Such as `Password`, `UUID`, `ECRAuthorizationToken` or `ClusterGenerator`.
    #[serde(default)]
    pub kind: String,
    /// The generator.
    #[serde(default)]
    pub name: String,
}

/// What became of the last read.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExternalSecretStatus {
    /// When the Secret was last written.
    pub refresh_time: Option<Time>,
    /// The state of this object that was last carried out.
    pub synced_resource_version: Option<String>,
    /// `Ready` and `Deleted`, each with its reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<ExternalSecretStatusCondition>,
    /// The Secret, as servicebinding.io looks for it.
    pub binding: Option<LocalObjectReference>,
}

/// One thing that is known about the object.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["type", "status"])))]
pub struct ExternalSecretStatusCondition {
    /// `Ready` or `Deleted`.
    #[serde(default)]
    pub type_: String,
    /// `True`, `False` or `Unknown`.
    #[serde(default)]
    pub status: String,
    /// Why, in one word such as `SecretSynced`.
    pub reason: Option<String>,
    /// Why, for people.
    pub message: Option<String>,
    /// Since when `status` is what it is.
    pub last_transition_time: Option<Time>,
}
