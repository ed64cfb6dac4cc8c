use luban_yaml::Path;

use crate::inner::Inner;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "manifest-field",
    kinds: WORKFLOWS,
    severity: Severity::Error,
    title: "a manifest with a field that its kind does not know, or of another type",
    why: "The manifest of a resource template is text to `argo lint`. kubectl checks it when the step runs, and refuses it.",
    fix: "Write the field that is meant; the message says which is nearest.",
    source: "argo-workflows v4.1 workflow/executor/resource.go, `getKubectlArguments`; kubectl `--validate=strict`",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    inputs: {parameters: [{name: name}]}
    resource:
      action: create
      manifest: |
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: {{inputs.parameters.name}}
        spec:
          ⟦replica⟧: 2
          selector: {matchLabels: {app: a}}
          template:
            metadata: {labels: {app: a}}
            spec:
              containers:
              - {name: a, image: 'alpine:3.23', ports: ⟦80⟧}
",
        )],
    good: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    inputs: {parameters: [{name: count}]}
    resource:
      action: apply
      manifest: |
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: a
        spec:
          replicas: {{inputs.parameters.count}}
          selector: {matchLabels: {app: a}}
          template:
            metadata: {labels: {app: a}}
            spec:
              containers:
              - {name: a, image: 'alpine:3.23'}
  - name: patch
    resource:
      action: patch
      mergeStrategy: json
      flags: [deployment, a]
      manifest: '[{\"op\": \"remove\", \"path\": \"/spec/replicas\"}]'
",
        )],
    check: Check::Workflow(check),
    ..BROKEN
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    for written in view.written() {
        let Some(resource) = &written.template.resource else { continue };
        let is_whole = matches!(resource.action.as_str(), "create" | "apply" | "replace");
        let is_unchecked = resource.flags.iter().any(|flag| flag.starts_with("--validate"));
        let path = written.path.key("resource").key("manifest");
        let Some(scalar) = own.document().scalar(&path).filter(|_| is_whole && !is_unchecked) else { continue };
        // What is no YAML is a finding by itself.
        let Ok(inner) = Inner::read(scalar) else { continue };
        for document in &inner.documents {
            for fault in luban_api::read(document).findings {
                if !matches!(fault.rule, "unknown-field" | "wrong-type" | "duplicate-key") {
                    continue;
                }
                let place = fault.place.as_ref().and_then(|place| inner.place(place));
                if place.is_some() {
                    let mut finding = sink.finding(format!("in the manifest: {}", fault.message));
                    // Definitions of kinds that are not Kubernetes' own may take any field.
                    let api = document.text_at(&Path::root().key("apiVersion")).unwrap_or_default();
                    let group = api.split_once('/').map_or("", |(group, _)| group);
                    if group.contains('.') && !group.ends_with(".k8s.io") {
                        finding.severity = Severity::Warning;
                    }
                    sink.push(finding.at(place));
                }
            }
        }
    }
}
