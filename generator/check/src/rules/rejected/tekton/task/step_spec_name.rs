use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-step-spec-name",
    kinds: &["TaskRun"],
    title: "resources of a TaskRun for a step or sidecar without a name",
    why: "The name says which step or sidecar has the resources.",
    fix: "Write `name`.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/taskrun_validation.go, `validateStepSpecs`, `validateSidecarSpecs`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {name: build}
  stepSpecs:
  - ⟦computeResources⟧: {limits: {cpu: '1'}}
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {name: build}
  stepSpecs:
  - {name: build, computeResources: {limits: {cpu: '1'}}}
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for item in view.overrides().flat_map(|list| list.items()) {
        if tekton::text_of(item, "name").is_empty() && !sink.is_misspelt_in(view.entry, item, "name") {
            let place = item.key_place("name").unwrap_or_else(|| item.head());
            sink.push(sink.finding("`name` of the step or sidecar is missing").at(place));
        }
    }
}
