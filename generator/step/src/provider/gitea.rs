//! Gitea: REST API v1, 1.22 and newer.

use reqwest::{Method, StatusCode, Url};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Client, CommitStatus, Proposal, Provider, PullRequest, PullStatus, State, shortened};
use crate::http::{Call, HttpError, Reply};

/// The longest description of a status that is kept.
const DESCRIPTION: usize = 255;
/// The longest title of a pull request that is kept.
const TITLE: usize = 255;
/// Pull requests of a page: what `[api] MAX_RESPONSE_ITEMS` allows by default.
const PER_PAGE: usize = 50;
/// So many pages are read. Pull requests cannot be asked for by branch unless they are open.
const PAGES: usize = 20;

pub(super) struct Gitea<'w>(pub(super) Client<'w>);

#[derive(Deserialize)]
struct Pull {
    number: u64,
    html_url: String,
    state: String,
    #[serde(default)]
    merged: bool,
    #[serde(default)]
    title: String,
    #[serde(default)]
    body: String,
    head: Option<Branch>,
    base: Option<Branch>,
}

#[derive(Deserialize)]
struct Branch {
    #[serde(rename = "ref")]
    name: String,
    /// What it was called, of a branch that is gone.
    #[serde(default)]
    label: String,
    /// The repository that it is in: a fork has branches of the same names.
    repo_id: Option<i64>,
}

impl Pull {
    /// Whether it is from one of this repository's branches to another. Anybody with a fork can open one of the same names.
    fn is_between(&self, head: &str, base: &str) -> bool {
        let repository = |branch: &Option<Branch>| branch.as_ref().and_then(|it| it.repo_id);
        Branch::is(&self.head, head)
            && Branch::is(&self.base, base)
            && repository(&self.head) == repository(&self.base)
    }
}

impl Branch {
    fn is(branch: &Option<Self>, name: &str) -> bool {
        branch
            .as_ref()
            .is_some_and(|branch| branch.name == name || branch.label == name)
    }
}

impl From<Pull> for PullRequest {
    fn from(pull: Pull) -> Self {
        let status = match (pull.merged, pull.state.as_str()) {
            (true, _) => PullStatus::Merged,
            (false, "open") => PullStatus::Open,
            (false, _) => PullStatus::Closed,
        };
        Self {
            number: pull.number,
            link: pull.html_url,
            status,
            title: pull.title,
            body: pull.body,
        }
    }
}

impl Gitea<'_> {
    fn call<'a>(&self, method: Method, url: Url, operation: &'a str) -> Call<'a> {
        Call::new(method, url, operation).authorized(self.0.authorization.clone())
    }

    fn send(&self, call: &Call<'_>, expected: &[StatusCode]) -> Result<Reply, HttpError> {
        self.0.http.send(call, expected, self.0.world)
    }
}

impl Provider for Gitea<'_> {
    fn set_status(&self, commit: &str, status: &CommitStatus) -> Result<(), HttpError> {
        let state = match status.state {
            State::Success => "success",
            State::Failure => "failure",
            State::Error => "error",
        };
        let body = json!({
            "state": state,
            "context": status.context,
            "description": shortened(&status.description, DESCRIPTION),
            "target_url": status.link.as_deref().unwrap_or_default(),
        });
        let mut call = self
            .call(Method::POST, self.0.url(&["statuses", commit], &[]), "set the commit's status")
            .needs("the token needs the scope `write:repository`, and its user may write to the repository")
            .json(body);
        call.is_repeatable = true;
        self.send(&call, &[]).map(drop)
    }

    fn pull_requests(&self, head: &str, base: &str) -> Result<Vec<PullRequest>, HttpError> {
        let mut found = Vec::new();
        for page in 1..=PAGES {
            let (page, limit) = (page.to_string(), PER_PAGE.to_string());
            let query = [
                ("state", "all"),
                ("sort", "recentupdate"),
                ("page", page.as_str()),
                ("limit", limit.as_str()),
            ];
            let call = self
                .call(
                    Method::GET,
                    self.0.url(&["pulls"], &query),
                    "look for the pull request",
                )
                .needs("the token needs the scope `read:repository`");
            let reply = self.send(&call, &[])?;
            let pulls: Vec<Pull> = reply.json(&call)?;
            let count = pulls.len();
            found.extend(pulls.into_iter().filter(|pull| pull.is_between(head, base)));
            let is_open = found.iter().any(|pull| pull.state == "open");
            if count == 0 || is_open {
                break;
            }
        }
        found.sort_by_key(|pull| std::cmp::Reverse(pull.number));
        Ok(found.into_iter().map(PullRequest::from).collect())
    }

    fn open(&self, proposal: &Proposal) -> Result<PullRequest, HttpError> {
        let body = json!({
            "title": shortened(&proposal.title, TITLE),
            "head": proposal.head,
            "base": proposal.base,
            "body": proposal.body,
        });
        let call = self
            .call(Method::POST, self.0.url(&["pulls"], &[]), "open the pull request")
            .needs("the token needs the scope `write:repository`, and its user may write to the repository")
            .json(body);
        Ok(self.send(&call, &[])?.json::<Pull>(&call)?.into())
    }

    fn update(&self, number: u64, proposal: &Proposal) -> Result<(), HttpError> {
        let body = json!({"title": shortened(&proposal.title, TITLE), "body": proposal.body});
        self.edit(number, body, "update the pull request")
    }

    fn close(&self, number: u64, title: &str) -> Result<(), HttpError> {
        let body = json!({"title": shortened(title, TITLE), "state": "closed"});
        self.edit(number, body, "close the pull request")
    }
}

impl Gitea<'_> {
    fn edit(&self, number: u64, body: Value, operation: &str) -> Result<(), HttpError> {
        let mut call = self
            .call(Method::PATCH, self.0.url(&["pulls", &number.to_string()], &[]), operation)
            .needs("the token needs the scope `write:repository`, and its user may write to the repository")
            .json(body);
        call.is_repeatable = true;
        self.send(&call, &[]).map(drop)
    }
}
