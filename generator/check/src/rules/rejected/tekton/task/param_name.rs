use luban_diagnostic::Place;
use luban_yaml::Cursor;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-param-name",
    kinds: tekton::WITH_PARAMS,
    title: "a parameter whose name Tekton cannot put in",
    why: "A name has letters, digits, `_`, `-` and `.`, a letter or `_` first; the name of an object and its keys have no `.`, which stands between them.",
    fix: "Rename the parameter or the key.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/task_validation.go, `ValidateNameFormat`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params:
  - {name: ⟦1st⟧}
  - name: ⟦my.object⟧
    properties: {⟦'a key'⟧: {}}
  steps: [{image: 'alpine:3.23'}]
",
    ), Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  params: [{name: ⟦a b⟧, value: c}]
  taskSpec:
    steps: [{image: 'alpine:3.23'}]
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params:
  - {name: a.b_c-1}
  - name: _object
    properties: {key-1: {}}
  steps: [{image: 'alpine:3.23'}]
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for spec in view.param_specs.iter().filter(|list| list.has_names).flat_map(|list| &list.specs) {
        let is_object = spec.kind == tekton::ParamType::Object;
        if let Some(name) = spec.at.get("name").filter(|name| name.text() != Some("")) {
            judge(name.text().unwrap_or_default(), is_object, || name.place(), sink);
        } else if !sink.is_misspelt_in(view.entry, spec.at, "name") {
            sink.push(sink.finding("`name` of a parameter is missing").at(spec.at.head()));
        }
        for key in spec.keys().filter(|_| is_object) {
            judge_key(key.text(), || key.place(), sink);
        }
    }
    // What a run gives, and what is declared around a task, is judged as what the task itself declares.
    for merged in view.tasks.iter().filter_map(|task| task.merged.as_ref()) {
        for (name, param) in &merged.params {
            let is_object = param.kind == tekton::ParamType::Object;
            if name.is_empty() {
                if !sink.is_misspelt_in(view.entry, param.at, "name") {
                    sink.push(sink.finding("`name` of a parameter is missing").at(param.at.head()));
                }
                continue;
            }
            judge(name, is_object, || tekton::name_place(param.at), sink);
            let keys = if param.is_given { "value" } else { "properties" };
            let keys = param.at.get(keys).filter(|_| is_object);
            for key in keys.into_iter().flat_map(Cursor::keys).filter(|key| param.keys.contains(key.text())) {
                judge_key(key.text(), || key.place(), sink);
            }
        }
    }
}

fn judge(name: &str, is_object: bool, place: impl Fn() -> Place, sink: &mut Sink<'_>) {
    let more = if is_object { "_-" } else { "_-." };
    if is_name(name, more) {
        return;
    }
    let message = if is_object {
        format!("parameter name `{name}` is invalid: that of an object has letters, digits, `_` and `-`, a letter or `_` first")
    } else {
        format!("parameter name `{name}` is invalid: it has letters, digits, `_`, `-` and `.`, a letter or `_` first")
    };
    sink.push(sink.finding(message).at(place()));
}

fn judge_key(key: &str, place: impl Fn() -> Place, sink: &mut Sink<'_>) {
    if !is_name(key, "_-") {
        let message = format!("key `{key}` is invalid: it has letters, digits, `_` and `-`, a letter or `_` first");
        sink.push(sink.finding(message).at(place()));
    }
}

fn is_name(name: &str, more: &str) -> bool {
    name.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_')
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || more.contains(letter))
}
