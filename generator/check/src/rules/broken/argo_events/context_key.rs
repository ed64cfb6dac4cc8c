use luban_expression::gjson;
use luban_expression::go_template::{self, Program};

use crate::argo_events::{Of, SensorView, is_open};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "context-key",
    kinds: &["Sensor"],
    title: "an attribute that events do not have",
    why: "The attributes of an event are `id`, `source` (the EventSource), `specversion`, `type` (the type of the source), \
          `datacontenttype`, `subject` (the event) and `time`. Others are not kept.",
    fix: "Name one of these.",
    source: "argo-events v1.9.11 pkg/sensors/listener.go, `convertEvent`; pkg/apis/events/v1alpha1/sensor_types.go, `EventContext`",
    bad: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template:
      name: request
      http:
        url: https://ci.example.com/builds
        payload:
        - {src: {dependencyName: push, contextKey: ⟦Subject⟧}, dest: event}
        - {src: {dependencyName: push, contextTemplate: '{{ .Input.⟦dataContentType⟧ }}'}, dest: form}
"
    ))],
    good: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template:
      name: request
      http:
        url: https://ci.example.com/builds
        payload:
        - {src: {dependencyName: push, contextKey: subject}, dest: event}
"
    ))],
    check: Check::Sensor(check),
    ..BROKEN
};

const ATTRIBUTES: [&str; 7] = ["id", "source", "specversion", "type", "datacontenttype", "subject", "time"];

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for read in view.reads() {
        let first = match read.of {
            Of::Context => {
                gjson::parse(read.text).plain().into_iter().filter_map(|path| path.segments.into_iter().next()).collect()
            }
            Of::ContextTemplate => {
                let Ok(template) = go_template::parse(read.text, Program::ArgoEvents) else {
                    continue;
                };
                let reads = template.reads.into_iter().filter(|path| path.root() == Some("Input"));
                reads.filter_map(|path| path.segments.into_iter().nth(1)).collect::<Vec<_>>()
            }
            _ => continue,
        };
        for segment in first {
            let Some(name) = segment.key().filter(|name| !ATTRIBUTES.contains(name) && !is_open(name)) else {
                continue;
            };
            let lower = name.to_ascii_lowercase();
            let near = did_you_mean(&lower, ATTRIBUTES)
                .map_or_else(|| format!(": it has `{}`", ATTRIBUTES.join("`, `")), |near| format!(" (did you mean `{near}`?)"));
            let finding = sink.finding(format!("an event has no attribute `{name}`{near}"));
            let place = view.document().scalar(&read.path).map(|scalar| scalar.place_of(segment.span.clone()));
            sink.push(finding.at(place));
        }
    }
}
