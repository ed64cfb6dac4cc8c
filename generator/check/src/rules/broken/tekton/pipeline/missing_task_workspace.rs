use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "missing-task-workspace",
    kinds: PIPELINES,
    title: "a task of a Pipeline without a workspace that its Task needs",
    why: "A workspace that is not optional must be given, or the run of the task fails. Only Tasks in place get those that they use by themselves.",
    fix: "Give the workspace in `workspaces`, or make it `optional` in the Task.",
    source: "tektoncd/pipeline v1.15 pkg/workspace/validate.go, `ValidateBindings`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  workspaces: [{name: source}]
  tasks:
  - name: build
    taskRef: {name: ⟦build⟧}
---
apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  workspaces: [{name: source}, {name: cache, optional: true}]
  steps: [{image: 'alpine:3.23', command: [make]}]
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
    taskRef: {name: build}
    workspaces: [{name: source}]
---
apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  workspaces: [{name: source}, {name: cache, optional: true}]
  steps: [{image: 'alpine:3.23', command: [make]}]
"#,
    )],
    check: Check::Pipeline(check),
    ..BROKEN
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for (_, task) in pipelines.tasks() {
        let Some((signature, entry)) = task.target.signature().and_then(|it| Some((it, it.entry?))) else {
            continue;
        };
        for (at, workspace) in signature.workspaces.iter().enumerate() {
            let is_given = task.workspaces.iter().any(|given| given.name == workspace.name);
            if workspace.optional == Some(true) || is_given {
                continue;
            }
            let message = format!("{} does not give workspace `{}`, which its Task needs", task.title(), workspace.name);
            let finding = sink.finding(message).at(pipelines.value(&task.path.key("taskRef").key("name")));
            let path = entry.path.key("spec").key("workspaces").index(at).key("name");
            sink.push(finding.related("it is declared here", entry.document.locate(&path)));
        }
    }
}
