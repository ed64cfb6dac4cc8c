use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "patch-target",
    title: "a strategic merge patch of something that the kustomization does not have",
    why: "A patch without `target` names its resource by apiVersion, kind, name and namespace, as they are before \
          or after prefixes and namespaces. The build stops if there is none, or several.",
    fix: "Correct the name, the apiVersion or the namespace, or give the patch a `target`.",
    source: "kustomize v5.8 (api v0.21.1) `PatchTransformerPlugin.transformStrategicMerge`, `resWrangler.GetById`",
    bad: &[Example::new(
        "# file: base/kustomization.yaml
resources: [settings.yaml]
# file: base/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: b}
# file: overlay/kustomization.yaml
resources: [../base]
patches:
- path: patch.yaml
# file: overlay/patch.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: ⟦setting⟧}
data: {a: c}
---
apiVersion: v2
kind: ConfigMap
metadata: {name: ⟦settings⟧}
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
namePrefix: a-
patches:
- path: patch.yaml
# file: overlay/patch.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: c}
",
    )],
    check: Check::All(crate::kustomize::say),
    ..REJECTED
};
