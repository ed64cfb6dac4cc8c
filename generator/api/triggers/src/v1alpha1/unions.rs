//! Fields of which one is set, as enums.

use luban_api_core::{Embedded, one_of};

use super::{
    BitbucketInterceptor, CELInterceptor, ClientConfig, EventListenerTrigger, GitHubInterceptor,
    GitLabInterceptor, KubernetesResource, Resources, ServiceReference, TriggerInterceptor,
};
use crate::{InterceptorRef, TriggerSpecTemplate, WebhookInterceptor};

one_of! {
    /// Where an interceptor is.
    pub enum InterceptorLocation<'a>: exactly one of ClientConfig::location {
        /// Behind a Service.
        Service(&'a ServiceReference) = service,
        /// At a URL.
        Url(&'a str) = url,
    }
}

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
    /// What does an interceptor's work.
    pub enum InterceptorBody<'a>: exactly one of TriggerInterceptor::body {
        /// An Interceptor or ClusterInterceptor.
        Ref(&'a InterceptorRef) = ref_ "ref",
        /// A service of the old kind.
        Webhook(&'a WebhookInterceptor) = webhook,
        /// Checks of GitHub's events.
        GitHub(&'a GitHubInterceptor) = github,
        /// Checks of GitLab's events.
        GitLab(&'a GitLabInterceptor) = gitlab,
        /// Checks of Bitbucket's events.
        Bitbucket(&'a BitbucketInterceptor) = bitbucket,
        /// Checks and changes in CEL.
        Cel(&'a CELInterceptor) = cel,
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
    use crate::v1alpha1::{ClientConfig, InterceptorLocation, TriggerInterceptor};
    use serde_json::{from_value, json};

    #[test]
    fn two_interceptors_in_one_are_both_named() {
        let two: TriggerInterceptor =
            from_value(json!({"github": {"eventTypes": ["push"]}, "cel": {"filter": "true"}}))
                .unwrap();
        assert_eq!(two.body().unwrap_err().set(), ["github", "cel"]);
    }

    #[test]
    fn an_interceptor_is_behind_a_service_or_at_a_url() {
        let config: ClientConfig = from_value(json!({"url": "http://a"})).unwrap();
        assert_eq!(config.location(), Ok(InterceptorLocation::Url("http://a")));
    }
}
