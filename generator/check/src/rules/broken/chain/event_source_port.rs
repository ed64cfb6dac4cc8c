use crate::chain::listening;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "event-source-port",
    kinds: &["EventSource"],
    title: "a Service of an EventSource whose port no event listens on",
    why: "Requests go to a port that nothing serves, and the sender's webhook fails with 502 or 503.",
    fix: "Write the events' port as `targetPort`.",
    source: "argo-events v1.9 pkg/reconciler/eventsource/resource.go, `buildService`; \
          pkg/eventsources/common/webhook",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: git, namespace: ci}
spec:
  service:
    ports: [{port: 80, targetPort: ⟦12001⟧}]
  github:
    push:
      webhook: {endpoint: /push, method: POST, port: '12000'}
      events: [push]
      organizations: [acme]
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: git, namespace: ci}
spec:
  service:
    ports: [{port: 80, targetPort: 12000}]
  github:
    push:
      webhook: {endpoint: /push, method: POST, port: '12000'}
      events: [push]
      organizations: [acme]
",
    )],
    check: Check::Object(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = subject.entry.document.cursor(&subject.entry.path).and_then(|node| node.get("spec")) else {
        return;
    };
    let listening = listening(spec);
    // Without any the ports are of a container of its own.
    if listening.is_empty() || listening.iter().any(|event| !event.port.bytes().all(|byte| byte.is_ascii_digit())) {
        return;
    }
    for port in spec.at(&["service", "ports"]).into_iter().flat_map(|list| list.values()) {
        let Some(target) = port.get("targetPort").or_else(|| port.get("port")) else {
            continue;
        };
        let text = target.text().unwrap_or_default();
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number || listening.iter().any(|event| event.port == text) {
            continue;
        }
        let mut ports: Vec<&str> = listening.iter().map(|event| event.port).collect();
        ports.sort_unstable();
        ports.dedup();
        let message = format!("no event listens on port `{text}`: they do on `{}`", ports.join("`, `"));
        let there = listening.first().map(|event| event.node.place());
        sink.push(sink.finding(message).at(Some(target.place())).related("an event listens here", there));
    }
}
