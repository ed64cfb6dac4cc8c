//! Lists of objects, as `kubectl get -o yaml` prints them.

use luban_api_core::Embedded;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Objects in one document: Kubernetes' `List`, or `TaskList` and the like, whose items are of one kind.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct List {
    /// `v1`, or the version of the items.
    pub api_version: String,
    /// `List`, or the items' kind with `List` after it.
    pub kind: String,
    /// What the API server says of the list.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub metadata: Map<String, Value>,
    /// The objects.
    #[serde(default)]
    pub items: Vec<Embedded>,
}
