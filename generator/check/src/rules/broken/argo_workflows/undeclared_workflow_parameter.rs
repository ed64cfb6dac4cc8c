use std::collections::HashSet;

use luban_api::Object;
use luban_expression::tags::argo::{Piece, split};

use crate::argo::is_template_alone;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "undeclared-workflow-parameter",
    kinds: WORKFLOWS,
    title: "a parameter of the workflow that a template uses and its own object does not declare",
    why: "`argo lint` lets a template use any `workflow.parameters`, because another workflow may declare them. Submitted by itself, a template that lacks one is refused.",
    fix: "Declare the parameter in `spec.arguments`, or take it as an input.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `resolveAllVariables` under `WorkflowTemplateValidation`",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  entrypoint: main
  arguments:
    parameters: [{name: text, value: hello}]
  templates:
  - name: main
    steps:
    - - {name: a, template: echo}
      - {name: b, templateRef: {name: library, template: ⟦print⟧}}
  - name: echo
    container: {image: 'alpine:3.23', args: ['{{workflow.parameters.text}}', '⟦{{workflow.parameters.txt}}⟧']}
---
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: library}
spec:
  templates:
  - name: print
    container: {image: 'alpine:3.23', args: ['{{workflow.parameters.image}}']}
",
        )],
    good: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: print
    container: {image: 'alpine:3.23', args: ['{{workflow.parameters.image}}']}
",
        ), Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  entrypoint: main
  templates:
  - name: main
    container: {image: 'alpine:3.23', args: ['{{workflow.parameters.text}}']}
  - name: for-others
    container: {image: 'alpine:3.23', args: ['{{workflow.parameters.image}}']}
---
apiVersion: argoproj.io/v1alpha1
kind: WorkflowEventBinding
metadata: {name: push}
spec:
  event: {selector: 'true'}
  submit:
    workflowTemplateRef: {name: build}
    arguments:
      parameters: [{name: text, valueFrom: {event: payload.message}}]
",
        )],
    check: Check::Workflow(check),
    ..BROKEN
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    let can_run = own.spec.entrypoint.as_deref().is_some_and(|name| !name.is_empty());
    if !is_template_alone(view.entry) || !can_run {
        return;
    }
    let mut known: Vec<&str> = view.globals.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    let mut is_others_known = false;
    let mut said: HashSet<(usize, &str)> = HashSet::new();
    for (visit, base) in view.templates().filter(|(visit, _)| visit.is_reached && visit.is_first) {
        for scalar in base.document().scalars(&visit.path) {
            if !scalar.text().contains("{{") {
                continue;
            }
            for piece in &split(scalar.text()).pieces {
                let Piece::Tag { name, span } = piece else { continue };
                let name = scalar.text().get(name.clone()).and_then(|name| name.strip_prefix("workflow.parameters."));
                let Some(name) = name.filter(|name| !name.is_empty() && *name != "json" && !known.contains(name)) else {
                    continue;
                };
                if !is_others_known {
                    is_others_known = true;
                    known.extend(of_submissions(view));
                    if known.contains(&name) {
                        continue;
                    }
                }
                // Each is said once for each object that uses it.
                if !said.insert((visit.site.base, name)) {
                    continue;
                }
                let near = did_you_mean(name, known.iter().copied());
                let near = near.map_or_else(String::new, |name| format!(" (did you mean `{name}`?)"));
                let message = format!("`{}` does not declare the workflow parameter `{name}`{near}", view.entry.object_name());
                let finding = sink.finding(message).at(scalar.place_of(span.clone()));
                sink.push_in(view.foreign(&visit.site), finding);
            }
        }
    }
}

/// The parameters that others give who start the template.
fn of_submissions<'a>(view: &View<'a>) -> Vec<&'a str> {
    let mut names = Vec::new();
    for entry in view.objects.entries() {
        let (reference, arguments) = match &entry.object {
            Some(Object::Workflow(workflow)) => (workflow.spec.workflow_template_ref.as_ref(), workflow.spec.arguments.as_ref()),
            Some(Object::CronWorkflow(cron)) => {
                let spec = &cron.spec.workflow_spec;
                (spec.workflow_template_ref.as_ref(), spec.arguments.as_ref())
            }
            Some(Object::WorkflowEventBinding(binding)) => match &binding.spec.submit {
                Some(submit) => (Some(&submit.workflow_template_ref), submit.arguments.as_ref()),
                None => continue,
            },
            _ => continue,
        };
        if reference.and_then(|reference| reference.name.as_deref()) == Some(view.entry.object_name()) {
            let parameters = arguments.into_iter().flat_map(|arguments| &arguments.parameters);
            names.extend(parameters.map(|parameter| parameter.name.as_str()));
        }
    }
    names
}
