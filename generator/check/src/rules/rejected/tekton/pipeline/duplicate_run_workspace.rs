use std::collections::HashMap;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "duplicate-run-workspace",
    kinds: PIPELINES,
    title: "a PipelineRun that brings a workspace twice",
    why: "One of them would be lost.",
    fix: "Remove one of them.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipelinerun_validation.go, `PipelineRunSpec.Validate`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineRef: {resolver: git}
  workspaces: [{name: a, emptyDir: {}}, {name: ⟦a⟧, emptyDir: {}}]
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineRef: {resolver: git}
  workspaces: [{name: a, emptyDir: {}}, {name: b, emptyDir: {}}]
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    if let Some(run) = &pipelines.run {
        let mut first = HashMap::new();
        for (at, workspace) in run.workspaces.iter().enumerate() {
            let path = run.path.key("workspaces").index(at).key("name");
            let Some(other) = first.insert(workspace.name.as_str(), path.clone()) else {
                continue;
            };
            let message = format!("workspace `{}` is brought twice", workspace.name);
            let finding = sink.finding(message).at(pipelines.value(&path));
            sink.push(finding.related("the other one is here", pipelines.value(&other)));
        }
    }
}
