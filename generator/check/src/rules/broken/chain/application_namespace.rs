use crate::references::{Application, is_known};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "application-namespace",
    kinds: &["Application"],
    title: "an Application whose folder is built for another namespace",
    why: "Argo CD puts objects without a namespace into the destination's; kustomize's `namespace` has given them \
          another by then. They land there, or are refused by the AppProject.",
    fix: "Make both the same, or leave `namespace` out of the kustomization.",
    source: "argo-cd v3.5 controller/state.go, `CompareAppState`; kustomize v5 api/builtins/NamespaceTransformer.go",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: default
  source: {repoURL: 'https://git.acme.dev/platform', path: ., targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', namespace: ⟦store⟧}
---
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: shop
resources: [example.yaml]
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: default
  source: {repoURL: 'https://git.acme.dev/platform', path: ., targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop}
---
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: shop
resources: [example.yaml]
",
    )],
    check: Check::Object(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    if !subject.entry.name.api_version.starts_with("argoproj.io/") {
        return;
    }
    let universe = subject.objects.universe();
    let Some(application) = Application::of(subject.entry) else {
        return;
    };
    for source in application.sources.iter().filter(|source| !source.is_set && is_known(source.namespace)) {
        let Some(position) = universe.kustomization_of(source.path) else {
            continue;
        };
        let Some(entry) = subject.objects.entries().get(position) else {
            continue;
        };
        let Some(set) = entry.document.cursor(&entry.path).and_then(|node| node.get("namespace")) else {
            continue;
        };
        let namespace = set.text().unwrap_or_default();
        if !is_known(namespace) || namespace == source.namespace {
            continue;
        }
        let path = subject.entry.path.key("spec").key("destination").key("namespace");
        let place = subject.entry.document.locate(&path);
        let message = format!("the folder is built for namespace `{namespace}`, not for `{}`", source.namespace);
        sink.push(sink.finding(message).at(place).related("kustomize sets it here", Some(set.place())));
    }
}
