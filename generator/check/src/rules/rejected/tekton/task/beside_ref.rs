use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-beside-ref",
    kinds: tekton::TASKS,
    title: "a step that refers to a step action and says itself what that says",
    why: "The action brings image, command, script, environment, mounts and results; a step that refers to one gives `params` only.",
    fix: "Remove the field, or write the step without `ref`.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/container_validation.go, `Step.Validate`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - ref: {name: build}
    ⟦image⟧: alpine:3.23
    ⟦script⟧: make
    ⟦env⟧: []
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - ref: {name: build}
    name: build
    params: [{name: target, value: all}]
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for step in view.tasks.iter().flat_map(|task| &task.steps) {
        let Some(reference) = step.reference() else {
            continue;
        };
        for field in ["image", "command", "args", "script", "workingDir", "env", "volumeMounts", "results"] {
            let Some(value) = step.at.get(field) else {
                continue;
            };
            let is_empty = value.is_empty() || value.text() == Some("");
            if is_empty && field != "env" {
                continue;
            }
            let message = format!("`{field}` cannot stand beside `ref`: the step action brings it");
            sink.push(sink.finding(message).at(value.head()).related("the reference is here", reference.head()));
        }
    }
}
