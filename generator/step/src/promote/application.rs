//! What Argo CD says of the environment that has the release.

use serde_json::Value;

use super::route::Route;
use crate::failure::{Exit, Failure};

/// Where Argo CD and its Applications are: the compiled objects have the same.
pub(super) const NAMESPACE: &str = "argocd";
pub(super) const API_VERSION: &str = "argoproj.io/v1alpha1";
pub(super) const KIND: &str = "Application";

/// Commits that a synced and healthy Application runs: of several sources, one each.
///
/// # Errors
/// [`Exit::Transient`] for what passes by itself, [`Exit::Refused`] for anything else.
pub(super) fn revisions(
    application: Option<&Value>,
    route: &Route,
) -> Result<Vec<String>, Failure> {
    let name = route.argo_cd_application();
    let refuse = |exit, why: String| {
        Err(
            Failure::new(exit, format!("Argo CD's Application `{name}` {why}")).help(format!(
                "see `argocd app get {name}`; promote again when it is synced and healthy"
            )),
        )
    };
    let Some(application) = application else {
        return refuse(Exit::Refused, "does not exist".to_owned());
    };
    let text = |path: &str| {
        let value = application.pointer(path).and_then(Value::as_str);
        value.unwrap_or_default()
    };
    if application.pointer("/metadata/deletionTimestamp").is_some() {
        return refuse(Exit::Refused, "is being deleted".to_owned());
    }
    let path = route.overlay(&route.from);
    if !paths(application).any(|there| there.trim_matches('/') == path) {
        return refuse(Exit::Refused, format!("does not deploy `{path}`"));
    }
    if text("/status/operationState/phase") == "Running" {
        return refuse(Exit::Transient, "is syncing right now".to_owned());
    }
    match text("/status/sync/status") {
        "Synced" => {}
        // Before Argo CD has looked for the first time.
        "" => return refuse(Exit::Transient, "has no status yet".to_owned()),
        status => {
            let why = condition(application).unwrap_or_default();
            return refuse(Exit::Refused, format!("is `{status}`, not `Synced`{why}"));
        }
    }
    match text("/status/health/status") {
        "Healthy" => {}
        "" | "Progressing" => {
            return refuse(
                Exit::Transient,
                "is not `Healthy` yet: it is starting".to_owned(),
            );
        }
        status => {
            let message = text("/status/health/message");
            let message = match message.is_empty() {
                true => String::new(),
                false => format!(": {message}"),
            };
            return refuse(
                Exit::Refused,
                format!("is `{status}`, not `Healthy`{message}"),
            );
        }
    }
    let several = application.pointer("/status/sync/revisions");
    let several = several.and_then(Value::as_array).into_iter().flatten();
    let revisions: Vec<String> = [text("/status/sync/revision")]
        .into_iter()
        .chain(several.filter_map(Value::as_str))
        .filter(|revision| luban_command::Value::Commit.check(revision).is_ok())
        .map(str::to_owned)
        .collect();
    if revisions.is_empty() {
        return refuse(
            Exit::Transient,
            "does not say which commit it runs".to_owned(),
        );
    }
    Ok(revisions)
}

/// Paths of its sources.
fn paths(application: &Value) -> impl Iterator<Item = &str> {
    let several = application
        .pointer("/spec/sources")
        .and_then(Value::as_array);
    let one = application.pointer("/spec/source");
    one.into_iter()
        .chain(several.into_iter().flatten())
        .filter_map(|source| source.get("path")?.as_str())
}

