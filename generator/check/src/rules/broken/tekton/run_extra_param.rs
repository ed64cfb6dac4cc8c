use crate::tasks::Tasks;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "run-extra-param",
    title: "a parameter that a run gives and its task does not declare",
    why: "Tekton ignores it: what it should change does not change.",
    fix: "Correct the name, or declare the parameter in the task.",
    source: "tektoncd/pipeline v1.15 pkg/reconciler/taskrun/validate_taskrun.go, `wrongTypeParamsNames`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: once, namespace: ci}
spec:
  taskRef: {name: build}
  params: [{name: image, value: a}, {name: ⟦flag⟧, value: a}]
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
    for run in &tasks.runs {
        // A task in place sees what the run has without declaring it.
        let Some(declared) = run.declared.as_ref().filter(|_| run.entry.is_some()) else {
            continue;
        };
        for given in &run.params {
            let names = || declared.params.iter().map(|param| param.name);
            if names().any(|name| name == given.name) {
                continue;
            }
            let near = did_you_mean(given.name, names());
            let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            let (kind, name) = run.runs;
            let message = format!("{kind} `{name}` declares no parameter `{}`{near}", given.name);
            let place = given.node.get("name").unwrap_or(given.node).place();
            let there = run.entry.and_then(crate::references::named_at);
            sink.push(sink.finding(message).at(Some(place)).related("it is this one", there));
        }
    }
}
