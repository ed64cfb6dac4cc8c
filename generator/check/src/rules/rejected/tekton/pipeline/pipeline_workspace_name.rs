use std::collections::HashMap;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "pipeline-workspace-name",
    kinds: PIPELINES,
    title: "a workspace of a Pipeline without a name, or with one that another has",
    why: "Tasks name the workspace that they get.",
    fix: "Give each workspace a name of its own.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipeline_validation.go, `validatePipelineWorkspacesDeclarations`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  workspaces: [{name: source}, {name: ⟦source⟧}, {name: ⟦''⟧}]
  tasks:
  - name: build
    taskRef: {resolver: git}
    workspaces: [{name: source}]
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
    workspaces: [{name: source}]
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for pipeline in &pipelines.all {
        let mut first = HashMap::new();
        for (at, workspace) in pipeline.workspaces.iter().enumerate() {
            let item = pipeline.path.key("workspaces").index(at);
            let path = item.key("name");
            let name = workspace.name.as_str();
            if name.is_empty() {
                if !sink.is_misspelt(pipelines.entry, &item, "name") {
                    let place = pipelines.value(&path);
                    sink.push(sink.finding(format!("`{path}` is missing: a workspace has a name")).at(place));
                }
                continue;
            }
            match first.get(name) {
                None => {
                    first.insert(name, path);
                }
                Some(other) => {
                    let message = format!("there is another workspace `{name}` in this Pipeline");
                    let finding = sink.finding(message).at(pipelines.value(&path));
                    sink.push(finding.related("the other one is here", pipelines.value(other)));
                }
            }
        }
    }
}
