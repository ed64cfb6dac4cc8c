//! EventListeners, as `v1alpha1` writes them.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use crate::v1alpha1::TriggerInterceptor;
use luban_api_core::{ApiVersion, Embedded, Kind, LabelSelector, ObjectMeta, resource};
use luban_api_tekton::Condition;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    EventListenerConfig, NamespaceSelector, TriggerSpecBinding, TriggerSpecTemplate, WithPodSpec,
};

/// Receives events over HTTP and starts triggers.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct EventListener {
    /// Always `triggers.tekton.dev/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<EventListener>,
    /// Always `EventListener`.
    #[serde(default)]
    pub kind: Kind<EventListener>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// Its triggers and how it runs.
    #[serde(default)]
    pub spec: EventListenerSpec,
    /// What the controller reports.
    pub status: Option<EventListenerStatus>,
}

resource!(EventListener, group: "triggers.tekton.dev", version: "v1alpha1", plural: "eventlisteners", scope: namespaced);

/// The triggers of a listener and how it runs: in place, or by labels and namespaces.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EventListenerSpec {
    /// The ServiceAccount of its pods, which reads Triggers and creates what templates say, unless a trigger names its own.
    pub service_account_name: Option<String>,
    /// Triggers, in place or by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub triggers: Vec<EventListenerTrigger>,
    /// Namespaces whose Triggers it runs as well; its own, if there is only `labelSelector`.
    pub namespace_selector: Option<NamespaceSelector>,
    /// Triggers that it runs as well, by their labels.
    pub label_selector: Option<LabelSelector>,
    /// Its Deployment and Service, or the object in their place.
    pub resources: Option<Resources>,
}

/// A trigger of a listener: in place or by name.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EventListenerTrigger {
    /// What logs and the label `triggers.tekton.dev/trigger` call it.
    pub name: Option<String>,
    /// A Trigger of the listener's namespace; excludes `template`, `bindings` and `interceptors`.
    pub trigger_ref: Option<String>,
    /// The ServiceAccount that creates this trigger's objects, in place of the listener's.
    pub service_account_name: Option<String>,
    /// Checks and changes of the event, one after another; the first refusal ends the trigger.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interceptors: Vec<TriggerInterceptor>,
    /// Values of the event, as parameters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bindings: Vec<TriggerSpecBinding>,
    /// The objects that it creates.
    pub template: Option<TriggerSpecTemplate>,
}

/// How a listener runs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Resources {
    /// As a Deployment and a Service, which is the default.
    pub kubernetes_resource: Option<KubernetesResource>,
    /// As another object with a pod template, such as a Knative Service, whose status has an address.
    pub custom_resource: Option<Embedded>,
}

/// A listener as Deployment and Service.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct KubernetesResource {
    /// How many pods there are; without a number one at first, and an autoscaler may decide.
    pub replicas: Option<i32>,
    /// `ClusterIP` (the default), `NodePort` or `LoadBalancer`.
    pub service_type: Option<String>,
    /// The pods: only scheduling, ServiceAccount, security, and one container's resources, probes and environment may be set.
    pub spec: Option<WithPodSpec>,
}

/// How a listener is doing.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EventListenerStatus {
    /// What its objects are called.
    pub configuration: Option<EventListenerConfig>,
    /// Whether it is there and serves: the condition `Ready` and what it depends on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// Where it receives events.
    pub address: Option<Addressable>,
    /// Where it receives events, by protocol.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Addressable>,
    /// What the controller notes for itself.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// The generation of the object that this is about.
    pub observed_generation: Option<i64>,
}

/// Where something is reached.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Addressable {
    /// What the address is called, such as `https`.
    pub name: Option<String>,
    /// Its URL.
    pub url: Option<String>,
    /// Certificates, as PEM, to check the one there with.
    #[serde(rename = "CACerts")]
    pub ca_certs: Option<String>,
    /// Its host, in place of a URL.
    pub hostname: Option<String>,
}
