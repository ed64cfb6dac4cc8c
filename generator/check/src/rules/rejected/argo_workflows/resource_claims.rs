use crate::argo::TemplateKind;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "resource-claims",
    kinds: WORKFLOWS,
    title: "devices claimed by a template that has no pod",
    why: "`resourceClaims` are claims of a pod; steps, DAGs, pauses, HTTP calls and plugins have none.",
    fix: "Move them to the template that runs the pod.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, resource claims",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: call
    ⟦resourceClaims⟧: [{name: gpu, resourceClaimTemplateName: gpu}]
    http: {url: 'https://example.com'}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    resourceClaims: [{name: gpu, resourceClaimTemplateName: gpu}]
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for (visit, base) in view.templates() {
        let Some(kind) = visit.kind().filter(|kind| !TemplateKind::is_pod(*kind)) else {
            continue;
        };
        if !visit.template.resource_claims.is_empty() {
            let message = format!("`resourceClaims` does nothing for a template of kind `{}`, which has no pod", kind.field());
            let finding = sink.finding(message).at(base.key(&visit.path.key("resourceClaims")));
            sink.push_in(view.foreign(&visit.site), finding);
        }
    }
}
