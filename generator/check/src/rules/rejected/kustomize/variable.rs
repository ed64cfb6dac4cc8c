use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "kustomization-variable",
    title: "a variable of a kustomization that is declared twice, or of an object that is not there",
    why: "Kustomize refuses the second, and a variable whose object is none of the resources.",
    fix: "Keep one, correct the object, or better copy values by `replacements`.",
    source: "kustomize v5.8 (api v0.21.1) `VarSet.Merge`, `ResAccumulator.ResolveVars`",
    bad: &[Example::new(
        "# file: base/kustomization.yaml
resources: [settings.yaml]
vars:
- name: A
  objref: {apiVersion: v1, kind: ConfigMap, name: settings}
- name: ⟦A⟧
  objref: {apiVersion: v1, kind: ConfigMap, name: settings}
- name: B
  objref: {apiVersion: v1, kind: ConfigMap, name: ⟦setting⟧}
# file: base/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: b}
",
    )],
    good: &[Example::new(
        "# file: base/kustomization.yaml
resources: [settings.yaml]
vars:
- name: A
  objref: {apiVersion: v1, kind: ConfigMap, name: settings}
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
