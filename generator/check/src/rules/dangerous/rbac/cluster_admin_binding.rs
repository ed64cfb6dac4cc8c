use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "cluster-admin-binding",
    confidence: Confidence::High,
    kinds: &["ClusterRoleBinding", "RoleBinding"],
    title: "somebody is administrator of the whole cluster",
    why: "`cluster-admin` may do everything everywhere: whoever gets a token of this account has the cluster.",
    fix: "Bind a Role with what is used; Argo CD can be limited to namespaces.",
    source: "kubernetes v1.35 docs, Role Based Access Control Good Practices",
    bad: &[
        Example::new(
            "apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: ci}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ⟦cluster-admin⟧}
subjects:
- {kind: ServiceAccount, name: ci, namespace: ci}
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: ci}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects:
- {kind: ServiceAccount, name: ci, namespace: ci}
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    let name = surface.root.at(&["roleRef", "name"]);
    if let Some(name) = name.filter(|name| name.text() == Some("cluster-admin")) {
        let message = if surface.kind() == "ClusterRoleBinding" {
            "this makes its subjects administrators of the whole cluster"
        } else {
            "this makes its subjects administrators of the namespace, its Roles included"
        };
        sink.push(sink.finding(message).at(name.place()));
    }
}
