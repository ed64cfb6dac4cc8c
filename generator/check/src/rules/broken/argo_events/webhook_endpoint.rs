use std::collections::HashMap;

use crate::argo_events::{is_open, sources, webhook_path};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "webhook-endpoint",
    kinds: &["EventSource"],
    severity: Severity::Error,
    title: "an endpoint that requests never reach",
    why: "An endpoint begins with `/`: another path is registered and matches no request. A second event of the same type on the same port \
          and endpoint gets none, whatever its method: the first has them all.",
    fix: "Begin the endpoint with `/`, and give each event its own.",
    source: "argo-events v1.9.11 pkg/eventsources/common/webhook/webhook.go, `startServer`; gorilla/mux v1.8",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: hooks}
spec:
  webhook:
    push: {endpoint: ⟦push⟧, port: '12000', method: POST, authSecret: {name: hook, key: token}}
    tag: {endpoint: /tag, port: '12000', method: POST, authSecret: {name: hook, key: token}}
    other: {endpoint: ⟦/tag⟧, port: '12000', method: PUT, authSecret: {name: hook, key: token}}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: hooks}
spec:
  webhook:
    push: {endpoint: /push, port: '12000', method: POST, authSecret: {name: hook, key: token}}
    tag: {endpoint: /push, port: '13000', method: POST, authSecret: {name: hook, key: token}}
",
    )],
    check: Check::Object(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let document = &entry.document;
    let mut first = HashMap::new();
    for source in sources(entry) {
        let Some(path) = webhook_path(entry, &source) else {
            continue;
        };
        let text = |field| document.text_at(&path.key(field)).unwrap_or_default();
        let (endpoint, port) = (text("endpoint"), text("port"));
        if endpoint.is_empty() || is_open(endpoint) || is_open(port) {
            continue;
        }
        let place = path.key("endpoint");
        if !endpoint.starts_with('/') {
            let finding = sink.finding(format!("endpoint `{endpoint}` matches no request (did you mean `/{endpoint}`?)"));
            sink.push(finding.at(document.locate(&place)));
            continue;
        }
        match first.get(&(source.kind.field, port, endpoint)) {
            None => {
                first.insert((source.kind.field, port, endpoint), place);
            }
            Some(before) => {
                let finding = sink
                    .finding(format!("`{}` gets no request: another event has endpoint `{endpoint}` on port {port}", source.name));
                sink.push(finding.at(document.locate(&place)).related("the other is here", document.locate(before)));
            }
        }
    }
}
