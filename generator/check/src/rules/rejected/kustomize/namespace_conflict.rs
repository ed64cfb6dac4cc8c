use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "namespace-conflict",
    title: "a namespace in which two objects have one name",
    why: "The `namespace` of a kustomization goes to all its objects, and is the new name of Namespaces among \
          them.",
    fix: "Rename one of the two, or build them in kustomizations of their own.",
    source: "kustomize v5.8 (api v0.21.1) `NamespaceTransformerPlugin.Transform`",
    bad: &[Example::new(
        "# file: a/kustomization.yaml
namespace: ⟦shop⟧
resources: [settings.yaml]
# file: a/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: a}
data: {a: b}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: b}
data: {a: b}
",
    )],
    good: &[Example::new(
        "# file: base/kustomization.yaml
resources: [settings.yaml]
# file: base/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: b}
# file: overlay/kustomization.yaml
resources: [../base]
namespace: shop
",
    )],
    check: Check::All(crate::kustomize::say),
    ..REJECTED
};
