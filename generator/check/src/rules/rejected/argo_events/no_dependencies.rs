use crate::argo_events::{Form, Missing, SensorView, say_missing};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "no-dependencies",
    kinds: &["Sensor"],
    title: "a Sensor without dependencies",
    why: "A Sensor that waits for no event is refused.",
    fix: "Name the events that it waits for in `spec.dependencies`.",
    source: "argo-events v1.9.11 pkg/reconciler/sensor/validate.go, `validateDependencies`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  ⟦dependencies⟧: []
  triggers:
  - template: {name: log, log: {}}
",
    )],
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
    let missing =
        Missing { parent: &view.path, field: "dependencies", form: Form::Items, why: "a Sensor waits for at least one event" };
    say_missing(sink, view.entry, &missing);
}
