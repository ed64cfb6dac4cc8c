use std::collections::HashMap;

use crate::argo_events::sources;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "duplicate-event-name",
    kinds: &["EventSource"],
    title: "two events of one name in an EventSource",
    why: "A Sensor names an EventSource and an event, whatever type the event is of.",
    fix: "Rename one of them.",
    source: "argo-events v1.9.11 pkg/reconciler/eventsource/validate.go, `ValidateEventSource`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: messages}
spec:
  sqs:
    builds: {region: eu-central-1, queue: builds}
  azureQueueStorage:
    ⟦builds⟧: {storageAccountName: ci, queueName: builds}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: messages}
spec:
  sqs:
    builds: {region: eu-central-1, queue: builds}
  azureQueueStorage:
    tests: {storageAccountName: ci, queueName: builds}
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let document = &subject.entry.document;
    let mut first = HashMap::new();
    for source in sources(subject.entry) {
        let Some((kind, before)) = first.get(source.name) else {
            first.insert(source.name, (source.kind.field, source.path));
            continue;
        };
        // The reader finds a key that is written twice.
        if *kind == source.kind.field {
            continue;
        }
        let finding = sink
            .finding(format!("two events are called `{}`", source.name))
            .at(document.locate_key(&source.path))
            .related("the first is here", document.locate_key(before));
        sink.push(finding);
    }
}
