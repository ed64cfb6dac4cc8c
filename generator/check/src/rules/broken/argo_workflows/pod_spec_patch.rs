use luban_api_core::k8s_openapi::api::core::v1::PodSpec;
use luban_yaml::{Path, read_at};

use crate::expressions::place;
use crate::inner::Inner;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "pod-spec-patch",
    kinds: WORKFLOWS,
    title: "a `podSpecPatch` that is no YAML, or that sets what a pod has not",
    why: "The patch is text, and read when the pod is made: a field that a pod has not is dropped or refused then.",
    fix: "Write a mapping of the fields of a pod's `spec`, such as `containers: [{name: main, …}]`.",
    source: "argo-workflows v4.1 workflow/util/util.go, `ApplyPodSpecPatch`",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    podSpecPatch: |
      containers:
      - name: main
        ⟦resource⟧:
          limits: {memory: '{{inputs.parameters.memory}}'}
      ⟦terminationGracePeriod⟧: 10
    inputs: {parameters: [{name: memory}]}
    container: {image: 'alpine:3.23'}
",
        ), Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    podSpecPatch: '{\"containers\": [{\"name\": \"main\"⟦]⟧'
    container: {image: 'alpine:3.23'}
",
        )],
    good: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    podSpecPatch: |
      terminationGracePeriodSeconds: 10
      containers:
      - name: main
        resources:
          limits: {memory: '{{inputs.parameters.memory}}'}
    inputs: {parameters: [{name: memory}]}
    container: {image: 'alpine:3.23'}
  - name: other
    podSpecPatch: '{\"containers\": [{\"name\": \"main\", \"$patch\": \"delete\"}]}'
    container: {image: 'alpine:3.23'}
",
        )],
    check: Check::Workflow(check),
    ..BROKEN
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    let of_spec = own.spec.pod_spec_patch.iter().map(|_| own.path.key("podSpecPatch"));
    let of_templates = view.written().iter().filter(|written| written.template.pod_spec_patch.is_some());
    let paths: Vec<Path> = of_spec.chain(of_templates.map(|written| written.path.key("podSpecPatch"))).collect();
    for path in paths {
        let Some(scalar) = own.document().scalar(&path).filter(|scalar| !scalar.text().trim().is_empty()) else {
            continue;
        };
        let inner = match Inner::read(scalar) {
            Ok(inner) => inner,
            Err(fault) => {
                if let Some(fault) = fault {
                    let mut finding = sink.finding(format!("the patch is no valid YAML: {}", fault.message));
                    finding.severity = Severity::Error;
                    let span = fault.place.map(|place| place.span.start.offset as usize..place.span.end.offset as usize);
                    let place = span.map_or_else(|| scalar.place(), |span| place(&scalar, 0, &span));
                    sink.push(finding.at(place));
                }
                continue;
            }
        };
        for document in &inner.documents {
            if document.keys(&[]).next().is_none() && !scalar.text().contains("{{") {
                let mut finding = sink.finding("the patch is no mapping of fields of a pod");
                finding.severity = Severity::Error;
                sink.push(finding.at(scalar.place()));
                continue;
            }
            let (_, findings) = read_at::<PodSpec>(document, &[]);
            for fault in findings.into_iter().filter(|fault| fault.rule == "unknown-field") {
                let place = fault.place.as_ref().and_then(|place| inner.place(place));
                // Directions for the merge begin with `$`.
                if place.is_some() && !fault.message.contains("`$") && !fault.message.contains(".$") && !fault.message.contains("[\"$") {
                    sink.push(sink.finding(format!("the patch has an {}", fault.message)).at(place));
                }
            }
        }
    }
}
