//! A server with the kinds of the other projects, and what a set deploys there.

use super::super::document::Object;
use super::super::folder::Rendered;
use super::super::report::Report;
use super::super::set::Set;
use super::api::{AGENT, Api, Kinds, collection};
use super::apply::apply;
use super::control_plane::ControlPlane;
use super::{definitions, placement, webhook};
use anyhow::{Context as _, Result, bail};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Namespaces that others make than this platform: those of Argo CD's and policy-controller's installations.
const GIVEN: [&str; 2] = ["argocd", "cosign-system"];

/// A running server.
#[derive(Debug)]
pub(crate) struct RealCluster {
    pub(super) admin: Api,
    pub(super) kinds: Kinds,
    // Ends last.
    pub(super) plane: ControlPlane,
}

impl RealCluster {
    /// Starts it, with the kinds that are `needed`, by group and name.
    ///
    /// # Errors
    /// When it does not start or does not take a definition.
    pub(crate) fn start(judges: &Path, needed: &HashSet<(&str, &str)>) -> Result<Self> {
        let plane = ControlPlane::start(judges)?;
        let admin = Api::connect(&plane)?;
        for namespace in GIVEN {
            let object =
                json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}});
            admin.json(Method::POST, "/api/v1/namespaces", &object)?;
        }
        let definitions =
            definitions::definitions(judges, |group, kind| needed.contains(&(group, kind)))?;
        let kinds = definitions::install(&admin, &definitions)
            .context("the kinds of other projects cannot be defined")?;
        Ok(Self {
            admin,
            kinds,
            plane,
        })
    }

    /// Applies what the Applications of `set` deploy to whatever cluster; refusals go to `report`. Gives how many objects that is.
    ///
    /// # Errors
    /// When the server does not answer.
    pub(crate) fn deploy(
        &self,
        set: &Set,
        rendered: &Rendered,
        report: &mut Report,
    ) -> Result<usize> {
        let mut count = 0;
        for objects in placement::clusters(set, rendered).into_values() {
            apply(&self.admin, &self.kinds, &set.name, &objects, report)?;
            count += objects.len();
        }
        Ok(count)
    }

    fn path(&self, api_version: &str, kind: &str, namespace: &str) -> Result<String> {
        let resource = self
            .kinds
            .get(api_version, kind)
            .with_context(|| format!("the server knows no {kind} of `{api_version}`"))?;
        Ok(collection(api_version, resource, namespace))
    }

    /// An object, if there is one.
    ///
    /// # Errors
    /// When the server does not say.
    pub(crate) fn object(
        &self,
        api_version: &str,
        kind: &str,
        namespace: &str,
        name: &str,
    ) -> Result<Option<Value>> {
        let path = self.path(api_version, kind, namespace)?;
        let answer = self
            .admin
            .send(Method::GET, &format!("{path}/{name}"), "", None)?;
        match answer.code {
            404 => Ok(None),
            200 => Ok(Some(answer.body)),
            _ => bail!("cannot read {kind} `{name}`: {}", answer.error()),
        }
    }

    /// All objects of a kind in a namespace.
    ///
    /// # Errors
    /// When the server does not say.
    pub(crate) fn objects(
        &self,
        api_version: &str,
        kind: &str,
        namespace: &str,
    ) -> Result<Vec<Value>> {
        let path = self.path(api_version, kind, namespace)?;
        let Some(Value::Array(mut items)) =
            self.admin.get(&path)?.get_mut("items").map(Value::take)
        else {
            bail!("`{path}` is no list");
        };
        for item in &mut items {
            // Items of lists of the server's own kinds do not say what they are.
            item["apiVersion"] = api_version.into();
            item["kind"] = kind.into();
        }
        Ok(items)
    }

    /// The path of an object.
    ///
    /// # Errors
    /// When the server does not know its kind.
    pub(super) fn path_of(&self, object: &Value) -> Result<String> {
        let text = |path: &str| object.pointer(path).and_then(Value::as_str).unwrap_or("");
        let path = self.path(
            text("/apiVersion"),
            text("/kind"),
            text("/metadata/namespace"),
        )?;
        Ok(format!("{path}/{}", text("/metadata/name")))
    }

    /// Makes an object, as an administrator or as the ServiceAccount of that namespace and name.
    ///
    /// # Errors
    /// When the server refuses it.
    pub(crate) fn create(&self, object: &Value, account: Option<(&str, &str)>) -> Result<Value> {
        let api = match account {
            Some((namespace, name)) => {
                let token = self.admin.account_token(namespace, name)?;
                self.admin.with_token(&token, AGENT)
            }
            None => self.admin.clone(),
        };
        self.create_by(object, &api)
    }

    /// Makes an object, as a controller that may make anything.
    ///
    /// # Errors
    /// When the server refuses it.
    pub(crate) fn create_as_controller(&self, object: &Value) -> Result<Value> {
        self.create_by(object, &self.admin.as_controller())
    }

    fn create_by(&self, object: &Value, api: &Api) -> Result<Value> {
        let object = Object::made("made".to_owned(), serde_yaml::to_value(object)?)?;
        let path = self.path(
            object.api_version(),
            object.kind(),
            object.namespace().unwrap_or("default"),
        )?;
        let answer = api.send(
            Method::POST,
            &format!("{path}?fieldValidation=Strict"),
            "application/yaml",
            Some(webhook::completed(&object)?),
        )?;
        if !answer.is_ok() {
            bail!("cannot make {}: {}", object.label(), answer.error());
        }
        Ok(answer.body)
    }

    /// Changes an object as a controller with all rights does.
    ///
    /// # Errors
    /// When the server refuses it.
    pub(crate) fn merge(&self, object: &Value, patch: &Value) -> Result<()> {
        let path = self.path_of(object)?;
        let answer = self.admin.send(
            Method::PATCH,
            &path,
            "application/merge-patch+json",
            Some(patch.to_string()),
        )?;
        if !answer.is_ok() {
            bail!("cannot change `{path}`: {}", answer.error());
        }
        Ok(())
    }

    /// Sets what a controller says of an object.
    ///
    /// # Errors
    /// When the server refuses it.
    pub(crate) fn set_status(&self, object: &Value, status: &Value) -> Result<()> {
        let path = format!("{}/status", self.path_of(object)?);
        let answer = self.admin.send(
            Method::PATCH,
            &path,
            "application/merge-patch+json",
            Some(json!({"status": status}).to_string()),
        )?;
        if !answer.is_ok() {
            bail!("cannot set `{path}`: {}", answer.error());
        }
        Ok(())
    }

    /// A file with which a program speaks to the server as a ServiceAccount.
    ///
    /// # Errors
    /// When there is no such account.
    pub(crate) fn kubeconfig(&self, namespace: &str, name: &str) -> Result<PathBuf> {
        kubeconfig(&self.plane, &self.admin, namespace, name)
    }
}

/// As [`RealCluster::kubeconfig`].
pub(super) fn kubeconfig(
    plane: &ControlPlane,
    admin: &Api,
    namespace: &str,
    name: &str,
) -> Result<PathBuf> {
    let path = plane.directory().join(format!("{namespace}.{name}.json"));
    let token = admin.account_token(namespace, name)?;
    let config = json!({
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "pod",
        "clusters": [{"name": "pod", "cluster": {
            "server": plane.url, "certificate-authority": plane.authority()
        }}],
        "users": [{"name": "pod", "user": {"token": token}}],
        "contexts": [{"name": "pod", "context": {
            "cluster": "pod", "user": "pod", "namespace": namespace
        }}]
    });
    fs::write(&path, config.to_string())?;
    Ok(path)
}
