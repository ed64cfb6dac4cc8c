use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "application-path",
    title: "an application's folder that is not there",
    why: "Other applications of the same repository have their folders among the files, and this one has not: it \
          cannot be synced.",
    fix: "Correct the path.",
    source: "argo-cd v3.5.1 reposerver/repository, `GenerateManifests`",
    bad: &[Example::new(
        "# file: a0.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web0, namespace: argocd}
spec:
  project: default
  source: {repoURL: 'https://git.example.com/acme/gitops', path: apps/web, targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop0}
# file: a1.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web1, namespace: argocd}
spec:
  project: default
  source: {repoURL: 'https://git.example.com/acme/gitops', path: apps/shop, targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop1}
# file: a2.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web2, namespace: argocd}
spec:
  project: default
  source: {repoURL: 'https://git.example.com/acme/gitops', path: ⟦apps/wbe⟧, targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop2}
# file: apps/web/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: b}
# file: apps/shop/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: b}
",
    )],
    good: &[Example::new(
        "# file: a0.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web0, namespace: argocd}
spec:
  project: default
  source: {repoURL: 'https://git.example.com/acme/gitops', path: apps/web, targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop0}
# file: a1.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web1, namespace: argocd}
spec:
  project: default
  source: {repoURL: 'https://git.example.com/acme/gitops', path: apps/shop, targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop1}
# file: a2.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web2, namespace: argocd}
spec:
  project: default
  source: {repoURL: 'https://git.example.com/acme/gitops', path: apps/web, targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop2}
# file: apps/web/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: b}
# file: apps/shop/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: b}
",
    )],
    check: Check::All(crate::argo_cd::say),
    confidence: Confidence::Medium,
    ..BROKEN
};

