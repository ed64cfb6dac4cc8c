//! What templates do besides running containers.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::k8s_openapi::api::core::v1::SecretKeySelector;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{Artifact, ArtifactPaths};

/// An operation on a Kubernetes object.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["action"])))]
pub struct ResourceTemplate {
    /// `get`, `create`, `apply`, `delete`, `replace` or `patch`.
    #[serde(default)]
    pub action: String,
    /// The object, as text; not together with `manifestFrom`.
    pub manifest: Option<String>,
    /// An artifact that holds the object, in place of `manifest`.
    pub manifest_from: Option<ManifestFrom>,
    /// How a patch is applied: `strategic`, the default, `merge` or `json`.
    pub merge_strategy: Option<String>,
    /// Further arguments of kubectl.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<String>,
    /// Deletes the object together with the workflow.
    pub set_owner_reference: Option<bool>,
    /// A label selector over fields that shows success, such as `status.succeeded > 0`; waits until it holds.
    pub success_condition: Option<String>,
    /// A label selector over fields that shows failure.
    pub failure_condition: Option<String>,
}

/// An artifact that holds the manifest.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["artifact"])))]
pub struct ManifestFrom {
    /// The artifact; one of the template's inputs, by name.
    #[serde(default)]
    pub artifact: Artifact,
}

/// A pause, until someone resumes it or its time is over.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SuspendTemplate {
    /// How long, in seconds or as a Go duration; for ever if there is none.
    pub duration: Option<String>,
}

/// Lists artifacts and transforms the list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["source", "transformation"])))]
pub struct Data {
    /// Where the list comes from.
    #[serde(default)]
    pub source: DataSource,
    /// What happens to the list, one step after another.
    #[serde(default)]
    pub transformation: Vec<TransformationStep>,
}

/// Where the data comes from.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DataSource {
    /// An artifact location whose files are listed.
    pub artifact_paths: Option<ArtifactPaths>,
}

/// One transformation, as an expression.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["expression"])))]
pub struct TransformationStep {
    /// An expression over `data`, such as `filter(data, {# endsWith ".pdf"})`.
    #[serde(default)]
    pub expression: String,
}

/// An HTTP request made by the agent.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["url"])))]
pub struct HTTP {
    /// `GET`, the default, `POST`, `PUT`, `PATCH`, `DELETE` and so on.
    pub method: Option<String>,
    /// Where the request goes.
    #[serde(default)]
    pub url: String,
    /// Headers of the request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<HTTPHeader>,
    /// The body, as text.
    pub body: Option<String>,
    /// The body, as bytes; in place of `body`.
    pub body_from: Option<HTTPBodySource>,
    /// Seconds until the request fails; 30 if it is not set.
    pub timeout_seconds: Option<i64>,
    /// An expression over `request` and `response` that shows success; else a status of 2xx does.
    pub success_condition: Option<String>,
    /// Trusts any certificate.
    pub insecure_skip_verify: Option<bool>,
}

/// A header of an HTTP template.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct HTTPHeader {
    /// The header's name.
    #[serde(default)]
    pub name: String,
    /// Its value, in the object itself.
    pub value: Option<String>,
    /// Its value, from elsewhere.
    pub value_from: Option<HTTPHeaderSource>,
}

/// A header's value from a Secret.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HTTPHeaderSource {
    /// A key of a Secret.
    pub secret_key_ref: Option<SecretKeySelector>,
}

/// A request body in bytes.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HTTPBodySource {
    /// The bytes, in base64.
    pub bytes: Option<String>,
}
