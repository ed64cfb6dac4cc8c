use crate::argo_events::{List, SensorView, is_open};
use crate::rules::prelude::*;

const OPERATIONS: [&str; 3] = ["append", "overwrite", "prepend"];

pub(crate) static RULE: Rule = Rule {
    id: "parameter-operation",
    kinds: &["Sensor"],
    title: "a parameter with an unknown operation",
    why: "The value of a parameter overwrites what is there, or is put behind or before it.",
    fix: "Write `overwrite`, `append` or `prepend`, or nothing, which overwrites.",
    source: "argo-events v1.9.11 pkg/reconciler/sensor/validate.go, `validateTriggerParameter`",
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
        url: https://ci.example.com/builds/
        parameters:
        - {src: {dependencyName: push, dataKey: body.id}, dest: url, operation: ⟦add⟧}
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
        url: https://ci.example.com/builds/
        parameters:
        - {src: {dependencyName: push, dataKey: body.id}, dest: url, operation: append}
"
    ))],
    check: Check::Sensor(check),
    ..REJECTED
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for at in &view.parameters {
        let operation = at.parameter.operation.as_deref().unwrap_or_default();
        if operation.is_empty() || OPERATIONS.contains(&operation) || is_open(operation) {
            continue;
        }
        let near = did_you_mean(operation, OPERATIONS).map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
        let message = format!("there is no operation `{operation}`: `{}` are{near}", OPERATIONS.join("`, `"));
        let mut finding = sink.finding(message).at(view.value(&at.path.key("operation")));
        // These lists are not looked at before the trigger starts, and their operations never.
        let is_unread = match at.list {
            List::Template => false,
            List::Headers => true,
            List::Action(action) => matches!(action, "kafka" | "nats" | "pulsar" | "azureEventHubs" | "azureServiceBus"),
            List::Payload(action) => matches!(action, "custom" | "pulsar" | "azureEventHubs" | "azureServiceBus"),
        };
        if is_unread {
            finding.severity = Severity::Warning;
        }
        sink.push(finding);
    }
}
