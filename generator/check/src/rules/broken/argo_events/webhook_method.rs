use crate::argo_events::{Form, is_open, lacks, sources};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "webhook-method",
    kinds: &["EventSource"],
    severity: Severity::Error,
    title: "a webhook without the method that its requests have",
    why: "A `webhook` compares the method of a request with `method`, letter by letter, and refuses others; without one it refuses all.",
    fix: "Write the method in upper case, mostly `POST`.",
    source: "argo-events v1.9.11 pkg/eventsources/sources/webhook/start.go, `HandleRoute`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: hooks}
spec:
  webhook:
    ⟦push⟧: {endpoint: /push, port: '12000', authSecret: {name: hook, key: token}}
    tag: {endpoint: /tag, port: '12000', method: ⟦post⟧, authSecret: {name: hook, key: token}}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: hooks}
spec:
  webhook:
    push: {endpoint: /push, port: '12000', method: POST, authSecret: {name: hook, key: token}}
",
    )],
    check: Check::Object(check),
    ..BROKEN
};

const METHODS: [&str; 9] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "CONNECT", "TRACE"];

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let document = &entry.document;
    for source in sources(entry).iter().filter(|source| source.kind.field == "webhook") {
        let path = source.path.key("method");
        if lacks(entry, &path, Form::Text) {
            if !sink.is_misspelt(entry, &source.path, "method") {
                let finding = sink.finding(format!("`{path}` is missing: without a method every request is refused"));
                sink.push(finding.at(entry.key_or_head(&path)));
            }
            continue;
        }
        let Some(method) = document.text_at(&path).filter(|method| !is_open(method) && !METHODS.contains(method)) else {
            continue;
        };
        let near = did_you_mean(&method.to_ascii_uppercase(), METHODS)
            .map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
        let finding = sink.finding(format!("no request has the method `{method}`{near}"));
        sink.push(finding.at(document.locate(&path)));
    }
}
