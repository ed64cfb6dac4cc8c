use luban_yaml::Cursor;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-param-without-value",
    kinds: tekton::RUNS,
    title: "a parameter of a run without a value",
    why: "A value that is not there is of no type; an empty text is `''`. A run that refers to a task finds out when it starts, one with the task in it is refused.",
    fix: "Write `value`.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/taskrun_validation.go, `createParamSpecFromParam`; task_validation.go, `ParamSpec.ValidateType`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  params: [{name: ⟦a⟧}]
  taskSpec:
    steps: [{image: 'alpine:3.23'}]
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  params: [{name: a, value: ''}]
  taskSpec:
    steps: [{image: 'alpine:3.23'}]
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    let mut said: Vec<Cursor<'_>> = Vec::new();
    for param in view.merged() {
        let is_missing = param.is_given && matches!(param.kind, tekton::ParamType::Unknown(_));
        if !is_missing || said.iter().any(|at| at.is(param.at)) || sink.is_misspelt_in(view.entry, param.at, "value") {
            continue;
        }
        said.push(param.at);
        let message = format!("`value` of parameter `{}` is missing", tekton::text_of(param.at, "name"));
        sink.push(sink.finding(message).at(tekton::name_place(param.at)));
    }
}
