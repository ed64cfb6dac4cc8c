use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-no-steps",
    kinds: tekton::TASKS,
    title: "a task without steps",
    why: "A task is its steps: without one there is nothing to run.",
    fix: "Write at least one step.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/task_validation.go, `TaskSpec.Validate`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  ⟦steps⟧: []
",
    ), Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  ⟦taskSpec⟧: {description: empty}
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps: [{image: 'alpine:3.23'}]
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    if view.kind == tekton::Kind::Task && view.spec().is_none() {
        if !sink.is_misspelt_in(view.entry, view.root, "spec") {
            let place = view.root.key_place("spec").unwrap_or_else(|| view.root.head());
            sink.push(sink.finding("a task needs `spec.steps`, at least one").at(place));
        }
        return;
    }
    for task in &view.tasks {
        let has_steps = task.at.get("steps").is_some_and(|steps| !steps.is_empty());
        if has_steps || sink.is_misspelt_in(view.entry, task.at, "steps") {
            continue;
        }
        let place = task.at.key_place("steps").unwrap_or_else(|| task.at.head());
        sink.push(sink.finding("a task needs `steps`, at least one").at(place));
    }
}
