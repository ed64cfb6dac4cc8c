use crate::argo::{Fault, Target};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "template-beside-template-ref",
    kinds: WORKFLOWS,
    title: "a call with both `template` and `templateRef`",
    why: "One names a template of this object, the other one of another object.",
    fix: "Keep one of them.",
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
        ⟦template⟧: echo
        templateRef: {name: build, template: echo}
  - name: echo
    container: {image: 'alpine:3.23'}
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
    - - {name: a, template: echo}
  - name: echo
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for call in &view.calls {
        let (Target::Fault(Fault::NameAndReference), Some(base)) = (&call.target, view.base(&call.site)) else {
            continue;
        };
        let finding = sink.finding("`template` cannot stand beside `templateRef`");
        let finding = finding
            .at(base.key(&call.path.key("template")))
            .related("the reference is here", base.key(&call.path.key("templateRef")));
        sink.push_in(view.foreign(&call.site), finding);
    }
}
