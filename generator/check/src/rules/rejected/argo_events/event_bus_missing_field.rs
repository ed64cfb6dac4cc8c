use crate::argo_events::{Form, Missing, lacks, say_missing};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "event-bus-missing-field",
    kinds: &["EventBus"],
    title: "an EventBus that lacks its version or its address",
    why: "A JetStream that Argo Events runs needs a version of the controller's configuration; a bus that runs elsewhere needs its address.",
    fix: "Write the field.",
    source: "argo-events v1.9.11 pkg/reconciler/eventbus/validate.go, `ValidateEventBus`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventBus
metadata: {name: default}
spec: {⟦jetstream⟧: {replicas: 3}}
---
apiVersion: argoproj.io/v1alpha1
kind: EventBus
metadata: {name: kafka}
spec: {kafka: {⟦url⟧: ''}}
---
apiVersion: argoproj.io/v1alpha1
kind: EventBus
metadata: {name: elsewhere}
spec: {nats: {⟦exotic⟧: {url: 'nats://nats.example.com:4222'}}}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventBus
metadata: {name: default}
spec: {jetstreamExotic: {url: 'nats://nats.example.com:4222'}}
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let spec = entry.path.key("spec");
    for (bus, field, form, why) in [
        ("jetstream", "version", Form::Text, "Argo Events runs the version that it names"),
        ("nats.exotic", "clusterID", Form::Value, "the bus runs elsewhere"),
        ("nats.exotic", "url", Form::Text, "the bus runs elsewhere"),
        ("kafka", "url", Form::Text, "the bus runs elsewhere"),
        ("jetstreamExotic", "url", Form::Text, "the bus runs elsewhere"),
    ] {
        let parent = bus.split('.').fold(spec.clone(), |path, name| path.key(name));
        if !lacks(entry, &parent, Form::Value) {
            say_missing(sink, entry, &Missing { parent: &parent, field, form, why });
        }
    }
}
