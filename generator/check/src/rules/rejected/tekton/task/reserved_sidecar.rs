use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-reserved-sidecar",
    kinds: tekton::TASKS,
    title: "a sidecar with the name of one that Tekton adds",
    why: "`tekton-log-results` is the sidecar that brings results out of a pod.",
    fix: "Rename the sidecar.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/container_validation.go, `Sidecar.Validate`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps: [{image: 'alpine:3.23'}]
  sidecars:
  - {name: ⟦tekton-log-results⟧, image: 'alpine:3.23'}
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps: [{image: 'alpine:3.23'}]
  sidecars:
  - {name: log-results, image: 'alpine:3.23'}
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for sidecar in view.tasks.iter().flat_map(|task| tekton::items_of(task.at, "sidecars")) {
        let name = sidecar.get("name").filter(|name| name.text() == Some("tekton-log-results"));
        if let Some(name) = name {
            let message = "sidecar `tekton-log-results` is Tekton's own: call it otherwise";
            sink.push(sink.finding(message).at(name.place()));
        }
    }
}
