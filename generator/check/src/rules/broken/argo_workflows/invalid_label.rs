use luban_expression::selector;
use luban_yaml::Path;

use crate::argo::Base;
use crate::expressions::place;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "invalid-label",
    kinds: WORKFLOWS,
    severity: Severity::Error,
    title: "a label that Kubernetes does not take",
    why: "Keys are names of at most 63 letters with a domain before, values at most 63 letters, digits, `-`, `_` and `.`: the pod or the workflow is refused when it is made.",
    fix: "Write such a key or value; other texts belong into annotations.",
    source: "k8s.io/apimachinery v0.36 pkg/util/validation, `IsQualifiedName`, `IsValidLabelValue`",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: build-}
spec:
  entrypoint: main
  podMetadata: {labels: {⟦app/name/x⟧: a}}
  templates:
  - name: main
    metadata:
      labels: {app: ⟦hello world⟧, '{{workflow.name}}': a}
      annotations: {⟦a b⟧: x}
    container: {image: 'alpine:3.23'}
",
        )],
    good: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: build-}
spec:
  entrypoint: main
  podMetadata: {labels: {app.kubernetes.io/name: a}}
  templates:
  - name: main
    metadata:
      labels: {app: '{{workflow.name}}', empty: ''}
      annotations: {example.com/note: 'any text: at all'}
    nodeSelector: {kubernetes.io/os: linux}
    container: {image: 'alpine:3.23'}
",
        )],
    check: Check::Workflow(check),
    ..BROKEN
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    let top = &view.entry.path;
    let mut holders = vec![top.key("metadata"), own.path.key("podMetadata"), own.path.key("workflowMetadata")];
    if own.path.len() > top.len() + 1 {
        holders.push(top.key("spec").key("workflowMetadata"));
    }
    holders.extend(view.written().iter().filter(|written| written.template.metadata.is_some()).map(|written| written.path.key("metadata")));
    let document = own.document();
    for holder in holders {
        for key in document.keys(&holder.key("annotations")) {
            of_key(own, sink, &holder.key("annotations"), key);
        }
        labels(own, sink, &holder.key("labels"));
    }
    labels(own, sink, &own.path.key("nodeSelector"));
    for written in view.written().iter().filter(|written| !written.template.node_selector.is_empty()) {
        labels(own, sink, &written.path.key("nodeSelector"));
    }
}

fn labels(own: &Base<'_>, sink: &mut Sink<'_>, path: &Path) {
    for key in own.document().keys(path) {
        of_key(own, sink, path, key);
        let Some(scalar) = own.document().scalar(&path.key(key)) else { continue };
        if scalar.text().contains("{{") {
            continue;
        }
        if let Err(problem) = selector::check_value(scalar.text()) {
            sink.push(sink.finding(problem.message.as_str()).at(place(&scalar, 0, &problem.span)));
        }
    }
}

fn of_key(own: &Base<'_>, sink: &mut Sink<'_>, path: &Path, key: &str) {
    if key.contains("{{") {
        return;
    }
    if let Err(problem) = selector::check_key(key) {
        sink.push(sink.finding(problem.message.as_str()).at(own.key(&path.key(key))));
    }
}
