use crate::rules::prelude::*;
use crate::tekton::pipeline::meant;

pub(crate) static RULE: Rule = Rule {
    id: "undeclared-task-param",
    kinds: PIPELINES,
    title: "a parameter for a task that its Task does not declare",
    why: "Nothing reads it.",
    fix: "Write the name of a parameter of the Task, or remove it.",
    source: "tektoncd/pipeline v1.15 pkg/reconciler/taskrun/validate_taskrun.go, `wrongTypeParamsNames`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {name: build}
    params: [{name: ⟦imgae⟧, value: b}]
    matrix:
      params: [{name: ⟦os⟧, value: [a, b]}]
---
apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: image}]
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
    params: [{name: image, value: b}]
---
apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: image}]
  steps: [{image: 'alpine:3.23', command: [make]}]
"#,
    )],
    check: Check::Pipeline(check),
    ..BROKEN
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for (_, task) in pipelines.tasks() {
        // A Task in place reads it without declaring it.
        let Some((signature, entry)) = task.target.signature().and_then(|it| Some((it, it.entry?))) else {
            continue;
        };
        for (given, param) in task.given() {
            if signature.params.iter().any(|spec| spec.name == param.name) {
                continue;
            }
            let near = meant(&param.name, signature.params.iter().map(|spec| spec.name.as_str()));
            let message = format!("Task `{}` has no parameter `{}`{near}", entry.object_name(), param.name);
            let finding = sink.finding(message).at(pipelines.value(&given.path(&task.path).key("name")));
            let declared = entry.document.locate_key(&entry.path.key("spec").key("params"));
            sink.push(finding.related("the Task is here", declared));
        }
    }
}
