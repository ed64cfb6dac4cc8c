//! Events of Kubernetes itself.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::Time;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// Changes of Kubernetes objects.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["version", "resource", "eventTypes"])))]
pub struct ResourceEventSource {
    /// The API group, such as `apps`; empty for the core group.
    pub group: Option<String>,
    /// The API version, such as `v1`.
    #[serde(default)]
    pub version: String,
    /// The objects' plural name, such as `deployments`.
    #[serde(default)]
    pub resource: String,
    /// The namespace that is watched; all of them if there is none.
    pub namespace: Option<String>,
    /// Which changes count: `ADD`, `UPDATE`, `DELETE`.
    #[serde(default)]
    pub event_types: Vec<String>,
    /// Which objects count.
    pub filter: Option<ResourceFilter>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}

/// Which objects a resource event source watches.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ResourceFilter {
    /// What an object's name must begin with.
    pub prefix: Option<String>,
    /// Conditions on labels, all of which must hold; the API server sends nothing else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Selector>,
    /// Conditions on fields by path, such as `status.phase`; all must hold. Values may be regular expressions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Selector>,
    /// Leaves out changes made before the EventSource's pod started.
    pub after_start: Option<bool>,
    /// Leaves out objects made after this time.
    pub created_by: Option<Time>,
}

/// One condition on a label or field.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["key", "value"])))]
pub struct Selector {
    /// The label, or the field's path with dots.
    #[serde(default)]
    pub key: String,
    /// `=`, `==` or `!=`; for labels also `in`, `notin`, `exists`, `!`, `gt` and `lt`. A label without one is compared by `=`; a field needs one.
    pub operation: Option<String>,
    /// The value; several for `in` and `notin`, with commas between.
    #[serde(default)]
    pub value: String,
}
