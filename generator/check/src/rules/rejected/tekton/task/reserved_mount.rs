use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-reserved-mount",
    kinds: tekton::TASKS,
    title: "a step that mounts something where Tekton keeps its own",
    why: "`/tekton` holds what the steps' results, scripts and order are made of; only `/tekton/home` is free. Volumes called `tekton-internal-…` are Tekton's.",
    fix: "Mount the volume elsewhere, or call it otherwise.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/container_validation.go, `Step.Validate`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  volumes: [{name: data, emptyDir: {}}]
  steps:
  - image: alpine:3.23
    volumeMounts:
    - {name: data, mountPath: ⟦/tekton/results⟧}
    - {name: ⟦tekton-internal-home⟧, mountPath: /home}
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  volumes: [{name: data, emptyDir: {}}]
  steps:
  - image: alpine:3.23
    volumeMounts: [{name: data, mountPath: /tekton/home/cache}]
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for step in view.tasks.iter().flat_map(|task| &task.steps) {
        for mount in step.mounts() {
            if let Some(path) = mount.get("mountPath") {
                let cleaned = tekton::cleaned(path.text().unwrap_or_default());
                if cleaned.starts_with("/tekton/") && !cleaned.starts_with("/tekton/home") {
                    let message = format!("`{cleaned}` is Tekton's own: nothing can be mounted below `/tekton` but in `/tekton/home`");
                    sink.push(sink.finding(message).at(path.place()));
                }
            }
            if let Some(name) = mount.get("name") {
                let text = name.text().unwrap_or_default();
                if text.starts_with("tekton-internal-") {
                    let message = format!("volume `{text}` is Tekton's own: a name cannot begin with `tekton-internal-`");
                    sink.push(sink.finding(message).at(name.place()));
                }
            }
        }
    }
}
