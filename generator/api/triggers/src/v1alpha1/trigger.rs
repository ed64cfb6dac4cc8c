//! Triggers, their bindings and templates, as `v1alpha1` writes them.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    InterceptorParams, InterceptorRef, TriggerBindingSpec, TriggerBindingStatus,
    TriggerSpecBinding, TriggerSpecTemplate, TriggerTemplateSpec, TriggerTemplateStatus,
    WebhookInterceptor,
};

/// What happens at an event.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct Trigger {
    /// Always `triggers.tekton.dev/v1alpha1`.
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

resource!(Trigger, group: "triggers.tekton.dev", version: "v1alpha1", plural: "triggers", scope: namespaced);

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

/// Values of an event and the names of parameters they become.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct TriggerBinding {
    /// Always `triggers.tekton.dev/v1alpha1`.
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

resource!(TriggerBinding, group: "triggers.tekton.dev", version: "v1alpha1", plural: "triggerbindings", scope: namespaced);

/// A TriggerBinding for every namespace.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct ClusterTriggerBinding {
    /// Always `triggers.tekton.dev/v1alpha1`.
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

resource!(ClusterTriggerBinding, group: "triggers.tekton.dev", version: "v1alpha1", plural: "clustertriggerbindings", scope: cluster);

/// Objects to create, with parameters.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct TriggerTemplate {
    /// Always `triggers.tekton.dev/v1alpha1`.
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

resource!(TriggerTemplate, group: "triggers.tekton.dev", version: "v1alpha1", plural: "triggertemplates", scope: namespaced);

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
    /// Checks of GitHub's events; `ref: {name: github}` in `v1beta1`.
    pub github: Option<GitHubInterceptor>,
    /// Checks of GitLab's events; `ref: {name: gitlab}` in `v1beta1`.
    pub gitlab: Option<GitLabInterceptor>,
    /// Checks of Bitbucket's events; `ref: {name: bitbucket}` in `v1beta1`.
    pub bitbucket: Option<BitbucketInterceptor>,
    /// Checks and changes in CEL; `ref: {name: cel}` in `v1beta1`.
    pub cel: Option<CELInterceptor>,
}

/// Checks of GitHub's events.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GitHubInterceptor {
    /// The Secret that requests are signed with.
    pub secret_ref: Option<SecretRef>,
    /// The values of `X-GitHub-Event` that go on; all, if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub event_types: Vec<String>,
}

/// Checks of GitLab's events.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GitLabInterceptor {
    /// The Secret whose text `X-Gitlab-Token` must be.
    pub secret_ref: Option<SecretRef>,
    /// The values of `X-Gitlab-Event` that go on; all, if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub event_types: Vec<String>,
}

/// Checks of Bitbucket's events.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BitbucketInterceptor {
    /// The Secret that requests are signed with.
    pub secret_ref: Option<SecretRef>,
    /// The values of `X-Event-Key` that go on; all, if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub event_types: Vec<String>,
}

/// A key of a Secret of the listener's namespace.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SecretRef {
    /// The Secret.
    pub secret_name: Option<String>,
    /// The key in the Secret.
    pub secret_key: Option<String>,
}

/// Checks and changes in CEL.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CELInterceptor {
    /// An expression; the event goes on only where it is true.
    pub filter: Option<String>,
    /// Values to add to the event.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overlays: Vec<CELOverlay>,
}

/// A value that is added to the event.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CELOverlay {
    /// Where it is put, below `$(extensions.…)`.
    pub key: Option<String>,
    /// The expression that makes it.
    pub expression: Option<String>,
}
