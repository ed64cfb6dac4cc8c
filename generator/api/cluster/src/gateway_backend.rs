//! Gateway API: where a route sends requests, and its status.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::k8s_openapi::apimachinery::pkg::apis::meta::v1::Condition;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{HTTPRouteFilter, ParentReference};

/// A Service, or another object that serves.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct BackendObjectReference {
    /// Its API group; empty (the core group) if there is none.
    pub group: Option<String>,
    /// `Service` if there is none.
    pub kind: Option<String>,
    /// The Service.
    #[serde(default)]
    pub name: String,
    /// Its namespace; one other than the route's needs a ReferenceGrant there.
    pub namespace: Option<String>,
    /// The port of the Service; required for Services.
    pub port: Option<i32>,
}

/// A backend and its share of requests.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct HTTPBackendRef {
    /// Its API group; empty (the core group) if there is none.
    pub group: Option<String>,
    /// `Service` if there is none.
    pub kind: Option<String>,
    /// The Service.
    #[serde(default)]
    pub name: String,
    /// Its namespace; one other than the route's needs a ReferenceGrant there.
    pub namespace: Option<String>,
    /// The port of the Service; required for Services.
    pub port: Option<i32>,
    /// Its share of requests beside the other backends; 1 if there is none, 0 for none at all.
    pub weight: Option<i32>,
    /// Changes of the requests that go to this backend.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<HTTPRouteFilter>,
}

/// How long a request may take.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HTTPRouteTimeouts {
    /// The whole of a request, retries included, as a duration such as `10s`; `0s` for no limit.
    pub request: Option<String>,
    /// One try at a backend; no longer than `request`.
    pub backend_request: Option<String>,
}

/// When a request is tried again.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HTTPRouteRetry {
    /// Status codes (400 to 599) after which it is tried again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<i32>,
    /// How often it is tried again; 1 if there is none.
    pub attempts: Option<i32>,
    /// The least time between tries, as a duration such as `100ms`.
    pub backoff: Option<String>,
}

/// How requests of one session stay together.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SessionPersistence {
    /// The name of the cookie or header; until Gateway API v1.6, see `cookie` and `header`.
    pub session_name: Option<String>,
    /// How long a session may last, as a duration such as `1h`; required for permanent cookies.
    pub absolute_timeout: Option<String>,
    /// How long a session may be silent, as a duration; until Gateway API v1.6.
    pub idle_timeout: Option<String>,
    /// `Cookie` (if there is none) or `Header`.
    pub type_: Option<String>,
    /// The cookie of the session; excludes `header`.
    pub cookie: Option<CookieSessionPersistence>,
    /// The header of the session; excludes `cookie`.
    pub header: Option<HeaderSessionPersistence>,
    /// The cookie of the session until Gateway API v1.6.
    pub cookie_config: Option<CookieConfig>,
}

/// The cookie that keeps a session together.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CookieSessionPersistence {
    /// Its name; the Gateway chooses one if there is none.
    pub name: Option<String>,
    /// The path that browsers send it for; `/` if there is none.
    pub path: Option<String>,
    /// `Session` (if there is none): until the browser closes; or `Permanent`: until `absoluteTimeout`.
    pub lifetime_type: Option<String>,
}

/// The header that keeps a session together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct HeaderSessionPersistence {
    /// Its name.
    #[serde(default)]
    pub name: String,
}

/// How long a session's cookie lasts.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CookieConfig {
    /// `Session` (if there is none): until the browser closes; or `Permanent`: until `absoluteTimeout`.
    pub lifetime_type: Option<String>,
}

/// What Gateways make of a route.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["parents"])))]
pub struct HTTPRouteStatus {
    /// An entry for each parent and controller that has looked at the route; none means that nobody has.
    #[serde(default)]
    pub parents: Vec<RouteParentStatus>,
}

/// What one Gateway makes of a route.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["parentRef", "controllerName", "conditions"])))]
pub struct RouteParentStatus {
    /// The entry of `parentRefs` that this is about.
    #[serde(default)]
    pub parent_ref: ParentReference,
    /// Who wrote this, as `domain/path`.
    #[serde(default)]
    pub controller_name: String,
    /// `Accepted`, `ResolvedRefs`, `PartiallyInvalid`: each with its reason.
    #[serde(default)]
    pub conditions: Vec<Condition>,
}
