use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "permission-to-enter",
    kinds: &["Role", "ClusterRole"],
    title: "a Role that lets its subjects into running pods or nodes",
    why: "Who may `exec` or attach runs programs in every pod of the namespace with its credentials; `nodes/proxy` reaches \
          every pod of a node past all checks.",
    fix: "Leave it out: Argo Workflows' emissary needs no `pods/exec`, and logs are `pods/log`.",
    source: "kubernetes v1.35 docs, Role Based Access Control Good Practices; argo-workflows v4.1 \
             docs/workflow-executors.md",
    bad: &[
        Example::new(
            "apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: ci}
rules:
- {apiGroups: [''], resources: [pods, ⟦pods/exec⟧], verbs: [get, create]}
",
        ),
        Example::new(
            "apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: ci}
rules:
- {apiGroups: [''], resources: [⟦nodes/proxy⟧], verbs: [get]}
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: ci}
rules:
- {apiGroups: [''], resources: [pods, pods/log], verbs: [get]}
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for rule in surface.root.items_of("rules") {
        for resource in rule.items_of("resources") {
            let what = match resource.text() {
                Some("pods/exec" | "pods/attach") => "may run programs in every pod here, as that pod",
                Some("pods/ephemeralcontainers") => "may put containers into every pod here",
                Some("nodes/proxy") => "may reach every pod of a node past the API server's checks",
                _ => continue,
            };
            sink.push(sink.finding(format!("who has this {what}")).at(resource.place()));
        }
    }
}
