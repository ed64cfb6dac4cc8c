use crate::rules::prelude::*;

use super::with_way;

pub(crate) static RULE: Rule = Rule {
    id: "event-to-expression",
    title: "text of an event becomes part of an expression",
    why: "The value is put into the expression before it is evaluated: a branch called `x' == 'x` makes a condition true that guards a \
          release.",
    fix: "Compare in an expression that reads the value, `{{=inputs.parameters.branch == 'main'}}`, or filter in the Sensor.",
    source: "argo-workflows v4.1 workflow/controller/operator.go, `shouldExecute`; tektoncd/pipeline v1.15 docs/pipelines.md, `when` with CEL",
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
                steps:
                - - name: release
                    template: release
                    when: \"⟦{{workflow.parameters.branch}}⟧ == main\"
              - name: release
                container: {image: 'alpine:3.23'}
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
              arguments: {parameters: [{name: branch}]}
              templates:
              - name: main
                steps:
                - - name: release
                    template: release
                    when: \"{{=workflow.parameters.branch == 'main'}}\"
              - name: release
                container: {image: 'alpine:3.23'}
        parameters:
        - src: {dependencyName: push, dataKey: body.ref}
          dest: spec.arguments.parameters.0.value
",
    )],
    check: Check::Flows(check),
    ..DANGEROUS
};

fn check(flows: &[Flow], sink: &mut Sink<'_>) {
    for flow in flows.iter().filter(|flow| flow.is_event && flow.used_as == Use::Expression) {
        let message = format!("`{}` of an event becomes part of this expression: who sends it decides its outcome", flow.what);
        sink.push(with_way(sink.finding(message), flow));
    }
}
