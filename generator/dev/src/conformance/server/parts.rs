//! The parts that are played on a cluster: each under the compiled ServiceAccount of whoever plays it for real. A new verb
//! is a line in [`PARTS`] and a function.

use super::super::document::{Object, text_at};
use super::super::embedded::created_by;
use super::super::runs::set_metadata;
use super::access::Account;
use super::deliveries::{container, deliveries, kpack_namespaces};
use super::stage::Stage;
use anyhow::{Context as _, Result};
use reqwest::Method;
use serde_json::json;

/// A part: every account that plays it, and what it does.
struct Part {
    accounts: fn(&Stage<'_>) -> Vec<Account>,
    play: fn(&mut Stage<'_>, &Account) -> Result<()>,
}

/// In the order in which they follow each other.
const PARTS: [Part; 2] = [
    Part {
        accounts: sensors,
        play: sensor,
    },
    Part {
        accounts: |stage| verb(stage, "dispatch"),
        play: dispatch,
    },
];

/// Plays every part.
///
/// # Errors
/// When the server does not answer.
pub(super) fn play(stage: &mut Stage<'_>) -> Result<()> {
    for part in PARTS {
        for account in (part.accounts)(stage) {
            stage.play(&account, part.play)?;
        }
    }
    Ok(())
}

/// The account that runs a verb of `luban step`.
fn verb(stage: &Stage<'_>, verb: &str) -> Vec<Account> {
    let found = container(stage.objects, verb);
    let account = found.map(|(_, namespace, name)| Account {
        namespace: namespace.to_owned(),
        name: name.to_owned(),
    });
    account.into_iter().collect()
}

fn account_of(sensor: &Object, namespace: &str) -> Option<Account> {
    let name = text_at(&sensor.value, &["spec", "template", "serviceAccountName"])?;
    Some(Account {
        namespace: namespace.to_owned(),
        name: name.to_owned(),
    })
}

fn sensors(stage: &Stage<'_>) -> Vec<Account> {
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
fn sensor(stage: &mut Stage<'_>, account: &Account) -> Result<()> {
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

/// Every push that the platform builds something of, twice, and one that it knows nothing of.
fn dispatch(stage: &mut Stage<'_>, account: &Account) -> Result<()> {
    let (container, ..) = container(stage.objects, "dispatch").context("nothing runs dispatch")?;
    let deliveries = deliveries(stage.objects)?;
    for delivery in &deliveries {
        for time in ["first", "again"] {
            let label = format!("{} of {}, {time}", delivery.repository, delivery.provider);
            let (code, log) = stage.luban(account, &delivery.arguments(container))?;
            let mut error = match code {
                Some(0) => String::new(),
                code => format!("dispatch ended with {code:?}: {log}"),
            };
            for expected in &delivery.runs {
                let runs = stage.runs(expected)?;
                if runs.len() != 1 {
                    error.push_str(&format!("{expected:?} has the runs {runs:?}, not one\n"));
                }
                runs.into_iter().for_each(|run| stage.applied.also(run));
            }
            stage.tried("dispatch", &label, error);
        }
    }
    if let Some(delivery) = deliveries.first() {
        let (code, log) = stage.luban(account, &delivery.of_unknown().arguments(container))?;
        let error = if code == Some(3) {
            String::new()
        } else {
            format!("ended with {code:?}: {log}")
        };
        stage.tried("dispatch", "an unknown repository", error);
    }
    executor(stage, account)
}

/// What Argo's executor does in each pod of a Workflow (argo-workflows `docs/workflow-rbac.md`).
fn executor(stage: &mut Stage<'_>, account: &Account) -> Result<()> {
    let text = format!(
        "apiVersion: argoproj.io/v1alpha1\nkind: WorkflowTaskResult\nmetadata: {{name: {}-1, namespace: {}}}\n",
        account.name, account.namespace
    );
    let result = Object::read("result", &text)?.pop().context("no result")?;
    let api = stage.client(account, "argoexec")?;
    let mut error = stage.create(&api, &result, &account.namespace)?.error();
    let path = format!(
        "/apis/argoproj.io/v1alpha1/namespaces/{}/workflowtaskresults/{}-1",
        account.namespace, account.name
    );
    let patch =
        json!({"metadata": {"labels": {"workflows.argoproj.io/report-outputs-completed": "true"}}});
    let content_type = "application/merge-patch+json";
    error.push_str(
        &api.send(Method::PATCH, &path, content_type, Some(patch.to_string()))?
            .error(),
    );
    stage.tried(
        "executor",
        &format!("{}/{}", account.namespace, account.name),
        error,
    );
    Ok(())
}
