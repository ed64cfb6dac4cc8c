use crate::tekton::is_placeholder;
use crate::tekton::pipeline::{Holder, Reference};

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "custom-task-version",
    kinds: PIPELINES,
    title: "a custom task without kind, or without a version such as `example.dev/v1`",
    why: "A custom task is run by the controller of that group and version, and `kind` says what it is. A kind other than `Task` makes it one.",
    fix: "Write both `apiVersion: group/version` and `kind`; for a Task of Tekton, neither.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipeline_validation.go, `PipelineTask.validateCustomTask`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: a
    taskRef: {name: a, kind: ⟦ClusterTask⟧}
  - name: b
    taskSpec: {apiVersion: ⟦v1⟧, kind: Wait, spec: {seconds: 3}}
  - name: c
    taskSpec: {apiVersion: ⟦example.dev/v1⟧, spec: {seconds: 3}}
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: a
    taskRef: {apiVersion: example.dev/v1, kind: Wait}
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for (pipeline, task) in pipelines.tasks().filter(|(_, task)| task.is_custom()) {
        // Defaults name the kind of a reference without resolver, but do not come to Pipelines in Pipelines.
        let reference = task.task_ref.as_ref();
        let has_default = |it: &Reference<'_>| it.resolver.is_empty() && pipeline.holder != Holder::Task;
        let reference = reference.map(|it| ("taskRef", it.api_version, it.kind, has_default(it)));
        let spec = task.task_spec.as_ref();
        let spec = spec.map(|it| ("taskSpec", it.api_version, it.kind, false));
        for (field, version, kind, has_default_kind) in reference.into_iter().chain(spec) {
            let path = task.path.key(field);
            let (version_path, kind_path) = (path.key("apiVersion"), path.key("kind"));
            if kind.is_empty() && !has_default_kind {
                let place = if version.is_empty() { pipelines.key(&path) } else { pipelines.value(&version_path) };
                let message = format!("`{kind_path}` is missing: a custom task has a kind");
                sink.push(sink.finding(message).at(place));
            }
            if version.is_empty() {
                let place = if kind.is_empty() { pipelines.key(&path) } else { pipelines.value(&kind_path) };
                let why = "a kind that is not `Task` is a custom task's, which has a version";
                let message = match kind {
                    "ClusterTask" => format!("kind `ClusterTask` is gone: use the resolver `cluster`, or {why}"),
                    _ => format!("`{version_path}` is missing: {why}"),
                };
                sink.push(sink.finding(message).at(place));
            } else if !is_group_and_version(version) && !is_placeholder(version) {
                let message = format!("`{version}` is no version of a custom task: it has the form `group/version`");
                sink.push(sink.finding(message).at(pipelines.value(&version_path)));
            }
        }
    }
}

fn is_group_and_version(version: &str) -> bool {
    let parts: Vec<&str> = version.split('/').collect();
    parts.len() == 2 && parts.iter().all(|part| !part.is_empty())
}
