//! Gateway API: HTTP routes.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    HTTPBackendRef, HTTPRouteFilter, HTTPRouteRetry, HTTPRouteStatus, HTTPRouteTimeouts,
    SessionPersistence,
};

/// Sends HTTP requests of some host names and paths to Services.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct HTTPRoute {
    /// Always `gateway.networking.k8s.io/v1`.
    #[serde(default)]
    pub api_version: ApiVersion<HTTPRoute>,
    /// Always `HTTPRoute`.
    #[serde(default)]
    pub kind: Kind<HTTPRoute>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// Which requests are taken, and where they go.
    #[serde(default)]
    pub spec: HTTPRouteSpec,
    /// What each Gateway makes of the route.
    pub status: Option<HTTPRouteStatus>,
}

resource!(HTTPRoute, group: "gateway.networking.k8s.io", version: "v1", plural: "httproutes", scope: namespaced);

/// The Gateways, host names and rules of a route.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HTTPRouteSpec {
    /// The Gateways (or, in a mesh, Services) that the route belongs to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parent_refs: Vec<ParentReference>,
    /// Host names that requests must have, `*.` for all below a domain; those of the Gateway's listeners if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hostnames: Vec<String>,
    /// What is done with which requests; at most 16, and the most exact match wins, whatever the order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<HTTPRouteRule>,
    /// `All` or `None` (if there is none): whether Gateways that offer themselves as default serve it too; experimental.
    pub use_default_gateways: Option<String>,
}

/// A Gateway, or one of its listeners.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct ParentReference {
    /// `gateway.networking.k8s.io` if there is none; empty for core kinds such as Service.
    pub group: Option<String>,
    /// `Gateway` (if there is none), or `Service` for traffic inside a mesh.
    pub kind: Option<String>,
    /// Its namespace; that of the route if there is none.
    pub namespace: Option<String>,
    /// The Gateway or Service.
    #[serde(default)]
    pub name: String,
    /// One listener of the Gateway.
    pub section_name: Option<String>,
    /// Only listeners of this port.
    pub port: Option<i32>,
}

/// Which requests go where.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HTTPRouteRule {
    /// A name for the rule, unique in the route.
    pub name: Option<String>,
    /// Conditions of which one must hold; every path if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub matches: Vec<HTTPRouteMatch>,
    /// Changes of requests and responses, on their way to any of the backends.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<HTTPRouteFilter>,
    /// Where requests go, each backend by its weight; requests fail with 500 if there are none and no filter answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub backend_refs: Vec<HTTPBackendRef>,
    /// How long a request may take.
    pub timeouts: Option<HTTPRouteTimeouts>,
    /// When a request is sent to the backend again.
    pub retry: Option<HTTPRouteRetry>,
    /// How requests of one session reach the same backend; experimental.
    pub session_persistence: Option<SessionPersistence>,
}

/// A condition on a request; all of its parts must hold.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HTTPRouteMatch {
    /// What the path must be; `/` and below if there is none.
    pub path: Option<HTTPPathMatch>,
    /// What headers must be, all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<HTTPHeaderMatch>,
    /// What query parameters must be, all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub query_params: Vec<HTTPQueryParamMatch>,
    /// The HTTP method in capitals, such as `GET`; any if there is none.
    pub method: Option<String>,
}

/// A condition on the path.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HTTPPathMatch {
    /// `Exact`, `PathPrefix` (if there is none) or `RegularExpression`.
    pub type_: Option<String>,
    /// The path, prefix or expression; `/` if there is none. A prefix matches whole path elements.
    pub value: Option<String>,
}

/// A condition on a header.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "value"])))]
pub struct HTTPHeaderMatch {
    /// `Exact` (if there is none) or `RegularExpression`.
    pub type_: Option<String>,
    /// The header, in whatever case.
    #[serde(default)]
    pub name: String,
    /// What the header must be.
    #[serde(default)]
    pub value: String,
}

/// A condition on a query parameter.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "value"])))]
pub struct HTTPQueryParamMatch {
    /// `Exact` (if there is none) or `RegularExpression`.
    pub type_: Option<String>,
    /// The parameter, in exactly this case.
    #[serde(default)]
    pub name: String,
    /// What the parameter must be.
    #[serde(default)]
    pub value: String,
}
