use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "deprecated-kustomization-field",
    title: "a field of kustomizations that another has replaced",
    why: "Kustomize warns of it at every build and will drop it.",
    fix: "Write the new field; `kustomize edit fix` does it.",
    source: "kustomize v5.8 (api v0.21.1) `Kustomization.CheckDeprecatedFields`",
    bad: &[Example::new(
        "# file: a/kustomization.yaml
resources: []
⟦commonLabels⟧: {team: shop}
",
    )],
    good: &[Example::new(
        "# file: a/kustomization.yaml
resources: []
labels: [{pairs: {team: shop}}]
",
    )],
    check: Check::All(crate::kustomize::say),
    profile: Profile::Strict,
    ..BROKEN
};
