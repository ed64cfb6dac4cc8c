use crate::argo_events::{Form, Missing, SensorView, say_missing};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "no-triggers",
    kinds: &["Sensor"],
    title: "a Sensor without triggers",
    why: "A Sensor that does nothing is refused.",
    fix: "Say in `spec.triggers` what happens.",
    source: "argo-events v1.9.11 pkg/reconciler/sensor/validate.go, `validateTriggers`",
    bad: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
⟦spec⟧:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
"
    ))],
    good: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template: {name: log, log: {}}
"
    ))],
    check: Check::Sensor(check),
    ..REJECTED
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    let missing = Missing { parent: &view.path, field: "triggers", form: Form::Items, why: "a Sensor does at least one thing" };
    say_missing(sink, view.entry, &missing);
}
