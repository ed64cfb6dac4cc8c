use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-params-without-ref",
    kinds: tekton::TASKS,
    title: "a step with parameters that refers to no step action",
    why: "`params` of a step are what it gives to the step action of its `ref`; a step without one uses the parameters of the task.",
    fix: "Write `ref`, or declare the parameters in the task.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/container_validation.go, `Step.Validate`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - image: alpine:3.23
    ⟦params⟧: [{name: a, value: b}]
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - ref: {name: build}
    params: [{name: a, value: b}]
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for step in view.tasks.iter().flat_map(|task| &task.steps) {
        let params = step.at.get("params").filter(|params| !params.is_empty());
        if let Some(params) = params.filter(|_| step.reference().is_none()) {
            if sink.is_misspelt_in(view.entry, step.at, "ref") {
                continue;
            }
            let message = format!("`params` of {} need a `ref` that they are given to", step.called());
            sink.push(sink.finding(message).at(params.head()));
        }
    }
}
