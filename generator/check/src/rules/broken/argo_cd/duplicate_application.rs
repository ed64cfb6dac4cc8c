use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "duplicate-application",
    title: "two applications that bring the same folder to the same place",
    why: "Each takes the objects for its own: they are shown as shared, and pruning one removes what the other \
          has.",
    fix: "Keep one application, or give each a folder or a namespace of its own.",
    source: "argo-cd v3.5.1 controller/sync.go, `hasSharedResourceCondition`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: default
  source: {repoURL: 'https://git.example.com/acme/gitops', path: apps/web, targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop}
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: argocd}
spec:
  project: default
  source: {repoURL: 'https://git.example.com/acme/gitops', path: ⟦apps/web⟧, targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop}
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
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: argocd}
spec:
  project: default
  source: {repoURL: 'https://git.example.com/acme/gitops', path: apps/web, targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', namespace: other}
",
    )],
    check: Check::All(crate::argo_cd::say),
    ..BROKEN
};

