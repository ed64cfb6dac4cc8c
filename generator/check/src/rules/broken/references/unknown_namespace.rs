use crate::references::{References, said_namespace};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-namespace",
    title: "a namespace that no object makes",
    why: "An object in a namespace that does not exist is refused. Only said with `--closed`; namespaces that Kubernetes and \
          the usual installations of controllers have are known, as is one that an Application makes with `CreateNamespace=true`.",
    fix: "Correct the name, or add the Namespace.",
    source: "kubernetes v1.35 plugin/pkg/admission/namespace/lifecycle/admission.go, `Admit`",
    bad: &[Example::new(
        "apiVersion: v1
kind: Namespace
metadata: {name: shop-prd}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: ⟦shop-prod⟧}
data: {mode: x}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: more, namespace: shop-prod}
data: {mode: x}
",
    )],
    good: &[Example::new(
        "apiVersion: v1
kind: Namespace
metadata: {name: shop-prd}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop-prd}
data: {mode: x}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: more, namespace: kube-system}
data: {mode: x}
",
    )],
    check: Check::References(check),
    ..BROKEN
};

/// Namespaces that are there before anything is applied, or with the controllers.
const SYSTEM: &[&str] = &[
    "argo", "argo-events", "argo-rollouts", "argocd", "calico-system", "cert-manager", "cosign-system", "default",
    "external-secrets", "flux-system", "gatekeeper-system", "ingress-nginx", "istio-system", "kargo", "keda", "kpack",
    "kube-node-lease", "kube-public", "kube-system", "kueue-system", "kyverno", "monitoring", "openshift",
    "tekton-pipelines", "tekton-pipelines-resolvers",
];

fn check(references: &References<'_>, sink: &mut Sink<'_>) {
    if !references.options.is_closed {
        return;
    }
    let namespaces = &references.universe.namespaces;
    let Some(node) = said_namespace(references.entry) else {
        return;
    };
    let name = node.text().unwrap_or_default();
    let Some(count) = namespaces.count_if_first(name, references.position) else {
        return;
    };
    if namespaces.made.contains(name) || SYSTEM.contains(&name) {
        return;
    }
    let near = did_you_mean(name, namespaces.made.iter().map(String::as_str));
    let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
    let mut finding = sink.missing(format!("no Namespace `{name}` is given{near}"));
    if count > 1 {
        finding = finding.help(format!("{count} objects are in it"));
    }
    sink.push(finding.at(Some(node.place())));
}
