//! Services that check and change events.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use luban_api_tekton::Condition;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// An interceptor for every namespace.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct ClusterInterceptor {
    /// Always `triggers.tekton.dev/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<ClusterInterceptor>,
    /// Always `ClusterInterceptor`.
    #[serde(default)]
    pub kind: Kind<ClusterInterceptor>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// Where it is.
    #[serde(default)]
    pub spec: InterceptorSpec,
    /// What the controller reports.
    pub status: Option<InterceptorStatus>,
}

resource!(ClusterInterceptor, group: "triggers.tekton.dev", version: "v1alpha1", plural: "clusterinterceptors", scope: cluster);

/// An interceptor of a namespace.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct Interceptor {
    /// Always `triggers.tekton.dev/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<Interceptor>,
    /// Always `Interceptor`.
    #[serde(default)]
    pub kind: Kind<Interceptor>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// Where it is.
    #[serde(default)]
    pub spec: InterceptorSpec,
    /// What the controller reports.
    pub status: Option<InterceptorStatus>,
}

resource!(Interceptor, group: "triggers.tekton.dev", version: "v1alpha1", plural: "interceptors", scope: namespaced);

/// Where an interceptor is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["clientConfig"])))]
pub struct InterceptorSpec {
    /// How listeners reach it.
    #[serde(default)]
    pub client_config: ClientConfig,
}

/// How an interceptor is reached.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClientConfig {
    /// The Service in front of it; excludes `url`.
    pub service: Option<ServiceReference>,
    /// Its URL; excludes `service`.
    pub url: Option<String>,
    /// The certificate authority of the one it shows, as PEM in base64; with one, a Service is spoken to over HTTPS.
    pub ca_bundle: Option<String>,
}

/// A Service.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "namespace"])))]
pub struct ServiceReference {
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// Its namespace.
    #[serde(default)]
    pub namespace: String,
    /// The path of the request.
    pub path: Option<String>,
    /// Its port; 80, or 8443 with a `caBundle`, if there is none.
    pub port: Option<i32>,
}

/// How an interceptor is doing.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct InterceptorStatus {
    /// Whether it is ready.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// Where it is reached.
    pub address: Option<InterceptorAddressable>,
    /// Where it is reached, by protocol.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<InterceptorAddressable>,
    /// What the controller notes for itself.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// The generation of the object that this is about.
    pub observed_generation: Option<i64>,
}

/// Where an interceptor is reached.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct InterceptorAddressable {
    /// What the address is called, such as `https`.
    pub name: Option<String>,
    /// Its URL.
    pub url: Option<String>,
    /// Certificates, as PEM, to check the one there with.
    #[serde(rename = "CACerts")]
    pub ca_certs: Option<String>,
    /// The audience that tokens for it must have.
    pub audience: Option<String>,
}
