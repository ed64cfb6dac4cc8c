//! Policies on the signatures of Tasks and Pipelines that resolvers find.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::k8s_openapi::api::core::v1::SecretReference;
use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// Whose signatures Tasks and Pipelines from some sources must have.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct VerificationPolicy {
    /// Always `tekton.dev/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<VerificationPolicy>,
    /// Always `VerificationPolicy`.
    #[serde(default)]
    pub kind: Kind<VerificationPolicy>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// The sources, the keys, and what happens where a signature is missing.
    #[serde(default)]
    pub spec: VerificationPolicySpec,
}

resource!(VerificationPolicy, group: "tekton.dev", version: "v1alpha1", plural: "verificationpolicies", scope: namespaced);

/// The sources, the keys, and what happens where a signature is missing.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["resources", "authorities"])))]
pub struct VerificationPolicySpec {
    /// Which sources it is about; a Task or Pipeline from any other needs no signature.
    #[serde(default)]
    pub resources: Vec<ResourcePattern>,
    /// The keys; a signature by one of them is enough.
    #[serde(default)]
    pub authorities: Vec<Authority>,
    /// `enforce` (the default) fails the run, `warn` only says so in the log and in a condition.
    pub mode: Option<String>,
}

/// Sources by pattern.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["pattern"])))]
pub struct ResourcePattern {
    /// A regular expression for the address of a source, such as `https://github.com/tektoncd/catalog.git`.
    #[serde(default)]
    pub pattern: String,
}

/// A key and its name.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct Authority {
    /// What it is called.
    #[serde(default)]
    pub name: String,
    /// The public key.
    pub key: Option<KeyRef>,
}

/// A public key: in a Secret, in place or in a key management system.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct KeyRef {
    /// The Secret whose only key holds the public key.
    pub secret_ref: Option<SecretReference>,
    /// The public key itself, as PEM.
    pub data: Option<String>,
    /// The key management system's address of the key, such as `gcpkms://projects/…`.
    pub kms: Option<String>,
    /// `sha224`, `sha256` (the default), `sha384` or `sha512`.
    pub hash_algorithm: Option<String>,
}
