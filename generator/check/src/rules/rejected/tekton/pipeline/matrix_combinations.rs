use luban_api_tekton::{Matrix, ParamValue};

use crate::tekton::pipeline::Version;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "matrix-combinations",
    kinds: PIPELINES,
    title: "a matrix of more combinations than a cluster runs",
    why: "Each combination is a run of its own; `default-max-matrix-combinations-count` allows 256.",
    fix: "Leave values out, or make several tasks.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/matrix_types.go, `validateCombinationsCount`; pkg/apis/config/default.go",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {resolver: git}
    ⟦matrix⟧:
      params:
      - {name: a, value: &ten ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']}
      - {name: b, value: *ten}
      - {name: c, value: ['0', '1', '2']}
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {resolver: git}
    matrix:
      params: [{name: os, value: [linux, darwin]}, {name: arch, value: [amd64, arm64]}]
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

const MOST: usize = 256;

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for (pipeline, task) in pipelines.tasks() {
        let Some(matrix) = task.matrix else {
            continue;
        };
        let count = of_params(matrix, pipeline.version).saturating_add(of_include(matrix));
        if count > MOST {
            let path = task.path.key("matrix");
            let message = format!("the matrix has {count} combinations, more than {MOST}");
            sink.push(sink.finding(message).at(pipelines.key(&path)));
        }
    }
}

fn of_params(matrix: &Matrix, version: Version) -> usize {
    let counts = matrix.params.iter().map(|param| match &param.value {
        ParamValue::Array(items) => items.len(),
        _ => 0,
    });
    // A list that is empty, or that a variable will be, counts as one value; in the first version, as none.
    let counts = counts.map(|count| if version == Version::V1 { count.max(1) } else { count });
    if matrix.params.is_empty() { 0 } else { counts.fold(1, usize::saturating_mul) }
}

/// The combinations that `include` adds: those with a value of a parameter that the parameter's own list lacks.
fn of_include(matrix: &Matrix) -> usize {
    if matrix.params.is_empty() {
        return matrix.include.len();
    }
    let mut count = 0;
    for include in &matrix.include {
        for given in &include.params {
            let Some(param) = matrix.params.iter().rev().find(|param| param.name == given.name) else {
                continue;
            };
            let text = match &given.value {
                ParamValue::String(text) => text.as_str(),
                _ => "",
            };
            if matches!(&param.value, ParamValue::Array(items) if items.iter().any(|item| item == text)) {
                break;
            }
            count += 1;
        }
    }
    count
}
