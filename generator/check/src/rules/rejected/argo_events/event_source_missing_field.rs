use crate::argo_events::{Missing, Need, SourceAt, given, say_missing, sources};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "event-source-missing-field",
    kinds: &["EventSource"],
    title: "an event source that lacks what its type needs",
    why: "Each type of event source has fields without which it cannot listen: a webhook needs an endpoint and a port, a queue its address.",
    fix: "Write the field.",
    source: "argo-events v1.9.11 pkg/eventsources/sources/*/validate.go, a file for each type",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: git}
spec:
  github:
    ⟦push⟧:
      webhook: {endpoint: /push, port: '12000', url: 'https://hooks.example.com', method: POST}
      repositories: [{owner: example, names: [shop]}]
      apiToken: {name: github, key: token}
      webhookSecret: {name: github, key: secret}
",
        ),
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: messages}
spec:
  kafka:
    ⟦builds⟧: {url: 'kafka.example.com:9092', topic: builds}
  minio:
    images: {endpoint: minio.example.com, bucket: {name: images}, accessKey: {name: minio, key: a}, secretKey: {name: minio, key: b}, events: [⟦''⟧]}
  redis:
    ⟦cache⟧: {hostAddress: 'redis.example.com:6379', password: {name: redis, key: password}, channels: [builds]}
",
        ),
    ],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: messages}
spec:
  kafka:
    builds: {url: 'kafka.example.com:9092', topic: builds, consumerGroup: {groupName: ci}}
    tests: {url: 'kafka.example.com:9092', topic: tests, partition: '0'}
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    for source in sources(subject.entry) {
        for need in source.kind.needs {
            check_one(subject, sink, &source, need);
        }
        if source.kind.field == "minio" {
            empty_events(subject, sink, &source);
        }
        // Selectors of `resource` have a key each.
        for list in ["labels", "fields"] {
            let path = source.path.key("filter").key(list);
            let selectors = match source.kind.field {
                "resource" => subject.entry.document.length_at(&path).unwrap_or(0),
                _ => 0,
            };
            for at in 0..selectors {
                let parent = path.index(at);
                let why = "a selector needs a key";
                say_missing(
                    sink,
                    subject.entry,
                    &Missing { parent: &parent, field: "key", form: crate::argo_events::Form::Text, why },
                );
            }
        }
    }
}

/// Names of events that are written and empty.
fn empty_events(subject: &Subject<'_>, sink: &mut Sink<'_>, source: &SourceAt<'_>) {
    let document = &subject.entry.document;
    let path = source.path.key("events");
    for at in 0..document.length_at(&path).unwrap_or(0) {
        let path = path.index(at);
        if document.text_at(&path) == Some("") || !document.has_value(&path) {
            let finding = sink.finding("an event without a name");
            sink.push(finding.at(document.locate(&path)));
        }
    }
}

fn check_one(subject: &Subject<'_>, sink: &mut Sink<'_>, source: &SourceAt<'_>, need: &Need) {
    let entry = subject.entry;
    let is_needed = need.when.iter().all(|condition| given(entry, &source.path, condition));
    if !is_needed || (!need.unless.is_empty() && given(entry, &source.path, need.unless)) {
        return;
    }
    let kind = source.kind.field;
    let conditions: Vec<String> = need.when.iter().filter(|when| **when != "webhook").map(|when| words(when)).collect();
    let mut why = match conditions[..] {
        [] => format!("`{kind}` needs it"),
        _ => format!("`{kind}` with {} needs it", conditions.join(" and ")),
    };
    if !need.unless.is_empty() {
        why = format!("{why}, or {}", words(need.unless));
    }
    say_missing(sink, entry, &Missing { parent: &source.path, field: need.field, form: need.form, why: &why });
}

/// A condition of the table in words.
fn words(condition: &str) -> String {
    let any = condition.split('|').map(|all| {
        let fields: Vec<String> = all.split('+').map(|field| format!("`{field}`")).collect();
        fields.join(" with ")
    });
    any.collect::<Vec<_>>().join(" or ")
}
