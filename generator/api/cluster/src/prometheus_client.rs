//! Prometheus Operator: how a target is reached, and how labels change.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::{ConfigMapKeySelector, SecretKeySelector};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// A change of labels.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RelabelConfig {
    /// Labels whose values are joined and matched.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source_labels: Vec<String>,
    /// What stands between the joined values; `;` if there is none.
    pub separator: Option<String>,
    /// The label that is written.
    pub target_label: Option<String>,
    /// What the joined values must match as a whole; `(.*)` if there is none.
    pub regex: Option<String>,
    /// What the hash of the joined values is divided by, for `hashmod`.
    pub modulus: Option<i64>,
    /// What is written, with `$1` for groups; `$1` if there is none.
    pub replacement: Option<String>,
    /// `replace` (if there is none), `keep`, `drop`, `hashmod`, `labelmap`, `labeldrop`, `labelkeep`, `lowercase`, `uppercase`, `keepequal` or `dropequal`.
    pub action: Option<String>,
}

/// User name and password, from Secrets.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BasicAuth {
    /// The Secret with the user name.
    pub username: Option<SecretKeySelector>,
    /// The Secret with the password.
    pub password: Option<SecretKeySelector>,
}

/// An authorization header.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SafeAuthorization {
    /// The scheme; `Bearer` if there is none, `Basic` is not allowed.
    pub type_: Option<String>,
    /// The Secret with what follows the scheme.
    pub credentials: Option<SecretKeySelector>,
}

/// A token that an authorization server gives for a client's id and secret.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["clientId", "clientSecret", "tokenUrl"])))]
pub struct OAuth2 {
    /// Where the client's id is.
    #[serde(default)]
    pub client_id: SecretOrConfigMap,
    /// The Secret with the client's secret.
    #[serde(default)]
    pub client_secret: SecretKeySelector,
    /// Where the token is asked for.
    #[serde(default)]
    pub token_url: String,
    /// What the token is to be good for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<String>,
    /// Further parameters of the request.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub endpoint_params: BTreeMap<String, String>,
    /// How the connection to the authorization server is secured.
    pub tls_config: Option<SafeTLSConfig>,
    /// The proxy to go through.
    pub proxy_url: Option<String>,
    /// Hosts, addresses and ranges that need no proxy, with commas between.
    pub no_proxy: Option<String>,
    /// Takes the proxy from Prometheus' own environment.
    pub proxy_from_environment: Option<bool>,
    /// Headers that the proxy gets, from Secrets.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub proxy_connect_header: BTreeMap<String, Vec<SecretKeySelector>>,
}

/// How a connection is secured.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SafeTLSConfig {
    /// Certificates of the authorities to trust.
    pub ca: Option<SecretOrConfigMap>,
    /// The client's certificate.
    pub cert: Option<SecretOrConfigMap>,
    /// The Secret with the client's key.
    pub key_secret: Option<SecretKeySelector>,
    /// The name that the server's certificate must have.
    pub server_name: Option<String>,
    /// Trusts any certificate.
    pub insecure_skip_verify: Option<bool>,
    /// `TLS10`, `TLS11`, `TLS12` or `TLS13`.
    pub min_version: Option<String>,
    /// `TLS10`, `TLS11`, `TLS12` or `TLS13`.
    pub max_version: Option<String>,
}

/// How a connection is secured, with files of Prometheus' own too.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TLSConfig {
    /// Certificates of the authorities to trust.
    pub ca: Option<SecretOrConfigMap>,
    /// The client's certificate.
    pub cert: Option<SecretOrConfigMap>,
    /// The Secret with the client's key.
    pub key_secret: Option<SecretKeySelector>,
    /// A file with the authorities to trust, in Prometheus' container; excludes `ca`.
    pub ca_file: Option<String>,
    /// A file with the client's certificate, in Prometheus' container; excludes `cert`.
    pub cert_file: Option<String>,
    /// A file with the client's key, in Prometheus' container; excludes `keySecret`.
    pub key_file: Option<String>,
    /// The name that the server's certificate must have.
    pub server_name: Option<String>,
    /// Trusts any certificate.
    pub insecure_skip_verify: Option<bool>,
    /// `TLS10`, `TLS11`, `TLS12` or `TLS13`.
    pub min_version: Option<String>,
    /// `TLS10`, `TLS11`, `TLS12` or `TLS13`.
    pub max_version: Option<String>,
}

/// A key of a Secret or ConfigMap; exactly one.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SecretOrConfigMap {
    /// The key of a Secret.
    pub secret: Option<SecretKeySelector>,
    /// The key of a ConfigMap.
    pub config_map: Option<ConfigMapKeySelector>,
}
