use std::collections::HashMap;

use luban_api::Object;

use crate::argo_events::{Named, SensorView, event_bus};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "dependency-event-twice",
    kinds: &["Sensor"],
    title: "two dependencies on one event, on an EventBus of NATS Streaming",
    why: "NATS Streaming tells the events of dependencies apart by EventSource and event alone.",
    fix: "Keep one dependency, split the Sensor, or use a JetStream EventBus.",
    source: "argo-events v1.9.11 pkg/reconciler/sensor/validate.go, `validateDependencies`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventBus
metadata: {name: default}
spec: {nats: {native: {auth: token}}}
---
apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: git}
spec:
  generic:
    push: {url: 'git.example.com:8080', config: branches}
---
apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - {name: main, eventSourceName: git, eventName: push}
  - {name: other, eventSourceName: git, eventName: ⟦push⟧}
  triggers:
  - template: {name: log, log: {}}
",
    )],
    good: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - {name: main, eventSourceName: git, eventName: push}
  - {name: other, eventSourceName: git, eventName: push}
  triggers:
  - template: {name: log, log: {}}
"
    ))],
    check: Check::Sensor(check),
    ..REJECTED
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    let Named::Found(bus) = event_bus(view.objects, view.entry, view.spec.event_bus_name.as_deref()) else {
        return;
    };
    if !matches!(&bus.object, Some(Object::EventBus(bus)) if bus.spec.nats.is_some()) {
        return;
    }
    let mut first = HashMap::new();
    for at in &view.dependencies {
        let (source, event) = (&at.dependency.event_source_name, &at.dependency.event_name);
        if source.is_empty() || event.is_empty() {
            continue;
        }
        let before = *first.entry((source, event)).or_insert(at);
        if std::ptr::eq(before, at) {
            continue;
        }
        let message =
            format!("event `{event}` of EventSource `{source}` is another dependency too, and the EventBus is NATS Streaming");
        let bus = bus.document.locate_key(&bus.path.key("spec").key("nats"));
        let finding = sink
            .finding(message)
            .at(view.value(&at.path.key("eventName")))
            .related("the other is here", view.value(&before.path.key("eventName")))
            .related("the EventBus is of this kind", bus);
        sink.push(finding);
    }
}
