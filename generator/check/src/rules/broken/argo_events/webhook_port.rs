use std::collections::HashMap;

use luban_yaml::Path;

use crate::argo_events::{is_open, sources, webhook_path};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "webhook-port",
    kinds: &["EventSource"],
    severity: Severity::Error,
    title: "two types of event sources that listen at one port",
    why: "Each type runs a server of its own: the second cannot listen at a port that the first has, and its events never come.",
    fix: "Give each type its own port.",
    source: "argo-events v1.9.11 pkg/eventsources/sources/*/start.go: a `webhook.NewController` for each type",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: hooks}
spec:
  webhook:
    push: {endpoint: /push, port: '12000', method: POST, authSecret: {name: hook, key: token}}
  stripe:
    payment:
      webhook: {endpoint: /payment, port: ⟦'12000'⟧, method: POST, authSecret: {name: hook, key: token}}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: hooks}
spec:
  webhook:
    push: {endpoint: /push, port: '12000', method: POST, authSecret: {name: hook, key: token}}
  stripe:
    payment:
      webhook: {endpoint: /payment, port: '13000', method: POST, authSecret: {name: hook, key: token}}
",
    )],
    check: Check::Object(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let document = &entry.document;
    let mut first: HashMap<&str, (&str, Path)> = HashMap::new();
    for source in sources(entry) {
        let Some(path) = webhook_path(entry, &source).map(|path| path.key("port")) else {
            continue;
        };
        let Some(port) = document.text_at(&path).filter(|port| !port.is_empty() && !is_open(port)) else {
            continue;
        };
        let Some((kind, before)) = first.get(port) else {
            first.insert(port, (source.kind.field, path));
            continue;
        };
        if *kind == source.kind.field {
            continue;
        }
        let finding = sink.finding(format!("`{}` cannot listen at port {port}: `{kind}` does", source.kind.field));
        sink.push(finding.at(document.locate(&path)).related("the other is here", document.locate(before)));
    }
}
