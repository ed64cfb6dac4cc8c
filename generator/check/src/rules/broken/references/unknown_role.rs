use crate::references::{References, Target};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-role",
    title: "a Role or ClusterRole that is not given",
    why: "A binding to a role that does not exist gives nothing, and nobody says so. Clusters have ClusterRoles of \
          their own: without `--closed` only a name that is nearly one of the given is said.",
    fix: "Correct the name, give the file that has the object, or say what the cluster has by `--cluster-objects`.",
    source: "kubernetes v1.35 pkg/registry/rbac/validation/rule.go, `VisitRulesFor`",
    bad: &[Example::new(
        "apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: run-builds, namespace: ci}
rules:
- {apiGroups: [argoproj.io], resources: [workflows], verbs: [create]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: run-builds, namespace: ci}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: ⟦run-build⟧}
subjects:
- {kind: ServiceAccount, name: default, namespace: ci}
",
    )],
    good: &[Example::new(
        "apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: look, namespace: ci}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects:
- {kind: ServiceAccount, name: default, namespace: ci}
",
    )],
    check: Check::References(check),
    ..BROKEN
};

fn check(references: &References<'_>, sink: &mut Sink<'_>) {
    references.say_missing(&[Target::Role, Target::ClusterRole], sink);
}
