use luban_expression::gjson;
use luban_expression::go_template::{self, Program};

use crate::argo_events::{Of, SensorView, event_keys};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "event-data-key",
    kinds: &["Sensor"],
    title: "a key that the events of this source do not have",
    why: "What was sent stands in `body`, beside it what the type of the source adds: `header` of a webhook, `headers` of GitHub. A path \
          that begins otherwise finds nothing: a filter drops the event, a parameter gets its default or fails.",
    fix: "Begin the path with a key of the event, mostly `body`.",
    source: "argo-events v1.9.11 pkg/eventsources/events/event-data.go",
    bad: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - name: push
    eventSourceName: git
    eventName: push
    filters:
      data: [{path: ⟦ref⟧, type: string, value: [main]}]
  triggers:
  - template:
      name: request
      http:
        url: https://ci.example.com/builds
        payload:
        - {src: {dependencyName: push, dataKey: ⟦header⟧.X-Event}, dest: kind}
        - {src: {dependencyName: push, dataTemplate: '{{ .Input.⟦bodi⟧.ref }}'}, dest: ref}
"
    ))],
    good: &[
        Example::new(crate::argo_events::with_events!(
            "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - name: push
    eventSourceName: git
    eventName: push
    filters:
      data: [{path: body.ref, type: string, value: [main]}]
  triggers:
  - template:
      name: request
      http:
        url: https://ci.example.com/builds
        payload:
        - {src: {dependencyName: push, dataTemplate: '{{ .Input.body.ref }}'}, dest: ref}
"
        )),
        Example::new(crate::argo_events::with_events!(
            "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - name: push
    eventSourceName: git
    eventName: push
    transform: {jq: '{ref: .body.ref}'}
  triggers:
  - template:
      name: request
      http:
        url: https://ci.example.com/builds
        payload:
        - {src: {dependencyName: push, dataKey: ref}, dest: ref}
"
        )),
    ],
    check: Check::Sensor(check),
    ..BROKEN
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for read in view.reads() {
        let Some(at) = view.dependency(read.dependency).filter(|at| at.dependency.transform.is_none()) else {
            continue;
        };
        let (Some(kind), Some(source)) = (at.kind, at.source) else {
            continue;
        };
        let Some(keys) = event_keys(kind) else {
            continue;
        };
        let paths = match read.of {
            Of::Data => gjson::parse(read.text).plain().map(|path| path.segments).into_iter().collect(),
            Of::DataTemplate => {
                let Ok(template) = go_template::parse(read.text, Program::ArgoEvents) else {
                    continue;
                };
                let reads = template.reads.into_iter().filter(|path| path.root() == Some("Input"));
                reads.map(|path| path.segments.into_iter().skip(1).collect()).collect::<Vec<Vec<_>>>()
            }
            _ => continue,
        };
        for path in paths {
            let Some(segment) = path.first() else {
                continue;
            };
            let Some(name) = segment.key().filter(|name| !keys.contains(name) && !is_foreign(name)) else {
                continue;
            };
            let near = did_you_mean(name, keys.iter().copied());
            let near =
                near.map_or_else(|| format!(": it has `{}`", keys.join("`, `")), |near| format!(" (did you mean `{near}`?)"));
            let mut finding = sink.missing(format!("an event of `{kind}` has no key `{name}`{near}"));
            if keys.contains(&"body") {
                finding = finding.help(format!("what was sent stands in `body`: `body.{name}`"));
            }
            let place = view.document().scalar(&read.path).map(|scalar| scalar.place_of(segment.span.clone()));
            let there = source.document.locate_key(&source.path.key("spec").key(kind).key(&at.dependency.event_name));
            sink.push(finding.at(place).related("the events come from here", there));
        }
    }
}

/// What is no name: said by the rule of paths.
fn is_foreign(name: &str) -> bool {
    name.is_empty() || name.contains(['$', '[', '{'])
}
