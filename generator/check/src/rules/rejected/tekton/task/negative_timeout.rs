use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-negative-timeout",
    kinds: tekton::TASKS,
    title: "a step or TaskRun with a timeout below zero",
    why: "Time does not run back; `0s` means no timeout.",
    fix: "Write a duration such as `10m`, or `0s` for none.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/container_validation.go, `Step.Validate`; taskrun_validation.go, `TaskRunSpec.Validate`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - {image: 'alpine:3.23', timeout: ⟦-5m⟧}
",
    ), Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {name: build}
  timeout: ⟦-1h⟧
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - {image: 'alpine:3.23', timeout: 5m}
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    let steps = view.tasks.iter().flat_map(|task| &task.steps);
    let steps = steps.filter_map(|step| step.at.get("timeout"));
    let run = view.spec().filter(|_| view.kind == tekton::Kind::TaskRun);
    let run = run.and_then(|spec| spec.get("timeout"));
    for timeout in steps.chain(run) {
        let text = timeout.text().unwrap_or_default();
        let is_zero = !text.contains(|letter: char| matches!(letter, '1'..='9'));
        if text.starts_with('-') && !is_zero {
            let message = format!("timeout `{text}` is below zero: `0s` means none");
            sink.push(sink.finding(message).at(timeout.place()));
        }
    }
}
