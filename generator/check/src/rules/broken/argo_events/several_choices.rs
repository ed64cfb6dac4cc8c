use crate::reading::is_choice_of_events;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "several-choices",
    kinds: &["EventBus", "EventSource", "Sensor"],
    title: "fields of which only one is looked at",
    why: "A trigger does the first action that the Sensor knows, an object is taken from the first place, a bus is of the first kind: what \
          else is set is ignored without a word.",
    fix: "Keep one, and make a trigger for each action.",
    source: "argo-events v1.9.11 pkg/sensors/trigger.go, `GetTrigger`; pkg/sensors/artifacts, `GetArtifactReader`",
    bad: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template:
      name: build
      log: {}
      ⟦http⟧: {url: 'https://ci.example.com/builds'}
"
    ))],
    good: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template: {name: build, log: {}}
  - template: {name: call, http: {url: 'https://ci.example.com/builds'}}
"
    ))],
    check: Check::Object(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    for read in subject.entry.reading.iter().filter(|read| read.rule == "one-of") {
        // Of NATS Streaming the controller refuses both.
        if !is_choice_of_events(read) || read.message.contains("`native`, `exotic`") {
            continue;
        }
        let mut finding = sink.finding(format!("{}: the others are ignored", read.message));
        finding.place.clone_from(&read.place);
        finding.related.clone_from(&read.related);
        sink.push(finding);
    }
}
