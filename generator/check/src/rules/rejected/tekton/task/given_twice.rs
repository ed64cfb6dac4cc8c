use std::collections::HashMap;

use luban_yaml::Cursor;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-given-twice",
    kinds: tekton::RUNS_AND_TASKS,
    title: "a run or reference that gives a parameter, workspace or resources twice",
    why: "One of the two would be lost. Upper and lower case are the same here.",
    fix: "Remove one of them.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/taskrun_validation.go, `validateNoDuplicateNames`; pipelinerun_validation.go, `PipelineRunSpec.Validate`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {name: build}
  params:
  - {name: a, value: x}
  - {name: ⟦A⟧, value: y}
  workspaces:
  - {name: source, emptyDir: {}}
  - {name: ⟦source⟧, emptyDir: {}}
  stepSpecs:
  - {name: s, computeResources: {limits: {cpu: '1'}}}
  - {name: ⟦s⟧, computeResources: {limits: {cpu: '2'}}}
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {name: build}
  params: [{name: a, value: x}, {name: b, value: x}]
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for given in &view.given {
        one_of_each("parameter", given.params.iter().copied(), false, sink);
    }
    let is_pipeline = view.kind == tekton::Kind::PipelineRun;
    one_of_each("workspace", view.bindings.iter().map(|binding| binding.at), is_pipeline, sink);
    for list in view.overrides() {
        let named = list.items().filter(|item| !tekton::text_of(*item, "name").is_empty());
        one_of_each("container", named, false, sink);
    }
}

fn one_of_each<'a>(of: &str, items: impl Iterator<Item = Cursor<'a>>, is_case_sensitive: bool, sink: &mut Sink<'_>) {
    let mut first: HashMap<String, Cursor<'a>> = HashMap::new();
    for item in items {
        let name = tekton::text_of(item, "name");
        let key = if is_case_sensitive { name.to_owned() } else { name.to_lowercase() };
        let Some(before) = first.get(&key) else {
            first.insert(key, item);
            continue;
        };
        let message = format!("{of} `{name}` is given twice");
        let finding = sink.finding(message).at(tekton::name_place(item));
        sink.push(finding.related("the first time is here", tekton::name_place(*before)));
    }
}
