use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-undeclared-workspace",
    kinds: tekton::TASKS,
    title: "a step or sidecar that uses a workspace which the task does not declare",
    why: "`workspaces` of a step isolates a workspace of the task: that has to exist.",
    fix: "Declare the workspace in the task, or correct the name.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/task_validation.go, `validateWorkspaceUsages`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  workspaces: [{name: source}]
  steps:
  - image: alpine:3.23
    workspaces: [{name: ⟦sources⟧}]
  sidecars:
  - name: database
    image: alpine:3.23
    workspaces: [{name: ⟦data⟧}]
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  workspaces: [{name: source}]
  steps:
  - image: alpine:3.23
    workspaces: [{name: source}]
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for task in &view.tasks {
        let declared: Vec<&str> = tekton::items_of(task.at, "workspaces").map(|of| tekton::text_of(of, "name")).collect();
        for list in ["steps", "sidecars"] {
            for used in tekton::items_of(task.at, list).flat_map(|of| tekton::items_of(of, "workspaces")) {
                let name = tekton::text_of(used, "name");
                if declared.contains(&name) {
                    continue;
                }
                let near = did_you_mean(name, declared.iter().copied());
                let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
                let message = format!("workspace `{name}` is not declared by the task{near}");
                sink.push(sink.finding(message).at(tekton::name_place(used)));
            }
        }
    }
}
