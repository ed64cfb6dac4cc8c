//! What the providers' published API descriptions allow of the calls that are made, and of the answers that the tests' providers give.
//!
//! `descriptions.json` is taken of what GitHub publishes, of Gitea's client and of Azure DevOps' (`make conformance` compares it);
//! what those leave out is here: lengths, and fields that the servers miss.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::Kind;

#[derive(Deserialize)]
struct Description {
    calls: Vec<Call>,
}

/// A call, as one description has it.
#[derive(Deserialize)]
pub(super) struct Call {
    method: String,
    /// With `{name}` for what differs.
    path: String,
    /// Of the answer when all went well.
    status: u16,
    /// JSON Schema of each parameter.
    query: BTreeMap<String, Value>,
    /// JSON Schema.
    body: Option<Value>,
    /// JSON Schema of what is read of it.
    answer: Value,
}

static DESCRIPTIONS: LazyLock<BTreeMap<String, Description>> =
    LazyLock::new(|| serde_json::from_str(include_str!("descriptions.json")).unwrap());

/// The calls that a method and a path below the repository name: one of each description of that kind of provider.
pub(super) fn calls(kind: Kind, method: &str, below: &[&str]) -> Vec<&'static Call> {
    let (names, root): (&[&str], &str) = match kind {
        Kind::GitHub => (&["github", "github-enterprise"], "/repos/{owner}/{repo}/"),
        Kind::Gitea => (&["gitea"], "/repos/{owner}/{repo}/"),
        _ => (
            &["azure"],
            "/{project}/_apis/git/repositories/{repositoryId}/",
        ),
    };
    let is_called = |call: &&Call| {
        let parts: Vec<&str> = call.path.strip_prefix(root).unwrap().split('/').collect();
        let is_same = |(part, asked): (&&str, &&str)| part.starts_with('{') || part == asked;
        call.method == method && parts.len() == below.len() && parts.iter().zip(below).all(is_same)
    };
    names
        .iter()
        .filter_map(|name| DESCRIPTIONS[*name].calls.iter().find(is_called))
        .collect()
}

impl Call {
    pub(super) fn has_body(&self) -> bool {
        self.body.is_some()
    }

    /// Why a query is not as it has it.
    pub(super) fn check_query(&self, query: &BTreeMap<String, String>) -> Result<(), String> {
        for (name, text) in query {
            let schema = self.query.get(name);
            let schema = schema.ok_or_else(|| format!("there is no parameter `{name}`"))?;
            let value = match schema["type"].as_str() {
                Some("integer" | "boolean") => serde_json::from_str(text).unwrap_or_default(),
                _ => Value::from(text.as_str()),
            };
            is_valid(schema, &value).map_err(|why| format!("`{name}`: {why}"))?;
        }
        Ok(())
    }

    /// Why a body is not as it has it, or as the server wants it beyond that.
    pub(super) fn check_body(&self, kind: Kind, body: &Value) -> Result<(), String> {
        is_valid(self.body.as_ref().unwrap(), body)?;
        let fields = body.as_object().unwrap();
        let is_there = |name: &&&str| fields.get(**name).is_some_and(|value| value != "");
        let needed = if self.method == "POST" {
            needed(kind, &self.path)
        } else {
            &[]
        };
        if let Some(name) = needed.iter().find(|name| !is_there(name)) {
            return Err(format!("`{name}` is missing"));
        }
        is_short(kind, &self.path, fields)
    }

    /// # Panics
    /// When the tests' provider answers what the real one does not.
    pub(super) fn expect_answer(&self, status: u16, body: &str) {
        assert_eq!(status, self.status, "{} {}", self.method, self.path);
        let body = serde_json::from_str(body).unwrap();
        if let Err(why) = is_valid(&self.answer, &body) {
            panic!("{} {} never answers this: {why}", self.method, self.path);
        }
    }
}

fn is_valid(schema: &Value, value: &Value) -> Result<(), String> {
    let validator = jsonschema::validator_for(schema).unwrap();
    validator
        .validate(value)
        .map_err(|error| format!("{error} at `{}`", error.instance_path()))
}

/// What the servers miss though their descriptions do not require it.
fn needed(kind: Kind, path: &str) -> &'static [&'static str] {
    match (kind, path.contains("statuses")) {
        (Kind::GitHub | Kind::Gitea, true) => &["state"],
        (Kind::GitHub | Kind::Gitea, false) => &["head", "base", "title"],
        (_, true) => &["state", "context"],
        (_, false) => &["sourceRefName", "targetRefName", "title"],
    }
}

/// The longest texts, in characters: what GitHub's API answers, Gitea's columns, Azure DevOps' reference.
fn longest(kind: Kind, path: &str, field: &str) -> Option<usize> {
    let is_status = path.contains("statuses");
    Some(match (kind, field) {
        (Kind::GitHub, "description") => 140,
        (Kind::GitHub, "context" | "head" | "base") => 255,
        (Kind::GitHub, "title") => 256,
        (Kind::GitHub, "body") => 65_536,
        (Kind::Gitea, "title" | "head" | "base") => 255,
        (Kind::AzureDevOpsServices | Kind::AzureDevOpsServer, "title") => 400,
        (Kind::AzureDevOpsServices | Kind::AzureDevOpsServer, "description") if !is_status => 4000,
        _ => return None,
    })
}

fn is_short(kind: Kind, path: &str, fields: &Map<String, Value>) -> Result<(), String> {
    for (name, value) in fields {
        let text = value.as_str().unwrap_or_default();
        if longest(kind, path, name).is_some_and(|most| text.chars().count() > most) {
            return Err(format!("`{name}` is too long"));
        }
        let is_link = matches!(name.as_str(), "target_url" | "targetUrl");
        if is_link && !text.is_empty() && !text.starts_with("http") {
            return Err(format!("`{name}` cannot be `{text}`"));
        }
        // Gitea's description has any text; what `routers/api/v1/repo` takes.
        let is_state = kind == Kind::Gitea && name == "state";
        let words: &[&str] = match path.contains("statuses") {
            true => &["pending", "success", "error", "failure", "warning"],
            false => &["open", "closed"],
        };
        if is_state && !words.contains(&text) {
            return Err(format!("`state` cannot be `{text}`"));
        }
    }
    Ok(())
}
