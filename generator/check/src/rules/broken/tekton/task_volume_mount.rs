use crate::references::is_known;
use crate::tasks::{Tasks, items};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "task-volume-mount",
    confidence: Confidence::Medium,
    title: "a mount of a volume that the task does not have",
    why: "The pod is refused, and the TaskRun fails with it. A run may bring volumes in its `podTemplate`; a Task \
          that needs these works in such runs only.",
    fix: "Add the volume to `spec.volumes`, or use a workspace.",
    source: "kubernetes v1.35 pkg/apis/core/validation/validation.go, `ValidateVolumeMounts`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  volumes: [{name: cache, emptyDir: {}}]
  stepTemplate:
    volumeMounts: [{name: ⟦tmp⟧, mountPath: /tmp}]
  steps:
  - name: build
    image: 'ghcr.io/acme/build:1.4.2'
    volumeMounts: [{name: ⟦chace⟧, mountPath: /cache}]
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  volumes: [{name: cache, emptyDir: {}}]
  steps:
  - name: build
    image: 'ghcr.io/acme/build:1.4.2'
    volumeMounts: [{name: cache, mountPath: /cache}]
---
apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: once}
spec:
  podTemplate:
    volumes: [{name: more, emptyDir: {}}]
  taskSpec:
    steps:
    - name: build
      image: 'ghcr.io/acme/build:1.4.2'
      volumeMounts: [{name: more, mountPath: /more}]
",
    )],
    check: Check::Tasks(check),
    ..BROKEN
};

fn check(tasks: &Tasks<'_>, sink: &mut Sink<'_>) {
    for body in &tasks.bodies {
        let names = || {
            let own = body.volumes.iter().map(|volume| volume.name);
            own.chain(body.outer_volumes.iter().copied())
        };
        let containers = items(body.node, "steps").chain(items(body.node, "sidecars"));
        let containers = containers.chain(body.node.get("stepTemplate"));
        for mount in containers.flat_map(|container| items(container, "volumeMounts")) {
            let Some(node) = mount.get("name") else {
                continue;
            };
            let name = node.text().unwrap_or_default();
            // Tekton's own volumes, and names that are only known in a run.
            if !is_known(name) || name.starts_with("tekton-") || names().any(|volume| volume == name) {
                continue;
            }
            if names().any(|volume| !is_known(volume)) {
                continue;
            }
            let near = did_you_mean(name, names());
            let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            let mut finding = sink.finding(format!("this task has no volume `{name}`{near}")).at(Some(node.place()));
            if let Some(workspace) = body.workspaces.iter().find(|workspace| workspace.name == name) {
                finding = finding.related(
                    "a workspace is mounted by itself, at its `mountPath`",
                    Some(workspace.place()),
                );
            }
            sink.push(finding);
        }
    }
}
