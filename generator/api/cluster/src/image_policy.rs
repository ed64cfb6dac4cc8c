//! Sigstore policy-controller: which images may run.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use luban_api_core::k8s_openapi::api::core::v1::{LocalObjectReference, SecretReference};
use luban_api_core::{ApiVersion, Kind, LabelSelector, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// Images, and who must have signed them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClusterImagePolicy {
    /// Always `policy.sigstore.dev/v1beta1`.
    pub api_version: ApiVersion<ClusterImagePolicy>,
    /// Always `ClusterImagePolicy`.
    pub kind: Kind<ClusterImagePolicy>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: ClusterImagePolicySpec,
}

resource!(ClusterImagePolicy, group: "policy.sigstore.dev", version: "v1beta1", plural: "clusterimagepolicies", scope: cluster);

/// Images, and the authorities of which one must have signed.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClusterImagePolicySpec {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<ImagePattern>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authorities: Vec<Authority>,
    pub policy: Option<Policy>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub match_: Vec<MatchResource>,
    /// `enforce` (if there is none) or `warn`.
    pub mode: Option<String>,
}

/// Images by pattern.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImagePattern {
    /// A pattern; `**` matches everything.
    pub glob: String,
}

/// Objects that the policy looks at.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MatchResource {
    pub group: Option<String>,
    pub version: Option<String>,
    pub resource: Option<String>,
    pub selector: Option<LabelSelector>,
}

/// Who signs: a key, an identity, or nobody.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Authority {
    pub name: Option<String>,
    pub key: Option<KeyRef>,
    pub keyless: Option<KeylessRef>,
    pub static_: Option<StaticRef>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source: Vec<Source>,
    pub ctlog: Option<TLog>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attestations: Vec<Attestation>,
    pub rfc3161timestamp: Option<RFC3161Timestamp>,
    pub signature_format: Option<String>,
}

/// A public key.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyRef {
    pub secret_ref: Option<SecretReference>,
    pub data: Option<String>,
    pub kms: Option<String>,
    pub hash_algorithm: Option<String>,
}

/// An identity that a certificate proves.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeylessRef {
    pub url: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identities: Vec<Identity>,
    #[serde(rename = "ca-cert")]
    pub ca_cert: Option<KeyRef>,
    pub trust_root_ref: Option<String>,
    #[serde(rename = "insecureIgnoreSCT")]
    pub insecure_ignore_sct: Option<bool>,
}

/// Issuer and subject of a certificate.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Identity {
    pub issuer: Option<String>,
    pub issuer_reg_exp: Option<String>,
    pub subject: Option<String>,
    pub subject_reg_exp: Option<String>,
}

/// A fixed answer.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StaticRef {
    /// `pass` or `fail`.
    pub action: String,
    pub message: Option<String>,
}

/// Where signatures are.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    pub oci: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signature_pull_secrets: Vec<LocalObjectReference>,
    pub tag_prefix: Option<String>,
}

/// The transparency log that must know the signature.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TLog {
    pub url: Option<String>,
    pub trust_root_ref: Option<String>,
}

/// A statement about the image that must exist.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attestation {
    pub name: String,
    pub predicate_type: String,
    pub policy: Option<Policy>,
}

/// A condition on attestations, in CUE or Rego.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Policy {
    pub type_: String,
    pub data: Option<String>,
    pub url: Option<String>,
    pub config_map_ref: Option<ConfigMapReference>,
    pub remote: Option<RemotePolicy>,
    pub fetch_config_file: Option<bool>,
    pub include_spec: Option<bool>,
    pub include_object_meta: Option<bool>,
    pub include_type_meta: Option<bool>,
}

/// A key of a ConfigMap.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConfigMapReference {
    pub name: Option<String>,
    pub namespace: Option<String>,
    pub key: Option<String>,
}

/// A policy behind a URL.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RemotePolicy {
    pub url: Option<String>,
    pub sha256sum: Option<String>,
}

/// A timestamp authority.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RFC3161Timestamp {
    pub trust_root_ref: Option<String>,
}
