use luban_expression::jq;

use crate::argo_events::{SensorView, is_open};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "event-transformation",
    kinds: &["Sensor"],
    severity: Severity::Error,
    title: "a jq transformation that cannot work, or beside which a script is ignored",
    why: "The data of the event are replaced by the first output of the query, which must be an object. A query that fails drops the \
          event; where `jq` is set, `script` is ignored.",
    fix: "Correct the query; keep one of `jq` and `script`.",
    source: "argo-events v1.9.11 pkg/sensors/dependencies/transform.go, `ApplyTransform`; gojq v0.12",
    bad: &[
        Example::new(crate::argo_events::with_events!(
            "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - name: push
    eventSourceName: git
    eventName: push
    transform: {jq: '.body.ref |= ⟦ascii_lower⟧'}
  triggers:
  - template: {name: log, log: {}}
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
    transform: {jq: '{ref: .body.ref}', ⟦script⟧: return event}
  triggers:
  - template: {name: log, log: {}}
"
        )),
    ],
    good: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - name: push
    eventSourceName: git
    eventName: push
    transform: {jq: '.body.ref |= ascii_downcase'}
  triggers:
  - template: {name: log, log: {}}
"
    ))],
    check: Check::Sensor(check),
    ..BROKEN
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for at in &view.dependencies {
        let Some(transform) = &at.dependency.transform else {
            continue;
        };
        let Some(query) = transform.jq.as_deref().filter(|query| !query.is_empty()) else {
            continue;
        };
        let path = at.path.key("transform");
        if transform.script.as_deref().is_some_and(|script| !script.is_empty()) {
            let mut finding = sink.finding("`script` is ignored where `jq` is set").at(view.key(&path.key("script")));
            finding.severity = Severity::Warning;
            sink.push(finding.related("`jq` is here", view.key(&path.key("jq"))));
        }
        if is_open(query) {
            continue;
        }
        let path = path.key("jq");
        let problems = match jq::parse(query) {
            Ok(query) => query.problems,
            Err(problem) => vec![problem],
        };
        for problem in problems {
            let place = view.place_in(&path, &problem);
            sink.push(sink.finding(problem.message).at(place));
        }
    }
}
