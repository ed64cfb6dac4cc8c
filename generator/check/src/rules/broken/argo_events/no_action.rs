use crate::argo_events::SensorView;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "no-action",
    kinds: &["Sensor"],
    severity: Severity::Error,
    title: "a trigger that does nothing",
    why: "A template names its action by the one field that is set: `k8s`, `argoWorkflow`, `http` and others. Without any the trigger \
          fails at every event.",
    fix: "Set the field of the action, or remove the trigger.",
    source: "argo-events v1.9.11 pkg/sensors/trigger.go, `GetTrigger`",
    bad: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - ⟦template⟧: {name: build}
"
    ))],
    good: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template: {name: build, log: {}}
"
    ))],
    check: Check::Sensor(check),
    ..BROKEN
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for at in &view.triggers {
        let Some(template) = &at.trigger.template else {
            continue;
        };
        let is_set = !template.action().is_err_and(|error| error.set().is_empty());
        let path = at.path.key("template");
        // A parameter can put the action in, and a field that is no field was meant to be one.
        let is_unclear = !at.trigger.parameters.is_empty()
            || view.document().keys(&path).any(|key| !matches!(key, "name" | "conditions" | "conditionsReset"));
        if is_set || is_unclear {
            continue;
        }
        let message = format!("trigger `{}` does nothing: set `k8s`, `argoWorkflow`, `http` or another action", template.name);
        sink.push(sink.finding(message).at(view.key(&path)));
    }
}
