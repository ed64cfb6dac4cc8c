use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "resource-name",
    title: "a resource of a kustomization without name",
    why: "Kustomize finds resources by their names and refuses those that have none, `generateName` included.",
    fix: "Give it a name, or do not list it in a kustomization.",
    source: "kustomize v5.8 (api v0.21.1) kyaml `RNode.GetValidatedMetadata`",
    bad: &[Example::new(
        "# file: a/kustomization.yaml
resources: [job.yaml]
# file: a/job.yaml
apiVersion: v1
kind: ConfigMap
⟦metadata⟧: {generateName: settings-}
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
",
    )],
    check: Check::All(crate::kustomize::say),
    ..REJECTED
};
