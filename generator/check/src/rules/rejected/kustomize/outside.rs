use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "kustomization-outside",
    title: "a file outside the kustomization's folder",
    why: "Kustomize reads files only from below the folder of the kustomization that names them, so that a base \
          cannot read what it should not. Argo CD and `kubectl` do so too.",
    fix: "Give the file's folder a kustomization and name the folder, or move the file.",
    source: "kustomize v5.8 (api v0.21.1) `loader.RestrictionRootOnly`",
    bad: &[Example::new(
        "# file: settings.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: b}
# file: overlay/kustomization.yaml
resources: [⟦../settings.yaml⟧]
# file: other/kustomization.yaml
resources: [../overlay]
patches:
- path: ⟦../patch.yaml⟧
  target: {kind: ConfigMap}
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
",
    )],
    check: Check::All(crate::kustomize::say),
    ..REJECTED
};
