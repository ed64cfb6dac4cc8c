use crate::argo::{Fault, Target};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "incomplete-template-ref",
    kinds: WORKFLOWS,
    title: "a `templateRef` without the object's or the template's name",
    why: "It takes both to find a template of another object.",
    fix: "Write both `name`, of the WorkflowTemplate, and `template`.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateTemplateHolder`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    steps:
    - - name: a
        ⟦templateRef⟧: {name: lib}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    steps:
    - - name: a
        templateRef: {name: build, template: echo}
  - name: echo
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for call in &view.calls {
        let (Target::Fault(Fault::IncompleteReference(field)), Some(base)) = (&call.target, view.base(&call.site)) else {
            continue;
        };
        let path = call.path.key("templateRef");
        if !sink.is_misspelt(base.entry, &path, field) {
            let what = if *field == "name" { "the object's name" } else { "the template's name" };
            let finding = sink.finding(format!("`{}` is missing, {what}", path.key(field))).at(base.key(&path));
            sink.push_in(view.foreign(&call.site), finding);
        }
    }
}
