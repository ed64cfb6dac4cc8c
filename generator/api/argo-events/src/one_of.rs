//! Fields of which exactly one may be set, as enums.

use luban_api_core::k8s_openapi::api::core::v1::{ConfigMapKeySelector, SecretKeySelector};
use luban_api_core::{Embedded, Union, one_of};

use crate::{
    AWSLambdaTrigger, ArgoWorkflowTrigger, ArtifactLocation, AzureEventHubsTrigger,
    AzureServiceBusTrigger, BasicAuth, CustomTrigger, EmailTrigger, EventBusSpec, FileArtifact,
    GitArtifact, HTTPTrigger, JetStreamBus, JetStreamConfig, KafkaBus, KafkaTrigger, LogTrigger,
    NATSAuth, NATSBus, NATSConfig, NATSTrigger, NativeStrategy, OpenWhiskTrigger, PulsarTrigger,
    S3Artifact, SlackTrigger, StandardK8STrigger, TriggerTemplate, URLArtifact, ValueFromSource,
};

/// Every union of this group.
pub const UNIONS: &[Union] = &[
    Action::UNION,
    Place::UNION,
    Bus::UNION,
    NatsStreaming::UNION,
    Credential::UNION,
    SecretValue::UNION,
];

one_of! {
    /// What a trigger does.
    pub enum Action<'a>: exactly one of TriggerTemplate::action {
        /// Works on a Kubernetes object.
        K8s(&'a StandardK8STrigger) = k8s,
        /// Submits a workflow or works on one.
        ArgoWorkflow(&'a ArgoWorkflowTrigger) = argo_workflow "argoWorkflow",
        /// Sends an HTTP request.
        Http(&'a HTTPTrigger) = http,
        /// Writes the event to the log.
        Log(&'a LogTrigger) = log,
        /// Calls an AWS Lambda function.
        AwsLambda(&'a AWSLambdaTrigger) = aws_lambda "awsLambda",
        /// Sends an Azure Event Hubs message.
        AzureEventHubs(&'a AzureEventHubsTrigger) = azure_event_hubs "azureEventHubs",
        /// Sends an Azure Service Bus message.
        AzureServiceBus(&'a AzureServiceBusTrigger) = azure_service_bus "azureServiceBus",
        /// Calls a gRPC service of one's own.
        Custom(&'a CustomTrigger) = custom,
        /// Sends an e-mail.
        Email(&'a EmailTrigger) = email,
        /// Sends a Kafka message.
        Kafka(&'a KafkaTrigger) = kafka,
        /// Sends a NATS message.
        Nats(&'a NATSTrigger) = nats,
        /// Calls an OpenWhisk action.
        OpenWhisk(&'a OpenWhiskTrigger) = open_whisk "openWhisk",
        /// Sends a Pulsar message.
        Pulsar(&'a PulsarTrigger) = pulsar,
        /// Sends a Slack message.
        Slack(&'a SlackTrigger) = slack,
    }
}

one_of! {
    /// Where the manifest of an object is.
    pub enum Place<'a>: exactly one of ArtifactLocation::place {
        /// In the Sensor itself.
        Resource(&'a Embedded) = resource,
        /// In the Sensor itself, as text.
        Inline(&'a String) = inline,
        /// In a ConfigMap.
        Configmap(&'a ConfigMapKeySelector) = configmap,
        /// In a file of the Sensor's pod.
        File(&'a FileArtifact) = file,
        /// In a Git repository.
        Git(&'a GitArtifact) = git,
        /// Behind a URL.
        Url(&'a URLArtifact) = url,
        /// In an S3 bucket.
        S3(&'a S3Artifact) = s3,
    }
}

one_of! {
    /// The kind of an event bus.
    pub enum Bus<'a>: exactly one of EventBusSpec::bus {
        /// NATS JetStream that Argo Events runs.
        Jetstream(&'a JetStreamBus) = jetstream,
        /// NATS Streaming.
        Nats(&'a NATSBus) = nats,
        /// Kafka that runs elsewhere.
        Kafka(&'a KafkaBus) = kafka,
        /// NATS JetStream that runs elsewhere.
        JetstreamExotic(&'a JetStreamConfig) = jetstream_exotic "jetstreamExotic",
    }
}

one_of! {
    /// Who runs NATS Streaming.
    pub enum NatsStreaming<'a>: exactly one of NATSBus::streaming {
        /// Argo Events.
        Native(&'a NativeStrategy) = native,
        /// Somebody else.
        Exotic(&'a NATSConfig) = exotic,
    }
}

one_of! {
    /// What NATS is authenticated to with.
    pub enum Credential<'a>: at most one of NATSAuth::credentials {
        /// User name and password.
        Basic(&'a BasicAuth) = basic,
        /// A token.
        Token(&'a SecretKeySelector) = token,
        /// An NKey seed.
        Nkey(&'a SecretKeySelector) = nkey,
        /// A credentials file.
        Credential(&'a SecretKeySelector) = credential,
    }
}

one_of! {
    /// Where the value of a header is.
    pub enum SecretValue<'a>: exactly one of ValueFromSource::place {
        /// In a Secret.
        Secret(&'a SecretKeySelector) = secret_key_ref "secretKeyRef",
        /// In a ConfigMap.
        ConfigMap(&'a ConfigMapKeySelector) = config_map_key_ref "configMapKeyRef",
    }
}

#[cfg(test)]
mod tests {
    use luban_api_core::Union;
    use serde::Deserializer;
    use serde::de::{DeserializeOwned, Error, Visitor};
    use serde_json::json;

    use super::{Action, Bus, Credential, NatsStreaming, Place, SecretValue};
    use crate::{
        ArtifactLocation, EventBusSpec, NATSAuth, NATSBus, TriggerTemplate, ValueFromSource,
    };

    #[test]
    fn a_trigger_does_the_one_thing_that_is_set() {
        let template: TriggerTemplate =
            serde_json::from_value(json!({"name": "a", "openWhisk": {"host": "h"}})).unwrap();
        let Ok(Action::OpenWhisk(trigger)) = template.action() else {
            panic!("{:?}", template.action());
        };
        assert_eq!(trigger.host, "h");
    }

    #[test]
    fn a_trigger_with_two_actions_names_both() {
        let template: TriggerTemplate =
            serde_json::from_value(json!({"name": "a", "argoWorkflow": {}, "k8s": {}})).unwrap();
        assert_eq!(
            template.action().unwrap_err().set(),
            ["k8s", "argoWorkflow"]
        );
    }

    #[test]
    fn a_trigger_without_an_action_is_an_error() {
        let none = TriggerTemplate::default().action().unwrap_err();
        assert!(none.set().is_empty());
        assert!(none.to_string().contains("`awsLambda`, "), "{none}");
    }

    /// Notes the fields that a struct has, and reads nothing.
    struct Names<'a>(&'a mut Vec<&'static str>);

    impl<'de> Deserializer<'de> for Names<'_> {
        type Error = serde::de::value::Error;

        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
            Err(Self::Error::custom("no struct"))
        }

        fn deserialize_struct<V: Visitor<'de>>(
            self,
            _: &'static str,
            fields: &'static [&'static str],
            _: V,
        ) -> Result<V::Value, Self::Error> {
            self.0.extend(fields);
            Err(Self::Error::custom("names only"))
        }

        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
            unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
        }
    }

    /// The fields of a struct that are not in its union.
    fn beside<T: DeserializeOwned>(union: Union) -> Vec<&'static str> {
        let mut names = Vec::new();
        let _ = T::deserialize(Names(&mut names));
        assert!(union.fields.iter().all(|field| names.contains(field)));
        names.retain(|name| !union.fields.contains(name));
        names
    }

    #[test]
    fn no_action_place_or_bus_is_left_out_of_its_union() {
        assert_eq!(
            beside::<TriggerTemplate>(Action::UNION),
            ["name", "conditions", "conditionsReset"]
        );
        let none: [&str; 0] = [];
        assert_eq!(beside::<ArtifactLocation>(Place::UNION), none);
        assert_eq!(beside::<EventBusSpec>(Bus::UNION), none);
        assert_eq!(beside::<NATSBus>(NatsStreaming::UNION), none);
        assert_eq!(beside::<NATSAuth>(Credential::UNION), none);
        assert_eq!(beside::<ValueFromSource>(SecretValue::UNION), none);
    }

    #[test]
    fn a_manifest_and_a_bus_and_a_header_are_one_of_theirs() {
        let location: ArtifactLocation =
            serde_json::from_value(json!({"inline": "kind: Pod"})).unwrap();
        assert_eq!(location.place(), Ok(Place::Inline(&"kind: Pod".to_owned())));
        let spec: EventBusSpec = serde_json::from_value(json!({"jetstreamExotic": {}})).unwrap();
        assert!(matches!(spec.bus(), Ok(Bus::JetstreamExotic(_))));
        let bus: NATSBus = serde_json::from_value(json!({"native": {}, "exotic": {}})).unwrap();
        assert_eq!(bus.streaming().unwrap_err().set(), ["native", "exotic"]);
        let value: ValueFromSource =
            serde_json::from_value(json!({"configMapKeyRef": {"key": "k", "name": "n"}})).unwrap();
        assert!(matches!(value.place(), Ok(SecretValue::ConfigMap(_))));
        assert_eq!(NATSAuth::default().credentials(), Ok(None));
    }
}
