use crate::argo_events::{Form, Missing, SensorView, say_missing};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "trigger-policy",
    kinds: &["Sensor"],
    title: "a policy that does not say what success is",
    why: "`policy.k8s` waits until the object has all of its `labels`; `policy.status` accepts the answers that `allow` lists.",
    fix: "Write `labels` or `allow`.",
    source: "argo-events v1.9.11 pkg/reconciler/sensor/validate.go, `validateTriggerPolicy`",
    bad: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template:
      name: object
      k8s:
        source:
          resource: {apiVersion: v1, kind: ConfigMap, metadata: {generateName: a-}}
    policy:
      ⟦k8s⟧: {backoff: {steps: 3}}
  - template:
      name: request
      http: {url: 'https://ci.example.com/builds'}
    policy:
      ⟦status⟧: {}
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
      http: {url: 'https://ci.example.com/builds'}
    policy:
      status: {allow: [200, 201]}
"
    ))],
    check: Check::Sensor(check),
    ..REJECTED
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for at in &view.triggers {
        let (Some(policy), Some(template)) = (&at.trigger.policy, &at.trigger.template) else {
            continue;
        };
        let path = at.path.key("policy");
        let is_object = template.k8s.is_some() || template.argo_workflow.is_some();
        let is_call = !is_object && (template.http.is_some() || template.aws_lambda.is_some());
        if is_object && policy.k8s.is_some() {
            let why = "the policy waits until the object has these labels";
            say_missing(sink, view.entry, &Missing { parent: &path.key("k8s"), field: "labels", form: Form::Value, why });
        }
        if is_call && policy.status.is_some() {
            let why = "the policy accepts these answers";
            say_missing(sink, view.entry, &Missing { parent: &path.key("status"), field: "allow", form: Form::Value, why });
        }
    }
}
