use crate::argo_events::{DependencyAt, SensorView};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "parameter-without-default",
    kinds: &["Sensor"],
    profile: Profile::Strict,
    confidence: Confidence::Low,
    title: "a parameter that an event of another kind has not",
    why: "Without filter, default or template, an event that lacks the key makes the trigger fail: a ping, a deleted branch, any kind of \
          event that was not thought of.",
    fix: "Filter the events of the dependency, or give the parameter a `value`.",
    source: "argo-events v1.9.11 pkg/sensors/triggers/params.go, `ResolveParamValue`",
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
        - {src: {dependencyName: push, dataKey: ⟦body.ref⟧}, dest: ref}
"
    ))],
    good: &[
        Example::new(crate::argo_events::with_events!(
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
        - {src: {dependencyName: push, dataKey: body.ref, value: ''}, dest: ref}
"
        )),
        Example::new(crate::argo_events::with_events!(
            "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - name: push
    eventSourceName: git
    eventName: push
    filters:
      data: [{path: body.ref, type: string, value: ['^refs/heads/']}]
  triggers:
  - template:
      name: request
      http:
        url: https://ci.example.com/builds
        payload:
        - {src: {dependencyName: push, dataKey: body.ref}, dest: ref}
"
        )),
    ],
    check: Check::Sensor(check),
    ..BROKEN
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for at in &view.parameters {
        let Some(src) = &at.parameter.src else {
            continue;
        };
        let key = src.data_key.as_deref().unwrap_or_default();
        let has_template = src.data_template.as_deref().is_some_and(|template| !template.is_empty());
        let is_inside = key.split_once('.').is_some_and(|(first, rest)| first == "body" && !rest.is_empty());
        if !is_inside || has_template || src.value.is_some() || at.is_replaced {
            continue;
        }
        let Some(dependency) = view.dependency(&src.dependency_name) else {
            continue;
        };
        let is_judged =
            dependency.dependency.filters.is_some() || dependency.dependency.transform.is_some() || has_filter(dependency);
        if is_judged {
            continue;
        }
        let message = format!("an event without `{key}` makes the trigger fail: there is no filter, and no default in `value`");
        let finding = sink.finding(message).at(view.value(&at.path.key("src").key("dataKey")));
        sink.push(finding.related("the dependency is here", view.value(&dependency.path.key("name"))));
    }
}

/// Whether the EventSource lets some events through only.
fn has_filter(at: &DependencyAt<'_>) -> bool {
    let (Some(source), Some(kind)) = (at.source, at.kind) else {
        return false;
    };
    let path = source.path.key("spec").key(kind).key(&at.dependency.event_name);
    source.document.has_value(&path.key("filter"))
}
