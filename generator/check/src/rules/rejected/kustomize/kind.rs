use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "kustomization-kind",
    title: "a Component among resources, a Kustomization among components, or another kind",
    why: "A Component changes what includes it and stands under `components`; a Kustomization builds by itself and \
          stands under `resources`. A file called kustomization.yaml must be one of them.",
    fix: "Move the path to the other list, or change the kind.",
    source: "kustomize v5.8 (api v0.21.1) `KustTarget.accumulateDirectory`, `Kustomization.EnforceFields`",
    bad: &[Example::new(
        "# file: labels/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
labels: [{pairs: {team: shop}}]
# file: overlay/kustomization.yaml
resources: [⟦../labels⟧]
",
    ), Example::new(
        "# file: base/kustomization.yaml
resources: [settings.yaml]
# file: base/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: b}
# file: overlay/kustomization.yaml
components: [⟦../base⟧]
",
    ), Example::new(
        "# file: a/kustomization.yaml
apiVersion: ⟦kustomize.config.k8s.io/v1beta1⟧
kind: Component
namePrefix: a-
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
# file: labels/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
labels: [{pairs: {team: shop}}]
# file: overlay/kustomization.yaml
resources: [../base]
components: [../labels]
",
    )],
    check: Check::All(crate::kustomize::say),
    ..REJECTED
};
