use crate::tasks::Tasks;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "run-workspace",
    title: "a workspace that a run does not bind, or its task does not declare",
    why: "The TaskRun fails when it starts: each workspace that is not optional must be bound, and no other may be. A cluster may \
          bind what runs leave out (`default-run-workspace-binding`).",
    fix: "Bind the workspace that the task declares.",
    source: "tektoncd/pipeline v1.15 pkg/workspace/validate.go, `ValidateBindings`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: once, namespace: ci}
spec:
  taskRef: {name: ⟦build⟧}
  params: [{name: image, value: a}]
  workspaces:
  - {name: ⟦sources⟧, emptyDir: {}}
---
apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build, namespace: ci}
spec:
  params:
  - {name: image}
  - {name: flags, type: array, default: []}
  workspaces: [{name: source}, {name: cache, optional: true}]
  steps:
  - name: build
    image: $(params.image)
    args: ['$(params.flags[*])']
    workingDir: $(workspaces.source.path)
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: once, namespace: ci}
spec:
  taskRef: {name: build}
  params: [{name: image, value: a}, {name: flags, value: [a]}]
  workspaces:
  - {name: source, emptyDir: {}}
---
apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build, namespace: ci}
spec:
  params:
  - {name: image}
  - {name: flags, type: array, default: []}
  workspaces: [{name: source}, {name: cache, optional: true}]
  steps:
  - name: build
    image: $(params.image)
    args: ['$(params.flags[*])']
    workingDir: $(workspaces.source.path)
",
    )],
    check: Check::Tasks(check),
    ..BROKEN
};

fn check(tasks: &Tasks<'_>, sink: &mut Sink<'_>) {
    for run in tasks.runs.iter().filter(|run| !run.is_step) {
        let Some(declared) = run.declared.as_ref().filter(|_| run.entry.is_some()) else {
            continue;
        };
        let there = run.entry.and_then(crate::references::named_at);
        // A Pipeline does not mind.
        for bound in run.workspaces.iter().filter(|_| run.runs.0 == "Task") {
            let names = || declared.workspaces.iter().map(|workspace| workspace.name);
            if names().any(|name| name == bound.name) {
                continue;
            }
            let near = did_you_mean(bound.name, names());
            let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            let message = format!("Task `{}` declares no workspace `{}`{near}", run.runs.1, bound.name);
            let place = bound.node.get("name").unwrap_or(bound.node).place();
            sink.push(sink.finding(message).at(Some(place)).related("it is this one", there.clone()));
        }
        for workspace in &declared.workspaces {
            let is_optional = workspace.node.text_at(&["optional"]) == Some("true");
            if is_optional || run.workspaces.iter().any(|bound| bound.name == workspace.name) {
                continue;
            }
            let message = format!("workspace `{}` is not bound", workspace.name);
            let finding = sink.finding(message).at(Some(run.reference.place()));
            sink.push(finding.related("it is declared here", Some(workspace.place())));
        }
    }
}
