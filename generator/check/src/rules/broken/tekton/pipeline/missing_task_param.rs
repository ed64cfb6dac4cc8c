use std::collections::HashSet;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "missing-task-param",
    kinds: PIPELINES,
    title: "a task of a Pipeline without a parameter that its Task needs",
    why: "A parameter without `default` needs a value, or the run of the task fails. Parameters of the Pipeline do not come to the Task by themselves where it declares them.",
    fix: "Give the parameter in `params`, or a `default` in the Task.",
    source: "tektoncd/pipeline v1.15 pkg/reconciler/taskrun/validate_taskrun.go, `validateParams`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {name: ⟦build⟧}
    params: [{name: a, value: b}]
---
apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: a}, {name: image}, {name: c, default: d}]
  steps: [{image: 'alpine:3.23', command: [make]}]
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {name: build}
    params: [{name: a, value: b}]
    matrix:
      params: [{name: image, value: [a, b]}]
---
apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: a}, {name: image}, {name: c, default: d}]
  steps: [{image: 'alpine:3.23', command: [make]}]
"#,
    )],
    check: Check::Pipeline(check),
    ..BROKEN
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for (_, task) in pipelines.tasks() {
        let Some(signature) = task.target.signature() else {
            continue;
        };
        let given: HashSet<&str> = task.given().map(|(_, param)| param.name.as_str()).collect();
        for (at, spec) in signature.params.iter().enumerate() {
            if spec.default.is_some() || spec.name.is_empty() || given.contains(spec.name.as_str()) {
                continue;
            }
            let params = task.path.key("params");
            let misspelt = task.params.iter().position(|param| {
                let is_declared = signature.params.iter().any(|spec| spec.name == param.name);
                !is_declared && did_you_mean(&spec.name, [param.name.as_str()]).is_some()
            });
            // That this is none of the Task's is said there, with what is meant.
            if misspelt.is_some() && signature.entry.is_some() {
                continue;
            }
            let place = match (signature.entry, misspelt) {
                (_, Some(at)) => pipelines.value(&params.index(at).key("name")),
                (Some(_), None) => pipelines.value(&task.path.key("taskRef").key("name")),
                (None, None) => pipelines.name_of(task),
            };
            let message = format!("{} does not give parameter `{}`, which its Task needs", task.title(), spec.name);
            let finding = sink.finding(message).at(place);
            let declared = match signature.entry {
                Some(entry) => entry.document.locate(&entry.path.key("spec").key("params").index(at).key("name")),
                None => pipelines.value(&task.path.key("taskSpec").key("params").index(at).key("name")),
            };
            sink.push(finding.related("it is declared here, without a default", declared));
        }
    }
}
