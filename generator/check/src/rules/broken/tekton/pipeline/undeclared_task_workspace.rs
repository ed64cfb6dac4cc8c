use crate::rules::prelude::*;
use crate::tekton::pipeline::meant;

pub(crate) static RULE: Rule = Rule {
    id: "undeclared-task-workspace",
    kinds: PIPELINES,
    title: "a workspace for a task that its Task does not declare",
    why: "The run of the task fails: it takes no other workspaces.",
    fix: "Write the name of a workspace of the Task, or remove it.",
    source: "tektoncd/pipeline v1.15 pkg/workspace/validate.go, `ValidateBindings`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  workspaces: [{name: source}]
  tasks:
  - name: build
    taskRef: {name: build}
    workspaces: [{name: ⟦cache⟧, workspace: source}]
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
  workspaces: [{name: source}]
  tasks:
  - name: build
    taskRef: {name: build}
    workspaces: [{name: cache, workspace: source}]
---
apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  workspaces: [{name: cache}]
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
        for (at, given) in task.workspaces.iter().enumerate() {
            if signature.workspaces.iter().any(|workspace| workspace.name == given.name) {
                continue;
            }
            let near = meant(&given.name, signature.workspaces.iter().map(|it| it.name.as_str()));
            let message = format!("Task `{}` has no workspace `{}`{near}", entry.object_name(), given.name);
            let finding = sink.finding(message).at(pipelines.value(&task.path.key("workspaces").index(at).key("name")));
            sink.push(finding.related("the Task is here", entry.document.locate_head(&entry.path)));
        }
    }
}
