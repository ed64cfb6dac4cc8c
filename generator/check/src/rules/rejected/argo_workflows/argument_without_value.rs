use crate::argo::{arguments, may_lack_values};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "argument-without-value",
    kinds: WORKFLOWS,
    title: "an argument without a value",
    why: "What is given to a step, a task or a CronWorkflow must have a value, and so must arguments of a workflow that is \
          created or submitted. A `default` alone does not count.",
    fix: "Give a `value` or `valueFrom`, or leave the argument out where the template has a default.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateArgumentsValues`",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: hello-}
spec:
  entrypoint: main
  arguments:
    parameters: [{name: ⟦text⟧}]
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
",
        )
        .judged_as(As::Create),
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: hello}
spec:
  entrypoint: main
  arguments:
    parameters: [{name: text}]
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
---
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: hello-}
spec:
  workflowTemplateRef: {name: ⟦hello⟧}
",
        )
        .judged_as(As::Create),
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: hello}
spec:
  templates:
  - name: main
    steps:
    - - name: a
        template: echo
        arguments:
          parameters: [{name: ⟦text⟧, default: x}]
  - name: echo
    inputs: {parameters: [{name: text}]}
    container: {image: 'alpine:3.23'}
",
        ),
    ],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: hello-}
spec:
  entrypoint: main
  arguments:
    parameters: [{name: text}]
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for given in arguments(view) {
        if given.is_of_workflow && may_lack_values(view.options, view.entry) {
            continue;
        }
        for (at, parameter) in &given.parameters {
            let has_none = parameter.value.is_none() && parameter.value_from.is_none();
            if !has_none {
                continue;
            }
            let path = given.path("parameters", *at);
            if sink.is_misspelt(given.base.entry, &path, "value") {
                continue;
            }
            let message = format!("argument `{}` has neither `value` nor `valueFrom`", parameter.name);
            let place = given.base.value(&path.key("name"));
            if given.is_of_workflow && given.site.base > 0 {
                // The template may leave it open; the workflow that is made of it may not.
                let finding = sink.finding(message).at(given.site.reference.clone());
                sink.push(finding.related("it is declared here", place));
                continue;
            }
            let finding = sink.finding(message).at(place);
            sink.push_in(view.foreign(&given.site), finding);
        }
    }
}
