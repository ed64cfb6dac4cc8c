use std::collections::HashMap;
use crate::objects::Objects;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "cluster-wide-secrets",
    confidence: Confidence::High,
    title: "all Secrets of the cluster can be read",
    why: "One account that reads Secrets of all namespaces has every credential of every team; `list` and `watch` give the \
          values as `get` does.",
    fix: "Bind the rule in the namespaces that need it, and name the Secrets by `resourceNames`.",
    source: "kubernetes v1.35 docs, Role Based Access Control Good Practices",
    bad: &[
        Example::new(
            "apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: ci}
rules:
- {apiGroups: [''], resources: [configmaps, ⟦secrets⟧], verbs: [get, list]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: ci}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ci}
subjects:
- {kind: ServiceAccount, name: ci, namespace: ci}
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: ci}
rules:
- {apiGroups: [''], resources: [secrets], verbs: [get]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: ci}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ci}
subjects:
- {kind: ServiceAccount, name: ci, namespace: ci}
",
        ),
        Example::new(
            "apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: ci}
rules:
- {apiGroups: [''], resources: [secrets], resourceNames: [webhook], verbs: [get]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: ci}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ci}
subjects:
- {kind: ServiceAccount, name: ci, namespace: ci}
",
        ),
    ],
    check: Check::All(check),
    ..DANGEROUS
};

fn check(objects: &Objects, sink: &mut Sink<'_>) {
    let of_kind = |kind: &'static str| {
        let entries = objects.entries().iter().filter(move |entry| entry.name.kind == kind && !entry.is_template);
        entries.filter_map(|entry| Some((entry, entry.document.value(&entry.path)?)))
    };
    let mut bound = HashMap::new();
    for (_, binding) in of_kind("ClusterRoleBinding") {
        if let Some(name) = binding.at(&["roleRef", "name"]) {
            bound.entry(name.text().unwrap_or_default()).or_insert(name);
        }
    }
    for (entry, role) in of_kind("ClusterRole").filter(|(entry, _)| !entry.is_given_apart) {
        let Some(binding) = bound.get(entry.object_name()) else {
            continue;
        };
        for rule in role.items_of("rules").filter(|rule| rule.get("resourceNames").is_none()) {
            let reads = |verb: &str| matches!(verb, "get" | "list" | "watch");
            if !rule.items_of("verbs").any(|verb| verb.text().is_some_and(reads)) {
                continue;
            }
            if let Some(secrets) = rule.items_of("resources").find(|item| item.text() == Some("secrets")) {
                let finding = sink.finding("this reads all Secrets of the cluster").at(secrets.place());
                sink.push(finding.related("it is bound here for the whole cluster", binding.place()));
            }
        }
    }
}
