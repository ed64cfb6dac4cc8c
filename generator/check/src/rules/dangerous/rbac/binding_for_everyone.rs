use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "binding-for-everyone",
    confidence: Confidence::High,
    kinds: &["ClusterRoleBinding", "RoleBinding"],
    title: "a binding for everybody who has, or has not, logged in",
    why: "`system:authenticated` is every person and every ServiceAccount of every team, `system:unauthenticated` anyone \
          who reaches the API server.",
    fix: "Bind the group or the accounts that need it.",
    source: "kubernetes v1.35 docs, Role Based Access Control Good Practices",
    bad: &[
        Example::new(
            "apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: ci}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
subjects:
- {kind: Group, apiGroup: rbac.authorization.k8s.io, name: ⟦'system:authenticated'⟧}
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: ci}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
subjects:
- {kind: Group, apiGroup: rbac.authorization.k8s.io, name: platform}
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

const EVERYONE: &[&str] = &["system:authenticated", "system:unauthenticated", "system:anonymous", "system:serviceaccounts"];

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for name in surface.root.items_of("subjects").filter_map(|subject| subject.get("name")) {
        let text = name.text().unwrap_or_default();
        if EVERYONE.contains(&text) {
            sink.push(sink.finding(format!("`{text}` is everybody: this binds them all")).at(name.place()));
        }
    }
}
