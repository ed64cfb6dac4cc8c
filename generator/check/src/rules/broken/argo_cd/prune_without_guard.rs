use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "prune-without-guard",
    title: "an application that prunes other applications or namespaces without asking",
    why: "A file that is moved, renamed or not rendered any more deletes an application with all that it has \
          deployed, or a namespace with all that is in it, as soon as the change is merged.",
    fix: "Set the sync option `Prune=confirm`, for the application or for these objects.",
    source: "argo-cd v3.5.1 docs/user-guide/sync-options.md",
    bad: &[Example::new(
        "# file: root.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: default
  source: {repoURL: 'https://git.example.com/acme/gitops', path: apps, targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop}
  syncPolicy: {automated: {⟦prune⟧: true}}
# file: apps/web.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: default
  source: {repoURL: 'https://git.example.com/acme/gitops', path: apps/web, targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop}
# file: apps/web/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: b}
",
    )],
    good: &[Example::new(
        "# file: root.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: default
  source: {repoURL: 'https://git.example.com/acme/gitops', path: apps, targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop}
  syncPolicy: {automated: {prune: true}, syncOptions: [Prune=confirm]}
# file: apps/web.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: default
  source: {repoURL: 'https://git.example.com/acme/gitops', path: apps/web, targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop}
# file: apps/web/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: b}
",
    )],
    check: Check::All(crate::argo_cd::say),
    profile: Profile::Strict,
    confidence: Confidence::Medium,
    ..BROKEN
};

