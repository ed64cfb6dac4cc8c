use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "kustomization-path",
    title: "a path in a kustomization that leads nowhere",
    why: "The build stops at it. Whether a file or a folder exists is known from the files that are given; without \
          all of them this is a warning.",
    fix: "Correct the path; name the folder of another kustomization, not its file.",
    source: "kustomize v5.8 (api v0.21.1) `KustTarget.accumulateResources`, `accumulateComponents`",
    bad: &[Example::new(
        "# file: base/kustomization.yaml
resources: [settings.yaml, ⟦setings.yaml⟧, ⟦../bas⟧]
components: [⟦settings.yaml⟧]
# file: base/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: b}
",
    ), Example::new(
        "# file: base/kustomization.yaml
resources: [settings.yaml]
configMapGenerator:
- name: more
  files: [a.properties, ⟦key=b.properties⟧]
# file: base/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: b}
",
    ).beside(&["base/a.properties"]), Example::new(
        "# file: overlay/kustomization.yaml
resources: [⟦more⟧]
namePrefix: a-
# file: overlay/more/settings.yaml
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
# file: overlay/kustomization.yaml
resources: [../base, \"https://example.com/a.yaml\"]
",
    )],
    check: Check::All(crate::kustomize::say),
    ..REJECTED
};
