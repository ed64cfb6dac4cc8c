use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-ref-or-spec",
    kinds: &["TaskRun", "CustomRun"],
    title: "a run of a task or custom task with no or two things to run",
    why: "A TaskRun has `taskRef` or `taskSpec`, a CustomRun `customRef` or `customSpec`.",
    fix: "Write one of the two.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/taskrun_validation.go, `TaskRunSpec.Validate`; v1beta1/customrun_validation.go",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {name: build}
  ⟦taskSpec⟧:
    steps: [{image: 'alpine:3.23'}]
",
    ), Example::new(
        "apiVersion: tekton.dev/v1beta1
kind: CustomRun
metadata: {name: wait}
⟦spec⟧: {params: [{name: a, value: b}]}
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {name: build}
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    let (reference, spec) = match view.kind {
        tekton::Kind::TaskRun => ("taskRef", "taskSpec"),
        tekton::Kind::CustomRun => ("customRef", "customSpec"),
        _ => return,
    };
    let of = view.spec().unwrap_or(view.root);
    match (of.get(reference), of.get(spec)) {
        (Some(_), None) | (None, Some(_)) => {}
        (Some(first), Some(second)) => {
            let message = format!("`{spec}` cannot stand beside `{reference}`");
            sink.push(sink.finding(message).at(second.head()).related("the reference is here", first.head()));
        }
        (None, None) => {
            if sink.is_misspelt_in(view.entry, of, reference) || sink.is_misspelt_in(view.entry, of, spec) {
                return;
            }
            let message = format!("a {} needs `{reference}` or `{spec}`", view.entry.name.kind);
            sink.push(sink.finding(message).at(of.head()));
        }
    }
}
