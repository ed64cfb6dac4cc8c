use crate::chain::{declared, items, started};
use crate::objects::Entry;
use crate::references::{is_known, named_at};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "workflow-argument-unknown",
    title: "an argument that the template does not know",
    why: "A Workflow may give its template arguments that this does not declare. Nobody reads them: what they \
          should change does not change.",
    fix: "Correct the name, or declare the argument in the template.",
    source: "argo-workflows v4.1 workflow/util/merge.go, `JoinWorkflowSpec`",
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
              workflowTemplateRef: {name: build}
              arguments:
                parameters:
                - {name: revision}
                - {name: ⟦imgae⟧, value: api}
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
    ), Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata: {name: nightly, namespace: ci}
spec:
  schedules: ['0 3 * * *']
  workflowSpec:
    workflowTemplateRef: {name: build}
    arguments:
      parameters: [{name: revision, value: main}, {name: ⟦push⟧, value: 'true'}]
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
    for started in started(subject.objects, subject.position) {
        let Some(template) = started.template else {
            continue;
        };
        let declared = declared(template);
        for (parameter, name, _) in &started.given {
            if declared.iter().any(|(_, known, _)| known == name) || !is_known(name) || takes(template, name)
                || reads(template, name) {
                continue;
            }
            let near = did_you_mean(name, declared.iter().map(|(_, name, _)| *name));
            let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            let message = format!("{} `{}` has no argument `{name}`{near}", started.kind, started.name);
            let place = parameter.get("name").unwrap_or(*parameter).place();
            sink.push(sink.finding(message).at(Some(place)).related("it is this one", named_at(template)));
        }
    }
}

/// Whether a template takes it as an input: arguments are inputs of the template that the workflow starts with.
fn takes(template: &Entry, name: &str) -> bool {
    let node = template.document.cursor(&template.path);
    let spec = node.and_then(|node| node.get("spec"));
    let mut inputs = spec.into_iter().flat_map(|spec| items(spec, "templates")).filter_map(|template| template.get("inputs"));
    inputs.any(|inputs| items(inputs, "parameters").any(|input| input.text_at(&["name"]) == Some(name)))
}

/// Whether a template reads an argument that it does not declare, or all of them, or calls others that may.
fn reads(template: &Entry, name: &str) -> bool {
    let scalars = template.document.scalars(&template.path);
    let mut texts = scalars.map(|scalar| (scalar.text(), scalar.is_key));
    texts.any(|(text, is_key)| {
        (is_key && text == "templateRef")
            || text.contains("workflow.parameters.json")
            || text.match_indices("workflow.parameters").any(|(at, found)| {
                let rest = text.get(at + found.len()..).unwrap_or_default();
                let rest = rest.trim_start_matches(['.', '[', '\'', '"']);
                rest.starts_with(name) || rest.starts_with(['}', ' ', ')'])
            })
    })
}
