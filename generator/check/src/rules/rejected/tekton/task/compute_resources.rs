use luban_yaml::Cursor;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-compute-resources",
    kinds: &["TaskRun"],
    title: "resources of a TaskRun for all and for single steps",
    why: "`computeResources` is what the steps have together; it cannot be if some have their own.",
    fix: "Remove one of them.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/taskrun_validation.go, `validateTaskRunComputeResources`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {name: build}
  computeResources: {limits: {cpu: '2'}}
  stepSpecs:
  - {name: build, ⟦computeResources⟧: {limits: {cpu: '1'}}}
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {name: build}
  computeResources: {limits: {cpu: '2'}}
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = view.spec().filter(|_| view.kind == tekton::Kind::TaskRun) else {
        return;
    };
    let (list, field) = if view.is_beta { ("stepOverrides", "resources") } else { ("stepSpecs", "computeResources") };
    let Some(whole) = spec.get("computeResources") else {
        return;
    };
    for item in tekton::items_of(spec, list) {
        let resources = item.get(field);
        let is_empty = |of: Cursor<'_>| ["limits", "requests", "claims"].into_iter().all(|part| of.get(part).is_none_or(Cursor::is_empty));
        if let Some(resources) = resources.filter(|resources| !is_empty(*resources)) {
            let message = format!("`{field}` of a step cannot stand beside `computeResources` of the run");
            sink.push(sink.finding(message).at(resources.head()).related("those are here", whole.head()));
        }
    }
}
