use crate::rules::prelude::*;

use super::with_way;

pub(crate) static RULE: Rule = Rule {
    id: "manifest-injection",
    title: "a value from outside becomes part of the text of an object",
    why: "The manifest of a resource template and `podSpecPatch` are text until variables are put in: a value with a line break adds \
          fields, and whoever chooses it chooses what is created with this workflow's ServiceAccount.",
    fix: "Write the value as one JSON string, `{{=toJson(inputs.parameters.x)}}`, which YAML takes as one value whatever is in it.",
    source: "argo-workflows v4.1 workflow/executor/resource.go; issue 12534",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: mark}
spec:
  entrypoint: main
  serviceAccountName: marker
  templates:
  - name: main
    inputs:
      parameters: [{name: name}]
    resource:
      action: create
      manifest: |
        apiVersion: v1
        kind: ConfigMap
        metadata:
          generateName: mark-
        data:
          name: ⟦{{inputs.parameters.name}}⟧
",
        ),
        Example::new(
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
      name: mark
      argoWorkflow:
        operation: submit
        source:
          resource:
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {generateName: mark-, namespace: ci}
            spec:
              entrypoint: main
              serviceAccountName: marker
              arguments: {parameters: [{name: title}]}
              templates:
              - name: main
                resource:
                  action: create
                  manifest: |
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {generateName: mark-}
                    data: {title: '⟦{{workflow.parameters.title}}⟧'}
        parameters:
        - src: {dependencyName: push, dataTemplate: '{{ .Input.body.head_commit.message | trim }}'}
          dest: spec.arguments.parameters.0.value
",
        ),
    ],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: mark}
spec:
  entrypoint: main
  serviceAccountName: marker
  templates:
  - name: main
    inputs:
      parameters: [{name: name}]
    resource:
      action: create
      manifest: |
        apiVersion: v1
        kind: ConfigMap
        metadata:
          generateName: mark-
        data:
          name: {{=toJson(inputs.parameters.name)}}
          by: {{workflow.name}}
",
    )],
    check: Check::Flows(check),
    ..DANGEROUS
};

fn check(flows: &[Flow], sink: &mut Sink<'_>) {
    for flow in flows.iter().filter(|flow| flow.used_as == Use::Manifest) {
        let mut finding = if flow.is_event {
            let message = format!("`{}` of an event becomes part of an object's text: a line break in it adds fields", flow.what);
            sink.finding(message)
        } else {
            let message = format!("parameter `{}` becomes part of an object's text: a line break in it adds fields", flow.what);
            sink.finding(message)
        };
        if !flow.is_event {
            finding.severity = Severity::Note;
        }
        sink.push(with_way(finding.help("`{{=toJson(…)}}` makes one value of it"), flow));
    }
}
