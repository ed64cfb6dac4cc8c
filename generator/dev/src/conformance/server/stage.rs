//! A cluster that everything is applied to, as the parts that are played there see it.

use super::super::document::Object;
use super::super::protocol::Verdict;
use super::super::report::{Place, Report};
use super::access::{Access, Account, difference, granted, used};
use super::api::{Answer, Api, Kinds, collection};
use super::apply::Applied;
use super::cluster::{RealCluster, kubeconfig};
use super::control_plane::ControlPlane;
use super::deliveries::Expected;
use super::placement::Placed;
use super::reviews::{attempts, review};
use super::webhook;
use crate::stand_ins::argo::{Outcome, Workflow};
use crate::stand_ins::registry::Server;
use anyhow::{Context as _, Result};
use reqwest::Method;
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Name in reports.
pub(super) const ACCESS: &str = "access";

/// A cluster, what was applied to it, and the program that pods run.
pub(super) struct Stage<'a> {
    pub(super) cluster: &'a RealCluster,
    pub(super) plane: &'a ControlPlane,
    pub(super) admin: &'a Api,
    pub(super) kinds: &'a Kinds,
    pub(super) set: &'a str,
    pub(super) objects: &'a [Placed<'a>],
    pub(super) luban: &'a Path,
    /// Directory of the images' programs.
    pub(super) programs: &'a Path,
    pub(super) registry: &'a Server,
    pub(super) applied: Applied,
    pub(super) report: &'a mut Report,
}

impl Stage<'_> {
    /// Counts something that was tried: `error` says what is wrong, and is empty if nothing is.
    pub(super) fn tried(&mut self, path: &str, label: &str, error: String) {
        let place = Place {
            set: self.set.to_owned(),
            path: path.to_owned(),
            label: label.to_owned(),
        };
        let verdict = Verdict {
            ok: error.is_empty(),
            error,
            ..Verdict::default()
        };
        self.report.judged(ACCESS, place, &verdict);
    }

    /// A client of `account`, which says to be `agent`.
    ///
    /// # Errors
    /// When there is no such account.
    pub(super) fn client(&self, account: &Account, agent: &str) -> Result<Api> {
        let token = self
            .admin
            .account_token(&account.namespace, &account.name)?;
        Ok(self.admin.with_token(&token, agent))
    }

    /// Makes `object` as whoever `api` speaks for.
    ///
    /// # Errors
    /// When the server does not answer or does not know its kind.
    pub(super) fn create(&mut self, api: &Api, object: &Object, namespace: &str) -> Result<Answer> {
        let resource = self
            .kinds
            .get(object.api_version(), object.kind())
            .with_context(|| format!("the server knows no {}", object.label()))?;
        let path = collection(
            object.api_version(),
            resource,
            object.namespace().unwrap_or(namespace),
        );
        let query = "fieldValidation=Strict";
        let answer = api.send(
            Method::POST,
            &format!("{path}?{query}"),
            "application/yaml",
            Some(webhook::completed(object)?),
        )?;
        if answer.is_ok() {
            self.applied.also(format!("{path}/{}", object.name()));
        }
        Ok(answer)
    }

    /// Runs `luban` with `arguments` in an environment of its own, as a pod of `account` would; gives back its exit code and log.
    ///
    /// # Errors
    /// When it cannot run.
    pub(super) fn luban(
        &self,
        account: &Account,
        arguments: &[String],
    ) -> Result<(Option<i32>, String)> {
        let output = Command::new(self.luban)
            .args(arguments)
            .env_clear()
            .env(
                "KUBECONFIG",
                kubeconfig(self.plane, self.admin, &account.namespace, &account.name)?,
            )
            .env("HOME", self.plane.directory())
            .stdin(Stdio::null())
            .output()
            .with_context(|| format!("cannot run `{}`", self.luban.display()))?;
        Ok((
            output.status.code(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        ))
    }

    /// Makes an object as a controller, until everything is taken away again.
    ///
    /// # Errors
    /// When the server refuses it.
    pub(super) fn make(&mut self, object: &Json) -> Result<Json> {
        let made = self.cluster.create_as_controller(object)?;
        let path = self.cluster.path_of(&made)?;
        self.applied.also(path);
        Ok(made)
    }

    /// Carries out a Workflow, or one task of it, with other values for some flags.
    ///
    /// # Errors
    /// When a pod of it would not start.
    pub(super) fn carry_out(
        &self,
        workflow: &Json,
        task: Option<&str>,
        instead: &[(String, String)],
    ) -> Result<Outcome> {
        let workflow = Workflow {
            cluster: self.cluster,
            programs: self.programs,
            directory: &self.plane.directory().join("pods"),
            workflow,
            instead,
        };
        match task {
            Some(task) => workflow.task(task),
            None => workflow.to_its_end(),
        }
    }

    /// Notes all objects of a kind in a namespace, which others have made.
    ///
    /// # Errors
    /// When they cannot be listed.
    pub(super) fn note(&mut self, api_version: &str, kind: &str, namespace: &str) -> Result<()> {
        for object in self.cluster.objects(api_version, kind, namespace)? {
            let path = self.cluster.path_of(&object)?;
            self.applied.also(path);
        }
        Ok(())
    }

    /// The runs of an application on an occasion.
    ///
    /// # Errors
    /// When they cannot be listed.
    pub(super) fn runs(&self, expected: &Expected) -> Result<Vec<String>> {
        let Expected {
            application,
            occasion,
            namespace,
            kind,
        } = expected;
        let api_version = match kind.as_str() {
            "PipelineRun" => "tekton.dev/v1",
            _ => "argoproj.io/v1alpha1",
        };
        let resource = self
            .kinds
            .get(api_version, kind)
            .with_context(|| format!("the server knows no {kind}"))?;
        let path = collection(api_version, resource, namespace);
        let list = self.admin.get(&format!(
            "{path}?labelSelector=luban.dev%2Fapplication%3D{application},luban.dev%2Foccasion%3D{occasion}"
        ))?;
        let items = list
            .get("items")
            .and_then(Json::as_array)
            .into_iter()
            .flatten();
        let names = items.filter_map(|item| item.pointer("/metadata/name")?.as_str());
        Ok(names.map(|name| format!("{path}/{name}")).collect())
    }

    /// Plays a part under `account`, and asks whether it did exactly what it may do.
    ///
    /// # Errors
    /// When the server does not answer.
    pub(super) fn play(
        &mut self,
        account: &Account,
        part: impl FnOnce(&mut Self, &Account) -> Result<()>,
    ) -> Result<()> {
        let log = self.plane.audit_log();
        let from = fs::metadata(&log).map_or(0, |log| log.len());
        part(self, account)?;
        let granted: BTreeSet<Access> = granted(self.objects, account);
        let used = used(&log, from, account)?;
        let name = format!("{}/{}", account.namespace, account.name);
        self.tried("audit log", &name, difference(&granted, &used));

        let mut namespaces: Vec<&str> = self
            .objects
            .iter()
            .filter(|placed| placed.object.kind() == "Namespace")
            .map(|placed| placed.object.name())
            .collect();
        namespaces.push("argocd");
        let api = self.client(account, super::api::AGENT)?;
        let wrong = review(&api, &namespaces, &granted)?;
        self.tried("access reviews", &name, wrong);
        let done = attempts(&api, account, &namespaces)?;
        self.tried("requests that nobody may make", &name, done);
        Ok(())
    }
}
