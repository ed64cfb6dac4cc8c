use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-inline-spec",
    kinds: &["TaskRun"],
    title: "a TaskRun with the task in it where the cluster wants references",
    why: "The flag `disable-inline-spec` lists the kinds that may only refer to tasks, so that what runs is reviewed apart.",
    fix: "Refer to a Task by name or resolver.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/taskrun_validation.go, `TaskRunSpec.Validate`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  ⟦taskSpec⟧:
    steps: [{image: 'alpine:3.23'}]
",
    ).flags(&[("disable-inline-spec", "pipelinerun,taskrun")])],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskSpec:
    steps: [{image: 'alpine:3.23'}]
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    let spec = view.spec().filter(|_| view.kind == tekton::Kind::TaskRun);
    let inline = spec.and_then(|spec| spec.get("taskSpec"));
    if let Some(inline) = inline.filter(|_| !view.flags.may_embed_in("taskrun")) {
        let message = format!("`taskSpec` is not allowed: `disable-inline-spec` is `{}`", view.flags.disable_inline_spec);
        sink.push(sink.finding(message).at(inline.head()));
    }
}
