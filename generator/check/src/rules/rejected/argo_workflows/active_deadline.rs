use luban_api_core::IntOrString;

use crate::argo::{TemplateKind, is_placeholder};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "active-deadline",
    kinds: WORKFLOWS,
    title: "a deadline where there can be none, or that is no number of seconds",
    why: "`activeDeadlineSeconds` of a template is for templates that do something themselves, and a whole number or a variable.",
    fix: "Write a number of seconds that is not negative, on the templates that are called.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateLeaf`, `validateNonLeaf`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    ⟦activeDeadlineSeconds⟧: 60
    steps:
    - - {name: a, template: none}
  - name: none
    activeDeadlineSeconds: ⟦10m⟧
    container: {image: 'alpine:3.23'}
  - name: other
    activeDeadlineSeconds: ⟦-1⟧
    container: {image: 'alpine:3.23'}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: none
    inputs:
      parameters: [{name: seconds}]
    activeDeadlineSeconds: '{{inputs.parameters.seconds}}'
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for (visit, base) in view.bodies() {
        let Some(seconds) = &visit.template.active_deadline_seconds else {
            continue;
        };
        let path = visit.path.key("activeDeadlineSeconds");
        let finding = match visit.body_kind() {
            Some(kind @ (TemplateKind::Steps | TemplateKind::Dag)) => {
                let message = format!("a template of kind `{}` cannot have `activeDeadlineSeconds`", kind.field());
                sink.finding(message).at(base.key(&path))
            }
            _ => {
                let number = match seconds {
                    IntOrString::Int(number) => Some(i64::from(*number)),
                    IntOrString::String(text) => {
                        let text = view.resolved(visit, text);
                        let is_variable = is_placeholder(&text) || text.starts_with("{{") && text.ends_with("}}");
                        if is_variable {
                            continue;
                        }
                        text.parse().ok()
                    }
                };
                if number.is_some_and(|number| number >= 0) {
                    continue;
                }
                let message = "`activeDeadlineSeconds` must be a whole number of seconds or a variable";
                sink.finding(message).at(base.value(&path))
            }
        };
        sink.push_in(view.foreign(&visit.site), finding);
    }
}
