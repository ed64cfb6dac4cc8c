//! What Argo Events does: Sensors make objects, EventSources watch Builds, and replicas of both choose a leader.

use super::super::super::document::{Object, text_at, value_at};
use super::super::super::embedded::created_by;
use super::super::super::runs::set_metadata;
use super::super::access::Account;
use super::super::deliveries::kpack_namespaces;
use super::super::placement::Placed;
use super::super::stage::Stage;
use anyhow::{Context as _, Result};
use reqwest::Method;
use serde_yaml::Value;

fn account_of(sensor: &Object, namespace: &str) -> Option<Account> {
    let name = text_at(&sensor.value, &["spec", "template", "serviceAccountName"])?;
    Some(Account {
        namespace: namespace.to_owned(),
        name: name.to_owned(),
    })
}

/// Whose triggers make objects.
pub(super) fn sensors(stage: &Stage<'_>) -> Vec<Account> {
    let sensors = stage
        .objects
        .iter()
        .filter(|placed| placed.object.kind() == "Sensor");
    let mut accounts: Vec<Account> = sensors
        .filter_map(|placed| account_of(placed.object, placed.namespace))
        .collect();
    accounts.sort();
    accounts.dedup();
    accounts
}

/// Every Sensor of the account: what its triggers and dead letters make, and the lease that its replicas choose a leader by.
pub(super) fn sensor(stage: &mut Stage<'_>, account: &Account) -> Result<()> {
    let api = stage.client(account, "argo-events")?;
    for placed in stage.objects {
        let sensor = placed.object;
        if sensor.kind() != "Sensor"
            || account_of(sensor, placed.namespace).as_ref() != Some(account)
        {
            continue;
        }
        for object in created_by(sensor)? {
            let is_known = stage.objects.iter().any(|placed| {
                placed.object.kind() == "Namespace"
                    && Some(placed.object.name()) == object.namespace()
            });
            // The namespace of the Build that the event is of.
            let namespaces: Vec<String> = match object.namespace() {
                Some(namespace) if is_known => vec![namespace.to_owned()],
                _ => kpack_namespaces(stage.objects)?.into_iter().collect(),
            };
            for namespace in namespaces {
                let mut value = object.value.clone();
                set_metadata(&mut value, "namespace", &namespace);
                let object = Object::made(object.path.clone(), value)?;
                let answer = stage.create(&api, &object, &namespace)?;
                // Several triggers may make one sample.
                let error = if answer.code == 409 {
                    String::new()
                } else {
                    answer.error()
                };
                stage.tried(&object.path, &object.label(), error);
            }
        }
    }
    lease(stage, account)
}

/// What argo-events' leader election does (client-go's `resourcelock.LeaseLock`).
fn lease(stage: &mut Stage<'_>, account: &Account) -> Result<()> {
    let text = format!(
        "apiVersion: coordination.k8s.io/v1\nkind: Lease\nmetadata: {{name: leader-{}, namespace: {}}}\nspec: {{holderIdentity: a}}\n",
        account.name, account.namespace
    );
    let lease = Object::read("lease", &text)?.pop().context("no lease")?;
    let api = stage.client(account, "argo-events")?;
    let path = format!(
        "/apis/coordination.k8s.io/v1/namespaces/{}/leases/leader-{}",
        account.namespace, account.name
    );
    let mut error = stage.create(&api, &lease, &account.namespace)?.error();
    let held = api.send(Method::GET, &path, "", None)?;
    error.push_str(&held.error());
    error.push_str(&api.json(Method::PUT, &path, &held.body)?.error());
    stage.tried(
        "leader election",
        &format!("{}/{}", account.namespace, account.name),
        error,
    );
    Ok(())
}

/// EventSources that watch objects.
pub(super) fn watchers(stage: &Stage<'_>) -> Vec<Account> {
    let mut accounts: Vec<Account> = resources(stage.objects)
        .filter_map(|(placed, _)| account_of(placed.object, placed.namespace))
        .collect();
    accounts.sort();
    accounts.dedup();
    accounts
}

/// EventSources with what each watches.
fn resources<'a>(
    objects: &'a [Placed<'a>],
) -> impl Iterator<Item = (&'a Placed<'a>, Vec<&'a Value>)> {
    let sources = objects
        .iter()
        .filter(|placed| placed.object.kind() == "EventSource");
    sources.filter_map(|placed| {
        let watched = value_at(&placed.object.value, &["spec", "resource"])?;
        let watched = watched.as_mapping()?.iter().map(|(_, watched)| watched);
        Some((placed, watched.collect()))
    })
}

/// Lists and watches everything that an EventSource says, as an informer does (argo-events `eventsources/sources/resource`).
pub(super) fn watcher(stage: &mut Stage<'_>, account: &Account) -> Result<()> {
    let api = stage.client(account, "argo-events")?;
    for (placed, watched) in resources(stage.objects) {
        if account_of(placed.object, placed.namespace).as_ref() != Some(account) {
            continue;
        }
        for watched in watched {
            let text = |key: &str| text_at(watched, &[key]).unwrap_or_default();
            let path = format!(
                "/apis/{}/{}/namespaces/{}/{}",
                text("group"),
                text("version"),
                text("namespace"),
                text("resource")
            );
            let mut error = api.send(Method::GET, &path, "", None)?.error();
            let watch = format!("{path}?watch=true&timeoutSeconds=1");
            error.push_str(&api.send(Method::GET, &watch, "", None)?.error());
            stage.tried(&placed.object.path, &path, error);
        }
    }
    lease(stage, account)
}
