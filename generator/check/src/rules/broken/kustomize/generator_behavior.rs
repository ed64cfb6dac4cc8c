use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "generator-behavior",
    title: "a behavior of a generator that kustomize does not know",
    why: "It counts as `create`.",
    fix: "Write `create`, `merge` or `replace`.",
    source: "kustomize v5.8 (api v0.21.1) `types.NewGenerationBehavior`",
    bad: &[Example::new(
        "# file: a/kustomization.yaml
configMapGenerator:
- {name: settings, behavior: ⟦merged⟧, literals: [a=b]}
",
    )],
    good: &[Example::new(
        "# file: a/kustomization.yaml
configMapGenerator:
- {name: settings, behavior: create, literals: [a=b]}
",
    )],
    check: Check::All(crate::kustomize::say),
    ..BROKEN
};
