use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "patch-form",
    title: "a patch that is neither a strategic merge nor a JSON 6902 patch, or lacks its target",
    why: "A strategic merge patch is an object with `kind` and `metadata.name`, which kustomize asks for even \
          where `target` says what is changed. A JSON 6902 patch is a list of operations and needs a `target`; one \
          that begins with `[` must be JSON.",
    fix: "Complete the patch.",
    source: "kustomize v5.8 (api v0.21.1) `PatchTransformerPlugin.Config`, `transformJson6902`; json-patch v4.12",
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
- target: {kind: ConfigMap}
  patch: |
    - {op: ⟦replce⟧, path: /data/a, value: c}
    - {op: replace, path: ⟦data/a⟧, value: c}
- target: {kind: ConfigMap}
  patch: |
    ⟦data⟧: {a: c}
- ⟦patch⟧: |
    - {op: replace, path: /data/a, value: c}
- target: {kind: ConfigMap}
  patch: ⟦\"[{op: replace, path: /data/a, value: c}]\"⟧
- ⟦target⟧: {kind: ConfigMap}
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
patches:
- target: {kind: ConfigMap}
  patch: |
    - {op: replace, path: /data/a, value: c}
- patch: |
    {apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {b: c}}
",
    )],
    check: Check::All(crate::kustomize::say),
    ..REJECTED
};
