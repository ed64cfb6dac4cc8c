use std::collections::HashMap;

use crate::tekton::pipeline::{Holder, Version};

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "duplicate-task-workspace",
    kinds: PIPELINES,
    title: "a task of a Pipeline that is given a workspace twice",
    why: "One of them would be lost.",
    fix: "Remove one of them.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipeline_validation.go, `PipelineTask.validateWorkspaces`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  workspaces: [{name: a}, {name: b}]
  tasks:
  - name: build
    taskRef: {resolver: git}
    workspaces: [{name: source, workspace: a}, {name: ⟦source⟧, workspace: b}]
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  workspaces: [{name: a}]
  tasks:
  - name: build
    taskRef: {resolver: git}
    workspaces: [{name: source, workspace: a}, {name: cache, workspace: a}]
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for (pipeline, task) in pipelines.tasks() {
        let is_asked = match pipeline.holder {
            Holder::Itself => true,
            Holder::Run => pipeline.version == Version::V1Beta1,
            Holder::Task => false,
        };
        if !is_asked {
            continue;
        }
        let mut first = HashMap::new();
        for (at, workspace) in task.workspaces.iter().enumerate() {
            let path = task.path.key("workspaces").index(at).key("name");
            let Some(other) = first.insert(workspace.name.as_str(), path.clone()) else {
                continue;
            };
            let message = format!("workspace `{}` is given twice to {}", workspace.name, task.title());
            let finding = sink.finding(message).at(pipelines.value(&path));
            sink.push(finding.related("the other one is here", pipelines.value(&other)));
            first.insert(workspace.name.as_str(), other);
        }
    }
}
