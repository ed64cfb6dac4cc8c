//! A promotion, from what is released to what is proposed. Every pass starts from what is there, so a run that was ended anywhere is
//! finished by the next one.

use std::time::Duration;

use reqwest::StatusCode;

use super::branch::{self, State};
use super::records::Both;
use super::route::{Route, TRAILER, marked};
use super::text::Story;
use super::verify::{Check, Verifier};
use crate::failure::{Exit, Failure};
use crate::http::HttpError;
use crate::provider::{Proposal, Provider, PullRequest, PullStatus};
use crate::release::branches::Commit;
use crate::release::gitops::{Change, Gitops, Pushed};
use crate::world::World;

/// What providers say where another call was faster; in small letters.
const FASTER: [&str; 3] = ["already exists", "no commits between", "`head` is invalid"];
/// So often a promotion starts over when others were faster.
const TRIES: u32 = 12;
/// What the title of a pull request ends with that was closed for a newer one.
const SUPERSEDED: &str = " (superseded";
/// So much of a title is kept before that.
const TITLE: usize = 150;

/// What is asked for.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) route: Route,
    /// Branch of the GitOps repository that environments follow.
    pub(super) base: String,
    /// Whether a pull request is opened, or the release committed at once.
    pub(super) needs_approval: bool,
    /// The digest that it must be.
    pub(super) digest: Option<String>,
    /// The tag to release under.
    pub(super) tag: Option<String>,
    /// Who asks, where that is known.
    pub(super) by: Option<String>,
}

/// How a promotion ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The next environment has the release already, since this commit.
    Nothing(String),
    /// It is committed.
    Committed(String),
    /// A pull request proposes it.
    Proposed { number: u64, link: String },
}

/// Why a pass ended without an outcome: others were faster.
struct Again(Failure);

/// A promotion and whom it talks to.
pub(super) struct Flow<'a> {
    pub(super) asked: &'a Asked,
    pub(super) gitops: &'a Gitops<'a>,
    /// Another look at the same repository, for its history: without files.
    pub(super) history: &'a dyn Fn() -> Result<Gitops<'a>, Failure>,
    /// There if pull requests are opened.
    pub(super) provider: Option<&'a dyn Provider>,
    pub(super) verifier: Verifier<'a>,
    pub(super) world: &'a World<'a>,
}

