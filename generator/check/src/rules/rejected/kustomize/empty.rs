use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "kustomization-empty",
    title: "a kustomization that says nothing",
    why: "Kustomize refuses it, `apiVersion` and `kind` alone too.",
    fix: "Write its resources, if only `resources: []`, or a `metadata.name`.",
    source: "kustomize v5.8 (api v0.21.1) `Kustomization.CheckEmpty`",
    bad: &[Example::new(
        "# file: a/kustomization.yaml
⟦apiVersion⟧: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
",
    )],
    good: &[Example::new(
        "# file: a/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: []
",
    )],
    check: Check::All(crate::kustomize::say),
    ..REJECTED
};
