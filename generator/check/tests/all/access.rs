//! Rights over several objects.

use luban_check::{Objects, Options, check};
use luban_yaml::{Budget, parse};

const SENSOR: &str = "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: push, namespace: events}
spec:
  template: {serviceAccountName: sensor}
  dependencies:
  - {name: push, eventSourceName: git, eventName: push}
  triggers:
  - template:
      name: settings
      k8s:
        operation: patch
        source:
          resource:
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings, namespace: ci}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: sensor, namespace: events}
";

fn role(kind: &str, name: &str, more: &str) -> String {
    let namespace = if kind == "Role" {
        ", namespace: ci"
    } else {
        ""
    };
    format!(
        "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{name: {name}{namespace}, labels: {{of: {name}}}}}\n{more}\n"
    )
}

fn binding(kind: &str, role: &str, name: &str, subject: &str) -> String {
    let namespace = if kind == "RoleBinding" {
        ", namespace: ci"
    } else {
        ""
    };
    format!(
        "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{name: b{namespace}}}\nroleRef: {{apiGroup: rbac.authorization.k8s.io, kind: {role}, name: {name}}}\nsubjects:\n- {subject}\n"
    )
}

const ACCOUNT: &str = "{kind: ServiceAccount, name: sensor, namespace: events}";

fn messages(more: &str, is_closed: bool) -> Vec<String> {
    let yaml = format!("{SENSOR}{more}");
    let options = Options {
        only: ["sensor-rights".to_owned()].into(),
        is_closed,
        ..Options::default()
    };
    let objects = Objects::new(parse("a.yaml", yaml.as_bytes(), &Budget::default()).unwrap());
    let findings = check(&objects, &options);
    let shown = findings.iter().map(|finding| {
        let near = finding
            .related
            .first()
            .map_or("", |related| &related.message);
        format!("{} ({near})", finding.message)
    });
    shown.collect()
}

const MISSES_BOTH: &str = "ServiceAccount `sensor` may not `get`, `patch` configmaps in namespace `ci`, which this trigger needs ()";

#[test]
fn an_account_without_any_binding_is_judged_only_where_all_is_given() {
    assert!(messages("", false).is_empty());
    assert_eq!(messages("", true), [MISSES_BOTH]);
}

#[test]
fn a_role_in_the_namespace_of_the_object_gives_rights_there() {
    let rules = "rules:\n- {apiGroups: [''], resources: [configmaps], verbs: [get, patch]}";
    let given = role("Role", "r", rules) + &binding("RoleBinding", "Role", "r", ACCOUNT);
    assert!(messages(&given, true).is_empty());
    let elsewhere = given.replace("namespace: ci", "namespace: other");
    assert_eq!(messages(&elsewhere, false).len(), 1);
}

#[test]
fn the_role_that_nearly_gives_it_is_named() {
    let rules = "rules:\n- {apiGroups: [''], resources: [configmaps], verbs: [get]}";
    let given = role("Role", "r", rules) + &binding("RoleBinding", "Role", "r", ACCOUNT);
    assert_eq!(
        messages(&given, false),
        [
            "ServiceAccount `sensor` may not `patch` configmaps in namespace `ci`, which this trigger needs (Role `r` is nearest to giving it)"
        ]
    );
}

#[test]
fn names_of_objects_limit_rights() {
    for (names, count) in [("settings", 0), ("other", 1)] {
        let rules = format!(
            "rules:\n- {{apiGroups: [''], resources: [configmaps], verbs: ['*'], resourceNames: [{names}]}}"
        );
        let given = role("Role", "r", &rules) + &binding("RoleBinding", "Role", "r", ACCOUNT);
        assert_eq!(messages(&given, false).len(), count, "{names}");
    }
}

#[test]
fn a_role_that_gathers_others_has_their_rights() {
    let gathering =
        "aggregationRule:\n  clusterRoleSelectors:\n  - matchLabels: {of: part}\nrules: []";
    let part = "rules:\n- {apiGroups: [''], resources: [configmaps], verbs: [get, patch]}";
    let bound = binding("ClusterRoleBinding", "ClusterRole", "all", ACCOUNT);
    let all = role("ClusterRole", "all", gathering) + &bound;
    assert_eq!(messages(&all, false), [MISSES_BOTH]);
    assert!(messages(&(all + &role("ClusterRole", "part", part)), false).is_empty());
}

#[test]
fn rights_that_are_not_known_are_not_judged() {
    let not_given = binding("RoleBinding", "ClusterRole", "from-elsewhere", ACCOUNT);
    assert!(messages(&not_given, true).is_empty());
    let of_all = binding(
        "RoleBinding",
        "ClusterRole",
        "x",
        "{kind: Group, name: 'system:serviceaccounts', apiGroup: rbac.authorization.k8s.io}",
    );
    assert!(messages(&of_all, true).is_empty());
}
