//! Objects applied to a server, as Argo CD applies them, and taken away again.

use super::super::document::{Object, value_at};
use super::super::protocol::Verdict;
use super::super::report::{Place, Report};
use super::api::{Api, Kinds, collection};
use super::placement::Placed;
use super::webhook;
use anyhow::{Result, bail};
use rayon::prelude::*;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Name in reports.
pub(crate) const JUDGE: &str = "kube-apiserver";
/// Server-side apply: the field manager of Argo CD, unknown fields and keys given twice refused.
const QUERY: &str = "fieldManager=argocd-controller&force=true&fieldValidation=Strict";

/// What was applied to a server.
#[derive(Debug, Default)]
pub(super) struct Applied {
    /// Paths of objects, each with whether something would keep it from going.
    objects: BTreeSet<(String, bool)>,
    namespaces: BTreeSet<String>,
}

/// Applies the objects of one cluster; every refusal goes to `report`.
///
/// # Errors
/// When the server does not answer.
pub(super) fn apply(
    api: &Api,
    kinds: &Kinds,
    set: &str,
    objects: &[Placed<'_>],
    report: &mut Report,
) -> Result<Applied> {
    let mut applied = Applied::default();
    for chunk in objects
        .chunk_by(|a, b| super::placement::rank(a.object) == super::placement::rank(b.object))
    {
        let answers: Vec<_> = chunk
            .par_iter()
            .map(|placed| Ok((placed, path(kinds, placed), one(api, kinds, placed)?)))
            .collect::<Result<_>>()?;
        for (placed, path, verdict) in answers {
            let place = place(set, placed.object);
            let (Some(path), Some(verdict)) = (path, verdict) else {
                let what = format!("{} {}", placed.object.api_version(), placed.object.kind());
                report.not_judged(&format!("by the API server: {what}"), &place);
                continue;
            };
            if verdict.ok {
                applied.keep(placed.object, path);
            }
            report.judged(JUDGE, place, &verdict);
        }
    }
    settle_quotas(api, &applied)?;
    Ok(applied)
}

pub(super) fn place(set: &str, object: &Object) -> Place {
    Place {
        set: set.to_owned(),
        path: object.path.clone(),
        label: object.label(),
    }
}

fn path(kinds: &Kinds, placed: &Placed<'_>) -> Option<String> {
    let object = placed.object;
    let resource = kinds.get(object.api_version(), object.kind())?;
    let collection = collection(object.api_version(), resource, placed.namespace);
    Some(format!("{collection}/{}", object.name()))
}

/// What the server says of one object; nothing if it does not know its kind.
fn one(api: &Api, kinds: &Kinds, placed: &Placed<'_>) -> Result<Option<Verdict>> {
    let Some(path) = path(kinds, placed) else {
        return Ok(None);
    };
    let body = Some(webhook::completed(placed.object)?);
    let answer = api.send(
        Method::PATCH,
        &format!("{path}?{QUERY}"),
        "application/apply-patch+yaml",
        body,
    )?;
    Ok(Some(Verdict {
        ok: answer.is_ok(),
        error: answer.error(),
        ..Verdict::default()
    }))
}

/// Plays the part of the controller of quotas, without whose word nothing that is counted can be made.
fn settle_quotas(api: &Api, applied: &Applied) -> Result<()> {
    for (path, _) in applied
        .objects
        .iter()
        .filter(|(path, _)| path.contains("/resourcequotas/"))
    {
        let quota = api.get(path)?;
        let hard = quota.pointer("/spec/hard").cloned().unwrap_or_default();
        let used: serde_json::Map<String, Value> = hard
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| (name.clone(), json!("0")))
            .collect();
        let status = json!({"status": {"hard": hard, "used": used}});
        let answer = api.send(
            Method::PATCH,
            &format!("{path}/status"),
            "application/merge-patch+json",
            Some(status.to_string()),
        )?;
        if !answer.is_ok() {
            bail!("cannot set the status of `{path}`: {}", answer.error());
        }
    }
    Ok(())
}

impl Applied {
    fn keep(&mut self, object: &Object, path: String) {
        if object.api_version() == "v1" && object.kind() == "Namespace" {
            self.namespaces.insert(path);
        } else {
            let is_held = value_at(&object.value, &["metadata", "finalizers"]).is_some();
            self.objects.insert((path, is_held));
        }
    }

    /// Notes an object that was made otherwise.
    pub(super) fn also(&mut self, path: String) {
        self.objects.insert((path, false));
    }

    /// Takes everything away, so that another cluster can stand here.
    ///
    /// # Errors
    /// When an object stays.
    pub(super) fn remove(self, api: &Api) -> Result<()> {
        self.objects.par_iter().try_for_each(|(path, is_held)| {
            if *is_held {
                let free = json!({"metadata": {"finalizers": null}}).to_string();
                api.send(
                    Method::PATCH,
                    path,
                    "application/merge-patch+json",
                    Some(free),
                )?;
            }
            delete(api, path)
        })?;
        self.namespaces.par_iter().try_for_each(|path| {
            delete(api, path)?;
            let mut namespace = api.get(path)?;
            if let Some(finalizers) = namespace.pointer_mut("/spec/finalizers") {
                *finalizers = json!([]);
            }
            let answer = api.json(Method::PUT, &format!("{path}/finalize"), &namespace)?;
            if !answer.is_ok() {
                bail!("cannot remove `{path}`: {}", answer.error());
            }
            Ok(())
        })
    }
}

fn delete(api: &Api, path: &str) -> Result<()> {
    let now = json!({"gracePeriodSeconds": 0, "propagationPolicy": "Background"});
    let answer = api.json(Method::DELETE, path, &now)?;
    if !answer.is_ok() && answer.code != 404 {
        bail!("cannot remove `{path}`: {}", answer.error());
    }
    Ok(())
}
