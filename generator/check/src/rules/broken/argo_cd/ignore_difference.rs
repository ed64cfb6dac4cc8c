use luban_expression::jq;

use crate::argo_cd::{is_template, specs};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "ignore-difference",
    kinds: &["Application", "ApplicationSet"],
    title: "a difference that is to be ignored, named by a path that cannot be read",
    why: "A JSON pointer begins with `/` and has `~1` for `/` in a key; a jq path is an expression of jq. What \
          cannot be read ignores nothing, or puts the application in error.",
    fix: "Correct the path.",
    source: "argo-cd v3.5.1 util/argo/normalizers/diff_normalizer.go",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: default
  source: {repoURL: 'https://git.example.com/acme/gitops', path: apps/web, targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop}
  ignoreDifferences:
  - {group: apps, kind: Deployment, jsonPointers: [/spec/replicas, ⟦spec/replicas⟧], jqPathExpressions: ['.spec.template[⟦⟧']}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: default
  source: {repoURL: 'https://git.example.com/acme/gitops', path: apps/web, targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop}
  ignoreDifferences:
  - {group: apps, kind: Deployment, jsonPointers: [/spec/replicas], jqPathExpressions: ['.spec.template.spec.containers[] | select(.name == \"a\")']}
",
    )],
    check: Check::Object(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let Some((spec, path)) = specs(entry) else { return };
    for (index, ignored) in spec.ignore_differences.iter().enumerate() {
        let at = path.key("ignoreDifferences").index(index);
        for (index, pointer) in ignored.json_pointers.iter().enumerate() {
            if !pointer.starts_with('/') && !is_template(pointer) {
                let message = format!("JSON pointer `{pointer}` does not begin with `/`: it ignores nothing");
                sink.push(sink.finding(message).at(entry.document.locate(&at.key("jsonPointers").index(index))));
            }
        }
        for (index, expression) in ignored.jq_path_expressions.iter().enumerate() {
            if is_template(expression) {
                continue;
            }
            if let Err(problem) = jq::parse(expression) {
                let scalar = entry.document.scalar(&at.key("jqPathExpressions").index(index));
                let message = format!("jq path `{expression}` cannot be read: {}", problem.message);
                sink.push(sink.finding(message).at(scalar.map(|scalar| scalar.place_of(problem.span))));
            }
        }
    }
}
