use crate::argo_events::{Form, Missing, SensorView, given, say_missing};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "incomplete-trigger",
    kinds: &["Sensor"],
    title: "a trigger that lacks its template, its name or what its action needs",
    why: "Each kind of action has fields without which it cannot be done: a request needs a URL, a message its payload, an object a source.",
    fix: "Write the field.",
    source: "argo-events v1.9.11 pkg/reconciler/sensor/validate.go, `validateTriggerTemplate` and what it calls",
    bad: &[
        Example::new(crate::argo_events::with_events!(
            "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - ⟦atLeastOnce⟧: true
  - ⟦template⟧: {log: {}}
  - template:
      name: object
      ⟦k8s⟧: {operation: create}
  - template:
      name: request
      http: {⟦url⟧: '', method: POST}
"
        )),
        Example::new(crate::argo_events::with_events!(
            "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template:
      name: message
      ⟦kafka⟧: {url: 'kafka.example.com:9092', topic: builds}
  - template:
      name: service
      ⟦custom⟧: {serverURL: 'trigger.example.com:9000', secure: true, spec: {color: red}}
"
        )),
    ],
    good: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template:
      name: service
      custom: {serverURL: 'trigger.example.com:9000', spec: {color: red}}
"
    ))],
    check: Check::Sensor(check),
    ..REJECTED
};

/// What an action needs: its field, the field that it needs, in which form, and when.
const NEEDS: &[(&str, &str, Form, &str)] = &[
    ("k8s", "source", Form::Value, ""),
    ("argoWorkflow", "source", Form::Value, ""),
    ("http", "url", Form::Text, ""),
    ("awsLambda", "functionName", Form::Text, ""),
    ("awsLambda", "region", Form::Text, ""),
    ("awsLambda", "payload", Form::Value, ""),
    ("kafka", "url", Form::Text, ""),
    ("kafka", "topic", Form::Text, ""),
    ("kafka", "payload", Form::Value, ""),
    ("nats", "url", Form::Text, ""),
    ("nats", "subject", Form::Text, ""),
    ("nats", "payload", Form::Value, ""),
    ("slack", "slackToken", Form::Value, ""),
    ("openWhisk", "actionName", Form::Text, ""),
    ("openWhisk", "host", Form::Text, ""),
    ("openWhisk", "payload", Form::Value, ""),
    ("openWhisk", "authToken.name", Form::Text, "authToken"),
    ("openWhisk", "authToken.key", Form::Text, "authToken"),
    ("custom", "serverURL", Form::Text, ""),
    ("custom", "spec", Form::Value, ""),
    ("custom", "certSecret", Form::Value, "secure"),
    ("email", "host", Form::Text, ""),
];

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for at in &view.triggers {
        if at.trigger.template.is_none() {
            let why = "a trigger says in its template what it does";
            let missing = Missing { parent: &at.path, field: "template", form: Form::Value, why };
            say_missing(sink, view.entry, &missing);
            continue;
        }
        let path = at.path.key("template");
        let missing = Missing { parent: &path, field: "name", form: Form::Text, why: "every trigger needs a name" };
        say_missing(sink, view.entry, &missing);
        let actions: Vec<&str> = view.document().keys(&path).collect();
        for (action, field, form, when) in NEEDS.iter().filter(|need| actions.contains(&need.0)) {
            let path = path.key(action);
            if !view.document().has_value(&path) || !(when.is_empty() || given(view.entry, &path, when)) {
                continue;
            }
            let why = match *when {
                "" => format!("`{action}` needs it"),
                when => format!("`{action}` with `{when}` needs it"),
            };
            say_missing(sink, view.entry, &Missing { parent: &path, field, form: *form, why: &why });
        }
    }
}
