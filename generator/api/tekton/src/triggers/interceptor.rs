//! Services that check and change events.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// An interceptor for every namespace.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClusterInterceptor {
    /// Always `triggers.tekton.dev/v1alpha1`.
    pub api_version: ApiVersion<ClusterInterceptor>,
    /// Always `ClusterInterceptor`.
    pub kind: Kind<ClusterInterceptor>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: InterceptorSpec,
}

resource!(ClusterInterceptor, group: "triggers.tekton.dev", version: "v1alpha1", plural: "clusterinterceptors", scope: cluster);

/// An interceptor of a namespace.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Interceptor {
    /// Always `triggers.tekton.dev/v1alpha1`.
    pub api_version: ApiVersion<Interceptor>,
    /// Always `Interceptor`.
    pub kind: Kind<Interceptor>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: InterceptorSpec,
}

resource!(Interceptor, group: "triggers.tekton.dev", version: "v1alpha1", plural: "interceptors", scope: namespaced);

/// Where an interceptor is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InterceptorSpec {
    pub client_config: ClientConfig,
}

/// How an interceptor is reached.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClientConfig {
    pub url: Option<String>,
    pub service: Option<ServiceReference>,
    pub ca_bundle: Option<String>,
}

/// A Service.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceReference {
    pub name: String,
    pub namespace: Option<String>,
    pub path: Option<String>,
    pub port: Option<i32>,
}
