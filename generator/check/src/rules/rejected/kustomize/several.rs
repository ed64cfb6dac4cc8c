use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "several-kustomizations",
    title: "two kustomizations in one folder",
    why: "A folder has one file called kustomization.yaml, kustomization.yml or Kustomization.",
    fix: "Keep one of them.",
    source: "kustomize v5.8 (api v0.21.1) `LoadKustFile`",
    bad: &[Example::new(
        "# file: a/kustomization.yaml
namePrefix: a-
# file: a/kustomization.yml
⟦namePrefix⟧: b-
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
