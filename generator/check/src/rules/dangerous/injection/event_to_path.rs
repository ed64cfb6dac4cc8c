use crate::rules::prelude::*;

use super::with_way;

pub(crate) static RULE: Rule = Rule {
    id: "event-to-path",
    title: "text of an event becomes part of a path",
    why: "`..` in the value leads out of the directory: to files of other runs in the same volume, or of the image.",
    fix: "Use an id or a hash of the event in paths, or check the value for `..` first.",
    source: "tektoncd/pipeline v1.15 docs/variables.md; kubernetes v1.35 core/v1 `VolumeMount.subPath`",
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
                  image: alpine:3.23
                  workingDir: /work/⟦{{workflow.parameters.branch}}⟧
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
              arguments: {parameters: [{name: revision}]}
              templates:
              - name: main
                container:
                  image: alpine:3.23
                  workingDir: /work/{{workflow.parameters.revision}}
        parameters:
        - src: {dependencyName: push, dataKey: body.after}
          dest: spec.arguments.parameters.0.value
",
    )],
    check: Check::Flows(check),
    ..DANGEROUS
};

fn check(flows: &[Flow], sink: &mut Sink<'_>) {
    for flow in flows.iter().filter(|flow| flow.is_event && flow.used_as == Use::Path) {
        let message = format!("`{}` of an event becomes part of this path: `..` in it leads out of the directory", flow.what);
        sink.push(with_way(sink.finding(message), flow));
    }
}
