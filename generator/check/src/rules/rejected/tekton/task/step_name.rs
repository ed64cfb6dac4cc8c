use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-step-name",
    kinds: tekton::TASKS,
    title: "a step whose name is no DNS label",
    why: "Its container is called so: lower case letters, digits and `-`, 63 characters at most.",
    fix: "Rename the step.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/container_validation.go, `Step.Validate`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - {name: ⟦Build_It⟧, image: 'alpine:3.23'}
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - {name: build-it, image: 'alpine:3.23'}
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for step in view.tasks.iter().flat_map(|task| &task.steps) {
        let Some(name) = step.at.get("name") else {
            continue;
        };
        let text = name.text().unwrap_or_default();
        if text.is_empty() || tekton::is_dns_label(text) || tekton::is_placeholder(text) {
            continue;
        }
        let message = format!(
            "step name `{text}` is invalid: it has lower case letters, digits and `-`, a letter or digit first and last, 63 characters at most"
        );
        sink.push(sink.finding(message).at(name.place()));
    }
}
