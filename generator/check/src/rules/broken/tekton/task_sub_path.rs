use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "task-sub-path",
    severity: Severity::Error,
    kinds: &["Task", "TaskRun", "Pipeline", "PipelineRun"],
    title: "a `subPath` that leads out of its volume",
    why: "Kubernetes refuses a pod whose `subPath` is absolute or has `..` in it; Tekton puts the `subPath` of a \
          workspace there, and accepts the object.",
    fix: "Write a path inside the volume.",
    source: "kubernetes v1.35 pkg/apis/core/validation/validation.go, `validateLocalDescendingPath`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  volumes: [{name: cache, emptyDir: {}}]
  steps:
  - name: build
    image: 'ghcr.io/acme/build:1.4.2'
    volumeMounts: [{name: cache, mountPath: /cache, subPath: ⟦../other⟧}]
",
    ), Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: once}
spec:
  taskSpec:
    workspaces: [{name: source}]
    steps:
    - name: build
      image: 'ghcr.io/acme/build:1.4.2'
      workingDir: $(workspaces.source.path)
  workspaces:
  - name: source
    subPath: ⟦/builds⟧
    emptyDir: {}
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
    volumeMounts: [{name: cache, mountPath: /cache, subPath: a/..b}]
",
    )],
    check: Check::Object(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    if !entry.name.api_version.starts_with("tekton.dev/") {
        return;
    }
    let Some(spec) = entry.document.cursor(&entry.path).and_then(|node| node.get("spec")) else {
        return;
    };
    let mut pending = vec![spec];
    while let Some(node) = pending.pop() {
        pending.extend(node.values());
        for (key, value) in node.entries() {
            if key.text() == "subPath"
                && let Some(path) = value.text()
            {
                let why = if path.starts_with('/') {
                    "is absolute"
                } else if path.split('/').any(|part| part == "..") {
                    "has `..` in it"
                } else {
                    continue;
                };
                let message = format!("`{path}` {why}: the pod is refused");
                sink.push(sink.finding(message).at(Some(value.place())));
            } else {
                pending.push(value);
            }
        }
    }
}
