use luban_yaml::Cursor;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-missing-image",
    kinds: tekton::WITH_STEPS,
    title: "a step, sidecar or step action without an image",
    why: "A container cannot start without one. A step may take it from `stepTemplate`, or from the action that it refers to.",
    fix: "Write `image`, by digest if it can be.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/container_validation.go, `Step.Validate`, `Sidecar.Validate`; v1beta1/stepaction_validation.go",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - {⟦name⟧: build, script: make}
  sidecars:
  - {⟦name⟧: database}
",
    ), Example::new(
        "apiVersion: tekton.dev/v1beta1
kind: StepAction
metadata: {name: build}
⟦spec⟧: {command: [make]}
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  stepTemplate: {image: 'alpine:3.23'}
  steps:
  - {name: build, script: make}
  - {name: other, ref: {name: other}}
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for task in &view.tasks {
        for step in task.steps.iter().filter(|step| step.reference().is_none() && step.text("image").is_none()) {
            push(view, step.at, &step.called(), sink);
        }
        // `v1beta1` leaves that to Kubernetes.
        let sidecars = tekton::items_of(task.at, "sidecars").filter(|_| !view.is_beta);
        for sidecar in sidecars.filter(|sidecar| tekton::text_of(*sidecar, "image").is_empty()) {
            let name = tekton::text_of(sidecar, "name");
            push(view, sidecar, &format!("sidecar `{name}`"), sink);
        }
    }
    if view.kind == tekton::Kind::StepAction {
        match view.spec() {
            Some(spec) if tekton::text_of(spec, "image").is_empty() => push(view, spec, "the step action", sink),
            Some(_) => {}
            None => push(view, view.root, "the step action", sink),
        }
    }
}

fn push(view: &tekton::View<'_>, of: Cursor<'_>, called: &str, sink: &mut Sink<'_>) {
    if !sink.is_misspelt_in(view.entry, of, "image") {
        let place = of.key_place("image").unwrap_or_else(|| of.head());
        sink.push(sink.finding(format!("`image` is missing in {called}")).at(place));
    }
}
