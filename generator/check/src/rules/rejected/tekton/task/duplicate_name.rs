use std::collections::HashMap;

use luban_yaml::Cursor;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-duplicate-name",
    kinds: tekton::WITH_PARAMS,
    title: "two steps, parameters, workspaces or volumes of one name",
    why: "What refers to the name would mean either.",
    fix: "Rename or remove one of them.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/task_validation.go, `StepList.Validate`, `validateDeclaredWorkspaces`, `ValidateVolumes`; param_types.go, `ValidateNoDuplicateNames`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params:
  - {name: a}
  - {name: ⟦a⟧}
  workspaces:
  - {name: source}
  - {name: ⟦source⟧, mountPath: /elsewhere}
  volumes:
  - {name: cache, emptyDir: {}}
  - {name: ⟦cache⟧, emptyDir: {}}
  steps:
  - {name: one, image: 'alpine:3.23'}
  - {name: ⟦one⟧, image: 'alpine:3.23'}
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: a}]
  workspaces: [{name: a}]
  steps:
  - {name: a, image: 'alpine:3.23'}
  - {image: 'alpine:3.23'}
  - {image: 'alpine:3.23'}
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for task in &view.tasks {
        let steps = tekton::items_of(task.at, "steps").filter(|step| !tekton::text_of(*step, "name").is_empty());
        one_of_each("step", steps, sink);
        one_of_each("workspace", tekton::items_of(task.at, "workspaces"), sink);
        one_of_each("volume", tekton::items_of(task.at, "volumes"), sink);
    }
    for list in &view.param_specs {
        one_of_each("parameter", list.specs.iter().map(|spec| spec.at), sink);
    }
}

fn one_of_each<'a>(of: &str, items: impl Iterator<Item = Cursor<'a>>, sink: &mut Sink<'_>) {
    let mut first: HashMap<&str, Cursor<'a>> = HashMap::new();
    for item in items {
        let name = tekton::text_of(item, "name");
        match first.get(name) {
            None => {
                first.insert(name, item);
            }
            Some(before) => {
                let message = format!("two {of}s are called `{name}`");
                let finding = sink.finding(message).at(tekton::name_place(item));
                sink.push(finding.related("the first is here", tekton::name_place(*before)));
            }
        }
    }
}
