//! A Git host in the process, for tests of more than a verb: one real repository behind HTTP, and the provider's API beside it.

use std::path::Path;

use serde_json::Value;

use super::Repository;
use crate::provider::Kind;
use crate::provider::fake::{Fake, TOKEN};

/// A Gitea with the repository `acme/web`.
pub struct Host {
    fake: Fake,
    repository: Repository,
}

/// A pull request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pull {
    /// Its branch.
    pub head: String,
    /// The branch that it is for.
    pub base: String,
    /// Its title.
    pub title: String,
    /// `open`, `closed` or `merged`.
    pub state: &'static str,
}

impl Host {
    /// Who it takes for somebody: a name and a token.
    pub const LOGIN: (&'static str, &'static str) = ("luban", TOKEN);

    /// Starts it, on a port that the system chooses, with one commit on `main`.
    #[must_use]
    pub fn gitea() -> Self {
        let (fake, repository) = (Fake::start(Kind::Gitea), Repository::new());
        fake.held().git = Some(repository.root.path().to_owned());
        Self { fake, repository }
    }

    /// The URL that people clone.
    #[must_use]
    pub fn url(&self) -> String {
        self.fake.url()
    }

    /// The repository itself.
    #[must_use]
    pub fn bare(&self) -> &Path {
        &self.repository.bare
    }

    /// Pull requests; the first has the number 1.
    #[must_use]
    pub fn pulls(&self) -> Vec<Pull> {
        let held = self.fake.held();
        let pulls = held.pulls.iter().map(|pull| Pull {
            head: pull.head.clone(),
            base: pull.base.clone(),
            title: pull.title.clone(),
            state: pull.state,
        });
        pulls.collect()
    }

    /// Says that the pull requests of a branch were merged, which Git has done.
    pub fn merged(&self, head: &str) {
        let mut held = self.fake.held();
        for pull in held.pulls.iter_mut().filter(|pull| pull.head == head) {
            pull.state = "merged";
        }
    }

    /// Commit and body of each status that was set.
    #[must_use]
    pub fn statuses(&self) -> Vec<(String, Value)> {
        self.fake.held().statuses.clone()
    }

    /// What was asked otherwise than the provider's API description allows.
    #[must_use]
    pub fn refused(&self) -> Vec<String> {
        self.fake.held().refused.clone()
    }
}
