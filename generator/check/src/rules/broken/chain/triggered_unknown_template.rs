use crate::chain::started;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "triggered-unknown-template",
    title: "an event that starts a WorkflowTemplate that is not given",
    why: "The Sensor makes the Workflow, and the controller ends it with an error. The template may exist \
          elsewhere, so that this is a warning unless all objects are given.",
    fix: "Correct the name, give the file that has the object, or say what the cluster has by `--cluster-objects`.",
    source: "argo-workflows v4.1 workflow/controller/operator.go, `setStoredWfSpec`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: push, namespace: ci}
spec:
  dependencies:
  - {name: push, eventSourceName: git, eventName: push}
  triggers:
  - template:
      name: build
      k8s:
        operation: create
        source:
          resource:
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {generateName: build-}
            spec:
              workflowTemplateRef: {name: ⟦biuld⟧}
              arguments:
                parameters:
                - {name: revision, value: main}
---
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build, namespace: ci}
spec:
  entrypoint: main
  arguments:
    parameters:
    - {name: revision}
    - {name: image, value: web}
  templates:
  - name: main
    container: {image: 'alpine:3.23', args: ['{{workflow.parameters.revision}}', '{{workflow.parameters.image}}']}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: push, namespace: ci}
spec:
  dependencies:
  - {name: push, eventSourceName: git, eventName: push}
  triggers:
  - template:
      name: build
      k8s:
        operation: create
        source:
          resource:
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {generateName: build-}
            spec:
              workflowTemplateRef: {name: build}
              arguments:
                parameters:
                - {name: revision}
        parameters:
        - src: {dependencyName: push, dataKey: body.after}
          dest: spec.arguments.parameters.0.value
---
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build, namespace: ci}
spec:
  entrypoint: main
  arguments:
    parameters:
    - {name: revision}
    - {name: image, value: web}
  templates:
  - name: main
    container: {image: 'alpine:3.23', args: ['{{workflow.parameters.revision}}', '{{workflow.parameters.image}}']}
",
    )],
    needs_others: true,
    check: Check::Object(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    for started in started(subject.objects, subject.position).iter().filter(|started| started.is_by_event) {
        if started.template.is_some() {
            continue;
        }
        let is_of_cluster = started.kind == "ClusterWorkflowTemplate";
        let namespace = if is_of_cluster { "" } else { started.namespace };
        let near = subject.objects.nearest(started.kind, namespace, started.name);
        let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
        let place = if namespace.is_empty() { String::new() } else { format!(" in namespace `{namespace}`") };
        let message = format!("{} `{}` is not found{place}{near}", started.kind, started.name);
        sink.push(sink.missing(message).at(Some(started.reference.place())));
    }
}
