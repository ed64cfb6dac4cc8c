//! External Secrets: Secrets from a store outside the cluster.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// A Secret that is filled from a secret store.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalSecret {
    /// Always `external-secrets.io/v1`.
    pub api_version: ApiVersion<ExternalSecret>,
    /// Always `ExternalSecret`.
    pub kind: Kind<ExternalSecret>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: ExternalSecretSpec,
}

resource!(ExternalSecret, group: "external-secrets.io", version: "v1", plural: "externalsecrets", scope: namespaced);

/// The store, the values and the Secret they go into.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalSecretSpec {
    pub secret_store_ref: Option<SecretStoreRef>,
    pub target: Option<ExternalSecretTarget>,
    /// `CreatedOnce`, `Periodic` or `OnChange`.
    pub refresh_policy: Option<String>,
    /// How often it is read again, as a Go duration.
    pub refresh_interval: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub data: Vec<ExternalSecretData>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub data_from: Vec<ExternalSecretDataFromRemoteRef>,
}

/// A SecretStore or ClusterSecretStore.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SecretStoreRef {
    pub name: Option<String>,
    /// `SecretStore` (if there is none) or `ClusterSecretStore`.
    pub kind: Option<String>,
}

/// The Secret that is made.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalSecretTarget {
    pub name: Option<String>,
    /// `Owner`, `Orphan`, `Merge` or `None`.
    pub creation_policy: Option<String>,
    /// `Retain`, `Delete` or `Merge`.
    pub deletion_policy: Option<String>,
    pub template: Option<ExternalSecretTemplate>,
    pub manifest: Option<ManifestReference>,
    pub immutable: Option<bool>,
}

/// Another kind that is made in place of a Secret.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ManifestReference {
    pub api_version: String,
    pub kind: String,
}

/// How values become keys of the Secret.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalSecretTemplate {
    pub type_: Option<String>,
    pub engine_version: Option<String>,
    pub metadata: Option<ExternalSecretTemplateMetadata>,
    pub merge_policy: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub data: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub template_from: Vec<TemplateFrom>,
}

/// Metadata of the Secret.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalSecretTemplateMetadata {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// What must happen before the object is gone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub finalizers: Vec<String>,
}

/// Templates from another object.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TemplateFrom {
    pub config_map: Option<TemplateRef>,
    pub secret: Option<TemplateRef>,
    pub target: Option<String>,
    pub literal: Option<String>,
}

/// Keys of an object that hold templates.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TemplateRef {
    pub name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<TemplateRefItem>,
}

/// One key that holds a template.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TemplateRefItem {
    pub key: String,
    pub template_as: Option<String>,
}

/// One value.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalSecretData {
    /// The key in the Secret.
    pub secret_key: String,
    pub remote_ref: ExternalSecretDataRemoteRef,
    pub source_ref: Option<StoreGeneratorSourceRef>,
}

/// Where in the store a value is.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalSecretDataRemoteRef {
    pub key: String,
    pub property: Option<String>,
    pub version: Option<String>,
    pub metadata_policy: Option<String>,
    pub conversion_strategy: Option<String>,
    pub decoding_strategy: Option<String>,
    pub null_byte_policy: Option<String>,
}

/// Several values at once.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalSecretDataFromRemoteRef {
    pub extract: Option<ExternalSecretDataRemoteRef>,
    pub find: Option<ExternalSecretFind>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rewrite: Vec<ExternalSecretRewrite>,
    pub source_ref: Option<StoreGeneratorSourceRef>,
}

/// Values by name or tags.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalSecretFind {
    pub path: Option<String>,
    pub name: Option<FindName>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tags: BTreeMap<String, String>,
    pub conversion_strategy: Option<String>,
    pub decoding_strategy: Option<String>,
}

/// A pattern of names.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FindName {
    pub regexp: Option<String>,
}

/// How keys are renamed.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalSecretRewrite {
    pub regexp: Option<ExternalSecretRewriteRegexp>,
    pub transform: Option<ExternalSecretRewriteTransform>,
    pub merge: Option<ExternalSecretRewriteMerge>,
}

/// Renames by a regular expression.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalSecretRewriteRegexp {
    pub source: String,
    pub target: String,
}

/// Renames by a template.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalSecretRewriteTransform {
    pub template: String,
}

/// Merges values into one key or into all.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalSecretRewriteMerge {
    pub into: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub priority: Vec<String>,
    pub priority_policy: Option<String>,
    pub conflict_policy: Option<String>,
    pub strategy: Option<String>,
}

/// A store or generator other than the object's own.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StoreGeneratorSourceRef {
    pub store_ref: Option<SecretStoreRef>,
    pub generator_ref: Option<GeneratorRef>,
}

/// An object that makes values.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GeneratorRef {
    pub api_version: Option<String>,
    pub kind: String,
    pub name: String,
}
