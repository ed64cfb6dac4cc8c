use crate::tekton::pipeline::{Kind, Slot, uses};

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "pipeline-array-in-text",
    kinds: PIPELINES,
    title: "a whole array where a text belongs, or with text around it",
    why: "A whole array, `$(params.list[*])`, can be the value of a parameter, or one of the items of a list or of the values of a condition: nothing else stands beside it there.",
    fix: "Take one item, `$(params.list[0])`, or put the array where a list belongs.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/param_types.go, `validateStringVariable`, `validateArrayVariable`; when_validation.go; matrix_types.go",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  params: [{name: list, type: array}]
  tasks:
  - name: build
    taskRef: {resolver: git}
    params:
    - {name: a, value: 'x ⟦$(params.list[*])⟧'}
    - {name: b, value: '⟦$(params.list)⟧'}
    - {name: c, value: ['x ⟦$(params.list[*])⟧']}
    - {name: d, value: {key: '⟦$(params.list[*])⟧'}}
    when: [{input: '⟦$(params.list[*])⟧', operator: in, values: ['⟦$(params.list)⟧']}]
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  params: [{name: list, type: array}]
  tasks:
  - name: build
    taskRef: {resolver: git}
    params:
    - {name: a, value: 'x $(params.list[0])'}
    - {name: b, value: '$(params.list[*])'}
    - {name: c, value: [x, '$(params.list[*])']}
    when: [{input: a, operator: in, values: ['$(params.list[*])']}]
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    uses(pipelines, |_, scope, task, found| {
        let variable = &found.variable;
        let name = variable.as_array();
        if found.is_whole_value || variable.has_too_many_parts() || scope.get(name) != Some(&Kind::Array) {
            return;
        }
        let written = found.text.get(variable.span.clone()).unwrap_or_default();
        let message = match found.slot {
            Slot::Item if variable.span.len() == found.text.len() => return,
            Slot::Item => format!("`{written}` is a whole array, which stands alone: nothing can stand beside it"),
            Slot::Text => format!("`{written}` is a whole array, and a text belongs here: take an item, `$(params.{name}[0])`"),
        };
        let place = pipelines.inside(&found.at.path(&task.path), variable.span.clone());
        sink.push(sink.finding(message).at(place));
    });
}
