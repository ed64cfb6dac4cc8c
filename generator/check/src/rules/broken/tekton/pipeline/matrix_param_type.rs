use luban_api_tekton::ParamValue;

use crate::tekton::pipeline::Given;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "matrix-param-type",
    kinds: PIPELINES,
    title: "a parameter of a matrix that is no list, or one of `include` that is no text",
    why: "The run fails before it begins.",
    fix: "Write a list in `matrix.params`, a text in `matrix.include`.",
    source: "tektoncd/pipeline v1.15 pkg/reconciler/pipelinerun/resources/validate_params.go, `ValidateParameterTypesInMatrix`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {resolver: git}
    matrix:
      params: [{name: os, value: ⟦linux⟧}]
      include:
      - params: [{name: arch, value: ⟦[amd64]⟧}]
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  params: [{name: os, type: array}]
  tasks:
  - name: build
    taskRef: {resolver: git}
    matrix:
      params: [{name: os, value: '$(params.os[*])'}]
      include:
      - params: [{name: arch, value: amd64}]
"#,
    )],
    check: Check::Pipeline(check),
    ..BROKEN
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for (_, task) in pipelines.tasks() {
        for (given, param) in task.given() {
            let (is_right, needs) = match (given, &param.value) {
                (Given::Params(_), _) => continue,
                // A variable may be a whole array.
                (Given::Matrix(_), ParamValue::String(text)) if text.contains("$(") => continue,
                (Given::Matrix(_), value) => (matches!(value, ParamValue::Array(_)), "a list"),
                (Given::Include(..), value) => (matches!(value, ParamValue::String(_)), "a text"),
            };
            let path = given.path(&task.path).key("value");
            if is_right || !pipelines.entry.document.has_value(&path) {
                continue;
            }
            let message = format!("parameter `{}` of the matrix of {} is not {needs}", param.name, task.title());
            sink.push(sink.finding(message).at(pipelines.value(&path)));
        }
    }
}
