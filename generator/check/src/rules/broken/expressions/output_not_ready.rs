use crate::argo::What;
use crate::rules::broken::expressions::{KINDS, say};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "output-not-ready",
    kinds: KINDS,
    severity: Severity::Error,
    title: "an output of what is not done when it is read",
    why: "Steps of one group start together, and a task knows only the tasks that it depends on. What others give is not there yet: the step fails, or the text stays as it is. `argo lint` looks at this for some places only.",
    fix: "Put the step into a later group, or let the task depend on the other.",
    source: "argo-workflows v4.1 workflow/controller/steps.go `resolveReferences`, dag.go `buildLocalScopeFromTask`",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    steps:
    - - {name: a, template: echo}
      - name: b
        template: echo
        arguments:
          parameters: [{name: text, value: '{{steps.⟦a⟧.outputs.result}} {{=steps.⟦a⟧.outputs.result}}'}]
  - name: echo
    inputs:
      parameters: [{name: text, default: x}]
    script: {image: 'alpine:3.23', command: [sh], source: 'echo {{inputs.parameters.text}}'}
",
        ), Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    dag:
      tasks:
      - {name: a, template: echo}
      - name: b
        template: echo
        arguments:
          parameters: [{name: text, value: 'x {{tasks.⟦a⟧.outputs.result}} {{=tasks.⟦a⟧.outputs.result}}'}]
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
    dag:
      tasks:
      - {name: a, template: echo}
      - {name: c, template: echo, depends: a}
      - name: b
        template: echo
        depends: c
        arguments:
          parameters: [{name: text, value: '{{tasks.a.outputs.result}} {{=tasks.a.outputs.result}}'}]
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
    say(subject, view, sink, What::Unready);
}
