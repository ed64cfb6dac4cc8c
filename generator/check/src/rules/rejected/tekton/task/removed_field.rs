use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-removed-field",
    kinds: tekton::TASKS,
    title: "a field of `v1beta1` that Tekton no longer has",
    why: "PipelineResources and bundles by `bundle` are gone; the fields are still read, to be refused.",
    fix: "Use parameters and workspaces for resources, and the resolver `bundles` for bundles.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1beta1/task_validation.go, `TaskSpec.Validate`; taskrun_validation.go; taskref_validation.go; pipelineref_validation.go",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1beta1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {name: build, ⟦bundle⟧: 'example.com/tasks:v1'}
  ⟦resources⟧: {}
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1beta1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {resolver: bundles, params: [{name: bundle, value: 'example.com/tasks:v1'}]}
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    if !view.is_beta {
        return;
    }
    let run = view.spec().filter(|_| view.kind == tekton::Kind::TaskRun);
    let tasks = view.tasks.iter().map(|task| task.at);
    for resources in tasks.chain(run).filter_map(|of| of.get("resources")) {
        let message = "`resources` of tasks are gone from Tekton: use parameters and workspaces";
        sink.push(sink.finding(message).at(resources.head()));
    }
    let references = view.references.iter().filter(|reference| reference.of != tekton::Of::StepAction);
    for bundle in references.filter_map(|reference| reference.at.get("bundle")).filter(|bundle| bundle.text() != Some("")) {
        let message = "`bundle` is gone from Tekton: use the resolver `bundles`";
        sink.push(sink.finding(message).at(bundle.head()));
    }
}