impl Flow<'_> {
    /// Promotes.
    ///
    /// # Errors
    /// [`Exit::Refused`] for what may not be promoted; [`Exit::Transient`] when others are faster all the time.
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let mut verified: Option<(String, Vec<Check>)> = None;
        let mut tries = 0;
        loop {
            self.go_on()?;
            let both = self.read()?;
            if self.has_asked_for(&both) {
                let by = format!("as {} has {}", self.asked.route.to, both.wanted.tag);
                self.supersede(None, &by)?;
                return Ok(Outcome::Nothing(self.commit_of(&both)));
            }
            self.is_asked_for(&both)?;
            let release = format!("{}@{}", both.from.image, both.from.digest);
            let checks = match verified.take().filter(|(known, _)| *known == release) {
                Some((_, checks)) => checks,
                None => self
                    .verifier
                    .verify(self.gitops, &both, &self.asked.route)?,
            };
            let releases = self.releases_between(&both)?;
            let story = Story {
                route: &self.asked.route,
                both: &both,
                checks: &checks,
                releases: &releases,
                asked_by: self.asked.by.as_deref(),
            };
            let ended = match self.provider.filter(|_| self.asked.needs_approval) {
                Some(provider) => self.propose(&story, provider)?,
                None => self.commit(&story)?,
            };
            let Again(failure) = match ended {
                Ok(outcome) => return Ok(outcome),
                Err(again) => again,
            };
            tries += 1;
            if tries >= TRIES {
                return Err(failure);
            }
            verified = Some((release, checks));
            self.world
                .say(format!("{}; starting over", failure.message));
            self.world.pause(pause(tries, &both.head));
        }
    }

    fn go_on(&self) -> Result<(), Failure> {
        if self.world.stop.is_asked() {
            return Err(Failure::new(Exit::Cancelled, "asked to stop")
                .help("the next run goes on from what is there"));
        }
        Ok(())
    }

    /// What both environments have now.
    fn read(&self) -> Result<Both, Failure> {
        let base = &self.asked.base;
        let head = self.gitops.fetch(base)?.ok_or_else(|| {
            Failure::new(
                Exit::Failed,
                format!("the GitOps repository has no branch `{base}`"),
            )
            .help("platform.yaml says with `gitops.branch` which it is")
        })?;
        Both::read(
            self.gitops,
            &head,
            &self.asked.route,
            self.asked.tag.as_deref(),
        )
    }

    /// Whether the next environment has what is asked for already.
    fn has_asked_for(&self, both: &Both) -> bool {
        let asked = &self.asked.digest;
        both.is_there()
            && asked
                .as_ref()
                .is_none_or(|asked| *asked == both.from.digest)
    }

    /// The commit with which the next environment got what it has.
    fn commit_of(&self, both: &Both) -> String {
        let id = self.asked.route.id();
        let is_it = |commit: &Commit| commit.trailer(TRAILER) == Some(id.as_str());
        match (self.history)() {
            Ok(history) => {
                history.commit_of(&self.asked.base, &both.wanted.digest, &both.head, is_it)
            }
            Err(_) => both.head.clone(),
        }
    }

    /// Only the digest that was asked for: what a Git tag was put on, say.
    fn is_asked_for(&self, both: &Both) -> Result<(), Failure> {
        match &self.asked.digest {
            Some(digest) if *digest != both.from.digest => Err(Failure::new(
                Exit::Refused,
                format!(
                    "`{}` runs `{}` of commit `{}`, not `{digest}`",
                    self.asked.route.from, both.from.digest, both.from.revision
                ),
            )
            .help("what is promoted is what the environment before runs and has verified: release that digest there first, or ask for the one that it runs")),
            _ => Ok(()),
        }
    }

    /// Releases of the environment before since the one that the next has, the newest first.
    ///
    /// # Errors
    /// [`Exit::Refused`] if the next has the newer one.
    fn releases_between(&self, both: &Both) -> Result<Vec<Commit>, Failure> {
        let route = &self.asked.route;
        let Some(to) = both
            .to
            .as_ref()
            .filter(|to| to.digest != both.wanted.digest)
        else {
            return Ok(Vec::new());
        };
        let place = format!("{}/{}", route.label(), route.from);
        let (released, promoted) = (format!(" to {place}"), format!("Promotion: {place}"));
        let history = (self.history)()?;
        let found = history.mentions(&self.asked.base, &[&released, &promoted])?;
        let own: Vec<Commit> = found
            .into_iter()
            .filter(|commit| {
                let subject = commit.subject();
                (subject.starts_with("Release ") && subject.ends_with(&released))
                    || commit.trailer("Promotion") == Some(place.as_str())
            })
            .collect();
        let at = |digest: &str| {
            own.iter()
                .position(|commit| commit.trailer("Digest") == Some(digest))
        };
        match (at(&to.digest), at(&both.wanted.digest)) {
            (Some(there), Some(wanted)) if there < wanted => Err(Failure::new(
                Exit::Refused,
                format!(
                    "`{}` has a newer release than `{}`: `{}` of commit `{}`, which `{}` had after `{}`",
                    route.to, route.from, to.tag, to.revision, route.from, both.wanted.tag
                ),
            )
            .help(format!("to go back, revert the commit of the newer release in `{}`", route.record(&route.to)))),
            (Some(there), Some(wanted)) => Ok(own.get(wanted..there).unwrap_or_default().to_vec()),
            // Written by hand, or longer ago than is looked back.
            _ => Ok(Vec::new()),
        }
    }

    /// Commits the release at once.
    fn commit(&self, story: &Story<'_>) -> Result<Result<Outcome, Again>, Failure> {
        let commit = self.make(story, false)?;
        let head = &story.both.head;
        Ok(
            match self.gitops.push(&commit, &self.asked.base, Some(head))? {
                Pushed::Done(commit) => Ok(Outcome::Committed(commit)),
                Pushed::Overtaken(error) => Err(again(error.to_string())),
            },
        )
    }

    /// A commit with the release on the newest one.
    fn make(&self, story: &Story<'_>, is_proposed: bool) -> Result<String, Failure> {
        let (route, both) = (story.route, story.both);
        let change = Change {
            path: route.record(&route.to),
            text: both.written(route)?,
            message: story.message(is_proposed.then_some(both.head.as_str())),
        };
        self.gitops.commit(&both.head, &change)
    }

    /// Brings the branch and the pull request to what is wanted.
    fn propose(
        &self,
        story: &Story<'_>,
        provider: &dyn Provider,
    ) -> Result<Result<Outcome, Again>, Failure> {
        let (branch, state) = self.branch(story)?;
        let proposal = story.proposal(&branch, &self.asked.base);
        let open = match self.open_one(story, provider, &proposal)? {
            Ok(open) => open,
            Err(again) => return Ok(Err(again)),
        };
        if let Err(again) = self.push(story, &branch, &state)? {
            return Ok(Err(again));
        }
        self.go_on()?;
        let pull = match open {
            Some(pull) if pull.says(&proposal) => pull,
            Some(pull) => {
                provider.update(pull.number, &proposal)?;
                pull
            }
            None => match provider.open(&proposal) {
                Ok(pull) => pull,
                // Somebody else opened it, or merged what it would propose.
                Err(error) if is_conflict(&error) => return Ok(Err(again(error.to_string()))),
                Err(error) => return Err(error.into()),
            },
        };
        self.go_on()?;
        let now = self.read()?;
        if now.from.digest != story.both.from.digest && self.asked.digest.is_none() {
            let message = format!("`{}` has another release by now", story.route.from);
            return Ok(Err(again(message)));
        }
        self.settle(story, &now, &branch, &pull)?;
        Ok(Ok(Outcome::Proposed {
            number: pull.number,
            link: pull.link,
        }))
    }

    /// The branch of this promotion, and what is on it.
    fn branch(&self, story: &Story<'_>) -> Result<(String, State), Failure> {
        let names = story.route.branch(&story.both.wanted.tag);
        let mut free = None;
        for name in &names {
            let state = branch::look(self.gitops, name, story.route)?;
            match state {
                State::Ours { .. } | State::Touched(_) => return Ok((name.clone(), state)),
                State::None if free.is_none() => free = Some(name.clone()),
                State::None | State::Others => {}
            }
        }
        free.map(|name| (name, State::None)).ok_or_else(|| {
            Failure::new(
                Exit::Refused,
                format!(
                    "the branches `{}` are of other promotions",
                    names.join("`, `")
                ),
            )
            .help("remove the one that is not needed any more, then promote again")
        })
    }

    /// The open pull request of a branch, if there is one; that there is none does not mean that one may be opened.
    fn open_one(
        &self,
        story: &Story<'_>,
        provider: &dyn Provider,
        proposal: &Proposal,
    ) -> Result<Result<Option<PullRequest>, Again>, Failure> {
        let (id, digest) = (story.route.id(), &story.both.wanted.digest);
        let pulls = provider.pull_requests(&proposal.head, &proposal.base)?;
        let own: Vec<PullRequest> = pulls
            .into_iter()
            .filter(|pull| marked(&pull.body).is_none_or(|(of, _)| of == id))
            .collect();
        if let Some(open) = own.iter().find(|pull| pull.status == PullStatus::Open) {
            return Ok(Ok(Some(open.clone())));
        }
        let is_same = |pull: &&PullRequest| {
            marked(&pull.body).is_none_or(|(_, of)| of == digest)
                && !pull.title.contains(SUPERSEDED)
        };
        match own.iter().find(is_same) {
            Some(closed) if closed.status == PullStatus::Closed => Err(Failure::new(
                Exit::Refused,
                format!(
                    "pull request #{} for this very release was closed without being merged: {}",
                    closed.number, closed.link
                ),
            )
            .help(
                "reopen it if the release is wanted after all; another release is proposed as ever",
            )),
            // It may have been merged after the branch was read.
            Some(_) => {
                let now = self.read()?;
                Ok(match now.is_there() {
                    true => Err(again("the pull request has just been merged".to_owned())),
                    false => Ok(None),
                })
            }
            None => Ok(Ok(None)),
        }
    }

    /// Puts one commit on the newest one onto the branch, if what is there is not as good.
    fn push(
        &self,
        story: &Story<'_>,
        branch: &str,
        state: &State,
    ) -> Result<Result<(), Again>, Failure> {
        let (both, route) = (story.both, story.route);
        let expected = match state {
            State::Ours { tip, base } => {
                let is_current = branch::proposes(self.gitops, tip, both, route)?
                    && branch::still_fits(self.gitops, base, both, route)?;
                if is_current {
                    return Ok(Ok(()));
                }
                Some(tip.as_str())
            }
            State::Touched(tip) if branch::proposes(self.gitops, &tip.id, both, route)? => {
                self.world.say(format!(
                    "branch `{branch}` has commits of others (`{}` by {}): it stays as it is",
                    tip.id, tip.author
                ));
                return Ok(Ok(()));
            }
            State::Touched(tip) => {
                return Err(Failure::new(
                    Exit::Refused,
                    format!(
                        "branch `{branch}` has commits of others and does not propose this release: `{}` by {}",
                        tip.id, tip.author
                    ),
                )
                .help("merge the branch or remove it, then promote again: what others pushed is never overwritten"));
            }
            State::None | State::Others => None,
        };
        let commit = self.make(story, true)?;
        Ok(match self.gitops.push(&commit, branch, expected)? {
            Pushed::Done(_) => Ok(()),
            Pushed::Overtaken(error) => Err(again(error.to_string())),
        })
    }

    /// Closes what this promotion replaces; or this one, if another run proposes what is newer by now.
    fn settle(
        &self,
        story: &Story<'_>,
        now: &Both,
        branch: &str,
        pull: &PullRequest,
    ) -> Result<(), Failure> {
        if now.from.digest == story.both.from.digest {
            return self.supersede(Some(branch), &format!("by #{}", pull.number));
        }
        let others = self.others(Some(branch))?;
        let newer = others.iter().find(|other| {
            marked(&other.pull.body).is_some_and(|(_, digest)| digest == now.from.digest)
        });
        match newer {
            Some(newer) => {
                self.supersede(Some(&newer.branch), &format!("by #{}", newer.pull.number))
            }
            None => Ok(()),
        }
    }

    /// Closes the open pull requests of this promotion except `kept`'s, and removes its branches that nobody needs any more: of what is
    /// merged, superseded, or was never proposed because a run ended. What has commits of others stays, and what was declined.
    fn supersede(&self, kept: Option<&str>, by: &str) -> Result<(), Failure> {
        let (Some(provider), route) = (self.provider, &self.asked.route) else {
            return Ok(());
        };
        for (branch, _) in self.gitops.branches(&route.branches())? {
            if kept == Some(branch.as_str()) {
                continue;
            }
            self.go_on()?;
            let state = branch::look(self.gitops, &branch, route)?;
            if !matches!(state, State::Ours { .. } | State::Touched(_)) {
                continue;
            }
            let mut pulls = provider.pull_requests(&branch, &self.asked.base)?;
            pulls.retain(|pull| marked(&pull.body).is_none_or(|(of, _)| of == route.id()));
            let open = pulls.iter().find(|pull| pull.status == PullStatus::Open);
            match (state, open) {
                (State::Ours { tip, .. }, open) => {
                    if let Some(pull) = open {
                        // Providers cut titles at their end, where what tells it from a declined one stands.
                        let old: String = pull.title.chars().take(TITLE).collect();
                        let title = format!("{old}{SUPERSEDED} {by})");
                        provider.close(pull.number, &title)?;
                        self.world.say(format!("closed pull request #{}: superseded {by}", pull.number));
                    }
                    let is_declined = |pull: &PullRequest| {
                        pull.status == PullStatus::Closed && !pull.title.contains(SUPERSEDED)
                    };
                    if open.is_some() || !pulls.first().is_some_and(is_declined) {
                        self.gitops.remove(&branch, &tip)?;
                    }
                }
                (_, Some(pull)) if marked(&pull.body).is_some() => self.world.say(format!(
                    "warning: pull request #{} is superseded {by}, and branch `{branch}` has commits of others: close it by hand: {}",
                    pull.number, pull.link
                )),
                _ => {}
            }
        }
        Ok(())
    }

    /// Open pull requests of this promotion from other branches.
    fn others(&self, kept: Option<&str>) -> Result<Vec<Other>, Failure> {
        let (Some(provider), route) = (self.provider, &self.asked.route) else {
            return Ok(Vec::new());
        };
        let id = route.id();
        let mut others = Vec::new();
        for (branch, _) in self.gitops.branches(&route.branches())? {
            if kept == Some(branch.as_str()) {
                continue;
            }
            let pulls = provider.pull_requests(&branch, &self.asked.base)?;
            others.extend(
                pulls
                    .into_iter()
                    .filter(|pull| pull.status == PullStatus::Open)
                    .filter(|pull| marked(&pull.body).is_some_and(|(of, _)| of == id))
                    .map(|pull| Other {
                        branch: branch.clone(),
                        pull,
                    }),
            );
        }
        Ok(others)
    }
}

