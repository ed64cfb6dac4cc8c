use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "json-patch-path",
    title: "an operation of a JSON 6902 patch on something that is not there",
    why: "The operations `remove` and `test` need what they name, and `add` and `replace` the object or the list \
          that it is in: unlike a strategic merge they make none.",
    fix: "Correct the path, write `add` for what is new, and add the object before what stands in it.",
    source: "kustomize v5.8 (api v0.21.1) `patchjson6902.Filter`; json-patch v4.12 `Patch.Apply`",
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
    - {op: remove, path: ⟦/data/b⟧}
",
    ), Example::new(
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
- target: {name: settings}
  path: patch.yaml
# file: overlay/patch.yaml
- op: add
  path: ⟦/binaryData/b⟧
  value: aGk=
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
    - {op: add, path: /binaryData, value: {}}
    - {op: add, path: /binaryData/b, value: aGk=}
    - {op: replace, path: /data/a, value: c}
",
    )],
    check: Check::All(crate::kustomize::say),
    ..REJECTED
};
