//! The Kubernetes API over HTTP, with what it says of its kinds.

use super::control_plane::ControlPlane;
use anyhow::{Context as _, Result, anyhow, bail};
use reqwest::blocking::{Client, RequestBuilder};
use reqwest::header::{CONTENT_TYPE, USER_AGENT};
use reqwest::{Certificate, Method, StatusCode};
use serde_json::Value;
use std::collections::HashMap;
use std::fs;
use std::thread::sleep;
use std::time::Duration;

/// How a request says that it was made here and not by what is tried: the audit log has it.
pub(super) const AGENT: &str = "luban-dev";
/// Who a controller is.
const CONTROLLER: &str = "system:serviceaccount:argo:workflow-controller";
/// A call, with its answer.
const TIMEOUT: Duration = Duration::from_secs(30);

/// How often a server that has too much to do is asked again, as client-go does: one that has just defined a kind says so too.
const AGAIN: usize = 10;
/// And after how long: what the server itself says in `Retry-After`.
const PAUSE: Duration = Duration::from_secs(1);

/// A client that speaks as one user.
#[derive(Clone, Debug)]
pub(super) struct Api {
    client: Client,
    url: String,
    token: String,
    agent: String,
    /// Whom an administrator speaks for, who may do everything all the same.
    instead_of: Option<&'static str>,
}

/// An answer.
#[derive(Debug)]
pub(super) struct Answer {
    /// HTTP status.
    pub(super) code: u16,
    /// What was sent: an object, or a Status.
    pub(super) body: Value,
}

impl Answer {
    /// Whether it was done.
    pub(super) fn is_ok(&self) -> bool {
        (200..300).contains(&self.code)
    }

    /// The server's words if it was not.
    pub(super) fn error(&self) -> String {
        if self.is_ok() {
            return String::new();
        }
        let message = self.body.get("message").and_then(Value::as_str);
        format!("{}: {}", self.code, message.unwrap_or("no message"))
    }
}

impl Api {
    /// An administrator's client.
    ///
    /// # Errors
    /// When the server's certificate cannot be read.
    pub(super) fn connect(plane: &ControlPlane) -> Result<Self> {
        // reqwest takes the process's provider; that one is set already is no matter.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let certificates = Certificate::from_pem_bundle(&fs::read(plane.authority())?)?;
        let client = Client::builder()
            .timeout(TIMEOUT)
            .no_proxy()
            .tls_certs_only(certificates)
            .build()?;
        Ok(Self {
            client,
            url: plane.url.clone(),
            token: plane.token.clone(),
            agent: AGENT.to_owned(),
            instead_of: None,
        })
    }

    /// The same server, spoken to with another token as program `agent`.
    pub(super) fn with_token(&self, token: &str, agent: &str) -> Self {
        Self {
            token: token.to_owned(),
            agent: agent.to_owned(),
            ..self.clone()
        }
    }

    /// The same client as a controller of another project: no person, for admission.
    pub(super) fn as_controller(&self) -> Self {
        Self {
            instead_of: Some(CONTROLLER),
            ..self.clone()
        }
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self
            .client
            .request(method, format!("{}{path}", self.url))
            .header(USER_AGENT, &self.agent)
            .bearer_auth(&self.token);
        match self.instead_of {
            Some(user) => request
                .header("Impersonate-User", user)
                .header("Impersonate-Group", "system:masters"),
            None => request,
        }
    }

    /// Sends a request, with `body` as `content_type` if there is one.
    ///
    /// # Errors
    /// When there is no answer.
    pub(super) fn send(
        &self,
        method: Method,
        path: &str,
        content_type: &'static str,
        body: Option<String>,
    ) -> Result<Answer> {
        let ask = || {
            let mut request = self.request(method.clone(), path);
            if let Some(body) = &body {
                request = request
                    .header(CONTENT_TYPE, content_type)
                    .body(body.clone());
            }
            let answer = request.send();
            answer.with_context(|| format!("the API server does not answer `{path}`"))
        };
        let mut answer = ask()?;
        for _ in 0..AGAIN {
            if answer.status() != StatusCode::TOO_MANY_REQUESTS {
                break;
            }
            sleep(PAUSE);
            answer = ask()?;
        }
        let code = answer.status().as_u16();
        let text = answer.text()?;
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Ok(Answer { code, body })
    }

