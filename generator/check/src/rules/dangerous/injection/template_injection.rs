use std::collections::HashMap;

use crate::rules::prelude::*;

use super::with_way;

pub(crate) static RULE: Rule = Rule {
    id: "template-injection",
    severity: Severity::Note,
    title: "a parameter that callers choose becomes part of a program",
    why: "The value is put into the text of the program before it runs, without quotes: a value with a quote breaks it, and one with \
          `$(…)` or backticks runs. It is safe only as long as nobody passes on text of others.",
    fix: "Pass the value through the environment (`env: [{name: NAME, value: …}]`) and write `\"$NAME\"` in the program, as Tekton's \
          documentation asks for; an `enum` of allowed values is as good.",
    source: "tektoncd/pipeline v1.15 docs/tasks.md, Using parameters in scripts; argo-workflows issues 5114 and 7828",
    bad: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: push}
spec:
  params: [{name: tag}]
  steps:
  - name: push
    image: alpine:3.23
    script: |
      #!/bin/sh
      echo \"⟦$(params.tag)⟧\"
",
        ),
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: greet}
spec:
  entrypoint: main
  serviceAccountName: greeter
  arguments:
    parameters: [{name: text}]
  templates:
  - name: main
    dag:
      tasks:
      - name: greet
        template: greet
        arguments:
          parameters: [{name: message, value: '{{workflow.parameters.text}}'}]
  - name: greet
    inputs:
      parameters: [{name: message}]
    script:
      image: python:3.14
      command: [python]
      source: print('⟦{{=inputs.parameters.message}}⟧')
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: push}
spec:
  params: [{name: tag}]
  steps:
  - name: push
    image: alpine:3.23
    env: [{name: TAG, value: $(params.tag)}]
    script: |
      #!/bin/sh
      echo \"$TAG\"
",
        ),
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: greet}
spec:
  entrypoint: main
  serviceAccountName: greeter
  arguments:
    parameters: [{name: size, value: small, enum: [small, large]}]
  templates:
  - name: main
    steps:
    - - name: greet
        template: greet
        arguments:
          parameters: [{name: message, value: hello}, {name: count, value: '{{workflow.parameters.size}}'}]
  - name: greet
    inputs:
      parameters: [{name: message}, {name: count}]
    script:
      image: python:3.14
      command: [python]
      source: print('{{inputs.parameters.message}}', '{{inputs.parameters.count}}')
",
        ),
    ],
    check: Check::Flows(check),
    ..DANGEROUS
};

fn check(flows: &[Flow], sink: &mut Sink<'_>) {
    let mut scripts: Vec<(&Flow, Vec<&Flow>)> = Vec::new();
    let mut known = HashMap::new();
    for flow in flows.iter().filter(|flow| !flow.is_event && matches!(flow.used_as, Use::Script(_))) {
        match known.get(&flow.text).and_then(|at: &usize| scripts.get_mut(*at)) {
            Some((_, others)) => others.push(flow),
            None => {
                known.insert(&flow.text, scripts.len());
                scripts.push((flow, Vec::new()));
            }
        }
    }
    // One script has one cause, however many parameters are in it.
    for (first, others) in scripts {
        let Use::Script(language) = first.used_as else {
            continue;
        };
        let message = format!("parameter `{}` becomes part of this {language} script: its value is run, not read", first.what);
        let finding = sink.finding(message).help("pass it through `env` and use the variable in quotes");
        let mut finding = with_way(finding, first);
        for other in others {
            finding = finding.related(format!("so does `{}`", other.what), other.place.clone());
        }
        sink.push(finding);
    }
}
