//! Who may do what.

use super::{objects, of_kind, texts};
use crate::names::account;
use crate::rbac::Account;
use crate::tenancy::accounts::{self, Credentials, Jobs};
use crate::testing;
use luban_command::Grant;
use serde_yaml::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Defect S3: one account read every Secret of the cluster and could give itself any right.
#[test]
fn no_role_has_a_wildcard_or_reads_secrets() {
    let objects = objects(&testing::platform());
    assert!(of_kind(&objects, "ClusterRole").is_empty());
    assert!(of_kind(&objects, "ClusterRoleBinding").is_empty());
    let roles = of_kind(&objects, "Role");
    assert!(roles.len() > 20);
    for role in roles {
        for rule in role["rules"].as_sequence().unwrap() {
            for field in ["apiGroups", "resources", "verbs"] {
                assert!(!texts(&rule[field]).contains(&"*"), "{role:?}");
            }
            assert!(!texts(&rule["resources"]).contains(&"secrets"), "{role:?}");
            for verb in ["escalate", "bind", "impersonate"] {
                assert!(!texts(&rule["verbs"]).contains(&verb), "{role:?}");
            }
        }
    }
}

/// What is granted to a ServiceAccount in a namespace: pairs of group/resource and verb.
fn granted(
    objects: &BTreeMap<String, Value>,
    account: &Account<'_>,
    namespace: &str,
) -> BTreeSet<(String, String)> {
    let mut granted = BTreeSet::new();
    for binding in of_kind(objects, "RoleBinding") {
        let is_bound = binding["subjects"]
            .as_sequence()
            .unwrap()
            .iter()
            .any(|subject| {
                subject["kind"] == "ServiceAccount"
                    && subject["name"] == account.name
                    && subject["namespace"] == account.namespace
            });
        if !is_bound || binding["metadata"]["namespace"] != namespace {
            continue;
        }
        for role in of_kind(objects, "Role") {
            if role["metadata"]["namespace"] != namespace
                || role["metadata"]["name"] != binding["roleRef"]["name"]
            {
                continue;
            }
            for rule in role["rules"].as_sequence().unwrap() {
                for resource in texts(&rule["resources"]) {
                    for verb in texts(&rule["verbs"]) {
                        let group = texts(&rule["apiGroups"])[0];
                        granted.insert((format!("{group}/{resource}"), verb.to_owned()));
                    }
                }
            }
        }
    }
    granted
}

#[test]
fn each_account_may_do_what_its_verbs_need_and_nothing_more() {
    let platform = testing::platform();
    let objects = objects(&platform);
    let credentials = Credentials::default();
    let mut seen = 0;
    for project in &platform.projects {
        let jobs = Jobs::of(project);
        let ci = luban_platform::derived::ci_namespace(project);
        let build = luban_platform::derived::build_namespace(project);
        let mut accounts = accounts::ci(project, &ci, &credentials);
        accounts.extend(accounts::visitors_of_ci(&platform, project));
        if jobs.railpack > 0 {
            accounts.extend(accounts::build(&build, &credentials));
        }
        for account in &accounts {
            let places = [
                (Grant::OwnNamespace, account.namespace),
                (Grant::ArgoCdNamespace, "argocd"),
                (Grant::CiNamespaces, ci.as_str()),
                (Grant::BuildNamespaces, build.as_str()),
            ];
            for (grant, namespace) in places {
                // A visitor's own namespace is compiled with the part that it belongs to.
                if grant == Grant::OwnNamespace && account.namespace.starts_with("luban-") {
                    continue;
                }
                if grant == Grant::BuildNamespaces && jobs.railpack == 0 {
                    continue;
                }
                if grant == Grant::CiNamespaces && account.namespace == ci {
                    continue;
                }
                if grant == Grant::BuildNamespaces && account.namespace == build {
                    continue;
                }
                let needed: BTreeSet<(String, String)> = account
                    .needs(grant)
                    .iter()
                    .flat_map(|need| {
                        need.verbs.iter().map(|verb| {
                            (
                                format!("{}/{}", need.group, need.resource),
                                (*verb).to_owned(),
                            )
                        })
                    })
                    .collect();
                seen += needed.len();
                assert_eq!(
                    granted(&objects, account, namespace),
                    needed,
                    "{} in {namespace}",
                    account.name
                );
            }
        }
    }
    assert!(seen > 30, "{seen}");
    // Argo's own need is among them.
    let release = Account::new("payments-ci", account::RELEASE);
    let release = granted(&objects, &release, "payments-ci");
    assert!(release.contains(&("argoproj.io/workflowtaskresults".into(), "create".into())));
}

