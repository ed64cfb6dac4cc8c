use crate::argo::named_lists;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "missing-name",
    kinds: WORKFLOWS,
    title: "a template, parameter, artifact, step, task or container without a name",
    why: "Others refer to it by its name; without one it cannot be called, given or read.",
    fix: "Give it a name.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateWorkflowFieldNames`",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - ⟦container⟧: {image: 'alpine:3.23'}
",
        ),
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    inputs:
      parameters: [{name: ⟦''⟧}]
    steps:
    - - ⟦template⟧: echo
  - name: echo
    container: {image: 'alpine:3.23'}
    initContainers: [{name: ⟦''⟧, image: 'alpine:3.23'}]
",
        ),
    ],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for list in named_lists(view) {
        let Some(base) = view.base(&list.site) else {
            continue;
        };
        for item in list.items.iter().filter(|item| item.name.is_empty()) {
            let path = list.path(item).key("name");
            if sink.is_misspelt(base.entry, &list.path(item), "name") {
                continue;
            }
            let is_written = base.document().has(&path);
            let place = if is_written { base.value(&path) } else { base.head(&list.path(item)) };
            let finding = sink.finding(format!("`{path}` is missing: every {} needs a name", list.of)).at(place);
            sink.push_in(view.foreign(&list.site), finding);
        }
    }
}
