use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "kustomization-cycle",
    title: "a kustomization that includes itself",
    why: "A folder that is or holds the folder of a kustomization cannot be among its resources, directly or \
          through others.",
    fix: "Take the path out, or move what both need to a folder of its own.",
    source: "kustomize v5.8 (api v0.21.1) `FileLoader.errIfArgEqualOrHigher`",
    bad: &[Example::new(
        "# file: apps/web/kustomization.yaml
resources: [⟦..⟧, ⟦.⟧]
# file: apps/kustomization.yaml
namePrefix: a-
",
    ), Example::new(
        "# file: a/kustomization.yaml
resources: [../b]
# file: b/kustomization.yaml
resources: [⟦../a⟧]
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
# file: kustomization.yaml
resources: [base]
",
    )],
    check: Check::All(crate::kustomize::say),
    ..REJECTED
};
