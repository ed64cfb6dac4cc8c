use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "missing-run-workspace",
    kinds: PIPELINES,
    title: "a PipelineRun without a workspace that its Pipeline needs",
    why: "A workspace that is not optional must be brought, or the run fails.",
    fix: "Bring the workspace in `workspaces`, or make it `optional` in the Pipeline.",
    source: "tektoncd/pipeline v1.15 pkg/reconciler/pipelinerun/resources/pipelinerunresolution.go, `ValidateWorkspaceBindings`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineRef: {name: ⟦build⟧}
---
apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  workspaces: [{name: source}, {name: cache, optional: true}]
  tasks:
  - name: build
    taskRef: {resolver: git}
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineRef: {name: build}
  workspaces: [{name: source, emptyDir: {}}]
---
apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  workspaces: [{name: source}, {name: cache, optional: true}]
  tasks:
  - name: build
    taskRef: {resolver: git}
"#,
    )],
    check: Check::Pipeline(check),
    ..BROKEN
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    let (Some(run), Some(signature)) = (&pipelines.run, pipelines.run_signature()) else {
        return;
    };
    for (at, workspace) in signature.workspaces.iter().enumerate() {
        let is_given = run.workspaces.iter().any(|given| given.name == workspace.name);
        if is_given || workspace.optional == Some(true) || workspace.name.is_empty() {
            continue;
        }
        let message = format!("the run does not bring workspace `{}`, which its Pipeline needs", workspace.name);
        let finding = sink.finding(message).at(pipelines.run_body_place());
        let declared = match signature.entry {
            Some(entry) => entry.document.locate(&entry.path.key("spec").key("workspaces").index(at).key("name")),
            None => pipelines.value(&run.path.key("pipelineSpec").key("workspaces").index(at).key("name")),
        };
        sink.push(finding.related("it is declared here", declared));
    }
}