#[test]
fn every_binding_is_of_an_account_that_is_compiled_or_a_group() {
    let objects = objects(&testing::platform());
    let accounts: BTreeSet<(&str, &str)> = of_kind(&objects, "ServiceAccount")
        .iter()
        .map(|account| {
            let metadata = &account["metadata"];
            (
                metadata["namespace"].as_str().unwrap(),
                metadata["name"].as_str().unwrap(),
            )
        })
        .collect();
    for binding in of_kind(&objects, "RoleBinding") {
        for subject in binding["subjects"].as_sequence().unwrap() {
            let Some(namespace) = subject["namespace"].as_str() else {
                assert_eq!(subject["kind"], "Group");
                continue;
            };
            let name = subject["name"].as_str().unwrap();
            assert!(
                namespace.starts_with("luban-") || accounts.contains(&(namespace, name)),
                "{binding:?}"
            );
        }
    }
}

/// Defect S4: whoever could run a build was an administrator of its namespace.
#[test]
fn pods_that_run_users_code_get_no_token() {
    let objects = objects(&testing::platform());
    for path in [
        "pipelines/projects/payments/ci/serviceaccount-kpack.yaml",
        "pipelines/projects/storefront/build/serviceaccount-railpack.yaml",
    ] {
        assert_eq!(
            objects[path]["automountServiceAccountToken"], false,
            "{path}"
        );
    }
    let release = &objects["pipelines/projects/payments/ci/serviceaccount-release.yaml"];
    assert_eq!(release["automountServiceAccountToken"], true);
}

#[test]
fn kpack_clones_and_pushes_with_the_secrets_of_its_project() {
    let objects = objects(&testing::platform());
    let kpack = &objects["pipelines/projects/payments/ci/serviceaccount-kpack.yaml"];
    let names: Vec<_> = kpack["secrets"]
        .as_sequence()
        .unwrap()
        .iter()
        .map(|secret| secret["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["harbor-push", "github-creds", "ghcr-pull"]);
    assert_eq!(kpack["imagePullSecrets"][0]["name"], "harbor-push");
}

#[test]
fn developers_do_more_where_changes_are_applied_by_themselves() {
    let objects = objects(&testing::platform());
    let verbs = |environment: &str| {
        let path = format!("pipelines/projects/payments/{environment}/role-group-developer.yaml");
        let rules = objects[&path]["rules"].as_sequence().unwrap().clone();
        let verbs: BTreeSet<String> = rules
            .iter()
            .flat_map(|rule| texts(&rule["verbs"]))
            .map(str::to_owned)
            .collect();
        verbs.into_iter().collect::<Vec<_>>()
    };
    assert_eq!(verbs("prd"), ["get", "list", "watch"]);
    assert_eq!(verbs("snd"), ["create", "delete", "get", "list", "watch"]);
    let binding = &objects["pipelines/projects/payments/prd/rolebinding-group-developer.yaml"];
    assert_eq!(binding["subjects"][0]["name"], "payments");
    let without = objects_without_groups();
    assert!(
        !without
            .keys()
            .any(|path| path.contains("payments/") && path.contains("group-"))
    );
}

fn objects_without_groups() -> BTreeMap<String, Value> {
    objects(&testing::edited(&[(
        "      groups: {admin: payments-leads, developer: payments}\n",
        "",
    )]))
}

#[test]
fn administrators_promote_by_hand_where_the_platform_says_so() {
    let verbs = |edits: &[(&str, &str)], group: &str| {
        let objects = objects(&testing::edited(edits));
        let path = format!("pipelines/projects/payments/ci/role-group-{group}.yaml");
        let rules = objects[&path]["rules"].as_sequence().unwrap().clone();
        let verbs = rules
            .iter()
            .filter(|rule| texts(&rule["resources"]).contains(&"workflows"));
        verbs
            .flat_map(|rule| texts(&rule["verbs"]))
            .any(|verb| verb == "create")
    };
    assert!(verbs(&[], "admin"));
    assert!(!verbs(&[], "developer"));
    assert!(!verbs(
        &[("on: [manual, git-tag]", "on: [git-tag]")],
        "admin"
    ));
}

#[test]
fn builds_are_made_only_where_another_branch_than_the_released_one_builds() {
    let makes_builds = |edits: &[(&str, &str)]| {
        let objects = objects(&testing::edited(edits));
        let role = &objects["pipelines/projects/ledger/ci/role-kpack-step.yaml"];
        let mut rules = role["rules"].as_sequence().unwrap().iter();
        rules.any(|rule| {
            texts(&rule["resources"]).contains(&"builds")
                && texts(&rule["verbs"]).contains(&"create")
        })
    };
    assert!(!makes_builds(&[]));
    assert!(makes_builds(&[(
        "source: {repository: books}",
        "source: {repository: books, branches: [main, 'feature/*']}"
    )]));
}
