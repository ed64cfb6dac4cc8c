use crate::argo_events::{given, sources};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "event-source-conflict",
    kinds: &["EventSource"],
    title: "fields of an event source that exclude each other",
    why: "Each of them says the same thing in another way, so that it would be unclear which counts.",
    fix: "Keep one of them.",
    source: "argo-events v1.9.11 pkg/eventsources/sources/*/validate.go, a file for each type",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: git}
spec:
  github:
    push:
      webhook: {endpoint: /push, port: '12000', method: POST}
      webhookSecret: {name: github, key: secret}
      repositories: [{owner: example, names: [shop]}]
      ⟦organizations⟧: [example]
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: git}
spec:
  github:
    push:
      webhook: {endpoint: /push, port: '12000', method: POST}
      webhookSecret: {name: github, key: secret}
      organizations: [example]
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    for source in sources(entry) {
        let mut said: Vec<&str> = Vec::new();
        for (one, other) in source.kind.excludes {
            if said.contains(one) || said.contains(other) || !given(entry, &source.path, one) || !given(entry, &source.path, other)
            {
                continue;
            }
            said.extend([*one, *other]);
            let place = |field: &str| {
                let first = field.split('+').next().unwrap_or(field);
                entry.document.locate_key(&first.split('.').fold(source.path.clone(), |path, name| path.key(name)))
            };
            let name = |field: &str| field.rsplit('.').next().unwrap_or(field).replace('+', "` with `");
            let message = format!("`{}` cannot stand beside `{}`", name(other), name(one));
            sink.push(sink.finding(message).at(place(other)).related("the other is here", place(one)));
        }
    }
}