/// Why it could not be compared.
fn condition(application: &Value) -> Option<String> {
    let conditions = application.pointer("/status/conditions")?.as_array()?;
    let mut messages = conditions
        .iter()
        .filter(|it| {
            it.get("type")
                .and_then(Value::as_str)
                .is_some_and(|it| it.ends_with("Error"))
        })
        .filter_map(|it| it.get("message")?.as_str());
    let message: String = messages.next()?.chars().take(300).collect();
    Some(format!(
        ": {}",
        message.split_whitespace().collect::<Vec<_>>().join(" ")
    ))
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::json;

    use super::*;

    pub(crate) fn healthy(revision: &str) -> Value {
        json!({
            "metadata": {"name": "payments-api-snd", "namespace": "argocd"},
            "spec": {"source": {"path": "overlays/payments/api/snd", "targetRevision": "main"}},
            "status": {
                "sync": {"status": "Synced", "revision": revision},
                "health": {"status": "Healthy"},
                "operationState": {"phase": "Succeeded"},
            },
        })
    }

    fn route() -> Route {
        Route {
            project: "payments".to_owned(),
            application: "api".to_owned(),
            from: "snd".to_owned(),
            to: "prd".to_owned(),
        }
    }

    const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

    #[test]
    fn what_is_synced_and_healthy_says_which_commit_it_runs() {
        let application = healthy(COMMIT);
        assert_eq!(revisions(Some(&application), &route()).unwrap(), [COMMIT]);
        let mut several = application;
        several["status"]["sync"] = json!({"status": "Synced", "revisions": ["1.2.3", COMMIT]});
        several["spec"] =
            json!({"sources": [{"chart": "x"}, {"path": "overlays/payments/api/snd/"}]});
        assert_eq!(revisions(Some(&several), &route()).unwrap(), [COMMIT]);
    }

    #[test]
    fn what_may_pass_is_tried_again_and_what_does_not_is_refused_with_the_reason() {
        let cases = [
            (
                "/status/sync/status",
                json!("OutOfSync"),
                Exit::Refused,
                "`OutOfSync`",
            ),
            (
                "/status/sync/status",
                json!("Unknown"),
                Exit::Refused,
                "`Unknown`",
            ),
            (
                "/status/health/status",
                json!("Degraded"),
                Exit::Refused,
                "`Degraded`",
            ),
            (
                "/status/health/status",
                json!("Missing"),
                Exit::Refused,
                "`Missing`",
            ),
            (
                "/status/health/status",
                json!("Suspended"),
                Exit::Refused,
                "`Suspended`",
            ),
            (
                "/status/health/status",
                json!("Progressing"),
                Exit::Transient,
                "starting",
            ),
            (
                "/status/operationState/phase",
                json!("Running"),
                Exit::Transient,
                "syncing",
            ),
            (
                "/status/sync/revision",
                json!(""),
                Exit::Transient,
                "which commit",
            ),
            ("/status", json!({}), Exit::Transient, "no status"),
            (
                "/spec/source/path",
                json!("overlays/payments/api/prd"),
                Exit::Refused,
                "does not deploy",
            ),
        ];
        for (path, value, exit, words) in cases {
            let mut application = healthy(COMMIT);
            *application.pointer_mut(path).unwrap() = value;
            let failure = revisions(Some(&application), &route()).unwrap_err();
            assert_eq!(failure.exit, exit, "{path}");
            assert!(failure.message.contains(words), "{}", failure.message);
            assert!(
                failure.message.contains("payments-api-snd"),
                "{}",
                failure.message
            );
        }
        assert_eq!(revisions(None, &route()).unwrap_err().exit, Exit::Refused);
        let mut going = healthy(COMMIT);
        going["metadata"]["deletionTimestamp"] = json!("2026-01-02T03:04:05Z");
        assert_eq!(
            revisions(Some(&going), &route()).unwrap_err().exit,
            Exit::Refused
        );
    }

    #[test]
    fn a_comparison_that_failed_says_why() {
        let mut application = healthy(COMMIT);
        application["status"]["sync"]["status"] = json!("Unknown");
        application["status"]["conditions"] = json!([{"type": "SharedResourceWarning", "message": "no"}, {"type": "ComparisonError", "message": "app path\ndoes not exist"}]);
        let failure = revisions(Some(&application), &route()).unwrap_err();
        assert!(
            failure
                .message
                .ends_with("not `Synced`: app path does not exist"),
            "{}",
            failure.message
        );
    }
}
