//! What the API server lets an account do, asked one access at a time: exactly what its Roles grant.

use super::access::{Access, Account};
use super::api::Api;
use anyhow::{Context as _, Result};
use rayon::prelude::*;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const VERBS: [&str; 8] = [
    "create",
    "delete",
    "deletecollection",
    "get",
    "list",
    "patch",
    "update",
    "watch",
];

/// What is worth having to an attacker, and what accounts here are granted.
const RESOURCES: [(&str, &str); 20] = [
    ("", "configmaps"),
    ("", "namespaces"),
    ("", "nodes"),
    ("", "pods"),
    ("", "pods/exec"),
    ("", "pods/log"),
    ("", "secrets"),
    ("", "serviceaccounts"),
    ("", "serviceaccounts/token"),
    ("apps", "deployments"),
    ("argoproj.io", "applications"),
    ("argoproj.io", "appprojects"),
    ("argoproj.io", "workflows"),
    ("argoproj.io", "workflowtemplates"),
    ("batch", "jobs"),
    ("kpack.io", "builds"),
    ("kpack.io", "images"),
    ("rbac.authorization.k8s.io", "rolebindings"),
    ("rbac.authorization.k8s.io", "roles"),
    ("tekton.dev", "pipelineruns"),
];

/// What in the namespaces `account` is allowed and not granted, or granted and not allowed; in words, empty if nothing.
///
/// # Errors
/// When the server does not answer.
pub(super) fn review(api: &Api, namespaces: &[&str], granted: &BTreeSet<Access>) -> Result<String> {
    let mut asked: BTreeSet<Access> = granted.clone();
    for namespace in namespaces {
        for (group, resource) in RESOURCES {
            asked.extend(VERBS.map(|verb| Access {
                verb: verb.to_owned(),
                group: group.to_owned(),
                resource: resource.to_owned(),
                namespace: (*namespace).to_owned(),
            }));
        }
    }
    let answers: Vec<(Access, bool)> = asked
        .into_par_iter()
        .map(|access| is_allowed(api, &access).map(|is_allowed| (access, is_allowed)))
        .collect::<Result<_>>()?;
    let wrong = answers.into_iter().filter_map(|(access, is_allowed)| {
        match (is_allowed, granted.contains(&access)) {
            (true, false) => Some(format!("allowed and not granted: {access}")),
            (false, true) => Some(format!("granted and not allowed: {access}")),
            _ => None,
        }
    });
    Ok(wrong.collect::<Vec<_>>().join("\n"))
}

fn is_allowed(api: &Api, access: &Access) -> Result<bool> {
    let (resource, subresource) = access
        .resource
        .split_once('/')
        .unwrap_or((&access.resource, ""));
    let review = json!({
        "apiVersion": "authorization.k8s.io/v1",
        "kind": "SelfSubjectAccessReview",
        "spec": {"resourceAttributes": {
            "verb": access.verb, "group": access.group, "resource": resource, "subresource": subresource,
            "namespace": access.namespace
        }}
    });
    let answer = api.json(
        Method::POST,
        "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
        &review,
    )?;
    answer
        .body
        .pointer("/status/allowed")
        .and_then(Value::as_bool)
        .with_context(|| {
            format!(
                "the server does not say whether {access} is allowed: {}",
                answer.error()
            )
        })
}

/// Requests that nobody here may make, made for real: each that is not forbidden.
///
/// # Errors
/// When the server does not answer.
pub(super) fn attempts(api: &Api, account: &Account, namespaces: &[&str]) -> Result<String> {
    let mut done = Vec::new();
    for namespace in namespaces {
        let root = format!("/api/v1/namespaces/{namespace}");
        let bindings =
            format!("/apis/rbac.authorization.k8s.io/v1/namespaces/{namespace}/rolebindings");
        let binding = json!({
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": {"name": "more"},
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"},
            "subjects": [{"kind": "ServiceAccount", "namespace": account.namespace, "name": account.name}]
        });
        let pod = json!({
            "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "more"},
            "spec": {"containers": [{"name": "more", "image": "example.com/more:1"}]}
        });
        let token =
            json!({"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {}});
        for (method, path, body) in [
            (Method::GET, format!("{root}/secrets"), None),
            (Method::GET, format!("{root}/secrets/github-creds"), None),
            (Method::DELETE, format!("{root}/configmaps"), None),
            (Method::POST, format!("{root}/pods"), Some(&pod)),
            (
                Method::POST,
                format!("{root}/serviceaccounts/default/token"),
                Some(&token),
            ),
            (Method::POST, bindings, Some(&binding)),
        ] {
            let shown = format!("{method} {path}");
            let answer = api.send(
                method,
                &path,
                "application/json",
                body.map(Value::to_string),
            )?;
            if answer.code != 403 {
                done.push(format!("{shown} is not forbidden, but {}", answer.code));
            }
        }
    }
    Ok(done.join("\n"))
}
