use crate::tekton::pipeline::{At, Given, Holder, Pipeline, PipelineTask};

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "matrix-result-reference",
    kinds: PIPELINES,
    title: "one result of a task that runs once for each combination of a matrix",
    why: "Such a task gives a list, with what each of its runs gave; an item of it has no place of its own. Each run gives a text.",
    fix: "Take the whole list, `$(tasks.build.results.image[*])`; let the Task give texts.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipeline_validation.go, `validateTaskResultsFromMatrixedPipelineTasksConsumed`, `validateMatrixEmittingStringResults`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    matrix:
      params: [{name: os, value: [linux, darwin]}]
    taskSpec:
      params: [{name: os}]
      results: [{name: images, type: array}, {name: image}]
      steps: [{name: a, image: 'alpine:3.23'}]
  - name: test
    taskRef: {resolver: git}
    params:
    - {name: image, value: '$(tasks.build.results.⟦image[0]⟧)'}
    - {name: same, value: '$(tasks.build.results.⟦image⟧)'}
    - {name: images, value: ['$(tasks.build.results.⟦images⟧[*])']}
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    matrix:
      params: [{name: os, value: [linux, darwin]}]
    taskSpec:
      params: [{name: os}]
      results: [{name: image}]
      steps: [{name: a, image: 'alpine:3.23'}]
  - name: test
    taskRef: {resolver: git}
    params: [{name: images, value: ['$(tasks.build.results.image[*])']}]
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for pipeline in &pipelines.all {
        for task in &pipeline.tasks {
            let of_params = task.results.iter().filter(|used| matches!(used.at, At::Param(Given::Params(_), _)));
            for used in of_params {
                // Final tasks come after the others, whose matrices upstream forgets there.
                let result = &used.result;
                let other = pipeline.named(result.task, task.is_final);
                let Some(other) = other.filter(|other| other.is_matrixed()) else {
                    continue;
                };
                let path = used.at.path(&task.path);
                if result.index != Some("*") {
                    let index = result.index.map_or(0, |index| index.len() + 2);
                    let key = result.key.map_or(0, |key| key.len() + 1);
                    let span = result.result_span.start..result.result_span.end + index.max(key);
                    let written = format!("$(tasks.{}.results.{}[*])", result.task, result.result);
                    let message = format!("task `{}` has a matrix and gives lists: take the whole, `{written}`", result.task);
                    let finding = sink.finding(message).at(pipelines.inside(&path, span));
                    sink.push(finding.related("the matrix is here", pipelines.key(&other.path.key("matrix"))));
                } else if let Some(type_) = type_of_result(pipeline, other, result.result) {
                    let message = format!("each run of task `{}`, which has a matrix, must give a text, and `{}` is of type `{type_}`", result.task, result.result);
                    let finding = sink.finding(message).at(pipelines.inside(&path, result.result_span.clone()));
                    sink.push(finding.related("the task is here", pipelines.name_of(other)));
                }
            }
        }
    }
}

/// The type of a result that a Task in place declares and that is no text. Upstream takes the name of a Task for that of a task
/// of the Pipeline too.
fn type_of_result<'a>(pipeline: &'a Pipeline<'_>, task: &'a PipelineTask<'_>, name: &str) -> Option<&'a str> {
    let spec = match &task.task_ref {
        Some(reference) => pipeline.named(reference.name, task.is_final)?.task_spec.as_ref()?,
        None => task.task_spec.as_ref()?,
    };
    let result = spec.results.iter().find(|result| result.name == name)?;
    let type_ = match result.type_.as_deref() {
        // Defaults do not come to Pipelines in Pipelines.
        None | Some("") if pipeline.holder == Holder::Task => "",
        None | Some("") if !result.properties.is_empty() => "object",
        None | Some("") => "string",
        Some(type_) => type_,
    };
    (type_ != "string").then_some(type_)
}
