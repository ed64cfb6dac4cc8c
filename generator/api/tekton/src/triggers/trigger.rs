//! Triggers, their bindings and templates.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use luban_api_core::k8s_openapi::api::core::v1::ObjectReference;
use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_with::skip_serializing_none;

use crate::Param;

/// What happens at an event.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Trigger {
    /// Always `triggers.tekton.dev/v1beta1`.
    pub api_version: ApiVersion<Trigger>,
    /// Always `Trigger`.
    pub kind: Kind<Trigger>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: TriggerSpec,
}

resource!(Trigger, group: "triggers.tekton.dev", version: "v1beta1", plural: "triggers", scope: namespaced);

/// Interceptors, bindings and the template of a trigger.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TriggerSpec {
    pub name: Option<String>,
    /// The ServiceAccount of its pods.
    pub service_account_name: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interceptors: Vec<TriggerInterceptor>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bindings: Vec<TriggerSpecBinding>,
    pub template: TriggerSpecTemplate,
}

/// Values of the event: by name of a TriggerBinding or in place.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TriggerSpecBinding {
    pub name: Option<String>,
    pub value: Option<String>,
    pub ref_: Option<String>,
    /// `TriggerBinding` or `ClusterTriggerBinding`.
    pub kind: Option<String>,
    pub apiversion: Option<String>,
}

/// The objects to create: by name of a TriggerTemplate or in place.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TriggerSpecTemplate {
    /// The TriggerTemplate.
    pub ref_: Option<String>,
    pub apiversion: Option<String>,
    pub spec: Option<TriggerTemplateSpec>,
}

/// A check or change of the event on its way.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TriggerInterceptor {
    pub name: Option<String>,
    pub ref_: Option<InterceptorRef>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<InterceptorParams>,
    /// The endpoint that receives the events.
    pub webhook: Option<WebhookInterceptor>,
}

/// An Interceptor or ClusterInterceptor, by name.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InterceptorRef {
    pub name: Option<String>,
    /// `ClusterInterceptor` or `NamespacedInterceptor`.
    pub kind: Option<String>,
    pub api_version: Option<String>,
}

/// A parameter of an interceptor.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InterceptorParams {
    pub name: String,
    pub value: Option<Value>,
}

/// A service that checks or changes the event.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WebhookInterceptor {
    pub object_ref: Option<ObjectReference>,
    pub url: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub header: Vec<Param>,
}

/// Values of an event and the names of parameters they become.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TriggerBinding {
    /// Always `triggers.tekton.dev/v1beta1`.
    pub api_version: ApiVersion<TriggerBinding>,
    /// Always `TriggerBinding`.
    pub kind: Kind<TriggerBinding>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: TriggerBindingSpec,
}

resource!(TriggerBinding, group: "triggers.tekton.dev", version: "v1beta1", plural: "triggerbindings", scope: namespaced);

/// A TriggerBinding for every namespace.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClusterTriggerBinding {
    /// Always `triggers.tekton.dev/v1beta1`.
    pub api_version: ApiVersion<ClusterTriggerBinding>,
    /// Always `ClusterTriggerBinding`.
    pub kind: Kind<ClusterTriggerBinding>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: TriggerBindingSpec,
}

resource!(ClusterTriggerBinding, group: "triggers.tekton.dev", version: "v1beta1", plural: "clustertriggerbindings", scope: cluster);

/// The parameters that a binding fills.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TriggerBindingSpec {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<TriggerBindingParam>,
}

/// A parameter and its value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TriggerBindingParam {
    pub name: String,
    /// May hold `$(body.…)`, `$(header.…)`, `$(extensions.…)`.
    pub value: String,
}

/// Objects to create, with parameters.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TriggerTemplate {
    /// Always `triggers.tekton.dev/v1beta1`.
    pub api_version: ApiVersion<TriggerTemplate>,
    /// Always `TriggerTemplate`.
    pub kind: Kind<TriggerTemplate>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: TriggerTemplateSpec,
}

resource!(TriggerTemplate, group: "triggers.tekton.dev", version: "v1beta1", plural: "triggertemplates", scope: namespaced);

/// Parameters and the objects they go into.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TriggerTemplateSpec {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<TriggerTemplateParam>,
    /// Objects; may hold `$(tt.params.…)`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resourcetemplates: Vec<Value>,
}

/// A parameter of a template.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TriggerTemplateParam {
    pub name: String,
    pub description: Option<String>,
    pub default: Option<String>,
}
