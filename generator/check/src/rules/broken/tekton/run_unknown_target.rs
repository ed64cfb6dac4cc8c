use crate::tasks::Tasks;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "run-unknown-target",
    title: "a run of a Task or StepAction that is not given",
    why: "The run fails: its Task, or the StepAction of a step, does not exist in its namespace. It may exist \
          elsewhere, so that this is a warning unless all objects are given.",
    fix: "Correct the name, give the file that has the object, or say what the cluster has by `--cluster-objects`.",
    source: "tektoncd/pipeline v1.15 pkg/reconciler/taskrun/resources/taskref.go, `GetTaskFunc`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: once, namespace: ci}
spec:
  taskRef: {name: ⟦biuld⟧}
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
    ), Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - name: clone
    ref: {name: ⟦clone⟧}
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
    needs_others: true,
    check: Check::Tasks(check),
    ..BROKEN
};

fn check(tasks: &Tasks<'_>, sink: &mut Sink<'_>) {
    for run in &tasks.runs {
        let (kind, name) = run.runs;
        if run.declared.is_some() {
            continue;
        }
        let near = tasks.objects.nearest(kind, run.namespace, name);
        let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
        let place = if run.namespace.is_empty() {
            String::new()
        } else {
            format!(" in namespace `{}`", run.namespace)
        };
        let message = format!("{kind} `{name}` is not found{place}{near}");
        sink.push(sink.missing(message).at(Some(run.reference.place())));
    }
}
