use crate::tasks::{Run, Tasks};
use luban_diagnostic::Place;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "run-missing-param",
    severity: Severity::Error,
    title: "a parameter without a value in a run of a task",
    why: "The TaskRun fails when it starts: a parameter without a default must be given. So does a step that does \
          not give a parameter of its StepAction.",
    fix: "Give the parameter a value, or a default where it is declared.",
    source: "tektoncd/pipeline v1.15 pkg/reconciler/taskrun/validate_taskrun.go, `validateParams`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: once, namespace: ci}
spec:
  taskRef: {name: ⟦build⟧}
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
    ),
        Example::new(
            "apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerTemplate
metadata: {name: build, namespace: ci}
spec:
  params: [{name: revision}]
  resourcetemplates:
  - apiVersion: tekton.dev/v1
    kind: PipelineRun
    metadata: {generateName: build-}
    spec:
      pipelineRef: {name: ⟦build⟧}
      params: [{name: revision, value: $(tt.params.revision)}]
---
apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build, namespace: ci}
spec:
  params: [{name: revision}, {name: image}]
  tasks:
  - name: build
    params: [{name: image, value: $(params.image)}, {name: revision, value: $(params.revision)}]
    taskSpec:
      params: [{name: image}, {name: revision}]
      steps:
      - {name: build, image: $(params.image), args: [$(params.revision)]}
",
        ),
    ],
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
        let Some(declared) = &run.declared else {
            continue;
        };
        for param in &declared.params {
            let is_given = run.params.iter().any(|given| given.name == param.name);
            if is_given || param.node.get("default").is_some() {
                continue;
            }
            let message = format!("parameter `{}` is not given, and has no default", param.name);
            let near = did_you_mean(param.name, run.params.iter().map(|given| given.name));
            let declares = |given: &str| declared.params.iter().any(|param| param.name == given);
            let near = near.filter(|given| !declares(given));
            let mut finding = sink.finding(message).at(Some(head(run)));
            finding = finding.related("it is declared here", Some(param.place()));
            if let Some(near) = near {
                finding = finding.help(format!("`{near}` is given: is `{}` meant?", param.name));
            }
            sink.push(finding);
        }
    }
}

/// Where the run says what it runs.
fn head(run: &Run<'_>) -> Place {
    if run.reference.is_mapping() { run.reference.head() } else { run.reference.place() }
}
