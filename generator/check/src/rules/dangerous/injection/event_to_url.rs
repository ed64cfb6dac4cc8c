use crate::rules::prelude::*;

use super::with_way;

pub(crate) static RULE: Rule = Rule {
    id: "event-to-url",
    title: "an event chooses where something is fetched from or sent to",
    why: "A URL, a repository or a revision of a resolver is made of a field of an event that people write: they choose what is fetched \
          and run, or to whom the request with its credentials goes.",
    fix: "Take URLs from what is written down (a table of repositories), and only names or ids that are checked from the event.",
    source: "argo-workflows v4.1 docs/http-template.md; tektoncd/pipeline v1.15 docs/git-resolver.md",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: push, namespace: ci}
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
              arguments: {parameters: [{name: target}]}
              templates:
              - name: main
                http:
                  url: https://⟦{{workflow.parameters.target}}⟧/done
        parameters:
        - src: {dependencyName: push, dataKey: body.head_commit.message}
          dest: spec.arguments.parameters.0.value
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: push, namespace: ci}
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
              arguments: {parameters: [{name: target}]}
              templates:
              - name: main
                http:
                  url: https://example.com/done
                  body: '{{workflow.parameters.target}}'
        parameters:
        - src: {dependencyName: push, dataKey: body.head_commit.message}
          dest: spec.arguments.parameters.0.value
",
    )],
    check: Check::Flows(check),
    ..DANGEROUS
};

fn check(flows: &[Flow], sink: &mut Sink<'_>) {
    for flow in flows.iter().filter(|flow| flow.is_event && flow.used_as == Use::Url) {
        let message = format!("`{}` of an event says where this is fetched from or sent to", flow.what);
        sink.push(with_way(sink.finding(message), flow));
    }
}