    /// Sends JSON.
    ///
    /// # Errors
    /// When there is no answer.
    pub(super) fn json(&self, method: Method, path: &str, body: &Value) -> Result<Answer> {
        self.send(method, path, "application/json", Some(body.to_string()))
    }

    /// What is at `path`.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn get(&self, path: &str) -> Result<Value> {
        let answer = self.send(Method::GET, path, "", None)?;
        if !answer.is_ok() {
            bail!("cannot read `{path}`: {}", answer.error());
        }
        Ok(answer.body)
    }

    /// The text at `path`.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn text(&self, path: &str) -> Result<String> {
        Ok(self
            .request(Method::GET, path)
            .send()?
            .error_for_status()?
            .text()?)
    }

    /// A token of a ServiceAccount, as its pods have one.
    ///
    /// # Errors
    /// When there is no such account.
    pub(super) fn account_token(&self, namespace: &str, name: &str) -> Result<String> {
        let path = format!("/api/v1/namespaces/{namespace}/serviceaccounts/{name}/token");
        let request = serde_json::json!({
            "apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {"expirationSeconds": 3600}
        });
        let answer = self.json(Method::POST, &path, &request)?;
        answer
            .body
            .pointer("/status/token")
            .and_then(Value::as_str)
            .map(str::to_owned)
            .with_context(|| {
                format!(
                    "there is no token for ServiceAccount `{namespace}/{name}`: {}",
                    answer.error()
                )
            })
    }
}

/// A kind that the server has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Resource {
    /// Its name in paths.
    pub(super) plural: String,
    /// Whether its objects live in namespaces.
    pub(super) is_namespaced: bool,
}

/// All kinds that the server has, by API version and kind.
#[derive(Debug, Default)]
pub(super) struct Kinds(HashMap<(String, String), Resource>);

impl Kinds {
    /// Asks the server.
    ///
    /// # Errors
    /// When it does not say.
    pub(super) fn read(api: &Api) -> Result<Self> {
        let mut kinds = Self::default();
        let mut versions = vec!["/api/v1".to_owned()];
        let groups = api.get("/apis")?;
        let group_versions = items(&groups, "groups")
            .flat_map(|group| items(group, "versions"))
            .filter_map(|version| version.get("groupVersion")?.as_str());
        versions.extend(group_versions.map(|version| format!("/apis/{version}")));
        for path in versions {
            let answer = api.send(Method::GET, &path, "", None)?;
            if answer.code == 404 {
                // Announced, and not served yet.
                continue;
            }
            let list = answer.body;
            let version =
                text(&list, "groupVersion").ok_or_else(|| anyhow!("`{path}` has no version"))?;
            for resource in items(&list, "resources") {
                let (Some(name), Some(kind)) = (text(resource, "name"), text(resource, "kind"))
                else {
                    continue;
                };
                if name.contains('/') {
                    continue;
                }
                let is_namespaced = resource.get("namespaced").and_then(Value::as_bool);
                kinds.0.insert(
                    (version.to_owned(), kind.to_owned()),
                    Resource {
                        plural: name.to_owned(),
                        is_namespaced: is_namespaced.unwrap_or_default(),
                    },
                );
            }
        }
        Ok(kinds)
    }

    /// The kind, if the server has it.
    pub(super) fn get(&self, api_version: &str, kind: &str) -> Option<&Resource> {
        self.0.get(&(api_version.to_owned(), kind.to_owned()))
    }
}

/// The path of a kind's objects in `namespace`.
pub(super) fn collection(api_version: &str, resource: &Resource, namespace: &str) -> String {
    let root = if api_version.contains('/') {
        "/apis"
    } else {
        "/api"
    };
    let plural = &resource.plural;
    if resource.is_namespaced {
        format!("{root}/{api_version}/namespaces/{namespace}/{plural}")
    } else {
        format!("{root}/{api_version}/{plural}")
    }
}

fn items<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}
