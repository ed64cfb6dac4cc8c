use luban_yaml::Path;

use crate::argo_events::{Form, Missing, SensorView, say_missing};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "incomplete-filter",
    kinds: &["Sensor"],
    title: "a filter that lacks what it compares",
    why: "A data filter compares the value at `path` with each `value` as `type` says; an expression needs `expr` and the `fields` that \
          it reads; a context filter compares at least one attribute, because an empty one would pass no event.",
    fix: "Write what is missing, or remove the filter.",
    source: "argo-events v1.9.11 pkg/reconciler/sensor/validate.go, `validateEventFilter`",
    bad: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - name: push
    eventSourceName: git
    eventName: push
    filters:
      data:
      - {⟦path⟧: body.ref, value: [main]}
      - {path: body.ref, type: string, value: [main, ⟦''⟧]}
      exprs:
      - {expr: ref == 'main', ⟦fields⟧: []}
      - {expr: ref == 'main', fields: [{⟦name⟧: ref}]}
      ⟦context⟧: {id: abc}
  triggers:
  - template: {name: log, log: {}}
"
    ))],
    good: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - name: push
    eventSourceName: git
    eventName: push
    filters:
      data: [{path: body.ref, type: string, value: [main]}]
      exprs: [{expr: ref == 'main', fields: [{name: ref, path: body.ref}]}]
      context: {type: generic}
  triggers:
  - template: {name: log, log: {}}
"
    ))],
    check: Check::Sensor(check),
    ..REJECTED
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for at in &view.dependencies {
        let Some(filters) = &at.dependency.filters else {
            continue;
        };
        let path = at.path.key("filters");
        for (index, filter) in filters.data.iter().enumerate() {
            let path = path.key("data").index(index);
            let why = "a data filter needs `path`, `type` and `value`";
            needs(view, sink, &path, &[("path", Form::Text), ("type", Form::Text), ("value", Form::Items)], why);
            for index in (0..filter.value.len()).filter(|at| filter.value.get(*at).is_some_and(String::is_empty)) {
                let path = path.key("value").index(index);
                let is_null = !view.document().has_value(&path);
                if is_null || view.document().text_at(&path).is_none_or(str::is_empty) {
                    let finding = sink.finding("a value to compare with cannot be empty");
                    sink.push(finding.at(view.value(&path)));
                }
            }
        }
        for (index, filter) in filters.exprs.iter().enumerate() {
            let path = path.key("exprs").index(index);
            let why = "an expression filter needs `expr` and the `fields` that it reads";
            needs(view, sink, &path, &[("expr", Form::Text), ("fields", Form::Items)], why);
            for index in 0..filter.fields.len() {
                let path = path.key("fields").index(index);
                needs(
                    view,
                    sink,
                    &path,
                    &[("path", Form::Text), ("name", Form::Text)],
                    "a field of an expression needs `path` and `name`",
                );
            }
        }
        let Some(context) = &filters.context else {
            continue;
        };
        let path = path.key("context");
        let fields = ["type", "subject", "source", "datacontenttype"];
        let values = [&context.type_, &context.subject, &context.source, &context.datacontenttype];
        let is_given = values.iter().any(|value| value.as_deref().is_some_and(|value| !value.is_empty()));
        if is_given || fields.iter().any(|field| sink.is_misspelt(view.entry, &path, field)) {
            continue;
        }
        let finding = sink.finding(format!("`{path}` compares nothing: set one of `{}`", fields.join("`, `")));
        sink.push(finding.at(view.key(&path)));
    }
}

fn needs(view: &SensorView<'_>, sink: &mut Sink<'_>, parent: &Path, fields: &[(&str, Form)], why: &str) {
    for (field, form) in fields {
        say_missing(sink, view.entry, &Missing { parent, field, form: *form, why });
    }
}
