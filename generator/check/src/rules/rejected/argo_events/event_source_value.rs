use crate::argo_events::{fault, given, is_open, sources};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "event-source-value",
    kinds: &["EventSource"],
    title: "a value of an event source that its type cannot read",
    why: "Ports are numbers in quotes, schedules have five fields, intervals are durations of Go, paths to watch are of a certain form.",
    fix: "Write a value of that form.",
    source: "argo-events v1.9.11 pkg/eventsources/sources/*/validate.go, a file for each type",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: times}
spec:
  calendar:
    nightly: {schedule: ⟦'@daily'⟧}
    often: {interval: ⟦10 minutes⟧}
",
        ),
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: files}
spec:
  file:
    reports:
      eventType: CREATE
      watchPathConfig: {directory: ⟦data⟧, path: ⟦/reports⟧}
    logs:
      eventType: CREATE
      watchPathConfig: {directory: /data, pathRegexp: ⟦'*.log'⟧}
  pulsar:
    builds: {url: 'pulsar://pulsar.example.com:6650', topics: [builds], type: ⟦failover⟧}
",
        ),
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: hooks}
spec:
  gitlab:
    push:
      webhook: {endpoint: /push, port: ⟦http⟧, method: POST}
      events: [PushEvents]
      gitlabBaseURL: https://gitlab.example.com
      accessToken: {name: gitlab, key: token}
      secretToken: {name: gitlab, key: secret}
",
        ),
    ],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: times}
spec:
  calendar:
    nightly: {schedule: 0 3 * * *}
    often: {interval: 10m}
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let document = &subject.entry.document;
    for source in sources(subject.entry) {
        for value in source.kind.values {
            let path = value.field.split('.').fold(source.path.clone(), |path, name| path.key(name));
            let Some(text) = document.text_at(&path).filter(|_| document.has_value(&path)) else {
                continue;
            };
            let is_unread = !value.unless.is_empty() && given(subject.entry, &source.path, value.unless);
            let may_be_empty = matches!(value.valid, crate::argo_events::Valid::NotEmpty);
            if is_unread || is_open(text) || (text.is_empty() && !may_be_empty) {
                continue;
            }
            let Some(why) = fault(text, value.valid) else {
                continue;
            };
            let name = value.field.rsplit('.').next().unwrap_or(value.field);
            let message = match text {
                "" => format!("`{name}` is empty: {why}"),
                _ => format!("`{name}` cannot be `{text}`: {why}"),
            };
            sink.push(sink.finding(message).at(document.locate(&path)));
        }
    }
}
