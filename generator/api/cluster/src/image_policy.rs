//! Sigstore policy-controller: which images may run.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::k8s_openapi::api::core::v1::{LocalObjectReference, SecretReference};
use luban_api_core::{ApiVersion, Kind, LabelSelector, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::ClusterImagePolicyStatus;

/// Images, and who must have signed them.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct ClusterImagePolicy {
    /// Always `policy.sigstore.dev/v1beta1`.
    #[serde(default)]
    pub api_version: ApiVersion<ClusterImagePolicy>,
    /// Always `ClusterImagePolicy`.
    #[serde(default)]
    pub kind: Kind<ClusterImagePolicy>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// Which images it is about, and what they must prove.
    #[serde(default)]
    pub spec: ClusterImagePolicySpec,
    /// Whether it is in force.
    pub status: Option<ClusterImagePolicyStatus>,
}

resource!(ClusterImagePolicy, group: "policy.sigstore.dev", version: "v1beta1", plural: "clusterimagepolicies", scope: cluster);

/// Images, and the authorities of which one must have signed.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["images"])))]
pub struct ClusterImagePolicySpec {
    /// Images by pattern; an image that several policies match must satisfy them all.
    #[serde(default)]
    pub images: Vec<ImagePattern>,
    /// Who may have signed; one is enough. Keyless by the public Sigstore if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authorities: Vec<Authority>,
    /// A condition on what the authorities found.
    pub policy: Option<Policy>,
    /// Only for these kinds of objects; pods and what makes pods if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub match_: Vec<MatchResource>,
    /// `enforce` (if there is none) or `warn`.
    pub mode: Option<String>,
}

/// Images by pattern.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["glob"])))]
pub struct ImagePattern {
    /// A pattern of image names: `*` within a path element, `**` across them.
    #[serde(default)]
    pub glob: String,
}

/// Objects that the policy looks at.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MatchResource {
    /// Their API group; empty for core kinds.
    pub group: Option<String>,
    /// Their version.
    pub version: Option<String>,
    /// Their kind in the plural and in lower case, such as `deployments`.
    pub resource: Option<String>,
    /// Only objects with these labels.
    pub selector: Option<LabelSelector>,
}

/// Who signs: a key, an identity, or nobody; exactly one of `key`, `keyless` and `static`.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Authority {
    /// Its name, by which `policy` refers to it; `authority-<index>` if there is none.
    pub name: Option<String>,
    /// A public key.
    pub key: Option<KeyRef>,
    /// An identity that a short-lived certificate proves.
    pub keyless: Option<KeylessRef>,
    /// A fixed answer without any signature.
    pub static_: Option<StaticRef>,
    /// Where signatures are; beside the image if there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source: Vec<Source>,
    /// The transparency log that must know the signature.
    pub ctlog: Option<TLog>,
    /// Signed statements about the image that must exist.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attestations: Vec<Attestation>,
    /// The authority that must have timed the signature.
    pub rfc3161timestamp: Option<RFC3161Timestamp>,
    /// `legacy` (if there is none) or `bundle`.
    pub signature_format: Option<String>,
}

/// A public key; exactly one of `secretRef`, `data` and `kms`.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct KeyRef {
    /// The Secret with the key.
    pub secret_ref: Option<SecretReference>,
    /// The key itself, as PEM.
    pub data: Option<String>,
    /// The URL of the key in a key service, such as `awskms://…`.
    pub kms: Option<String>,
    /// `sha256` (if there is none), `sha384`, `sha512` or `sha224`.
    pub hash_algorithm: Option<String>,
}

/// An identity that a certificate proves.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["identities"])))]
pub struct KeylessRef {
    /// The Fulcio that issued the certificate; the public one if there is none.
    pub url: Option<String>,
    /// Who may have signed; one is enough.
    #[serde(default)]
    pub identities: Vec<Identity>,
    /// The certificate of the issuing authority.
    #[serde(rename = "ca-cert")]
    pub ca_cert: Option<KeyRef>,
    /// The TrustRoot with the issuing authority's certificates.
    pub trust_root_ref: Option<String>,
    /// Trusts certificates that no transparency log has promised to record.
    #[serde(rename = "insecureIgnoreSCT")]
    pub insecure_ignore_sct: Option<bool>,
}

/// Issuer and subject of a certificate.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Identity {
    /// Who vouched for the signer: an OpenID Connect issuer's URL. Excludes `issuerRegExp`.
    pub issuer: Option<String>,
    /// The same as a regular expression.
    pub issuer_reg_exp: Option<String>,
    /// The signer: an address or a workflow's URL. Excludes `subjectRegExp`.
    pub subject: Option<String>,
    /// The same as a regular expression.
    pub subject_reg_exp: Option<String>,
}

/// A fixed answer.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["action"])))]
pub struct StaticRef {
    /// `pass` or `fail`.
    #[serde(default)]
    pub action: String,
    /// What users read where it fails.
    pub message: Option<String>,
}

/// Where signatures are.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Source {
    /// The repository of the registry.
    pub oci: Option<String>,
    /// Secrets to read it with, in the namespace of the workload.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signature_pull_secrets: Vec<LocalObjectReference>,
    /// Text before the tags of signatures and attestations.
    pub tag_prefix: Option<String>,
}

/// The transparency log that must know the signature.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TLog {
    /// The Rekor; the public one if there is none.
    pub url: Option<String>,
    /// The TrustRoot with the log's key.
    pub trust_root_ref: Option<String>,
}

/// A statement about the image that must exist.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "predicateType"])))]
pub struct Attestation {
    /// Its name, by which `policy` refers to it.
    #[serde(default)]
    pub name: String,
    /// What it states: a URI, or a short name such as `slsaprovenance`, `vuln` or `custom`.
    #[serde(default)]
    pub predicate_type: String,
    /// A condition on what it states.
    pub policy: Option<Policy>,
}

/// A condition on attestations, in CUE or Rego.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["type"])))]
pub struct Policy {
    /// `cue` or `rego`.
    #[serde(default)]
    pub type_: String,
    /// The condition itself; excludes `configMapRef` and `remote`.
    pub data: Option<String>,
    /// The ConfigMap with the condition.
    pub config_map_ref: Option<ConfigMapReference>,
    /// A URL with the condition.
    pub remote: Option<RemotePolicy>,
    /// Gives the condition the image's configuration too.
    pub fetch_config_file: Option<bool>,
    /// Gives the condition the workload's `spec` too.
    pub include_spec: Option<bool>,
    /// Gives the condition the workload's `metadata` too.
    pub include_object_meta: Option<bool>,
    /// Gives the condition the workload's `apiVersion` and `kind` too.
    pub include_type_meta: Option<bool>,
}

/// A key of a ConfigMap.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ConfigMapReference {
    /// The ConfigMap.
    pub name: Option<String>,
    /// Its namespace; the controller's own if there is none.
    pub namespace: Option<String>,
    /// The key with the condition.
    pub key: Option<String>,
}

/// A policy behind a URL.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RemotePolicy {
    /// Where it is.
    pub url: Option<String>,
    /// What SHA-256 of it must be, in hex.
    pub sha256sum: Option<String>,
}

/// A timestamp authority.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RFC3161Timestamp {
    /// The TrustRoot with the authority's certificates.
    pub trust_root_ref: Option<String>,
}
