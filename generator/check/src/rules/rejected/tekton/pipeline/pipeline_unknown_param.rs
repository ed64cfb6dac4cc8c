use crate::tekton::pipeline::{meant, uses};

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "pipeline-unknown-param",
    kinds: PIPELINES,
    title: "a parameter that the Pipeline does not declare",
    why: "Parameters, conditions and matrices of tasks take the Pipeline's parameters. In a run's own Pipeline these are also the parameters of the run, and those that tasks are given or declare.",
    fix: "Declare the parameter in `params`, or write the name of one that is declared.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipeline_validation.go, `validatePipelineTaskParameterUsage`; pipelinerun_validation.go, `validateInlineParameters`; pkg/substitution",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  params: [{name: revision}]
  tasks:
  - name: build
    taskRef: {resolver: git}
    params: [{name: revision, value: 'x-$(params.⟦revison⟧)'}, {name: list, value: ['$(params["⟦a.b⟧"])']}]
    when: [{input: main, operator: in, values: ['$(params.⟦branches⟧[*])']}]
    matrix:
      params: [{name: os, value: ['$(params.⟦os⟧)']}]
      include:
      - params: [{name: arch, value: '$(params.⟦arch⟧)'}]
"#,
    ), Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineSpec:
    tasks:
    - name: build
      taskRef: {resolver: git}
      params: [{name: a, value: '$(params.⟦b⟧)'}]
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  params: [{name: revision}, {name: a.b}, {name: branches, type: array}]
  tasks:
  - name: build
    taskRef: {resolver: git}
    params: [{name: revision, value: 'x-$(params.revision)-$(params["a.b"])'}]
    when: [{input: main, operator: in, values: ['$(params.branches[*])']}]
"#,
    ), Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  params: [{name: b, value: c}]
  pipelineSpec:
    tasks:
    - name: build
      taskRef: {resolver: git}
      params: [{name: a, value: '$(params.b)'}]
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    uses(pipelines, |_, scope, task, found| {
        let (name, span) = (found.variable.name(), found.variable.name_span());
        if found.variable.has_too_many_parts() || scope.get(&name).is_some() {
            return;
        }
        let near = meant(&name, scope.names());
        let message = format!("parameter `{name}` is not declared by the Pipeline{near}");
        let place = pipelines.inside(&found.at.path(&task.path), span);
        sink.push(sink.finding(message).at(place));
    });
}
