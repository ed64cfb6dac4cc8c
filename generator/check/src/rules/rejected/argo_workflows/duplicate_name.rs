use std::collections::HashMap;

use crate::argo::named_lists;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "duplicate-name",
    kinds: WORKFLOWS,
    title: "two templates, parameters, artifacts, steps, tasks or containers of one name",
    why: "What refers to the name would mean either.",
    fix: "Rename or remove one of them.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateWorkflowFieldNames`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    steps:
    - - {name: a, template: echo}
    - - {name: ⟦a⟧, template: echo}
  - name: echo
    container: {image: 'alpine:3.22'}
  - name: ⟦echo⟧
    container: {image: 'alpine:3.23'}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: echo
    inputs:
      parameters: [{name: a}]
      artifacts: [{name: a, path: /a}]
    container: {image: 'alpine:3.22'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for list in named_lists(view).iter().filter(|list| list.is_unique) {
        let Some(base) = view.base(&list.site) else {
            continue;
        };
        let mut first = HashMap::new();
        for item in list.items.iter().filter(|item| !item.name.is_empty()) {
            let Some(before) = first.insert(&item.name, item) else {
                continue;
            };
            first.insert(&item.name, before);
            let place = |item| base.value(&list.path(item).key("name"));
            let message = format!("two {}s are called `{}`", list.of, item.judged());
            let finding = sink.finding(message).at(place(item)).related("the first is here", place(before));
            sink.push_in(view.foreign(&list.site), finding);
        }
    }
}
