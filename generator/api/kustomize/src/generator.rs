//! Objects that a kustomization generates.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// A ConfigMap that is generated.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ConfigMapArgs {
    /// Its name, to which a hash of the content is added.
    pub name: Option<String>,
    /// Its namespace.
    pub namespace: Option<String>,
    /// `create` (if there is none), or `replace` or `merge` with one of the resources.
    pub behavior: Option<String>,
    /// Entries as `key=value`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub literals: Vec<String>,
    /// Entries from files, as `key=path`, or as a path alone whose last part is the key.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    /// Files of `key=value` lines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub envs: Vec<String>,
    /// One file of `key=value` lines; older form of `envs`.
    pub env: Option<String>,
    /// Labels and names of this one alone.
    pub options: Option<GeneratorOptions>,
}

/// A Secret that is generated.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SecretArgs {
    /// Its name, to which a hash of the content is added.
    pub name: Option<String>,
    /// Its namespace.
    pub namespace: Option<String>,
    /// `create` (if there is none), or `replace` or `merge` with one of the resources.
    pub behavior: Option<String>,
    /// Its type, such as `kubernetes.io/tls`; `Opaque` if there is none.
    pub type_: Option<String>,
    /// Entries as `key=value`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub literals: Vec<String>,
    /// Entries from files, as `key=path`, or as a path alone whose last part is the key.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    /// Files of `key=value` lines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub envs: Vec<String>,
    /// One file of `key=value` lines; older form of `envs`.
    pub env: Option<String>,
    /// Labels and names of this one alone.
    pub options: Option<GeneratorOptions>,
}

/// Labels and names of generated objects.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GeneratorOptions {
    /// Labels that they get.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// Annotations that they get.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// Keeps names without a hash of the content.
    pub disable_name_suffix_hash: Option<bool>,
    /// Makes them immutable.
    pub immutable: Option<bool>,
}
