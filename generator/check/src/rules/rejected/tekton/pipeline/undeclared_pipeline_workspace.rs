use std::collections::BTreeSet;

use crate::tekton::pipeline::{Holder, Version, meant};

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "undeclared-pipeline-workspace",
    kinds: PIPELINES,
    title: "a workspace that the Pipeline does not declare",
    why: "A task's workspace is one of the Pipeline's: `workspace` names it, or else its own name does.",
    fix: "Declare the workspace in `workspaces`, or write the name of one that is declared.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipeline_validation.go, `PipelineTask.validateWorkspaces`; v1beta1/pipelinerun_validation.go, `validatePropagatedWorkspaces`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  workspaces: [{name: source}]
  tasks:
  - name: build
    taskRef: {resolver: git}
    workspaces: [{name: ⟦cache⟧}, {name: output, workspace: ⟦sources⟧}]
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  workspaces: [{name: source}]
  tasks:
  - name: build
    taskRef: {resolver: git}
    workspaces: [{name: source}, {name: output, workspace: source}]
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for pipeline in &pipelines.all {
        // A run's own Pipeline sees the workspaces of the run, and upstream asks in the first version only.
        let mut names: BTreeSet<&str> = pipeline.workspaces.iter().map(|workspace| workspace.name.as_str()).collect();
        match (pipeline.holder, &pipelines.run) {
            (Holder::Itself, _) => {}
            (Holder::Run, Some(run)) if pipeline.version == Version::V1Beta1 => {
                names.extend(run.workspaces.iter().map(|workspace| workspace.name.as_str()));
            }
            _ => continue,
        }
        for task in &pipeline.tasks {
            // What a task calls its own counts there too, for this task and those after it.
            if pipeline.holder == Holder::Run {
                names.extend(task.workspaces.iter().map(|workspace| workspace.name.as_str()));
            }
            for (at, workspace) in task.workspaces.iter().enumerate() {
                let outer = workspace.workspace.as_deref().filter(|name| !name.is_empty());
                let name = outer.unwrap_or(&workspace.name);
                if names.contains(name) {
                    continue;
                }
                let near = meant(name, names.iter().copied());
                let message = format!("workspace `{name}` of {} is not declared by the Pipeline{near}", task.title());
                let path = task.path.key("workspaces").index(at).key(if outer.is_some() { "workspace" } else { "name" });
                sink.push(sink.finding(message).at(pipelines.value(&path)));
            }
        }
    }
}
