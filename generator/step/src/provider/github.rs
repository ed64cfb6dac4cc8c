//! GitHub and GitHub Enterprise Server: REST API, version 2022-11-28.

use reqwest::header::{ACCEPT, HeaderName, HeaderValue};
use reqwest::{Method, StatusCode, Url};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Client, CommitStatus, Proposal, Provider, PullRequest, PullStatus, State, shortened};
use crate::http::{Call, HttpError, Reply};

/// The longest description of a status.
const DESCRIPTION: usize = 140;
/// The longest title and text of a pull request.
const TITLE: usize = 256;
const BODY: usize = 65_536;
/// So many pages are read; a branch of a promotion has a handful of pull requests.
const PAGES: usize = 10;

pub(super) struct GitHub<'w>(pub(super) Client<'w>);

#[derive(Deserialize)]
struct Pull {
    number: u64,
    html_url: String,
    state: String,
    merged_at: Option<String>,
    #[serde(default)]
    title: String,
    /// Null where there is none.
    body: Option<String>,
}

impl From<Pull> for PullRequest {
    fn from(pull: Pull) -> Self {
        let status = match (pull.merged_at.is_some(), pull.state.as_str()) {
            (true, _) => PullStatus::Merged,
            (false, "open") => PullStatus::Open,
            (false, _) => PullStatus::Closed,
        };
        Self {
            number: pull.number,
            link: pull.html_url,
            status,
            title: pull.title,
            body: pull.body.unwrap_or_default(),
        }
    }
}

impl GitHub<'_> {
    fn call<'a>(&self, method: Method, url: Url, operation: &'a str) -> Call<'a> {
        Call::new(method, url, operation)
            .authorized(self.0.authorization.clone())
            .header(
                ACCEPT,
                HeaderValue::from_static("application/vnd.github+json"),
            )
            .header(
                HeaderName::from_static("x-github-api-version"),
                HeaderValue::from_static("2022-11-28"),
            )
    }

    fn send(&self, call: &Call<'_>, expected: &[StatusCode]) -> Result<Reply, HttpError> {
        self.0.http.send(call, expected, self.0.world)
    }
}

impl Provider for GitHub<'_> {
    fn set_status(&self, commit: &str, status: &CommitStatus) -> Result<(), HttpError> {
        let state = match status.state {
            State::Success => "success",
            State::Failure => "failure",
            State::Error => "error",
        };
        let mut body = json!({
            "state": state,
            "context": status.context,
            "description": shortened(&status.description, DESCRIPTION),
        });
        if let (Some(link), Some(body)) = (&status.link, body.as_object_mut()) {
            body.insert("target_url".to_owned(), json!(link));
        }
        let url = self.0.url(&["statuses", commit], &[]);
        let mut call = self
            .call(Method::POST, url, "set the commit's status")
            .needs("the token needs `Commit statuses: write` of this repository (classic: scope `repo:status`)")
            .json(body);
        // The newest of a context counts: twice is as once.
        call.is_repeatable = true;
        self.send(&call, &[]).map(drop)
    }

    fn pull_requests(&self, head: &str, base: &str) -> Result<Vec<PullRequest>, HttpError> {
        let owner = format!("{}:{head}", self.0.place.owner);
        let query = [
            ("state", "all"),
            ("head", owner.as_str()),
            ("base", base),
            ("per_page", "100"),
        ];
        let mut next = Some(self.0.url(&["pulls"], &query));
        let mut found = Vec::new();
        for _ in 0..PAGES {
            let Some(url) = next.take() else {
                break;
            };
            let call = self
                .call(Method::GET, url.clone(), "look for the pull request")
                .needs("the token needs `Pull requests: read` of this repository (classic: scope `repo`)");
            let reply = self.send(&call, &[])?;
            next = reply
                .header("link")
                .and_then(next_page)
                .and_then(|link| url.join(link).ok());
            // A page of another server would get the token.
            next = next.filter(|next| next.origin() == url.origin());
            found.extend(reply.json::<Vec<Pull>>(&call)?);
        }
        found.sort_by_key(|pull| std::cmp::Reverse(pull.number));
        Ok(found.into_iter().map(PullRequest::from).collect())
    }

    fn open(&self, proposal: &Proposal) -> Result<PullRequest, HttpError> {
        let body = json!({
            "title": shortened(&proposal.title, TITLE),
            "head": proposal.head,
            "base": proposal.base,
            "body": shortened(&proposal.body, BODY),
        });
        let call = self
            .call(
                Method::POST,
                self.0.url(&["pulls"], &[]),
                "open the pull request",
            )
            .needs(
                "the token needs `Pull requests: write` of this repository (classic: scope `repo`)",
            )
            .json(body);
        Ok(self.send(&call, &[])?.json::<Pull>(&call)?.into())
    }

    fn update(&self, number: u64, proposal: &Proposal) -> Result<(), HttpError> {
        let body = json!({"title": shortened(&proposal.title, TITLE), "body": shortened(&proposal.body, BODY)});
        self.edit(number, body, "update the pull request")
    }

    fn close(&self, number: u64, title: &str) -> Result<(), HttpError> {
        let body = json!({"title": shortened(title, TITLE), "state": "closed"});
        self.edit(number, body, "close the pull request")
    }
}

impl GitHub<'_> {
    fn edit(&self, number: u64, body: Value, operation: &str) -> Result<(), HttpError> {
        let mut call = self
            .call(
                Method::PATCH,
                self.0.url(&["pulls", &number.to_string()], &[]),
                operation,
            )
            .needs(
                "the token needs `Pull requests: write` of this repository (classic: scope `repo`)",
            )
            .json(body);
        call.is_repeatable = true;
        self.send(&call, &[]).map(drop)
    }
}

/// The next page in a header `Link` (RFC 8288).
fn next_page(header: &str) -> Option<&str> {
    let links = header.split(',').filter_map(|link| link.split_once(';'));
    let mut next = links.filter(|(_, relation)| relation.contains("rel=\"next\""));
    let (link, _) = next.next()?;
    link.trim().strip_prefix('<')?.strip_suffix('>')
}
