use crate::argo::What;
use crate::rules::broken::expressions::{KINDS, say};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "skipped-output",
    kinds: KINDS,
    profile: Profile::Strict,
    confidence: Confidence::Medium,
    title: "an output of a step or task that may be skipped, without a value for that case",
    why: "A step whose `when` is false has no outputs. A tag that names one ends the workflow with an error.",
    fix: "Give the output `valueFrom.default`, or read it in an expression with `??`, or put the same condition on what reads it.",
    source: "argo-workflows v4.1 workflow/controller/scope.go, examples/skipped-output-defaults",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    inputs:
      parameters: [{name: env}]
    steps:
    - - {name: a, template: echo, when: '{{inputs.parameters.env}} == prd'}
    - - name: b
        template: echo
        arguments:
          parameters: [{name: text, value: 'x {{steps.⟦a⟧.outputs.result}}'}]
  - name: echo
    inputs:
      parameters: [{name: text, default: x}]
    script: {image: 'alpine:3.23', command: [sh], source: 'echo {{inputs.parameters.text}}'}
",
        )],
    good: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    inputs:
      parameters: [{name: env}]
    steps:
    - - {name: a, template: echo, when: '{{inputs.parameters.env}} == prd'}
    - - name: b
        template: echo
        arguments:
          parameters: [{name: text, value: \"{{=steps.a.outputs.result ?? 'none'}}\"}]
  - name: echo
    inputs:
      parameters: [{name: text, default: x}]
    script: {image: 'alpine:3.23', command: [sh], source: 'echo {{inputs.parameters.text}}'}
",
        )],
    check: Check::Perhaps(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, view: Option<&View<'_>>, sink: &mut Sink<'_>) {
    say(subject, view, sink, What::Skipped);
}
