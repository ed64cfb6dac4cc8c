use crate::tasks::{Site, Tasks};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "task-workspace-variable",
    title: "a variable of a workspace that the task does not declare",
    why: "Admission does not look for workspaces in variables: `$(workspaces.source.path)` stays as it is written, \
          and the program gets that text for a path.",
    fix: "Declare the workspace in `spec.workspaces`, or correct the name.",
    source: "tektoncd/pipeline v1.15 pkg/reconciler/taskrun/resources/apply.go, `ApplyWorkspaces`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  workspaces: [{name: source}]
  sidecars:
  - name: cache
    image: 'ghcr.io/acme/cache:1.4.2'
    args: ['$(workspaces.⟦cache⟧.path)']
  steps:
  - name: build
    image: 'ghcr.io/acme/build:1.4.2'
    workingDir: $(workspaces.⟦sources⟧.path)/app
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  workspaces: [{name: source}]
  steps:
  - name: build
    image: 'ghcr.io/acme/build:1.4.2'
    workingDir: $(workspaces.source.path)/app
---
apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: all}
spec:
  workspaces: [{name: shared}]
  tasks:
  - name: build
    taskSpec:
      steps:
      - name: build
        image: 'ghcr.io/acme/build:1.4.2'
        workingDir: $(workspaces.shared.path)
",
    )],
    check: Check::Tasks(check),
    ..BROKEN
};

fn check(tasks: &Tasks<'_>, sink: &mut Sink<'_>) {
    for body in &tasks.bodies {
        for used in body.uses_of("workspaces") {
            let Some((name, segment)) = used.named() else {
                continue;
            };
            let is_elsewhere = matches!(used.site, Site::Param | Site::Result);
            if is_elsewhere || used.path.segments.len() < 3 || used.is_one_of(body.workspace_names()) {
                continue;
            }
            let near = did_you_mean(name, body.workspace_names());
            let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            let message = format!("workspace `{name}` is not declared by this task{near}, so the text stays as it is");
            sink.push(sink.finding(message).at(Some(used.place(segment.span.clone()))));
        }
    }
}
