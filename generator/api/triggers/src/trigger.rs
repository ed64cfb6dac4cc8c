//! Triggers, their bindings and templates.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::{ApiVersion, Embedded, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::TriggerInterceptor;

/// What happens at an event.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct Trigger {
    /// Always `triggers.tekton.dev/v1beta1`.
    #[serde(default)]
    pub api_version: ApiVersion<Trigger>,
    /// Always `Trigger`.
    #[serde(default)]
    pub kind: Kind<Trigger>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// Interceptors, bindings and the template.
    #[serde(default)]
    pub spec: TriggerSpec,
}

resource!(Trigger, group: "triggers.tekton.dev", version: "v1beta1", plural: "triggers", scope: namespaced);

/// Interceptors, bindings and the template of a trigger.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["template"])))]
pub struct TriggerSpec {
    /// What logs call it; the object's own name if there is none.
    pub name: Option<String>,
    /// The ServiceAccount that creates the objects, in place of the listener's.
    pub service_account_name: Option<String>,
    /// Checks and changes of the event, one after another; the first refusal ends the trigger.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interceptors: Vec<TriggerInterceptor>,
    /// Values of the event, as parameters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bindings: Vec<TriggerSpecBinding>,
    /// The objects that it creates.
    #[serde(default)]
    pub template: TriggerSpecTemplate,
}

/// Values of the event: by name of a TriggerBinding, or one value in place.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TriggerSpecBinding {
    /// A parameter, to go with `value`.
    pub name: Option<String>,
    /// Its value: text that may hold `$(body.…)`, `$(header.…)`, `$(extensions.…)` and `$(context.eventID)`.
    pub value: Option<String>,
    /// A TriggerBinding or ClusterTriggerBinding, by name; excludes `name`.
    pub ref_: Option<String>,
    /// `TriggerBinding` (the default) or `ClusterTriggerBinding`.
    pub kind: Option<String>,
    /// The version of what `ref` names; need not be given.
    pub apiversion: Option<String>,
}

/// The objects to create: by name of a TriggerTemplate, or in place.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TriggerSpecTemplate {
    /// A TriggerTemplate, by name; excludes `spec`.
    pub ref_: Option<String>,
    /// `v1alpha1` or `v1beta1`; need not be given.
    pub apiversion: Option<String>,
    /// The template in place; excludes `ref`.
    pub spec: Option<TriggerTemplateSpec>,
}

/// Values of an event and the names of parameters they become.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct TriggerBinding {
    /// Always `triggers.tekton.dev/v1beta1`.
    #[serde(default)]
    pub api_version: ApiVersion<TriggerBinding>,
    /// Always `TriggerBinding`.
    #[serde(default)]
    pub kind: Kind<TriggerBinding>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// The parameters that it fills.
    #[serde(default)]
    pub spec: TriggerBindingSpec,
    /// Always empty.
    pub status: Option<TriggerBindingStatus>,
}

resource!(TriggerBinding, group: "triggers.tekton.dev", version: "v1beta1", plural: "triggerbindings", scope: namespaced);

/// A TriggerBinding for every namespace.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct ClusterTriggerBinding {
    /// Always `triggers.tekton.dev/v1beta1`.
    #[serde(default)]
    pub api_version: ApiVersion<ClusterTriggerBinding>,
    /// Always `ClusterTriggerBinding`.
    #[serde(default)]
    pub kind: Kind<ClusterTriggerBinding>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// The parameters that it fills.
    #[serde(default)]
    pub spec: TriggerBindingSpec,
    /// Always empty.
    pub status: Option<TriggerBindingStatus>,
}

resource!(ClusterTriggerBinding, group: "triggers.tekton.dev", version: "v1beta1", plural: "clustertriggerbindings", scope: cluster);

/// The parameters that a binding fills.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TriggerBindingSpec {
    /// Parameters of templates and their values; no name twice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<TriggerBindingParam>,
}

/// A parameter and its value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "value"])))]
pub struct TriggerBindingParam {
    /// The parameter, as the template declares it.
    #[serde(default)]
    pub name: String,
    /// Its value: text that may hold `$(body.…)`, `$(header.…)`, `$(extensions.…)` and `$(context.eventID)`.
    #[serde(default)]
    pub value: String,
}

/// Always empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TriggerBindingStatus {}

/// Objects to create, with parameters.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct TriggerTemplate {
    /// Always `triggers.tekton.dev/v1beta1`.
    #[serde(default)]
    pub api_version: ApiVersion<TriggerTemplate>,
    /// Always `TriggerTemplate`.
    #[serde(default)]
    pub kind: Kind<TriggerTemplate>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// The parameters and the objects.
    #[serde(default)]
    pub spec: TriggerTemplateSpec,
    /// Always empty.
    pub status: Option<TriggerTemplateStatus>,
}

resource!(TriggerTemplate, group: "triggers.tekton.dev", version: "v1beta1", plural: "triggertemplates", scope: namespaced);

/// Parameters and the objects they go into.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TriggerTemplateSpec {
    /// Parameters that the objects use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<TriggerTemplateParam>,
    /// Objects to create at each event; texts in them may hold `$(tt.params.<name>)` of declared parameters, and `$(uid)`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resourcetemplates: Vec<Embedded>,
}

/// A parameter of a template.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct TriggerTemplateParam {
    /// Its name; read as `$(tt.params.<name>)`.
    #[serde(default)]
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// Its value where no binding gives one, or where the event has no such field.
    pub default: Option<String>,
}

/// Always empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TriggerTemplateStatus {}
