use crate::argo_events::SensorView;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "ignored-retry",
    kinds: &["Sensor"],
    title: "a `retryStrategy` of a trigger that nobody waits for",
    why: "Without `atLeastOnce: true` a trigger is started and left alone: its failure is logged, and no retry follows.",
    fix: "Set `atLeastOnce: true`, or remove `retryStrategy`.",
    source: "argo-events v1.9.11 pkg/sensors/listener.go, `triggerActions`",
    bad: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template: {name: request, http: {url: 'https://ci.example.com/builds'}}
    ⟦retryStrategy⟧: {steps: 3, duration: 10s}
"
    ))],
    good: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template: {name: request, http: {url: 'https://ci.example.com/builds'}}
    retryStrategy: {steps: 3, duration: 10s}
    atLeastOnce: true
"
    ))],
    check: Check::Sensor(check),
    ..BROKEN
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for at in &view.triggers {
        if at.trigger.retry_strategy.is_none()
            || at.trigger.at_least_once == Some(true)
            || sink.is_misspelt(view.entry, &at.path, "atLeastOnce")
        {
            continue;
        }
        let finding = sink.finding("`retryStrategy` does nothing without `atLeastOnce: true`");
        sink.push(finding.at(view.key(&at.path.key("retryStrategy"))));
    }
}
