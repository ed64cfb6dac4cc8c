use crate::argo_events::{SensorView, is_open, sources};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-event",
    kinds: &["Sensor"],
    title: "a dependency on an event that its EventSource does not have",
    why: "The Sensor waits for an event that is never sent.",
    fix: "Name an event of the EventSource: a key below its type.",
    source: "argo-events v1.9.11 pkg/eventsources/eventing.go: an event is called by the key of its source",
    bad: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: ⟦pushed⟧}]
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
        let (Some(source), name) = (at.source, &at.dependency.event_name) else {
            continue;
        };
        if name.is_empty() || is_open(name) || name.contains(['*', '>']) {
            continue;
        }
        let events = sources(source);
        if events.is_empty() || events.iter().any(|event| event.name == name || is_open(event.name)) {
            continue;
        }
        let names: Vec<&str> = events.iter().map(|event| event.name).collect();
        let near = did_you_mean(name, names.iter().copied()).map_or_else(
            || format!(": it has `{}`", names.iter().take(5).copied().collect::<Vec<_>>().join("`, `")),
            |near| format!(" (did you mean `{near}`?)"),
        );
        let message = format!("EventSource `{}` has no event `{name}`{near}", at.dependency.event_source_name);
        let there = source.document.locate_key(&source.path.key("spec"));
        let finding = sink.missing(message).at(view.value(&at.path.key("eventName")));
        sink.push(finding.related("the EventSource is here", there));
    }
}
