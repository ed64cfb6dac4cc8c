//! EventListeners: HTTP endpoints that start runs.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use luban_api_core::{ApiVersion, Kind, LabelSelector, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_with::skip_serializing_none;

use crate::{TriggerInterceptor, TriggerSpecBinding, TriggerSpecTemplate};

/// Receives events over HTTP and starts triggers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventListener {
    /// Always `triggers.tekton.dev/v1beta1`.
    pub api_version: ApiVersion<EventListener>,
    /// Always `EventListener`.
    pub kind: Kind<EventListener>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: EventListenerSpec,
}

resource!(EventListener, group: "triggers.tekton.dev", version: "v1beta1", plural: "eventlisteners", scope: namespaced);

/// The triggers of a listener and how it runs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventListenerSpec {
    /// The ServiceAccount of its pods.
    pub service_account_name: Option<String>,
    #[serde(rename = "cloudEventURI")]
    pub cloud_event_uri: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub triggers: Vec<EventListenerTrigger>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trigger_groups: Vec<EventListenerTriggerGroup>,
    /// Namespaces whose Triggers are used.
    pub namespace_selector: Option<NamespaceSelector>,
    /// Triggers that are used.
    pub label_selector: Option<LabelSelector>,
    pub resources: Option<Resources>,
}

/// A trigger of a listener: in place or by name.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventListenerTrigger {
    pub name: Option<String>,
    pub trigger_ref: Option<String>,
    /// The ServiceAccount of its pods.
    pub service_account_name: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interceptors: Vec<TriggerInterceptor>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bindings: Vec<TriggerSpecBinding>,
    pub template: Option<TriggerSpecTemplate>,
}

/// Triggers, found by labels, that share interceptors.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventListenerTriggerGroup {
    pub name: String,
    pub interceptors: Vec<TriggerInterceptor>,
    pub trigger_selector: EventListenerTriggerSelector,
}

/// Which triggers belong to a group.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventListenerTriggerSelector {
    pub namespace_selector: Option<NamespaceSelector>,
    /// Objects by labels.
    pub label_selector: Option<LabelSelector>,
}

/// Namespaces by name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NamespaceSelector {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub match_names: Vec<String>,
}

/// How a listener runs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Resources {
    pub kubernetes_resource: Option<KubernetesResource>,
    pub custom_resource: Option<Value>,
}

/// A listener as Deployment and Service.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KubernetesResource {
    pub replicas: Option<i32>,
    pub service_type: Option<String>,
    pub service_port: Option<i32>,
    pub service_load_balancer_class: Option<String>,
    pub spec: Option<Value>,
}
