use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "replacement",
    title: "a replacement without source, or from or to a field that is not there",
    why: "A replacement needs one source and targets; the field that it copies must be there, and the fields that \
          it writes too unless `options.create` says that they are made.",
    fix: "Correct the source or the field, or set `options.create`.",
    source: "kustomize v5.8 (api v0.21.1) `replacement.Filter`",
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
replacements:
- source: {⟦kind⟧: Secret, name: settings}
  targets: [{select: {kind: ConfigMap}, fieldPaths: [data.a]}]
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
replacements:
- source: {kind: ConfigMap, fieldPath: ⟦data.b⟧}
  targets: [{select: {kind: ConfigMap}, fieldPaths: [⟦data.c⟧, data.a]}]
- ⟦source⟧: {kind: ConfigMap}
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
replacements:
- source: {kind: ConfigMap, fieldPath: data.a}
  targets: [{select: {kind: ConfigMap}, fieldPaths: [data.c], options: {create: true}}]
",
    )],
    check: Check::All(crate::kustomize::say),
    ..REJECTED
};
