use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "binding-for-default-account",
    confidence: Confidence::High,
    kinds: &["ClusterRoleBinding", "RoleBinding"],
    title: "rights for the ServiceAccount `default`",
    why: "Every pod of the namespace that names no other account has these rights, those that are put there later too.",
    fix: "Make a ServiceAccount for what needs them.",
    source: "kubernetes v1.35 docs, Role Based Access Control Good Practices",
    bad: &[
        Example::new(
            "apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: ci}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: ci}
subjects:
- {kind: ServiceAccount, name: ⟦default⟧, namespace: ci}
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: ci}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: ci}
subjects:
- {kind: ServiceAccount, name: ci, namespace: ci}
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    let accounts = surface.root.items_of("subjects").filter(|subject| subject.text_of("kind") == Some("ServiceAccount"));
    for name in accounts.filter_map(|subject| subject.get("name")).filter(|name| name.text() == Some("default")) {
        sink.push(sink.finding("every pod that names no ServiceAccount has these rights").at(name.place()));
    }
}
