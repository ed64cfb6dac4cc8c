use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-on-error",
    kinds: tekton::TASKS,
    title: "a step whose `onError` is neither `continue` nor `stopAndFail`",
    why: "It says whether the steps after a failed one run.",
    fix: "Write `continue` or `stopAndFail`, or a parameter.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/container_validation.go, `Step.Validate`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - {image: 'alpine:3.23', onError: ⟦ignore⟧}
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: mode}]
  steps:
  - {image: 'alpine:3.23', onError: continue}
  - {image: 'alpine:3.23', onError: $(params.mode)}
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for step in view.tasks.iter().flat_map(|task| &task.steps) {
        let Some(on_error) = step.at.get("onError") else {
            continue;
        };
        let text = on_error.text().unwrap_or_default();
        if text.is_empty() || matches!(text, "continue" | "stopAndFail") || text.starts_with("$(params") {
            continue;
        }
        let near = did_you_mean(text, ["continue", "stopAndFail"]);
        let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
        let message = format!("`onError` cannot be `{text}`: it is `continue` or `stopAndFail`{near}");
        sink.push(sink.finding(message).at(on_error.place()));
    }
}
