use crate::tasks::{Tasks, wrong_type};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "run-param-type",
    severity: Severity::Error,
    title: "a value of another type than the parameter has",
    why: "The TaskRun fails when it starts: a parameter of type `array` takes a list, one of type `object` a \
          mapping, others a text.",
    fix: "Write a value of the type that is declared.",
    source: "tektoncd/pipeline v1.15 pkg/reconciler/taskrun/validate_taskrun.go, `wrongTypeParamsNames`, \
          `MissingKeysObjectParamNames`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: once, namespace: ci}
spec:
  taskRef: {name: build}
  params: [{name: image, value: ⟦[a]⟧}, {name: flags, value: ⟦--fast⟧}]
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
        let Some(declared) = &run.declared else {
            continue;
        };
        for given in &run.params {
            let param = declared.params.iter().find(|param| param.name == given.name);
            let (Some(param), Some(value)) = (param, given.node.get("value")) else {
                continue;
            };
            if let Some((is, wanted)) = wrong_type(param.node, value) {
                let message = format!("parameter `{}` takes {wanted}, and this is {is}", param.name);
                let finding = sink.finding(message).at(Some(value.place()));
                sink.push(finding.related("it is declared here", Some(param.place())));
            }
        }
    }
}
