use crate::argo::TemplateKind;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "parallelism",
    kinds: WORKFLOWS,
    title: "`parallelism` on a template that calls no others",
    why: "It limits how many steps or tasks of the template run at once.",
    fix: "Put it on the `steps` or `dag` template that calls this one, or on the workflow.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateLeaf`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: none
    ⟦parallelism⟧: 2
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
    parallelism: 2
    steps:
    - - {name: a, template: none}
  - name: none
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for (visit, base) in view.bodies() {
        let calls = matches!(visit.body_kind(), Some(TemplateKind::Steps | TemplateKind::Dag));
        if visit.template.parallelism.is_some() && !calls {
            let message = "only templates of kind `steps` and `dag` can have `parallelism`";
            let finding = sink.finding(message).at(base.key(&visit.path.key("parallelism")));
            sink.push_in(view.foreign(&visit.site), finding);
        }
    }
}
