use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-result-type",
    kinds: tekton::WITH_STEPS,
    title: "a result of a type that there is not",
    why: "A result is a `string`, an `array` or an `object`.",
    fix: "Write one of them, or leave `type` out for a string.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/result_validation.go, `TaskResult.Validate`, `StepResult.Validate`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  results: [{name: a, type: ⟦list⟧}]
  steps: [{image: 'alpine:3.23'}]
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  results: [{name: a, type: array}, {name: b}]
  steps: [{image: 'alpine:3.23'}]
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for result in view.results() {
        let Some(kind) = result.at.get("type") else {
            continue;
        };
        let text = kind.text().unwrap_or_default();
        if matches!(text, "" | "string" | "array" | "object") || !tekton::is_result_name(result.name) {
            continue;
        }
        let near = did_you_mean(text, ["string", "array", "object"]);
        let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
        let message = format!("result `{}` cannot be of type `{text}`: it is `string`, `array` or `object`{near}", result.name);
        sink.push(sink.finding(message).at(kind.place()));
    }
}
