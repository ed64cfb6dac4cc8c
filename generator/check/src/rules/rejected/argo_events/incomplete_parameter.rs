use crate::argo_events::{Form, List, Missing, SensorView, say_missing};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "incomplete-parameter",
    kinds: &["Sensor"],
    title: "a parameter that does not say of which event it is, or where it goes",
    why: "A parameter takes a value of the event of a dependency and puts it at `dest`; only the payload of an HTTP request may lack \
          `dest`, when the value is all of it. Lists that the admission does not look at (azureEventHubs, azureServiceBus, pulsar and \
          others) fail when the trigger starts.",
    fix: "Write `src.dependencyName` and `dest`.",
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
        url: https://ci.example.com/builds
        payload:
        - ⟦src⟧: {dataKey: body}
        parameters:
        - ⟦dest⟧: url
        - ⟦src⟧: {dependencyName: push, dataKey: body.url}
        - {src: {dependencyName: push, dataKey: body.url}, ⟦dest⟧: ''}
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
        url: https://ci.example.com/builds
        payload:
        - src: {dependencyName: push, dataKey: body}
"
    ))],
    check: Check::Sensor(check),
    ..REJECTED
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for at in &view.parameters {
        let before = sink.found.len();
        let mut lack = |parent: &luban_yaml::Path, field: &str, form, why| {
            say_missing(sink, view.entry, &Missing { parent, field, form, why });
        };
        match &at.parameter.src {
            None => lack(&at.path, "src", Form::Value, "a parameter takes its value from an event"),
            Some(src) if src.dependency_name.is_empty() => {
                lack(
                    &at.path.key("src"),
                    "dependencyName",
                    Form::Text,
                    "a parameter takes its value from the event of a dependency",
                );
            }
            Some(_) => {}
        }
        if at.parameter.dest.is_empty() && !matches!(at.list, List::Payload("http") | List::Headers) {
            lack(&at.path, "dest", Form::Text, "a parameter says where its value goes");
        }
        if !is_judged(at.list) {
            for found in sink.found.iter_mut().skip(before) {
                found.finding.severity = Severity::Warning;
            }
        }
    }
}

/// Whether the admission looks at a list of parameters.
fn is_judged(list: List) -> bool {
    match list {
        List::Template => true,
        List::Headers => false,
        List::Action(action) => {
            matches!(action, "k8s" | "argoWorkflow" | "http" | "openWhisk" | "awsLambda" | "slack" | "email" | "custom")
        }
        List::Payload(action) => matches!(action, "http" | "openWhisk" | "awsLambda" | "kafka" | "nats"),
    }
}
