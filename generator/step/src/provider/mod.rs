//! Providers of Git repositories: commit statuses and pull requests, the same of all of them.

mod azure;
#[cfg(any(test, feature = "testing"))]
#[cfg_attr(
    not(test),
    allow(dead_code, reason = "other crates' tests use a part of it")
)]
pub(crate) mod fake;
#[cfg(any(test, feature = "testing"))]
mod fake_api;
#[cfg(any(test, feature = "testing"))]
mod fake_state;
mod gitea;
mod github;
mod place;
#[cfg(test)]
mod tests;

use std::path::Path;

use reqwest::Url;
use reqwest::header::HeaderValue;

use crate::credentials::Credentials;
use crate::failure::{Exit, Failure};
use crate::http::{Http, HttpError};
use crate::world::World;
pub(crate) use place::Place;

/// A kind of provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// github.com, and GitHub Enterprise Server.
    GitHub,
    /// dev.azure.com.
    AzureDevOpsServices,
    /// Azure DevOps Server, on premises.
    AzureDevOpsServer,
    Gitea,
}

impl Kind {
    /// The kind that the platform calls so.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text {
            "GitHub" => Some(Self::GitHub),
            "AzureDevOpsServices" => Some(Self::AzureDevOpsServices),
            "AzureDevOpsServer" => Some(Self::AzureDevOpsServer),
            "Gitea" => Some(Self::Gitea),
            _ => None,
        }
    }
}

/// What became of a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Success,
    Failure,
    /// It could not be found out: the fault is not the commit's.
    Error,
}

/// A status of a commit, one for each context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CommitStatus {
    pub(crate) state: State,
    /// Whose status it is: `luban/payments/api`.
    pub(crate) context: String,
    /// One line.
    pub(crate) description: String,
    /// Where there is more.
    pub(crate) link: Option<String>,
}

/// What is to be proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Proposal {
    /// Branch with the change.
    pub(crate) head: String,
    /// Branch that gets it.
    pub(crate) base: String,
    pub(crate) title: String,
    /// Markdown.
    pub(crate) body: String,
}

/// A pull request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PullRequest {
    pub(crate) number: u64,
    /// Its page.
    pub(crate) link: String,
    pub(crate) status: PullStatus,
    pub(crate) title: String,
    /// Markdown; Azure DevOps shows the first 400 characters of it where it lists pull requests.
    pub(crate) body: String,
}

impl PullRequest {
    /// Whether it says what a proposal says, as far as the provider kept and shows it.
    pub(crate) fn says(&self, proposal: &Proposal) -> bool {
        let is_kept = |kept: &str, whole: &str| {
            kept == whole
                || kept
                    .strip_suffix('…')
                    .is_some_and(|start| !start.is_empty() && whole.starts_with(start))
        };
        // Browsers send line breaks of their own when people edit.
        let body = self.body.replace("\r\n", "\n");
        is_kept(&self.title, &proposal.title) && is_kept(&body, &proposal.body)
    }
}

/// Where a pull request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PullStatus {
    Open,
    Merged,
    /// Closed or abandoned: somebody said no.
    Closed,
}

/// A repository at a provider. Each call can be made again: what is there already is found, and set to what it should be.
pub(crate) trait Provider {
    /// Sets the status of a commit.
    fn set_status(&self, commit: &str, status: &CommitStatus) -> Result<(), HttpError>;

    /// Pull requests from branch `head` to branch `base`, the newest first.
    fn pull_requests(&self, head: &str, base: &str) -> Result<Vec<PullRequest>, HttpError>;

    /// Opens a pull request.
    fn open(&self, proposal: &Proposal) -> Result<PullRequest, HttpError>;

    /// Sets title and body of an open pull request.
    fn update(&self, number: u64, proposal: &Proposal) -> Result<(), HttpError>;

    /// Closes an open pull request without merging it, with a title that says why: in one call, so that none is closed which does not
    /// say it.
    fn close(&self, number: u64, title: &str) -> Result<(), HttpError>;
}

/// What every provider's client needs.
pub(crate) struct Client<'w> {
    http: Http,
    place: Place,
    authorization: Option<HeaderValue>,
    world: &'w World<'w>,
}

/// The repository at `url`, with the Secret in `credentials`.
///
/// # Errors
/// For a URL that is no repository of that kind of provider, and when credentials or certificates cannot be read.
pub(crate) fn connect<'w>(
    kind: Kind,
    url: &str,
    credentials: &Path,
    authorities: Option<&Path>,
    world: &'w World<'w>,
) -> Result<Box<dyn Provider + 'w>, Failure> {
    let place = Place::parse(kind, url)?;
    let credentials = Credentials::read(credentials, world.redactor)?;
    let authorization = match kind {
        Kind::GitHub => bearer(&credentials)?,
        Kind::Gitea | Kind::AzureDevOpsServices | Kind::AzureDevOpsServer => basic(&credentials)?,
    };
    let client = Client {
        http: Http::new(authorities)?,
        place,
        authorization: Some(authorization),
        world,
    };
    Ok(match kind {
        Kind::GitHub => Box::new(github::GitHub(client)),
        Kind::Gitea => Box::new(gitea::Gitea(client)),
        Kind::AzureDevOpsServices | Kind::AzureDevOpsServer => Box::new(azure::Azure(client)),
    })
}

fn bearer(credentials: &Credentials) -> Result<HeaderValue, Failure> {
    header(format!("Bearer {}", credentials.password()))
}

/// Gitea takes a token as the password of any user, Azure DevOps of none.
fn basic(credentials: &Credentials) -> Result<HeaderValue, Failure> {
    header(format!("Basic {}", credentials.pair()))
}

fn header(text: String) -> Result<HeaderValue, Failure> {
    let value = HeaderValue::try_from(text);
    let mut value = value
        .map_err(|_| Failure::new(Exit::Usage, "the token holds a character that no token has"))?;
    value.set_sensitive(true);
    Ok(value)
}

impl Client<'_> {
    /// The URL of something below the repository's API.
    fn url(&self, below: &[&str], query: &[(&str, &str)]) -> Url {
        let mut url = self.place.api.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(below);
        }
        for (name, value) in query {
            url.query_pairs_mut().append_pair(name, value);
        }
        url
    }
}

/// A text of at most so many characters.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{kept}…")
}
