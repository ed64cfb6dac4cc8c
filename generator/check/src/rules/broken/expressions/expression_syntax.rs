use crate::argo::What;
use crate::rules::broken::expressions::{KINDS, say};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "expression-syntax",
    kinds: KINDS,
    severity: Severity::Error,
    title: "an expression that its language cannot read",
    why: "No expression is compiled before it is needed: `argo lint` passes it, and the step fails when the workflow comes to it, or the text stays as it is.",
    fix: "Write what the message says; conditions of steps are read by govaluate after variables are put in, all others by expr-lang.",
    source: "argo-workflows v4.1 util/template/expression_template.go, workflow/controller/steps.go `shouldExecute`, dag.go `evaluateDependsLogic`, workflow/executor/resource.go",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    inputs:
      parameters: [{name: count}]
    steps:
    - - name: a
        template: echo
        when: \"{{inputs.parameters.count}} ⟦=⟧ 1\"
        arguments:
          parameters: [{name: text, value: '{{=inputs.parameters.count +⟦+⟧}}'}]
  - name: echo
    inputs:
      parameters: [{name: text}]
    retryStrategy: {limit: 2, expression: 'lastRetry.exitCode ⟦!⟧ \"2\"'}
    container: {image: 'alpine:3.23', args: ['{{inputs.parameters.text}}']}
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
      - {name: a, template: apply}
      - {name: b, template: apply, depends: 'a.Succeeded ⟦&⟧ a'}
  - name: apply
    resource:
      action: create
      successCondition: 'status.phase =⟦>⟧ Succeeded'
      manifest: '{apiVersion: v1, kind: Pod, metadata: {generateName: a-}}'
    outputs:
      parameters:
      - {name: phase, valueFrom: {jqFilter: '.status.phase ⟦&⟧& .kind'}}
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
      parameters: [{name: count}]
    steps:
    - - name: a
        template: echo
        when: \"{{inputs.parameters.count}} == 1 && '{{workflow.name}}' =~ '^build-'\"
        arguments:
          parameters: [{name: text, value: '{{=asInt(inputs.parameters.count) + 1}}'}]
  - name: echo
    inputs:
      parameters: [{name: text}]
    retryStrategy: {limit: 2, expression: 'lastRetry.exitCode != \"2\"'}
    container: {image: 'alpine:3.23', args: ['{{inputs.parameters.text}}']}
",
        )],
    check: Check::Perhaps(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, view: Option<&View<'_>>, sink: &mut Sink<'_>) {
    say(subject, view, sink, What::Syntax);
}
