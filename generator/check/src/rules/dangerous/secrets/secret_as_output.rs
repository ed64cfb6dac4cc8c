use crate::rules::prelude::*;
use crate::surface::{spec_of, templates};

pub(crate) static RULE: Rule = Rule {
    id: "secret-as-output",
    kinds: &["Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow"],
    title: "a Secret whose content becomes a parameter",
    why: "Parameters stand in the status of the workflow, in its pods' annotations and in the archive: whoever may read \
          workflows reads the secret.",
    fix: "Mount the Secret in the step that needs it.",
    source: "argo-workflows v4.1 docs/walk-through/secrets.md",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: token}
spec:
  templates:
  - name: main
    resource:
      action: get
      manifest: |
        apiVersion: v1
        kind: Secret
        metadata: {name: git}
    outputs:
      parameters:
      - name: token
        valueFrom: {jsonPath: ⟦'{.data.token}'⟧}
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: token}
spec:
  templates:
  - name: main
    resource:
      action: get
      manifest: |
        apiVersion: v1
        kind: Secret
        metadata: {name: git}
    outputs:
      parameters:
      - name: version
        valueFrom: {jsonPath: '{.metadata.resourceVersion}'}
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = spec_of(surface.entry, surface.root) else {
        return;
    };
    for template in templates(spec) {
        let manifest = template.value.at(&["resource", "manifest"]).and_then(|manifest| manifest.text());
        let is_secret = manifest.unwrap_or_default().lines().any(|line| matches!(line.trim(), "kind: Secret" | "kind: \"Secret\""));
        if !is_secret {
            continue;
        }
        let outputs = template.value.get("outputs").into_iter().flat_map(|outputs| outputs.items_of("parameters"));
        for from in outputs.filter_map(|output| output.get("valueFrom")) {
            let path = from.get("jsonPath").or_else(|| from.get("jqFilter"));
            if let Some(path) = path.filter(|path| path.text().is_some_and(|text| text.contains(".data"))) {
                sink.push(sink.finding("the content of a Secret becomes a parameter, which the workflow's status shows").at(path.place()));
            }
        }
    }
}
