use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "selector-pattern",
    title: "a pattern or a selector of a kustomization that cannot be read",
    why: "The fields of a `target`, a `select` and a `reject` are regular expressions of Go that must match the \
          whole name; labels and annotations are selected as Kubernetes does.",
    fix: "Correct the pattern: `.*` is any text.",
    source: "kustomize v5.8 (api v0.21.1) `types.NewSelectorRegex`; apimachinery `labels.Parse`",
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
- target: {name: \"⟦*⟧\", kind: ConfigMap}
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
# file: overlay/kustomization.yaml
resources: [../base]
patches:
- target: {name: \".*\", labelSelector: \"app in (a, b)\"}
  patch: |
    - {op: replace, path: /data/a, value: c}
",
    )],
    check: Check::All(crate::kustomize::say),
    ..REJECTED
};
