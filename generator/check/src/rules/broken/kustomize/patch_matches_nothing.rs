use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "patch-matches-nothing",
    title: "a patch whose target the kustomization does not have",
    why: "A `target` may select nothing: the patch is left out without a word.",
    fix: "Correct the target. A component that serves several kustomizations is fine if the target is in one of \
          them.",
    source: "kustomize v5.8 (api v0.21.1) `PatchTransformerPlugin.transformJson6902`, `resWrangler.Select`",
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
- target: {kind: ConfigMap, name: ⟦setting⟧}
  patch: |
    - {op: replace, path: /data/a, value: c}
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
# file: c/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches:
- target: {kind: ConfigMap, name: settings}
  patch: |
    - {op: replace, path: /data/a, value: c}
# file: overlay/kustomization.yaml
resources: [../base]
components: [../c]
# file: other/kustomization.yaml
namePrefix: a-
components: [../c]
",
    )],
    check: Check::All(crate::kustomize::say),
    ..BROKEN
};
