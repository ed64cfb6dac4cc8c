use crate::argo_events::{Named, SensorView, event_source};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-event-source",
    kinds: &["Sensor"],
    title: "a dependency on an EventSource that is not given",
    why: "The Sensor waits for events that nobody sends. The EventSource may exist elsewhere, so that this is a warning unless all objects \
          are given.",
    fix: "Correct the name, or give the file that has the EventSource.",
    source: "argo-events v1.9.11 pkg/eventbus/*/sensor: events are told apart by the names of EventSource and event",
    bad: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: ⟦gti⟧, eventName: push}]
  triggers:
  - template: {name: log, log: {}}
"
    ))],
    good: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template: {name: log, log: {}}
"
    ))],
    check: Check::Sensor(check),
    ..BROKEN
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for at in &view.dependencies {
        let name = &at.dependency.event_source_name;
        let Named::Missing(near) = event_source(view.objects, view.entry, name) else {
            continue;
        };
        // Wildcards of the bus.
        if name.contains(['*', '>']) {
            continue;
        }
        let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
        let message = format!("EventSource `{name}` is not found in namespace `{}`{near}", view.entry.namespace());
        sink.push(sink.missing(message).at(view.value(&at.path.key("eventSourceName"))));
    }
}
