use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "duplicate-resource",
    title: "one object twice in a kustomization",
    why: "Two resources of a kustomization cannot have the same kind, name and namespace. It happens when two \
          overlays include the same base, or a folder and a file of it are both listed.",
    fix: "Include it once; give one of the two a prefix, a suffix or a namespace of its own.",
    source: "kustomize v5.8 (api v0.21.1) `resWrangler.Append`",
    bad: &[Example::new(
        "# file: base/kustomization.yaml
resources: [settings.yaml]
# file: base/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: b}
# file: a/kustomization.yaml
resources: [../base]
# file: b/kustomization.yaml
resources: [../base, ⟦../a⟧]
",
    ), Example::new(
        "# file: a/kustomization.yaml
resources: [⟦settings.yaml⟧]
# file: a/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: b}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
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
# file: a/kustomization.yaml
resources: [../base]
namePrefix: a-
# file: b/kustomization.yaml
resources: [../base, ../a]
",
    )],
    check: Check::All(crate::kustomize::say),
    ..REJECTED
};
