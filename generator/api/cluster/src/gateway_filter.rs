//! Gateway API: what a route does to requests and responses.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::BackendObjectReference;

/// A change of the request or response: exactly one, named by `type`.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["type"])))]
pub struct HTTPRouteFilter {
    /// Which one is set: `RequestHeaderModifier`, `ResponseHeaderModifier`, `RequestMirror`, `RequestRedirect`, `URLRewrite`, `CORS`, `ExternalAuth` or `ExtensionRef`.
    #[serde(default)]
    pub type_: String,
    /// Changes headers before the backend gets the request.
    pub request_header_modifier: Option<HTTPHeaderFilter>,
    /// Changes headers before the client gets the response.
    pub response_header_modifier: Option<HTTPHeaderFilter>,
    /// Sends a copy of the request to a further backend and drops its answer.
    pub request_mirror: Option<HTTPRequestMirrorFilter>,
    /// Answers with another URL; excludes `urlRewrite`.
    pub request_redirect: Option<HTTPRequestRedirectFilter>,
    /// Changes host name or path before the backend gets the request; excludes `requestRedirect`.
    pub url_rewrite: Option<HTTPURLRewriteFilter>,
    /// Answers browsers' cross-origin questions.
    pub cors: Option<HTTPCORSFilter>,
    /// Asks another service whether the request may pass; experimental.
    pub external_auth: Option<HTTPExternalAuthFilter>,
    /// A filter of the Gateway's own, which is another object.
    pub extension_ref: Option<LocalObjectReference>,
}

/// Headers that are set, added or removed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HTTPHeaderFilter {
    /// Headers that replace those of the same name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set: Vec<HTTPHeader>,
    /// Values that join those a header has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub add: Vec<HTTPHeader>,
    /// Headers that are taken away, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove: Vec<String>,
}

/// A header and its value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "value"])))]
pub struct HTTPHeader {
    /// The header, in whatever case.
    #[serde(default)]
    pub name: String,
    /// Its value.
    #[serde(default)]
    pub value: String,
}

/// A second backend that gets a copy.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["backendRef"])))]
pub struct HTTPRequestMirrorFilter {
    /// Where copies go.
    #[serde(default)]
    pub backend_ref: BackendObjectReference,
    /// How many of 100 requests are copied; all if neither this nor `fraction` is set.
    pub percent: Option<i32>,
    /// How many requests are copied, where percents are too coarse; excludes `percent`.
    pub fraction: Option<Fraction>,
}

/// A share of requests.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["numerator"])))]
pub struct Fraction {
    /// So many …
    #[serde(default)]
    pub numerator: i32,
    /// … of so many; 100 if there is none.
    pub denominator: Option<i32>,
}

/// Answers with another URL.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HTTPRequestRedirectFilter {
    /// `http` or `https`; that of the request if there is none.
    pub scheme: Option<String>,
    /// Another host name; that of the request if there is none.
    pub hostname: Option<String>,
    /// Another path; that of the request if there is none.
    pub path: Option<HTTPPathModifier>,
    /// Another port; that of the scheme, or else of the listener, if there is none.
    pub port: Option<i32>,
    /// 301, 302 (if there is none), 303, 307 or 308.
    pub status_code: Option<i32>,
}

/// Changes host name or path on the way.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HTTPURLRewriteFilter {
    /// The Host header that the backend sees.
    pub hostname: Option<String>,
    /// The path that the backend sees.
    pub path: Option<HTTPPathModifier>,
}

/// How a path is changed.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["type"])))]
pub struct HTTPPathModifier {
    /// `ReplaceFullPath` or `ReplacePrefixMatch`.
    #[serde(default)]
    pub type_: String,
    /// The whole new path.
    pub replace_full_path: Option<String>,
    /// What stands in place of the matched prefix; every match of the rule must be a `PathPrefix`.
    pub replace_prefix_match: Option<String>,
}

/// Which other origins may read the answer.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HTTPCORSFilter {
    /// Origins as `scheme://host[:port]`, hosts with `*.` in front, or `*` for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allow_origins: Vec<String>,
    /// Whether requests may carry cookies and authorization.
    pub allow_credentials: Option<bool>,
    /// Methods that may be used, or `*`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allow_methods: Vec<String>,
    /// Request headers that may be sent, or `*`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allow_headers: Vec<String>,
    /// Response headers that scripts may read, or `*`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expose_headers: Vec<String>,
    /// Seconds for which a browser may remember the answer; 5 if there is none.
    pub max_age: Option<i32>,
}

/// A service that decides whether a request may pass.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["protocol", "backendRef"])))]
pub struct HTTPExternalAuthFilter {
    /// `HTTP` or `GRPC` (Envoy's ext_authz).
    #[serde(default)]
    pub protocol: String,
    /// The service that is asked.
    #[serde(default)]
    pub backend_ref: BackendObjectReference,
    /// Settings where `protocol` is `GRPC`.
    pub grpc: Option<GRPCAuthConfig>,
    /// Settings where `protocol` is `HTTP`.
    pub http: Option<HTTPAuthConfig>,
    /// Sends the body along; without it only the head is sent.
    pub forward_body: Option<ForwardBodyConfig>,
}

/// What a gRPC authorization service is told.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GRPCAuthConfig {
    /// Further request headers that it gets; all if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed_headers: Vec<String>,
}

/// What an HTTP authorization service is told and may say.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HTTPAuthConfig {
    /// A prefix for the path that is asked for.
    pub path: Option<String>,
    /// Further request headers that it gets, besides host, method, path, length and authorization.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed_headers: Vec<String>,
    /// Headers of its answer that the backend gets; all but the usual ones if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed_response_headers: Vec<String>,
}

/// How much of a body is sent along.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ForwardBodyConfig {
    /// The largest body in bytes; larger requests are refused.
    pub max_size: Option<i64>,
}

/// An object of the same namespace.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["group", "kind", "name"])))]
pub struct LocalObjectReference {
    /// Its API group; empty for core kinds.
    #[serde(default)]
    pub group: String,
    /// Its kind.
    #[serde(default)]
    pub kind: String,
    /// Its name.
    #[serde(default)]
    pub name: String,
}
