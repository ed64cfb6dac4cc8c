use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "generator-target",
    title: "a generator that merges with nothing, or makes what is there already",
    why: "With `behavior: merge` or `replace` a ConfigMap or Secret of that name must be among the resources, and \
          without it must not.",
    fix: "Set `behavior`, or leave it out, or correct the name or the namespace.",
    source: "kustomize v5.8 (api v0.21.1) `resWrangler.appendReplaceOrMerge`",
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
configMapGenerator:
- name: ⟦settings⟧
  literals: [a=c]
- name: more
  behavior: ⟦merge⟧
  literals: [a=c]
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
configMapGenerator:
- name: settings
  behavior: merge
  literals: [a=c]
",
    )],
    check: Check::All(crate::kustomize::say),
    ..REJECTED
};
