use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "templates-beside-reference",
    kinds: WORKFLOWS,
    title: "templates in a workflow that is made of a template",
    why: "A workflow with `workflowTemplateRef` takes all its templates from there.",
    fix: "Remove `templates`, or refer to single templates by `templateRef`.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `WorkflowTemplateRefFields`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: build-}
spec:
  workflowTemplateRef: {name: build}
  ⟦templates⟧:
  - name: main
    container: {image: 'alpine:3.23'}
---
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  entrypoint: main
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: build-}
spec:
  workflowTemplateRef: {name: build}
---
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  entrypoint: main
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    if own.spec.workflow_template_ref.is_some() && !own.spec.templates.is_empty() {
        let message = "`templates` cannot stand beside `workflowTemplateRef`";
        let finding = sink.finding(message).at(own.key(&own.path.key("templates")));
        sink.push(finding.related("the reference is here", own.key(&own.path.key("workflowTemplateRef"))));
    }
}
