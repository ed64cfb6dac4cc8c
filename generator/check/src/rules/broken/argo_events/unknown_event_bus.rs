use luban_api::Object;

use crate::argo_events::{Named, event_bus};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-event-bus",
    kinds: &["EventSource", "Sensor"],
    title: "an EventBus that is not given",
    why: "Events go over the EventBus that `eventBusName` names in the same namespace, `default` if nothing is written: without it the \
          pods never start. It may exist elsewhere, so that this is a warning unless all objects are given.",
    fix: "Correct the name, or give the file that has the EventBus.",
    source: "argo-events v1.9.11 pkg/reconciler/sensor/resource.go, `Reconcile`; pkg/reconciler/eventsource/resource.go, `Reconcile`",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: EventBus
metadata: {name: default}
spec: {jetstream: {version: 2.10.10}}
---
apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: times}
spec:
  eventBusName: ⟦defualt⟧
  calendar:
    nightly: {schedule: 0 3 * * *}
",
        ),
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: EventBus
metadata: {name: shared}
spec: {jetstream: {version: 2.10.10}}
---
apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: times}
⟦spec⟧:
  calendar:
    nightly: {schedule: 0 3 * * *}
",
        ),
    ],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventBus
metadata: {name: default}
spec: {jetstream: {version: 2.10.10}}
---
apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: times}
spec:
  calendar:
    nightly: {schedule: 0 3 * * *}
",
    )],
    check: Check::Object(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let name = match &entry.object {
        Some(Object::Sensor(sensor)) => sensor.spec.event_bus_name.as_deref(),
        Some(Object::EventSource(source)) => source.spec.event_bus_name.as_deref(),
        _ => return,
    };
    let name = name.filter(|name| !name.is_empty());
    let Named::Missing(near) = event_bus(subject.objects, entry, name) else {
        return;
    };
    // Whoever gives no EventBus at all has the usual one elsewhere.
    let mut others = subject.objects.of_kind("EventBus", entry.namespace());
    let path = entry.path.key("spec").key("eventBusName");
    if name.is_none() && others.next().is_none() || sink.is_misspelt(entry, &entry.path.key("spec"), "eventBusName") {
        return;
    }
    let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
    let shown = name.unwrap_or("default");
    let namespace = entry.namespace();
    let (message, place) = match name {
        Some(_) => (format!("EventBus `{shown}` is not found in namespace `{namespace}`{near}"), entry.document.locate(&path)),
        None => (
            format!("EventBus `default` is not found in namespace `{namespace}`, and no `eventBusName` names another"),
            entry.key_or_head(&path),
        ),
    };
    sink.push(sink.missing(message).at(place));
}
