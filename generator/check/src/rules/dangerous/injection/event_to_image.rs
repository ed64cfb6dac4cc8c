use crate::rules::prelude::*;

use super::with_way;

pub(crate) static RULE: Rule = Rule {
    id: "event-to-image",
    title: "an event chooses the image that runs",
    why: "The image that a container runs is named by a field of an event that people write: they choose the program, with this pod's \
          credentials.",
    fix: "Name the image here, or choose among images that are written down.",
    source: "argo-workflows v4.1 docs/variables.md; tektoncd/pipeline v1.15 docs/variables.md",
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
              arguments: {parameters: [{name: branch}]}
              templates:
              - name: main
                container:
                  image: registry.example.com/⟦{{workflow.parameters.branch}}⟧:1.2.3
        parameters:
        - src: {dependencyName: push, dataKey: body.ref}
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
              arguments: {parameters: [{name: tag}]}
              templates:
              - name: main
                container:
                  image: registry.example.com/shop:{{workflow.parameters.tag}}
        parameters:
        - src: {dependencyName: push, dataKey: body.after}
          dest: spec.arguments.parameters.0.value
",
    )],
    check: Check::Flows(check),
    ..DANGEROUS
};

fn check(flows: &[Flow], sink: &mut Sink<'_>) {
    for flow in flows.iter().filter(|flow| flow.is_event && flow.used_as == Use::Image) {
        let message = format!("`{}` of an event says which image runs here: who sends it chooses the program", flow.what);
        sink.push(with_way(sink.finding(message), flow));
    }
}
