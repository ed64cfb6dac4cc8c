use crate::chain::{declared, started};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "triggered-argument-missing",
    severity: Severity::Error,
    title: "an event that starts a workflow without an argument that it needs",
    why: "When a Workflow is created every argument of its template must have a value: from the template, from the \
          Workflow or by a parameter of the trigger. Without one the controller ends it with an error; an argument \
          without a value takes the template's value away.",
    fix: "Give the argument a value, or set it by a parameter of the trigger whose `dest` is \
          `spec.arguments.parameters.<n>.value`.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateArgumentsValues`; workflow/util/util.go, \
          `MergeParameters`",
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
              workflowTemplateRef: {name: ⟦build⟧}
              arguments:
                parameters:
                - {name: image, value: api}
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
    ), Example::new(
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
                - {name: revision, value: main}
                - {name: ⟦image⟧}
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
    check: Check::Object(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    for started in started(subject.objects, subject.position).iter().filter(|started| started.is_by_event) {
        let Some(template) = started.template.filter(|_| !started.is_open) else {
            continue;
        };
        for (parameter, name, has_value) in &started.given {
            if !has_value {
                let message = format!("argument `{name}` gets no value: no parameter of the trigger sets it");
                let place = parameter.get("name").unwrap_or(*parameter).place();
                sink.push(sink.finding(message).at(Some(place)));
            }
        }
        for (parameter, name, has_value) in declared(template) {
            if has_value || started.given.iter().any(|(_, given, _)| *given == name) {
                continue;
            }
            let message = format!("argument `{name}` of {} `{}` is not given", started.kind, started.name);
            let there = parameter.get("name").unwrap_or(parameter).place();
            let mut finding = sink.finding(message).at(Some(started.reference.place()));
            finding = finding.related("it is declared here", Some(there));
            let names = || declared(template).into_iter().map(|(_, name, _)| name);
            let extra = started.given.iter().map(|(_, given, _)| *given);
            let extra = extra.filter(|given| !names().any(|name| name == *given));
            if let Some(near) = did_you_mean(name, extra) {
                finding = finding.help(format!("`{near}` is given: is `{name}` meant?"));
            }
            sink.push(finding);
        }
    }
}
