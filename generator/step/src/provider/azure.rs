//! Azure DevOps Services and Server: Git REST API 7.0, which Server 2022 has too.

use reqwest::{Method, StatusCode, Url};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

use super::{Client, CommitStatus, Proposal, Provider, PullRequest, PullStatus, State, shortened};
use crate::http::{Call, HttpError, Reply};

/// The version of the API: each call names it.
const VERSION: (&str, &str) = ("api-version", "7.0");
/// The longest title and description of a pull request.
const TITLE: usize = 400;
const BODY: usize = 4000;
/// Pull requests of a page.
const PER_PAGE: usize = 100;
/// So many pages are read.
const PAGES: usize = 10;

pub(super) struct Azure<'w>(pub(super) Client<'w>);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Pull {
    pull_request_id: u64,
    status: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    description: String,
    /// Of one from a fork, which can have branches of the same names.
    fork_source: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Pulls {
    value: Vec<Pull>,
}

impl Azure<'_> {
    fn url(&self, below: &[&str], query: &[(&str, &str)]) -> Url {
        self.0.url(below, &[query, &[VERSION]].concat())
    }

    fn call<'a>(&self, method: Method, url: Url, operation: &'a str) -> Call<'a> {
        Call::new(method, url, operation).authorized(self.0.authorization.clone())
    }

    /// Azure DevOps answers a token that it does not take with a login page and 203, or with the way to one and 302.
    fn send(&self, call: &Call<'_>, expected: &[StatusCode]) -> Result<Reply, HttpError> {
        let expected = [expected, &[StatusCode::FOUND]].concat();
        let reply = self.0.http.send(call, &expected, self.0.world)?;
        let is_login = [StatusCode::NON_AUTHORITATIVE_INFORMATION, StatusCode::FOUND];
        if is_login.contains(&reply.status) {
            return Err(HttpError::Status {
                operation: call.operation.to_owned(),
                host: call.url.host_str().unwrap_or_default().to_owned(),
                status: StatusCode::UNAUTHORIZED,
                message: "a login page".to_owned(),
                permission: call.permission.to_owned(),
                is_limited: false,
            });
        }
        Ok(reply)
    }

    fn pull_request(&self, pull: &Pull) -> PullRequest {
        let mut link = self.0.place.page.clone();
        let number = pull.pull_request_id;
        if let Ok(mut path) = link.path_segments_mut() {
            path.extend(["pullrequest", &number.to_string()]);
        }
        let status = match pull.status.as_str() {
            "active" => PullStatus::Open,
            "completed" => PullStatus::Merged,
            _ => PullStatus::Closed,
        };
        PullRequest {
            number,
            link: link.into(),
            status,
            title: pull.title.clone(),
            body: pull.description.clone(),
        }
    }
}

impl Provider for Azure<'_> {
    fn set_status(&self, commit: &str, status: &CommitStatus) -> Result<(), HttpError> {
        let state = match status.state {
            State::Success => "succeeded",
            State::Failure => "failed",
            State::Error => "error",
        };
        let (genre, name) = status
            .context
            .split_once('/')
            .unwrap_or(("luban", &status.context));
        let mut body = json!({
            "state": state,
            "description": shortened(&status.description, BODY),
            "context": {"name": name, "genre": genre},
        });
        if let (Some(link), Some(body)) = (&status.link, body.as_object_mut()) {
            body.insert("targetUrl".to_owned(), json!(link));
        }
        let mut call = self
            .call(
                Method::POST,
                self.url(&["commits", commit, "statuses"], &[]),
                "set the commit's status",
            )
            .needs("the token needs the scope `Code (status)`")
            .json(body);
        call.is_repeatable = true;
        self.send(&call, &[]).map(drop)
    }

    fn pull_requests(&self, head: &str, base: &str) -> Result<Vec<PullRequest>, HttpError> {
        let (source, target) = (format!("refs/heads/{head}"), format!("refs/heads/{base}"));
        let mut found: Vec<Pull> = Vec::new();
        for page in 0..PAGES {
            let (skip, top) = ((page * PER_PAGE).to_string(), PER_PAGE.to_string());
            let query = [
                ("searchCriteria.status", "all"),
                ("searchCriteria.sourceRefName", source.as_str()),
                ("searchCriteria.targetRefName", target.as_str()),
                ("$skip", skip.as_str()),
                ("$top", top.as_str()),
            ];
            let call = self
                .call(
                    Method::GET,
                    self.url(&["pullrequests"], &query),
                    "look for the pull request",
                )
                .needs("the token needs the scope `Code (read)`");
            let pulls: Pulls = self.send(&call, &[])?.json(&call)?;
            let count = pulls.value.len();
            let own = |pull: &Pull| pull.fork_source.is_none();
            found.extend(pulls.value.into_iter().filter(own));
            if count < PER_PAGE {
                break;
            }
        }
        found.sort_by_key(|pull| std::cmp::Reverse(pull.pull_request_id));
        Ok(found.iter().map(|pull| self.pull_request(pull)).collect())
    }

    fn open(&self, proposal: &Proposal) -> Result<PullRequest, HttpError> {
        let body = json!({
            "sourceRefName": format!("refs/heads/{}", proposal.head),
            "targetRefName": format!("refs/heads/{}", proposal.base),
            "title": shortened(&proposal.title, TITLE),
            "description": shortened(&proposal.body, BODY),
        });
        let call = self
            .call(
                Method::POST,
                self.url(&["pullrequests"], &[]),
                "open the pull request",
            )
            .needs("the token needs the scope `Code (read & write)`")
            .json(body);
        let pull: Pull = self.send(&call, &[])?.json(&call)?;
        Ok(self.pull_request(&pull))
    }

    fn update(&self, number: u64, proposal: &Proposal) -> Result<(), HttpError> {
        let body = json!({
            "title": shortened(&proposal.title, TITLE),
            "description": shortened(&proposal.body, BODY),
        });
        self.edit(number, body, "update the pull request")
    }

    fn close(&self, number: u64, title: &str) -> Result<(), HttpError> {
        let body = json!({"title": shortened(title, TITLE), "status": "abandoned"});
        self.edit(number, body, "close the pull request")
    }
}

impl Azure<'_> {
    fn edit(&self, number: u64, body: Value, operation: &str) -> Result<(), HttpError> {
        let mut call = self
            .call(
                Method::PATCH,
                self.url(&["pullrequests", &number.to_string()], &[]),
                operation,
            )
            .needs("the token needs the scope `Code (read & write)`")
            .json(body);
        call.is_repeatable = true;
        self.send(&call, &[]).map(drop)
    }
}
