use crate::argo_cd::is_template;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "application-finalizer",
    kinds: &["Application", "ApplicationSet"],
    title: "a finalizer of Argo CD's that Argo CD does not know",
    why: "Nothing removes it: the application is never deleted.",
    fix: "Write `resources-finalizer.argocd.argoproj.io`, with `/foreground` or `/background` if need be.",
    source: "argo-cd v3.5.1 application_defaults.go",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd, finalizers: [⟦resource-finalizer.argocd.argoproj.io⟧]}
spec:
  project: default
  source: {repoURL: 'https://git.example.com/acme/gitops', path: apps/web, targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd, finalizers: [resources-finalizer.argocd.argoproj.io/background]}
spec:
  project: default
  source: {repoURL: 'https://git.example.com/acme/gitops', path: apps/web, targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop}
",
    )],
    check: Check::Object(check),
    ..BROKEN
};

const KNOWN: [&str; 3] = [
    "resources-finalizer.argocd.argoproj.io",
    "pre-delete-finalizer.argocd.argoproj.io",
    "post-delete-finalizer.argocd.argoproj.io",
];

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let template = entry.path.key("spec").key("template").key("metadata").key("finalizers");
    for list in [entry.path.key("metadata").key("finalizers"), template] {
        for index in 0..entry.document.length_at(&list).unwrap_or(0) {
            let at = list.index(index);
            let finalizer = entry.document.text_at(&at).unwrap_or_default();
            let name = finalizer.split('/').next().unwrap_or_default();
            if !name.contains("argocd.argoproj.io") || KNOWN.contains(&name) || is_template(finalizer) {
                continue;
            }
            let near = did_you_mean(name, KNOWN);
            let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            let finding = sink.finding(format!("Argo CD has no finalizer `{finalizer}`{near}"));
            sink.push(finding.at(entry.document.locate(&at)));
        }
    }
}
