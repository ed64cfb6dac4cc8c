use luban_api_tekton::ParamValue;

use crate::tekton::pipeline::{Given, type_of};

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "task-param-type",
    kinds: PIPELINES,
    title: "a value of another type than the parameter of the Task",
    why: "A text, an array and an object are not turned into each other, and the run of the task fails. In a matrix, each run gets one text.",
    fix: "Give a value of that type.",
    source: "tektoncd/pipeline v1.15 pkg/reconciler/taskrun/validate_taskrun.go, `wrongTypeParamsNames`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {name: build}
    params: [{name: image, value: ⟦[a]⟧}, {name: args, value: ⟦all⟧}]
---
apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: image}, {name: args, type: array}]
  steps: [{image: 'alpine:3.23', command: [make]}]
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  params: [{name: args, type: array}]
  tasks:
  - name: build
    taskRef: {name: build}
    params: [{name: image, value: a}, {name: args, value: '$(params.args[*])'}]
---
apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: image}, {name: args, type: array}]
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
        for (given, param) in task.given() {
            let Some(spec) = signature.params.iter().find(|spec| spec.name == param.name) else {
                continue;
            };
            let needs = type_of(spec);
            let (has, path) = match (given, &param.value) {
                // What the whole of it will be, only the run knows.
                (Given::Params(_), ParamValue::String(text)) if text.contains("$(") => continue,
                (Given::Params(_), value) => (name_of(value), given.path(&task.path).key("value")),
                _ => ("string", given.path(&task.path).key("name")),
            };
            if has == needs {
                continue;
            }
            let message = format!("parameter `{}` of {} is of type `{needs}` to its Task, and this is of type `{has}`", param.name, task.title());
            let finding = sink.finding(message).at(pipelines.value(&path));
            sink.push(finding);
        }
    }
}

fn name_of(value: &ParamValue) -> &'static str {
    match value {
        ParamValue::String(_) => "string",
        ParamValue::Array(_) => "array",
        ParamValue::Object(_) => "object",
    }
}
