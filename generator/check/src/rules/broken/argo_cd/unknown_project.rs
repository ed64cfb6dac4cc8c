use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-project",
    title: "an application in an AppProject that is not given",
    why: "An application whose project does not exist is in error. The project may exist elsewhere, so that this \
          is a warning unless all objects are given.",
    fix: "Correct the name, give the file that has the project, or say what the cluster has by \
          `--cluster-objects`.",
    source: "argo-cd v3.5.1 util/argo/argo.go, `GetAppProject`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop, namespace: argocd}
spec:
  sourceRepos: ['https://git.example.com/acme/*']
  destinations:
  - {server: 'https://kubernetes.default.svc', namespace: 'shop-*'}
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: ⟦shopp⟧
  source: {repoURL: 'https://git.example.com/acme/gitops', path: apps/web, targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop-snd}
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
",
    )],
    check: Check::All(crate::argo_cd::say),
    severity: Severity::Error,
    ..BROKEN
};

