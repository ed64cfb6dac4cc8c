use crate::tekton::pipeline::Target;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "pipeline-unknown-task-ref",
    kinds: PIPELINES,
    title: "a task of a Pipeline that runs a Task which is not given",
    why: "The run would fail, unless the cluster has a Task of that name in its namespace.",
    fix: "Write the name of a Task, or give what the cluster has.",
    source: "tektoncd/pipeline v1.15 pkg/reconciler/pipelinerun/resources/pipelinerunresolution.go, `ResolvePipelineTask`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {name: ⟦buidl⟧}
---
apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps: [{image: 'alpine:3.23', command: [make]}]
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {name: build}
---
apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps: [{image: 'alpine:3.23', command: [make]}]
"#,
    )],
    check: Check::Pipeline(check),
    ..BROKEN
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    // Pipelines as Code fetches what such annotations name and puts it into the run.
    let annotations = pipelines.entry.path.key("metadata").key("annotations");
    let cursor = pipelines.entry.document.cursor(&annotations);
    let mut names = cursor.into_iter().flat_map(|cursor| cursor.keys());
    if names.any(|name| name.text().starts_with("pipelinesascode.tekton.dev/task")) {
        return;
    }
    let namespace = pipelines.entry.namespace();
    for (_, task) in pipelines.tasks().filter(|(_, task)| matches!(task.target, Target::Missing)) {
        let Some(reference) = &task.task_ref else {
            continue;
        };
        let near = pipelines.objects.nearest("Task", namespace, reference.name);
        let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
        let message = format!("Task `{}` is not found in namespace `{namespace}`{near}", reference.name);
        let place = pipelines.value(&task.path.key("taskRef").key("name"));
        sink.push(sink.missing(message).at(place));
    }
}
