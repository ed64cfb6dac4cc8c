use crate::argo_events::{Form, Missing, SensorView, say_missing};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "incomplete-dependency",
    kinds: &["Sensor"],
    title: "a dependency without its name, its EventSource or its event",
    why: "Conditions and parameters refer to a dependency by its name; its events are those of one event of one EventSource.",
    fix: "Write `name`, `eventSourceName` and `eventName`.",
    source: "argo-events v1.9.11 pkg/reconciler/sensor/validate.go, `validateDependencies`",
    bad: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - ⟦eventSourceName⟧: git
    eventName: push
  - {name: tag, ⟦eventSourceName⟧: '', eventName: tag}
  - {⟦name⟧: other, eventSourceName: git}
  triggers:
  - template: {name: log, log: {}}
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
    for at in &view.dependencies {
        for (field, why) in [
            ("name", "every dependency needs a name"),
            ("eventSourceName", "events come from an EventSource"),
            ("eventName", "an EventSource has several events"),
        ] {
            let missing = Missing { parent: &at.path, field, form: Form::Text, why };
            say_missing(sink, view.entry, &missing);
        }
    }
}
