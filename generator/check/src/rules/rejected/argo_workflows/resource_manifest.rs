use std::sync::LazyLock;

use luban_yaml::{Budget, parse};
use regex::Regex;

use crate::argo::{is_placeholder, with_placeholders_as_x};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "resource-manifest",
    kinds: WORKFLOWS,
    title: "a resource template without an object, with two, or with one that is no YAML",
    why: "Every action but `get` and `delete` needs the object, from `manifest` or `manifestFrom`, and it must be YAML when \
          variables are put in.",
    fix: "Write one of `manifest` and `manifestFrom`; quote values that are variables.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateLeaf`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    ⟦resource⟧: {action: create}
  - name: other
    resource:
      action: create
      ⟦manifest⟧: |
        kind: ConfigMap
        data: [
  - name: from
    resource:
      action: create
      manifestFrom: {artifact: {name: ⟦object⟧}}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    resource:
      action: create
      manifest: |
        kind: ConfigMap
        metadata: {name: {{=workflow.name}}}
  - name: other
    inputs:
      artifacts: [{name: object, path: /object.yaml}]
    resource:
      action: create
      manifestFrom: {artifact: {name: object}}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for (visit, base) in view.bodies() {
        let Some(resource) = &visit.template.resource else {
            continue;
        };
        if matches!(&*view.resolved(visit, &resource.action), "get" | "delete") {
            continue;
        }
        let path = visit.path.key("resource");
        let manifest = resource.manifest.as_deref().filter(|manifest| !manifest.is_empty());
        let inputs = visit.template.inputs.iter().flat_map(|inputs| &inputs.artifacts);
        let mut names = inputs.map(|artifact| &artifact.name);
        let finding = match (manifest, &resource.manifest_from) {
            (None, None) => {
                if ["manifest", "manifestFrom"].iter().any(|field| sink.is_misspelt(base.entry, &path, field)) {
                    continue;
                }
                let message = format!("`{}` is missing: there is neither `manifest` nor `manifestFrom`", path.key("manifest"));
                sink.finding(message).at(base.key(&path))
            }
            (Some(_), Some(_)) => {
                let finding = sink.finding("`manifestFrom` cannot stand beside `manifest`");
                finding.at(base.key(&path.key("manifestFrom"))).related("the other is here", base.key(&path.key("manifest")))
            }
            (None, Some(from)) => {
                if names.any(|name| *name == from.artifact.name) {
                    continue;
                }
                let message = format!("artifact `{}` is no input of this template", from.artifact.name);
                let path = path.key("manifestFrom").key("artifact").key("name");
                sink.finding(message).at(base.value(&path))
            }
            (Some(manifest), None) => {
                let resolved = view.resolved(visit, manifest);
                if is_placeholder(&resolved) {
                    continue;
                }
                let Some(why) = fault(&with_placeholders_as_x(&resolved)) else {
                    continue;
                };
                let finding = sink.finding(format!("`manifest` is no valid YAML: {why}"));
                finding.at(base.key(&path.key("manifest")))
            }
        };
        sink.push_in(view.foreign(&visit.site), finding);
    }
}

/// Why the first document of a text is no YAML, expressions apart.
fn fault(manifest: &str) -> Option<String> {
    #[allow(clippy::expect_used, reason = "a constant")]
    static EXPRESSION: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\{\{\s*=\s*(.+?)\s*\}\}").expect("a valid expression"));
    let text = EXPRESSION.replace_all(manifest, "x");
    // Upstream's decoder reads no further than the first document.
    let first = text.trim_start();
    let first = first.strip_prefix("---").unwrap_or(first);
    let first = first.split("\n---").next().unwrap_or_default();
    match parse("manifest", first.as_bytes(), &Budget::default()) {
        Err(findings) => findings.into_iter().next().map(|finding| finding.message),
        Ok(documents) => {
            let findings = documents.first().map(|document| document.findings().to_vec());
            let mut findings = findings.unwrap_or_default().into_iter();
            let fault = findings.find(|finding| !matches!(finding.rule, "duplicate-key" | "unknown-tag"));
            fault.map(|finding| finding.message)
        }
    }
}
