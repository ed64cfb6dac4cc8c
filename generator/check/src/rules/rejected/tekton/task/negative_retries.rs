use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-negative-retries",
    kinds: &["TaskRun"],
    title: "a TaskRun that is retried less than never",
    why: "A number of retries is zero or more.",
    fix: "Write `0` or more, or remove the field.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/taskrun_validation.go, `TaskRunSpec.Validate`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {name: build}
  retries: ⟦-1⟧
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {name: build}
  retries: 2
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    // `v1beta1` does not look.
    let spec = view.spec().filter(|_| view.kind == tekton::Kind::TaskRun && !view.is_beta);
    let Some(retries) = spec.and_then(|spec| spec.get("retries")) else {
        return;
    };
    let text = retries.text().unwrap_or_default();
    if text.parse::<i64>().is_ok_and(|number| number < 0) {
        let message = format!("`retries` cannot be `{text}`: it is zero or more");
        sink.push(sink.finding(message).at(retries.place()));
    }
}
