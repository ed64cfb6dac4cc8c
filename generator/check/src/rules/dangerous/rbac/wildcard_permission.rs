use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "wildcard-permission",
    confidence: Confidence::High,
    kinds: &["Role", "ClusterRole"],
    title: "a Role that allows everything of something",
    why: "`*` gives every verb or every kind, also those that come with the next version of a controller: reading Secrets, \
          changing Roles, running in pods.",
    fix: "List the verbs and resources that are used.",
    source: "kubernetes v1.35 docs, Role Based Access Control Good Practices",
    bad: &[
        Example::new(
            "apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: ci}
rules:
- {apiGroups: [argoproj.io], resources: [workflows], verbs: [⟦'*'⟧]}
- {apiGroups: [''], resources: [⟦'*'⟧], verbs: [get]}
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: ci}
rules:
- {apiGroups: [argoproj.io], resources: [workflows], verbs: [get, list]}
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for rule in surface.root.items_of("rules") {
        for (key, what) in [("verbs", "verb"), ("resources", "resource")] {
            let star = rule.items_of(key).find(|item| item.text() == Some("*"));
            if let Some(star) = star {
                sink.push(sink.finding(format!("this allows every {what}")).at(star.place()));
            }
        }
    }
}
