use crate::argo_events::{SensorView, is_open};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "http-method",
    kinds: &["Sensor"],
    title: "a request with a method that triggers do not send",
    why: "Triggers send GET, DELETE, PATCH, POST and PUT, in upper case; POST if nothing is written.",
    fix: "Write one of these.",
    source: "argo-events v1.9.11 pkg/reconciler/sensor/validate.go, `validateHTTPTrigger`",
    bad: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template:
      name: request
      http: {url: 'https://ci.example.com/builds', method: ⟦post⟧}
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
      http: {url: 'https://ci.example.com/builds', method: POST}
"
    ))],
    check: Check::Sensor(check),
    ..REJECTED
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for at in &view.triggers {
        let Some(http) = at.trigger.template.as_ref().and_then(|template| template.http.as_ref()) else {
            continue;
        };
        let method = http.method.as_deref().unwrap_or_default();
        let known = ["GET", "DELETE", "PATCH", "POST", "PUT"];
        if method.is_empty() || known.contains(&method) || is_open(method) {
            continue;
        }
        let upper = method.to_ascii_uppercase();
        let near = if known.contains(&upper.as_str()) { format!(" (did you mean `{upper}`?)") } else { String::new() };
        let path = at.path.key("template").key("http").key("method");
        let finding = sink.finding(format!("triggers send no `{method}`: `{}` are sent{near}", known.join("`, `")));
        sink.push(finding.at(view.value(&path)));
    }
}
