use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "replacement-matches-nothing",
    title: "a target of a replacement that the kustomization does not have",
    why: "A `select` may select nothing: the value is copied nowhere, without a word.",
    fix: "Correct what is selected.",
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
- source: {kind: ConfigMap, fieldPath: data.a}
  targets: [{select: {⟦kind⟧: Secret}, fieldPaths: [data.c], options: {create: true}}]
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
  targets: [{select: {kind: ConfigMap}, fieldPaths: [data.a]}]
",
    )],
    check: Check::All(crate::kustomize::say),
    ..BROKEN
};
