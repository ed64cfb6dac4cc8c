use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-result-name",
    kinds: tekton::WITH_STEPS,
    title: "a result whose name Tekton refuses",
    why: "A result is a file and part of a variable: its name has letters, digits, `-`, `_` and `.`, a letter or digit first and last.",
    fix: "Rename the result.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/result_validation.go, `TaskResult.Validate`, `StepResult.Validate`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  results: [{name: ⟦_digest⟧}]
  steps:
  - {image: 'alpine:3.23', results: [{name: ⟦a b⟧}]}
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  results: [{name: a.b_c-1}]
  steps: [{image: 'alpine:3.23'}]
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for result in view.results() {
        if tekton::is_result_name(result.name) || sink.is_misspelt_in(view.entry, result.at, "name") {
            continue;
        }
        let message = if result.name.is_empty() {
            "`name` of a result is missing".to_owned()
        } else {
            format!("result name `{}` is invalid: it has letters, digits, `-`, `_` and `.`, a letter or digit first and last", result.name)
        };
        sink.push(sink.finding(message).at(tekton::name_place(result.at)));
    }
}
