use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "application-not-permitted",
    title: "an application that its AppProject does not permit",
    why: "A project lists the repositories, the namespaces of clusters and the kinds that its applications may \
          have. What it does not permit is refused: the application is in error, or its sync fails. Kinds are \
          looked at where the folder of the application is among the files.",
    fix: "Let the project permit it, or move the application to a project that does.",
    source: "argo-cd v3.5.1 util/argo/argo.go, `ValidatePermissions`; `AppProject.IsSourcePermitted`, \
          `IsDestinationPermitted`, `IsGroupKindNamePermitted`",
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
  project: shop
  source: {repoURL: ⟦'https://git.example.com/other/gitops'⟧, path: apps/web, targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop-snd}
",
    ), Example::new(
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
  project: shop
  source: {repoURL: 'https://git.example.com/acme/gitops', path: apps/web, targetRevision: main}
  destination: {⟦server⟧: 'https://kubernetes.default.svc', namespace: shop}
",
    ), Example::new(
        "# file: project.yaml
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop, namespace: argocd}
spec:
  sourceRepos: ['https://git.example.com/acme/*']
  destinations:
  - {server: 'https://kubernetes.default.svc', namespace: 'shop-*'}
  namespaceResourceWhitelist: [{group: apps, kind: Deployment}]
# file: application.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: shop
  source: {repoURL: 'https://git.example.com/acme/gitops', path: ⟦apps/web⟧, targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop-snd}
# file: apps/web/kustomization.yaml
resources: [settings.yaml]
# file: apps/web/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: b}
",
    )],
    good: &[Example::new(
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
  project: shop
  source: {repoURL: 'https://git.example.com/acme/gitops', path: apps/web, targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop-snd}
",
    )],
    check: Check::All(crate::argo_cd::say),
    ..REJECTED
};

