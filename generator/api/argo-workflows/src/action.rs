//! What templates do besides running containers.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use luban_api_core::k8s_openapi::api::core::v1::SecretKeySelector;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{Artifact, ArtifactPaths};

/// An operation on a Kubernetes object.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceTemplate {
    /// `get`, `create`, `apply`, `delete`, `replace` or `patch`.
    pub action: String,
    /// The object, as text.
    pub manifest: Option<String>,
    pub manifest_from: Option<ManifestFrom>,
    /// How a patch is applied: `strategic`, `merge` or `json`.
    pub merge_strategy: Option<String>,
    /// Further arguments of kubectl.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<String>,
    /// Deletes the object together with the workflow.
    pub set_owner_reference: Option<bool>,
    /// A label selector over fields that shows success.
    pub success_condition: Option<String>,
    /// A label selector over fields that shows failure.
    pub failure_condition: Option<String>,
}

/// An artifact that holds the manifest.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ManifestFrom {
    pub artifact: Artifact,
}

/// A pause, until someone resumes it or its time is over.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SuspendTemplate {
    /// How long; for ever if there is none.
    pub duration: Option<String>,
}

/// Lists artifacts and transforms the list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Data {
    pub source: DataSource,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transformation: Vec<TransformationStep>,
}

/// Where the data comes from.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DataSource {
    pub artifact_paths: Option<ArtifactPaths>,
}

/// One transformation, as an expression.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TransformationStep {
    pub expression: String,
}

/// An HTTP request made by the agent.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HTTP {
    pub method: Option<String>,
    pub url: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<HTTPHeader>,
    pub body: Option<String>,
    pub body_from: Option<HTTPBodySource>,
    pub timeout_seconds: Option<i64>,
    /// An expression over the response that shows success.
    pub success_condition: Option<String>,
    /// Trusts any certificate.
    pub insecure_skip_verify: Option<bool>,
}

/// A header of an HTTP template.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HTTPHeader {
    pub name: String,
    pub value: Option<String>,
    pub value_from: Option<HTTPHeaderSource>,
}

/// A header's value from a Secret.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HTTPHeaderSource {
    /// A key of a Secret.
    pub secret_key_ref: Option<SecretKeySelector>,
}

/// A request body in bytes.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HTTPBodySource {
    pub bytes: Option<String>,
}
