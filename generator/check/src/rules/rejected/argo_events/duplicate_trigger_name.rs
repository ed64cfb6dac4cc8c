use std::collections::HashMap;

use crate::argo_events::SensorView;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "duplicate-trigger-name",
    kinds: &["Sensor"],
    title: "two triggers of one name",
    why: "Rate limits, subscriptions and metrics are kept by the trigger's name.",
    fix: "Rename one of them.",
    source: "argo-events v1.9.11 pkg/reconciler/sensor/validate.go, `validateTriggers`",
    bad: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template: {name: log, log: {}}
  - template: {name: ⟦log⟧, log: {}}
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
    atLeastOnce: true
    dlqTrigger:
      template: {name: log, log: {}}
      atLeastOnce: true
"
    ))],
    check: Check::Sensor(check),
    ..REJECTED
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    let mut first = HashMap::new();
    for at in view.triggers.iter().filter(|at| !at.is_dead_letter) {
        let Some(template) = at.trigger.template.as_ref().filter(|template| !template.name.is_empty()) else {
            continue;
        };
        let path = at.path.key("template").key("name");
        match first.get(&template.name) {
            None => {
                first.insert(&template.name, path);
            }
            Some(before) => {
                let finding = sink.finding(format!("two triggers are called `{}`", template.name));
                let before = view.value(before);
                sink.push(finding.at(view.value(&path)).related("the first is here", before));
            }
        }
    }
}
