use luban_expression::gjson;

use crate::argo_events::{Of, SensorView, is_open};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "event-path",
    kinds: &["Sensor"],
    title: "a path into an event that can never find what it asks for",
    why: "Paths of filters, `dataKey` and `contextKey` are paths of gjson: names with dots between them, `items.0` for the first element. \
          What other languages write otherwise finds nothing.",
    fix: "Write the path as gjson reads it.",
    source: "argo-events v1.9.11 pkg/sensors/triggers/params.go, `getValueByKey`; gjson v1.19",
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
      data: [{path: '⟦$⟧.body.ref', type: string, value: [main]}]
  triggers:
  - template:
      name: request
      http:
        url: https://ci.example.com/builds
        payload:
        - {src: {dependencyName: push, dataKey: 'body.⟦commits[0]⟧.id'}, dest: commit}
"
    ))],
    good: &[Example::new(crate::argo_events::with_events!(
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
        - {src: {dependencyName: push, dataKey: body.commits.0.id}, dest: commit}
"
    ))],
    check: Check::Sensor(check),
    ..BROKEN
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for read in view.reads() {
        if !matches!(read.of, Of::Data | Of::Context) || is_open(read.text) {
            continue;
        }
        for problem in gjson::parse(read.text).problems {
            let place = view.place_in(&read.path, &problem);
            sink.push(sink.finding(problem.message).at(place));
        }
    }
}
