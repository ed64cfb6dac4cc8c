//! Where artifacts come from besides stores: Git, HTTP, the object itself.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::k8s_openapi::api::core::v1::SecretKeySelector;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// A checkout of a Git repository.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["repo"])))]
pub struct GitArtifact {
    /// The repository's URL.
    #[serde(default)]
    pub repo: String,
    /// A commit, tag or branch; the default branch if there is none.
    pub revision: Option<String>,
    /// The branch to fetch where `singleBranch` is set.
    pub branch: Option<String>,
    /// How many commits are fetched; all if it is not set.
    pub depth: Option<i64>,
    /// Fetches `branch` alone.
    pub single_branch: Option<bool>,
    /// Further refs to fetch before the checkout.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fetch: Vec<String>,
    /// Leaves submodules out.
    pub disable_submodules: Option<bool>,
    /// Trusts any SSH host key.
    pub insecure_ignore_host_key: Option<bool>,
    /// Trusts any certificate.
    #[serde(rename = "insecureSkipTLS")]
    pub insecure_skip_tls: Option<bool>,
    /// The Secret with the password or token, for HTTP.
    pub password_secret: Option<SecretKeySelector>,
    /// The Secret with the SSH key.
    pub ssh_private_key_secret: Option<SecretKeySelector>,
    /// The Secret with the user name, for HTTP.
    pub username_secret: Option<SecretKeySelector>,
}

/// Content in the object itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["data"])))]
pub struct RawArtifact {
    /// The content.
    #[serde(default)]
    pub data: String,
}

/// A file behind a URL.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["url"])))]
pub struct HTTPArtifact {
    /// The file's URL.
    #[serde(default)]
    pub url: String,
    /// Headers of the request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<Header>,
    /// How to authenticate.
    pub auth: Option<HTTPAuth>,
    /// Writes to a temporary file before sending, for servers that need the length first.
    pub save_stream_via_file: Option<bool>,
}

/// A header of an HTTP artifact.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "value"])))]
pub struct Header {
    /// The header's name.
    #[serde(default)]
    pub name: String,
    /// Its value, readable in the object.
    #[serde(default)]
    pub value: String,
}

/// How an HTTP artifact authenticates.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HTTPAuth {
    /// User name and password.
    pub basic_auth: Option<BasicAuth>,
    /// A client certificate.
    pub client_cert: Option<ClientCertAuth>,
    /// A token by OAuth 2 client credentials.
    pub oauth2: Option<OAuth2Auth>,
}

/// User name and password, from Secrets.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BasicAuth {
    /// The Secret with the user name.
    pub username_secret: Option<SecretKeySelector>,
    /// The Secret with the password.
    pub password_secret: Option<SecretKeySelector>,
}

/// A client certificate, from Secrets.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClientCertAuth {
    /// The Secret with the certificate, PEM.
    pub client_cert_secret: Option<SecretKeySelector>,
    /// The Secret with the certificate's key, PEM.
    pub client_key_secret: Option<SecretKeySelector>,
}

/// A token by OAuth 2 client credentials.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OAuth2Auth {
    /// The Secret with the client's id.
    #[serde(rename = "clientIDSecret")]
    pub client_id_secret: Option<SecretKeySelector>,
    /// The Secret with the client's secret.
    pub client_secret_secret: Option<SecretKeySelector>,
    /// The Secret with the URL that gives tokens.
    #[serde(rename = "tokenURLSecret")]
    pub token_url_secret: Option<SecretKeySelector>,
    /// Scopes that are asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<String>,
    /// Further parameters of the token request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub endpoint_params: Vec<OAuth2EndpointParam>,
}

/// A further parameter of a token request.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["key"])))]
pub struct OAuth2EndpointParam {
    /// The parameter.
    #[serde(default)]
    pub key: String,
    /// Its value.
    pub value: Option<String>,
}
