use crate::argo_events::SensorView;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "template-beside-key",
    kinds: &["Sensor"],
    profile: Profile::Strict,
    confidence: Confidence::Medium,
    title: "a template beside a key, which counts where the template is empty",
    why: "A template that gives nothing, or `<no value>`, counts as failed, and the raw value at the key is taken instead: what the \
          template was to change or to check comes through as it is.",
    fix: "Remove the key, and let the template give a default.",
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
        - {src: {dependencyName: push, ⟦dataKey⟧: body.ref, dataTemplate: '{{ .Input.body.ref | trunc 10 }}'}, dest: ref}
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
        - {src: {dependencyName: push, dataTemplate: '{{ .Input.body.ref | default \"none\" }}'}, dest: ref}
"
    ))],
    check: Check::Sensor(check),
    ..BROKEN
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    let has = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.is_empty());
    for at in &view.parameters {
        let Some(src) = &at.parameter.src else {
            continue;
        };
        let is_data = has(&src.data_key) || has(&src.data_template);
        let (key, template) = match is_data {
            true if has(&src.data_key) && has(&src.data_template) => ("dataKey", "dataTemplate"),
            false if has(&src.context_key) && has(&src.context_template) => ("contextKey", "contextTemplate"),
            _ => continue,
        };
        let path = at.path.key("src");
        let finding = sink.finding(format!("the raw value at `{key}` is taken where `{template}` gives nothing"));
        let finding = finding.at(view.key(&path.key(key)));
        sink.push(finding.related("the template is here", view.key(&path.key(template))));
    }
}
