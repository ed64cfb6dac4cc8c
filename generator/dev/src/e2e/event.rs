//! A push as Gitea tells of it, and what the compiled Sensor makes of that by Argo Events' own code.

use super::place::Place;
use crate::conformance::document::text_at;
use crate::conformance::hostile::created;
use crate::conformance::protocol::Question;
use crate::stand_ins::variables::plain;
use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

/// The event, as the EventSource puts it on the bus: headers and body of Gitea's webhook (its documentation, "Webhooks").
pub(super) fn pushed(url: &str, reference: &str, before: &str, after: &str) -> Value {
    let user = json!({
        "id": 1, "login": "jo", "full_name": "", "email": "jo@example.org", "avatar_url": "", "username": "jo"
    });
    let commit = json!({
        "id": after, "message": "Say hello\n", "url": format!("{url}/commit/{after}"),
        "author": {"name": "Jo", "email": "jo@example.org", "username": "jo"},
        "committer": {"name": "Jo", "email": "jo@example.org", "username": "jo"},
        "verification": null, "timestamp": "2026-01-02T03:04:05Z",
        "added": [], "removed": [], "modified": ["site/index.html"]
    });
    let body = json!({
        "ref": reference, "before": before, "after": after,
        "compare_url": format!("{url}/compare/{before}...{after}"),
        "commits": [commit], "total_commits": 1, "head_commit": commit,
        "repository": {
            "id": 7, "owner": user, "name": "web", "full_name": "acme/web", "description": "", "empty": false,
            "private": true, "fork": false, "html_url": url, "clone_url": url, "default_branch": "main"
        },
        "pusher": user, "sender": user
    });
    let (delivery, _) = after.split_at(12);
    let header = json!({
        "Content-Type": ["application/json"],
        "X-Gitea-Delivery": [format!("f6266f16-1bf3-46a5-9ea4-{delivery}")],
        "X-Gitea-Event": ["push"], "X-Gitea-Event-Type": ["push"],
        "X-Gogs-Event": ["push"], "X-Github-Event": ["push"]
    });
    json!({"header": header, "body": body})
}

/// A Build that has ended, as an EventSource that watches Builds tells of it (argo-events, `ResourceEventData`).
pub(super) fn ended(before: &Value, after: &Value) -> Value {
    json!({
        "type": "UPDATE", "body": after, "oldBody": before,
        "group": "kpack.io", "version": "v1alpha2", "resource": "builds",
    })
}

/// Lets a Sensor have an event, and makes what it makes, under its account.
///
/// # Errors
/// When it makes anything but one Workflow, or may not.
pub(super) fn deliver(place: &Place, sensor: &str, event: &Value) -> Result<Value> {
    let mut sensors = place.set.objects.iter();
    let sensor = sensors
        .find(|object| object.kind() == "Sensor" && object.name() == sensor)
        .with_context(|| format!("no Sensor `{sensor}` is compiled"))?;
    let question = Question::Event {
        yaml: sensor.text.clone(),
        group: place.set.name.clone(),
        event: event.clone(),
    };
    let verdict = place.argo_events.ask(std::iter::once(&question))?.pop();
    let made = created(&verdict.unwrap_or_default())?;
    let mut made = made.into_iter().filter(|made| !made.is_dead_letter);
    let (Some(workflow), None) = (made.next(), made.next()) else {
        bail!("the Sensor does not make one Workflow");
    };
    let account = text_at(&sensor.value, &["spec", "template", "serviceAccountName"]);
    let account = account.context("the Sensor has no ServiceAccount")?;
    let namespace = sensor.namespace().unwrap_or_default();
    place
        .cluster
        .create(&workflow.object, Some((namespace, account)))
        .with_context(|| format!("as ServiceAccount `{namespace}/{account}`"))
}

/// A field of an object's metadata.
pub(super) fn metadata(object: &Value, field: &str) -> String {
    plain(&object["metadata"][field])
}
