use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "inline-task-kind",
    kinds: PIPELINES,
    title: "a Task in place that says a kind or version beside its steps",
    why: "A kind and version make it a custom task, which another controller runs and which has no steps.",
    fix: "Remove `apiVersion` and `kind`, or the steps.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipeline_validation.go, `PipelineTask.validateEmbeddedOrType`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskSpec:
      ⟦apiVersion⟧: example.dev/v1
      ⟦kind⟧: Wait
      steps: [{name: a, image: 'alpine:3.23'}]
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: wait
    taskSpec:
      apiVersion: example.dev/v1
      kind: Wait
      spec: {seconds: 3}
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for (_, task) in pipelines.tasks() {
        let Some(spec) = task.task_spec.as_ref().filter(|spec| spec.has_steps) else {
            continue;
        };
        for (field, written) in [("apiVersion", spec.api_version), ("kind", spec.kind)] {
            if !written.is_empty() {
                let path = task.path.key("taskSpec").key(field);
                let message = format!("`{path}` cannot stand beside `steps`: it makes this a custom task, which has none");
                sink.push(sink.finding(message).at(pipelines.key(&path)));
            }
        }
    }
}
