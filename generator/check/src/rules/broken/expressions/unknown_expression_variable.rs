use crate::argo::What;
use crate::rules::broken::expressions::{KINDS, say};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-expression-variable",
    kinds: KINDS,
    severity: Severity::Error,
    title: "an expression that reads a variable that does not exist there",
    why: "Variables in expressions are not looked up by `argo lint`. One that does not exist is nothing at run time: the expression fails, or stays in the text as it is. Each kind of expression has its own variables: `retryStrategy.expression` knows `lastRetry` and `retries` only.",
    fix: "Read a variable that exists there; the message says which is nearest. A name with `-` needs brackets: `inputs.parameters['a-b']`.",
    source: "argo-workflows v4.1 util/variables/keys, workflow/controller/scope.go, hooks.go, operator.go, workflow/executor/agent.go, workflow/data/data.go",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata: {name: nightly}
spec:
  schedules: [0 3 * * *]
  when: '{{= cronworkflow.⟦lastScheduled⟧ == nil || (now() - cronworkflow.lastScheduledTime).Seconds() > 3600 }} && {{⟦cronworkflow.fails⟧}} < 3'
  stopStrategy: {expression: 'cronworkflow.⟦fail⟧ > 5'}
  workflowSpec:
    entrypoint: main
    templates:
    - name: main
      container: {image: 'alpine:3.23'}
",
    ), Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowEventBinding
metadata: {name: push}
spec:
  event: {selector: 'payload.message != \"\" && ⟦discriminatr⟧ == \"push\"'}
  submit:
    workflowTemplateRef: {name: build}
    arguments:
      parameters: [{name: text, valueFrom: {event: payload.message}}]
",
    ), Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    inputs:
      parameters: [{name: text}, {name: image-tag}]
    steps:
    - - {name: first, template: echo}
    - - name: a
        template: echo
        when: \"'{{=inputs.parameters.⟦txt⟧}}' == 'x'\"
        arguments:
          parameters:
          - {name: text, value: '{{=inputs.parameters.⟦image-tag⟧}} {{=steps.⟦frist⟧.outputs.result}} {{=⟦tasks⟧.first.status}}'}
        hooks:
          run: {template: echo, expression: ⟦step⟧.a.status == \"Running\"}
  - name: echo
    inputs:
      parameters: [{name: text, default: x}]
    retryStrategy: {limit: 2, expression: \"⟦lastRetri⟧.exitCode != '2'\"}
    script: {image: 'alpine:3.23', command: [sh], source: 'echo {{inputs.parameters.text}} {{=⟦item⟧}}'}
",
        )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata: {name: nightly}
spec:
  schedules: [0 3 * * *]
  when: '{{= cronworkflow.lastScheduledTime == nil || (now() - cronworkflow.lastScheduledTime).Seconds() > 3600 }} && {{cronworkflow.failed}} < 3'
  stopStrategy: {expression: 'cronworkflow.failed > 5'}
  workflowSpec:
    entrypoint: main
    templates:
    - name: main
      container: {image: 'alpine:3.23'}
",
    ), Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    inputs:
      parameters: [{name: text}, {name: image-tag}]
    steps:
    - - {name: first, template: echo}
    - - name: a
        template: echo
        withItems: [{name: x}]
        when: \"'{{=inputs.parameters.text}}' == 'x'\"
        arguments:
          parameters:
          - {name: text, value: \"{{=inputs.parameters['image-tag']}} {{=steps.first.outputs.result}} {{=item.name}}\"}
        hooks:
          run: {template: echo, expression: steps.a.status == \"Running\"}
  - name: echo
    inputs:
      parameters: [{name: text, default: x}]
    retryStrategy: {limit: 2, expression: \"lastRetry.exitCode != '2'\"}
    script: {image: 'alpine:3.23', command: [sh], source: 'echo {{inputs.parameters.text}} {{=retries}}'}
",
        )],
    check: Check::Perhaps(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, view: Option<&View<'_>>, sink: &mut Sink<'_>) {
    say(subject, view, sink, What::Variable);
}
