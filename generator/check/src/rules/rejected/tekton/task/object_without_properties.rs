use luban_yaml::Cursor;

use crate::tekton::{Holder, ParamSpec, ParamType};

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-object-without-properties",
    kinds: tekton::WITH_PARAMS,
    title: "an object whose keys are not declared",
    why: "Texts use the keys of an object, so that a parameter or result of type `object` has to say which there are.",
    fix: "Write `properties`, with each key.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/task_validation.go, `ValidateObjectParamsHaveProperties`; taskrun_validation.go, `combineParamSpec`; result_validation.go, `validateObjectResult`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: ⟦a⟧, type: object}]
  results: [{name: ⟦b⟧, type: object}]
  steps: [{image: 'alpine:3.23'}]
",
    ), Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  params: [{name: a, value: {x: z}}]
  taskSpec:
    params: [{name: ⟦a⟧, type: object}]
    steps: [{image: 'alpine:3.23'}]
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params:
  - name: a
    type: object
    properties: {x: {}}
  steps: [{image: 'alpine:3.23'}]
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    let mut found: Vec<Cursor<'_>> = Vec::new();
    let lacks = |spec: &&ParamSpec<'_>| spec.kind == ParamType::Object && spec.properties.is_none();
    for task in &view.tasks {
        let outer = task.outer.iter().filter(|_| task.holder == Holder::Pipeline);
        let own = task.params.iter().filter(|_| matches!(task.holder, Holder::Task | Holder::Pipeline));
        found.extend(own.chain(outer).filter(lacks).map(|spec| spec.at));
        for param in task.merged.iter().flat_map(|merged| merged.params.values()) {
            let lacks = param.kind == ParamType::Object && !param.has_properties;
            found.extend(param.without_properties.or(lacks.then_some(param.at)));
        }
    }
    found.extend(view.merged().filter_map(|param| param.without_properties));
    if view.kind == tekton::Kind::StepAction {
        let specs = view.param_specs.iter().flat_map(|list| &list.specs);
        found.extend(specs.filter(lacks).map(|spec| spec.at));
    }
    let results = view.results().into_iter().filter(|result| tekton::is_result_name(result.name));
    let results = results.filter(|result| result.is_object() && result.at.get("properties").is_none());
    found.extend(results.map(|result| result.at));
    let mut said: Vec<Cursor<'_>> = Vec::new();
    for at in found {
        if said.iter().any(|other| other.is(at)) || sink.is_misspelt_in(view.entry, at, "properties") {
            continue;
        }
        said.push(at);
        let message = format!("`properties` of object `{}` is missing: it declares the keys", tekton::text_of(at, "name"));
        sink.push(sink.finding(message).at(tekton::name_place(at)));
    }
}
