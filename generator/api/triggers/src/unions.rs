//! Fields of which one is set, as enums.

use luban_api_core::{Embedded, one_of};
use luban_api_core::{Union, k8s_openapi::api::core::v1::ObjectReference};

use crate::{
    EventListenerTrigger, InterceptorRef, KubernetesResource, Resources, TriggerInterceptor,
    TriggerSpecBinding, TriggerSpecTemplate, TriggerTemplateSpec, WebhookInterceptor,
};

/// Every union of this group.
pub const UNIONS: &[Union] = &[
    ListenerTriggerBody::UNION,
    TemplateLocation::UNION,
    BindingBody::UNION,
    InterceptorBody::UNION,
    WebhookLocation::UNION,
    ListenerResource::UNION,
];

one_of! {
    /// What a trigger of a listener does.
    pub enum ListenerTriggerBody<'a>: exactly one of EventListenerTrigger::body {
        /// What the template says.
        Template(&'a TriggerSpecTemplate) = template,
        /// What a Trigger says.
        TriggerRef(&'a str) = trigger_ref "triggerRef",
    }
}

one_of! {
    /// Where the template of a trigger is.
    pub enum TemplateLocation<'a>: exactly one of TriggerSpecTemplate::location {
        /// In a TriggerTemplate.
        Ref(&'a str) = ref_ "ref",
        /// In place.
        Spec(&'a TriggerTemplateSpec) = spec,
    }
}

one_of! {
    /// What a binding of a trigger fills.
    pub enum BindingBody<'a>: exactly one of TriggerSpecBinding::body {
        /// One parameter.
        Name(&'a str) = name,
        /// The parameters of a TriggerBinding or ClusterTriggerBinding.
        Ref(&'a str) = ref_ "ref",
    }
}

one_of! {
    /// What does an interceptor's work.
    pub enum InterceptorBody<'a>: exactly one of TriggerInterceptor::body {
        /// An Interceptor or ClusterInterceptor.
        Ref(&'a InterceptorRef) = ref_ "ref",
        /// A service of the old kind.
        Webhook(&'a WebhookInterceptor) = webhook,
    }
}

one_of! {
    /// Where a service of the old kind is.
    pub enum WebhookLocation<'a>: exactly one of WebhookInterceptor::location {
        /// A Service.
        ObjectRef(&'a ObjectReference) = object_ref "objectRef",
        /// A URL.
        Url(&'a str) = url,
    }
}

one_of! {
    /// What a listener runs as.
    pub enum ListenerResource<'a>: at most one of Resources::resource {
        /// A Deployment and a Service.
        KubernetesResource(&'a KubernetesResource) = kubernetes_resource "kubernetesResource",
        /// Another object.
        CustomResource(&'a Embedded) = custom_resource "customResource",
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        BindingBody, EventListenerTrigger, ListenerTriggerBody, Resources, TemplateLocation,
        TriggerInterceptor, TriggerSpecBinding,
    };
    use serde_json::{from_value, json};

    #[test]
    fn a_trigger_is_in_place_or_by_name() {
        let trigger: EventListenerTrigger =
            from_value(json!({"template": {"ref": "pipeline"}})).unwrap();
        let Ok(ListenerTriggerBody::Template(template)) = trigger.body() else {
            panic!("the template");
        };
        assert_eq!(template.location(), Ok(TemplateLocation::Ref("pipeline")));
        let both: EventListenerTrigger =
            from_value(json!({"triggerRef": "a", "template": {"ref": "b"}})).unwrap();
        assert_eq!(
            both.body().unwrap_err().to_string(),
            "exactly one of `template` and `triggerRef` must be set: `template` and `triggerRef` are"
        );
    }

    #[test]
    fn a_binding_is_a_value_in_place_or_a_name() {
        let binding: TriggerSpecBinding = from_value(json!({"name": "a", "value": ""})).unwrap();
        assert_eq!(binding.body(), Ok(BindingBody::Name("a")));
        assert_eq!(binding.value.as_deref(), Some(""));
    }

    #[test]
    fn an_interceptor_that_does_nothing_names_what_it_may_do() {
        let interceptor = TriggerInterceptor::default();
        assert_eq!(
            interceptor.body().unwrap_err().to_string(),
            "exactly one of `ref` and `webhook` must be set: none is"
        );
    }

    #[test]
    fn a_listener_need_not_say_what_it_runs_as_and_runs_as_one_thing() {
        assert_eq!(Resources::default().resource(), Ok(None));
        let both: Resources =
            from_value(json!({"kubernetesResource": {}, "customResource": {}})).unwrap();
        let error = both.resource().unwrap_err();
        assert_eq!(error.set(), ["kubernetesResource", "customResource"]);
    }
}
