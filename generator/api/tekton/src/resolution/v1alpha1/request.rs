//! Requests to resolvers, as they were before `v1beta1`; no list of upstream's fields has them.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{Condition, RefSource};

/// Asks a resolver for an object; the label `resolution.tekton.dev/type` says which resolver.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct ResolutionRequest {
    /// Always `resolution.tekton.dev/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<ResolutionRequest>,
    /// Always `ResolutionRequest`.
    #[serde(default)]
    pub kind: Kind<ResolutionRequest>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// What is asked for.
    #[serde(default)]
    pub spec: ResolutionRequestSpec,
    /// What the resolver found.
    pub status: Option<ResolutionRequestStatus>,
}

resource!(ResolutionRequest, group: "resolution.tekton.dev", version: "v1alpha1", plural: "resolutionrequests", scope: namespaced);

/// What a resolver is asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ResolutionRequestSpec {
    /// What the resolver needs to know, such as `url`, `revision` and `pathInRepo` of `git`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, String>,
}

/// What a resolver found.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ResolutionRequestStatus {
    /// Whether it is found: the condition `Succeeded`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The object, its text encoded as base64.
    pub data: Option<String>,
    /// Where it was found.
    pub ref_source: Option<RefSource>,
    /// What the resolver says about the object, such as its content type.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// The generation of the object that this is about.
    pub observed_generation: Option<i64>,
}
