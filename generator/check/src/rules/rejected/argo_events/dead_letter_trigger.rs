use crate::argo_events::SensorView;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "dead-letter-trigger",
    kinds: &["Sensor"],
    title: "a `dlqTrigger` where failures are not waited for",
    why: "Only with `atLeastOnce: true` does a Sensor wait for a trigger and see that it failed: the trigger and its `dlqTrigger` need it.",
    fix: "Set `atLeastOnce: true` on both.",
    source: "argo-events v1.9.11 pkg/reconciler/sensor/validate.go, `validateDlqTrigger`",
    bad: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template: {name: log, log: {}}
    ⟦dlqTrigger⟧:
      template: {name: failed, log: {}}
      atLeastOnce: true
  - template: {name: other, log: {}}
    atLeastOnce: true
    dlqTrigger:
      template: {name: failed, log: {}}
      ⟦atLeastOnce⟧: false
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
      template: {name: failed, log: {}}
      atLeastOnce: true
"
    ))],
    check: Check::Sensor(check),
    ..REJECTED
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for at in &view.triggers {
        let Some(dead_letter) = &at.trigger.dlq_trigger else {
            continue;
        };
        let below = at.path.key("dlqTrigger");
        for (trigger, path, whose) in
            [(at.trigger, &at.path, "a trigger with `dlqTrigger`"), (&**dead_letter, &below, "a `dlqTrigger`")]
        {
            if trigger.at_least_once == Some(true) || sink.is_misspelt(view.entry, path, "atLeastOnce") {
                continue;
            }
            let field = path.key("atLeastOnce");
            let place = if view.document().has(&field) { view.key(&field) } else { view.key(&below) };
            let message = format!("`{field}` must be true: {whose} is waited for");
            sink.push(sink.finding(message).at(place));
        }
    }
}
