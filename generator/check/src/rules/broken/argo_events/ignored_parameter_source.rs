use crate::argo_events::SensorView;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "ignored-parameter-source",
    kinds: &["Sensor"],
    title: "a source of a parameter that is ignored beside another",
    why: "Data come before attributes: with `dataKey` or `dataTemplate`, `contextKey` and `contextTemplate` are ignored. What a template \
          makes is a text, so that `useRawData` does nothing for it.",
    fix: "Keep the source that is meant.",
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
        - {src: {dependencyName: push, dataKey: body.ref, ⟦contextKey⟧: subject}, dest: ref}
        - {src: {dependencyName: push, dataTemplate: '{{ .Input.body.size }}', ⟦useRawData⟧: true}, dest: size}
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
        - {src: {dependencyName: push, dataKey: body.size, useRawData: true}, dest: size}
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
        let path = at.path.key("src");
        let data = [("dataKey", has(&src.data_key)), ("dataTemplate", has(&src.data_template))];
        let context = [("contextKey", has(&src.context_key)), ("contextTemplate", has(&src.context_template))];
        let first = |fields: [(&'static str, bool); 2]| fields.into_iter().find(|field| field.1).map(|field| field.0);
        if let (Some(data), Some(context)) = (first(data), first(context)) {
            let finding = sink.finding(format!("`{context}` is ignored beside `{data}`")).at(view.key(&path.key(context)));
            sink.push(finding.related(format!("`{data}` is here"), view.key(&path.key(data))));
        }
        let template = match (first(data), first(context)) {
            (Some(_), _) => has(&src.data_template).then_some("dataTemplate").filter(|_| !has(&src.data_key)),
            (None, Some(_)) => has(&src.context_template).then_some("contextTemplate").filter(|_| !has(&src.context_key)),
            (None, None) => None,
        };
        if let (Some(true), Some(template)) = (src.use_raw_data, template) {
            let finding = sink.finding(format!("`useRawData` does nothing: what `{template}` makes is a text"));
            sink.push(finding.at(view.key(&path.key("useRawData"))).related("the template is here", view.key(&path.key(template))));
        }
    }
}
