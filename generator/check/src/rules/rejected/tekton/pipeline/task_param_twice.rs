use std::collections::HashMap;

use crate::tekton::pipeline::{Given, PipelineTask};

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "task-param-twice",
    kinds: PIPELINES,
    title: "a task of a Pipeline that is given a parameter twice",
    why: "One of the values would be lost. A parameter of the matrix is given by the matrix alone.",
    fix: "Remove one of them.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/param_types.go, `Params.validateDuplicateParameters`; matrix_types.go, `validateUniqueParams`, `validateParameterInOneOfMatrixOrParams`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {resolver: git}
    params: [{name: a, value: '1'}, {name: ⟦a⟧, value: '2'}, {name: ⟦os⟧, value: linux}]
    matrix:
      params: [{name: os, value: [linux, darwin]}, {name: ⟦os⟧, value: [windows]}]
      include:
      - params: [{name: flag, value: x}, {name: ⟦flag⟧, value: y}]
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
    params: [{name: a, value: '1'}]
    matrix:
      params: [{name: os, value: [linux, darwin]}]
      include:
      - params: [{name: os, value: linux}, {name: flag, value: y}]
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for (_, task) in pipelines.tasks() {
        // The first of each name, by the list that it stands in.
        let mut first: HashMap<(Option<usize>, bool, &str), Given> = HashMap::new();
        let mut of_matrix: HashMap<&str, Given> = HashMap::new();
        for (given, param) in task.given() {
            let name = param.name.as_str();
            let list = match given {
                Given::Params(_) => (None, false, name),
                Given::Matrix(_) => (None, true, name),
                Given::Include(include, _) => (Some(include), true, name),
            };
            if !matches!(given, Given::Params(_)) {
                of_matrix.entry(name).or_insert(given);
            }
            match first.get(&list) {
                None => {
                    first.insert(list, given);
                }
                Some(other) => {
                    let message = format!("parameter `{name}` is given twice to {}", task.title());
                    push(pipelines, task, message, given, *other, sink);
                }
            }
        }
        for (at, param) in task.params.iter().enumerate() {
            if let Some(other) = of_matrix.get(param.name.as_str()) {
                let message = format!("parameter `{}` is given to {} by its matrix already", param.name, task.title());
                push(pipelines, task, message, Given::Params(at), *other, sink);
            }
        }
    }
}

fn push(pipelines: &Pipelines<'_>, task: &PipelineTask<'_>, message: String, given: Given, other: Given, sink: &mut Sink<'_>) {
    let place = |given: Given| pipelines.value(&given.path(&task.path).key("name"));
    sink.push(sink.finding(message).at(place(given)).related("the other one is here", place(other)));
}
