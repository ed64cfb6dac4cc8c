//! Interceptors of a trigger: checks and changes of the event.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::k8s_openapi::api::core::v1::ObjectReference;
use luban_api_tekton::Param;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_with::skip_serializing_none;

/// A check or change of the event on its way.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TriggerInterceptor {
    /// What logs call it.
    pub name: Option<String>,
    /// The Interceptor or ClusterInterceptor that does it, such as `github`, `gitlab`, `bitbucket` or `cel`.
    pub ref_: Option<InterceptorRef>,
    /// What that interceptor needs to know, such as `secretRef`, `eventTypes`, `filter` or `overlays`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<InterceptorParams>,
    /// A service of the old kind, which gets the event and answers with what it becomes; excludes `ref`.
    pub webhook: Option<WebhookInterceptor>,
}

/// An Interceptor or ClusterInterceptor, by name.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct InterceptorRef {
    /// Its name.
    pub name: Option<String>,
    /// `ClusterInterceptor` (the default) or `NamespacedInterceptor`.
    pub kind: Option<String>,
    /// Its group and version; need not be given.
    pub api_version: Option<String>,
}

/// A parameter of an interceptor.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "value"])))]
pub struct InterceptorParams {
    /// The parameter; each interceptor has its own.
    #[serde(default)]
    pub name: String,
    /// Its value, any JSON; the interceptor knows what may stand here.
    #[serde(default)]
    pub value: Value,
}

/// A service that checks or changes the event.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct WebhookInterceptor {
    /// The Service, by `apiVersion`, `kind`, `name` and `namespace`; excludes `url`.
    pub object_ref: Option<ObjectReference>,
    /// Its URL; excludes `objectRef`.
    pub url: Option<String>,
    /// Headers to add to the request; a list adds one header several times.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub header: Vec<Param>,
}
