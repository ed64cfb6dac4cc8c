//! What the API server lets an account do: exactly what its Roles grant.

use super::access::{Access, Account};
use super::api::Api;
use anyhow::{Context as _, Result, bail};
use rayon::prelude::*;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Groups of what every account may do: ask what it may do, and who it is.
const OF_EVERYBODY: [&str; 2] = ["authentication.k8s.io", "authorization.k8s.io"];

/// What in the namespaces the account of `api` is allowed and not granted, or granted and not allowed; in words, empty if nothing.
///
/// # Errors
/// When the server does not answer, or not all of it.
pub(super) fn review(api: &Api, namespaces: &[&str], granted: &BTreeSet<Access>) -> Result<String> {
    let answers: Vec<(&str, BTreeSet<Access>)> = namespaces
        .par_iter()
        .map(|namespace| allowed(api, namespace).map(|allowed| (*namespace, allowed)))
        .collect::<Result<_>>()?;
    let mut wrong = Vec::new();
    for (namespace, allowed) in answers {
        // What is granted in the whole cluster is in each namespace.
        let here = granted
            .iter()
            .filter(|access| access.namespace.is_empty() || access.namespace == namespace);
        let here = here.map(|access| Access {
            namespace: namespace.to_owned(),
            ..access.clone()
        });
        let here: BTreeSet<Access> = here.collect();
        let more = allowed.difference(&here);
        wrong.extend(more.map(|access| format!("allowed and not granted: {access}")));
    }
    let refused: Vec<Option<String>> = granted
        .par_iter()
        .map(|access| {
            let is_allowed = is_allowed(api, access)?;
            Ok((!is_allowed).then(|| format!("granted and not allowed: {access}")))
        })
        .collect::<Result<_>>()?;
    wrong.extend(refused.into_iter().flatten());
    Ok(wrong.join("\n"))
}

/// Everything that an account may do in a namespace, wildcards as they are.
fn allowed(api: &Api, namespace: &str) -> Result<BTreeSet<Access>> {
    let review = json!({
        "apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectRulesReview",
        "spec": {"namespace": namespace},
    });
    let path = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews";
    let answer = api.json(Method::POST, path, &review)?;
    let status = answer.body.get("status");
    let status = status.with_context(|| {
        format!(
            "the server does not say what is allowed in `{namespace}`: {}",
            answer.error()
        )
    })?;
    if status.get("incomplete") == Some(&Value::Bool(true)) {
        bail!("the server does not say all that is allowed in `{namespace}`");
    }
    let rules = status.get("resourceRules").and_then(Value::as_array);
    let mut allowed = BTreeSet::new();
    for rule in rules.into_iter().flatten() {
        let texts = |key: &str| -> Vec<&str> {
            let all = rule.get(key).and_then(Value::as_array);
            all.into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect()
        };
        let names = texts("resourceNames");
        let names = if names.is_empty() { vec![""] } else { names };
        for group in texts("apiGroups") {
            if OF_EVERYBODY.contains(&group) {
                continue;
            }
            for resource in texts("resources") {
                for verb in texts("verbs") {
                    allowed.extend(names.iter().map(|name| Access {
                        verb: verb.to_owned(),
                        group: group.to_owned(),
                        resource: resource.to_owned(),
                        namespace: namespace.to_owned(),
                        name: (*name).to_owned(),
                    }));
                }
            }
        }
    }
    Ok(allowed)
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
            "namespace": access.namespace, "name": access.name
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
