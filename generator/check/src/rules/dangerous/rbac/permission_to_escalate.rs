use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "permission-to-escalate",
    confidence: Confidence::High,
    kinds: &["Role", "ClusterRole"],
    title: "a Role that lets its subjects give themselves more",
    why: "With `escalate` or `bind` on Roles, `impersonate`, or tokens of other ServiceAccounts its subjects have all that \
          anybody has whom they choose.",
    fix: "Leave these verbs out, or restrict them to names by `resourceNames`.",
    source: "kubernetes v1.35 docs, Role Based Access Control Good Practices",
    bad: &[
        Example::new(
            "apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: ci}
rules:
- {apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [get, ⟦escalate⟧, ⟦bind⟧]}
- {apiGroups: [''], resources: [users], verbs: [⟦impersonate⟧]}
- {apiGroups: [''], resources: [serviceaccounts/token], verbs: [⟦create⟧]}
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: ci}
rules:
- {apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], resourceNames: [view], verbs: [bind]}
",
        ),
        Example::new(
            "apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: ci}
rules:
- {apiGroups: [''], resources: [serviceaccounts/token], resourceNames: [runner], verbs: [create]}
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for rule in surface.root.items_of("rules").filter(|rule| rule.get("resourceNames").is_none()) {
        let of = |names: &[&str]| rule.items_of("resources").any(|item| item.text().is_some_and(|text| names.contains(&text)));
        for verb in rule.items_of("verbs") {
            let why = match verb.text() {
                Some("escalate") if of(&["roles", "clusterroles"]) => "may put rights into Roles that they do not have",
                Some("bind") if of(&["roles", "clusterroles"]) => "may bind Roles with rights that they do not have",
                Some("impersonate") if of(&["users", "groups", "serviceaccounts"]) => "may act as anybody",
                Some("create") if of(&["serviceaccounts/token"]) => "may make tokens of every ServiceAccount here",
                _ => continue,
            };
            sink.push(sink.finding(format!("who has this {why}")).at(verb.place()));
        }
    }
}
