use luban_yaml::Cursor;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-property-type",
    kinds: tekton::WITH_PARAMS,
    title: "a property of an object that is no string",
    why: "The values of objects are texts; nothing else has been made.",
    fix: "Write `type: string`, or leave the type out where a parameter or a result of the task declares it.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/task_validation.go, `ParamSpec.ValidateObjectType`; result_validation.go, `validateObjectResult`, `validateObjectStepResult`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params:
  - name: a
    properties: {x: {}, z: {type: ⟦array⟧}}
  results:
  - name: b
    properties: {x: {type: ⟦number⟧}}
  steps:
  - name: s
    image: alpine:3.23
    results:
    - {name: c, type: object, properties: {⟦x⟧: {}}}
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params:
  - name: a
    properties: {x: {}, z: {type: string}}
  steps: [{image: 'alpine:3.23'}]
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for spec in view.param_specs.iter().flat_map(|list| &list.specs) {
        judge(spec.properties, spec.has_defaults, sink);
    }
    for result in view.results() {
        if tekton::is_result_name(result.name) && result.is_object() {
            judge(result.at.get("properties"), result.has_defaults, sink);
        }
    }
}

fn judge(properties: Option<Cursor<'_>>, has_defaults: bool, sink: &mut Sink<'_>) {
    let Some(properties) = properties else {
        return;
    };
    for key in properties.keys() {
        let property = properties.get(key.text());
        let kind = property.and_then(|property| property.get("type"));
        let kind = kind.filter(|kind| kind.text() != Some(""));
        match kind {
            Some(kind) if kind.text() == Some("string") => {}
            Some(kind) => {
                let message = format!("property `{}` cannot be of type `{}`: it is a `string`", key.text(), kind.text().unwrap_or_default());
                sink.push(sink.finding(message).at(kind.place()));
            }
            None if has_defaults => {}
            None => {
                let message = format!("`type` of property `{}` is missing, and is not set by default here: write `type: string`", key.text());
                sink.push(sink.finding(message).at(key.place()));
            }
        }
    }
}
