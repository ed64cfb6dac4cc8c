use std::collections::HashMap;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "duplicate-pipeline-task",
    kinds: PIPELINES,
    title: "two tasks of a Pipeline with one name",
    why: "Names of tasks say what runs after what and whose result is meant; final tasks have theirs among all others.",
    fix: "Give one of them another name.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipeline_validation.go, `PipelineTaskList.Validate`; pkg/reconciler/pipeline/dag",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {resolver: git}
  - name: ⟦build⟧
    taskRef: {resolver: git}
  finally:
  - name: ⟦build⟧
    taskRef: {resolver: git}
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {resolver: git}
  - name: test
    taskRef: {resolver: git}
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for pipeline in &pipelines.all {
        let mut first = HashMap::new();
        for task in pipeline.tasks.iter().filter(|task| !task.name.is_empty()) {
            let Some(other) = first.insert(task.name, task) else {
                continue;
            };
            first.insert(task.name, other);
            let message = format!("there is another task `{}` in this Pipeline", task.name);
            let finding = sink.finding(message).at(pipelines.name_of(task));
            sink.push(finding.related("the other one is here", pipelines.name_of(other)));
        }
    }
}
