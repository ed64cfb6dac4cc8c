use crate::argo_events::{WEBHOOKS, is_open, sources, webhook_path};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "event-source-service",
    kinds: &["EventSource"],
    title: "a service of an EventSource that leads to no port where it listens",
    why: "The Service that the controller makes leads to `targetPort`, or to `port` where that is not written: requests to another port \
          than those of the events get no answer.",
    fix: "Use the ports of the events.",
    source: "argo-events v1.9.11 pkg/reconciler/eventsource/resource.go, `buildService`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: hooks}
spec:
  service:
    ports:
    - {port: 80, targetPort: ⟦12001⟧}
    - {port: ⟦8080⟧}
  webhook:
    push: {endpoint: /push, port: '12000', method: POST, authSecret: {name: hook, key: token}}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: hooks}
spec:
  service:
    ports:
    - {port: 80, targetPort: 12000}
    - {port: 12000}
    - {port: 81, targetPort: http}
  webhook:
    push: {endpoint: /push, port: '12000', method: POST, authSecret: {name: hook, key: token}}
",
    )],
    check: Check::Object(check),
    ..BROKEN
};

/// Metrics are served at this port.
const METRICS: &str = "7777";

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let document = &entry.document;
    let ports = entry.path.key("spec").key("service").key("ports");
    let count = document.length_at(&ports).unwrap_or(0);
    if count == 0 {
        return;
    }
    let events = sources(entry);
    let mut known: Vec<&str> = Vec::new();
    for source in &events {
        if source.kind.field == "generic" || !WEBHOOKS.contains(&source.kind.field) {
            continue;
        }
        let port = webhook_path(entry, source).and_then(|path| document.text_at(&path.key("port")));
        match port {
            Some(port) if !is_open(port) && port.parse::<u16>().is_ok() => known.push(port),
            _ => return,
        }
    }
    if known.is_empty() {
        return;
    }
    for at in 0..count {
        let port = ports.index(at);
        let target = port.key("targetPort");
        let path = if document.has_value(&target) { target } else { port.key("port") };
        let Some(number) = document.text_at(&path).filter(|text| text.parse::<u16>().is_ok()) else {
            continue;
        };
        if known.contains(&number) || number == METRICS {
            continue;
        }
        let mut listening = known.clone();
        listening.sort_unstable();
        listening.dedup();
        let finding = sink.finding(format!("nothing listens at port {number}: events do at {}", listening.join(", ")));
        let there = events.iter().find_map(|source| webhook_path(entry, source)).map(|path| path.key("port"));
        sink.push(
            finding.at(document.locate(&path)).related("a port of an event is here", there.and_then(|path| document.locate(&path))),
        );
    }
}
