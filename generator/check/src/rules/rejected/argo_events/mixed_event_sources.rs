use crate::argo_events::sources;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "mixed-event-sources",
    kinds: &["EventSource"],
    title: "an EventSource with types that are replaced in different ways",
    why: "Types that read a queue or watch something run once: their pod is stopped before a new one starts. Types that get requests are \
          replaced while they run. One pod cannot be replaced both ways.",
    fix: "Make two EventSources of it.",
    source: "argo-events v1.9.11 pkg/reconciler/eventsource/validate.go, `ValidateEventSource`; const.go, `RecreateStrategyEventSources`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: messages}
spec:
  sqs:
    builds: {region: eu-central-1, queue: builds}
  ⟦calendar⟧:
    nightly: {schedule: 0 3 * * *}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: messages}
spec:
  nats:
    builds: {url: 'nats://nats.example.com:4222', subject: builds}
  calendar:
    nightly: {schedule: 0 3 * * *}
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let sources = sources(subject.entry);
    let Some(first) = sources.first() else {
        return;
    };
    let Some(other) = sources.iter().find(|source| source.kind.is_recreated != first.kind.is_recreated) else {
        return;
    };
    let (once, rolling) = if first.kind.is_recreated { (first, other) } else { (other, first) };
    let place = |field| subject.entry.document.locate_key(&subject.entry.path.key("spec").key(field));
    let message = format!(
        "`{}` runs once and `{}` is replaced while it runs: they cannot be in one EventSource",
        once.kind.field, rolling.kind.field
    );
    let finding = sink.finding(message).at(place(other.kind.field));
    sink.push(finding.related("the other is here", place(first.kind.field)));
}