/// Another open pull request of the same promotion.
struct Other {
    branch: String,
    pull: PullRequest,
}

fn again(why: String) -> Again {
    let failure = Failure::new(Exit::Transient, why);
    Again(failure.help("others change the same all the time; promote again"))
}

/// What providers answer where another call was faster: GitHub says by 422 everything that is wrong with a pull request, and only
/// in words that there is one already, that nothing is left to propose, or that its branch is gone.
fn is_conflict(error: &HttpError) -> bool {
    match error.status() {
        Some(StatusCode::CONFLICT) => true,
        Some(StatusCode::UNPROCESSABLE_ENTITY) => {
            let said = error.to_string().to_lowercase();
            FASTER.iter().any(|words| said.contains(words))
        }
        _ => false,
    }
}

/// A pause that grows, and differs from commit to commit.
fn pause(tries: u32, commit: &str) -> Duration {
    let dice = commit
        .get(..4)
        .and_then(|digits| u64::from_str_radix(digits, 16).ok());
    let dice = dice.unwrap_or_default() % 200;
    Duration::from_millis(200 * u64::from(tries.min(10)) + dice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pull_request_that_cannot_be_is_no_race() {
        let error = |status, message: &str| HttpError::Status {
            operation: "open a pull request".to_owned(),
            host: "api.github.com".to_owned(),
            status,
            message: message.to_owned(),
            permission: String::new(),
            is_limited: false,
        };
        let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
        for (status, message, is_race) in [
            (
                unprocessable,
                "Validation Failed: A pull request already exists for acme:promote/api/1.1.",
                true,
            ),
            (
                unprocessable,
                "Validation Failed: No commits between main and promote/api/1.1",
                true,
            ),
            (unprocessable, "Validation Failed: `head` is invalid", true),
            (unprocessable, "Validation Failed: `base` is invalid", false),
            (
                unprocessable,
                "Validation Failed: `title` is missing_field",
                false,
            ),
            (unprocessable, "", false),
            (StatusCode::CONFLICT, "", true),
            (
                StatusCode::FORBIDDEN,
                "a pull request already exists",
                false,
            ),
        ] {
            assert_eq!(is_conflict(&error(status, message)), is_race, "{message}");
        }
    }
}
