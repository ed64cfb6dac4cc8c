//! What is newer: commit N may be released over R if N is the branch's head now, or R is an ancestor of N.

use std::path::Path;

use crate::failure::{Exit, Failure};
use crate::git::{Access, Git};
use crate::world::World;

/// Whether a commit may be released.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Newer,
    /// It may not, and why.
    Older(String),
}

/// The source repository of an application.
pub(super) struct Source<'a> {
    pub(super) url: &'a str,
    pub(super) branch: &'a str,
    pub(super) credentials: Option<&'a Path>,
    pub(super) authorities: Option<&'a Path>,
    pub(super) world: &'a World<'a>,
}

impl Source<'_> {
    /// Whether `next` may be released where `released` is.
    ///
    /// # Errors
    /// When the repository cannot be reached or refuses.
    pub(super) fn compare(&self, released: &str, next: &str) -> Result<Verdict, Failure> {
        if released == next {
            return Ok(Verdict::Newer);
        }
        let access = Access::new(
            self.url,
            self.credentials,
            self.authorities,
            self.world.redactor,
        )?;
        let git = Git::new(access, self.world)?;
        let place = tempfile::tempdir().map_err(|error| {
            Failure::new(
                Exit::Failed,
                format!("cannot make a temporary directory: {error}"),
            )
            .help("mount an emptyDir and point TMPDIR to it")
        })?;
        git.init(place.path())?;
        let head = self.head(&git, place.path())?;
        if head.as_deref() == Some(next) {
            return Ok(Verdict::Newer);
        }
        if !self.fetch(&git, place.path(), next)? {
            return Ok(Verdict::Older(format!(
                "`{next}` is neither the head of branch `{}` nor anywhere else in the repository: it was pushed away",
                self.branch
            )));
        }
        let is_known = git.commit(place.path(), released)?.is_some();
        let is_ancestor = is_known
            && git
                .command(place.path(), "compare two commits")
                .args(["merge-base", "--is-ancestor", released, next])
                .ended()?
                .is_fine();
        if is_ancestor {
            return Ok(Verdict::Newer);
        }
        let head = head.unwrap_or_else(|| "gone".to_owned());
        Ok(Verdict::Older(format!(
            "the released commit `{released}` does not come before `{next}`, and the head of branch `{}` is `{head}`",
            self.branch
        )))
    }

    /// Fetches the history of a commit; whether it is there. A server that gives no commit by its id gives its branches and tags.
    fn fetch(&self, git: &Git<'_>, directory: &Path, commit: &str) -> Result<bool, Failure> {
        let fetch = |refs: &[&str]| {
            // Commits alone, without directories and files.
            git.command(
                directory,
                format!("fetch the history of `{commit}` from `{}`", git.url()),
            )
            .args([
                "fetch",
                "--quiet",
                "--no-tags",
                "--no-write-fetch-head",
                "--filter=tree:0",
                "--end-of-options",
                git.url(),
            ])
            .args(refs)
            .run()
        };
        match fetch(&[commit]) {
            Ok(_) => return Ok(true),
            Err(error) if error.is_unserved() => {}
            Err(error) => return Err(error.into()),
        }
        fetch(&[
            "refs/heads/*:refs/remotes/origin/*",
            "refs/tags/*:refs/tags/*",
        ])?;
        Ok(git.commit(directory, commit)?.is_some())
    }

    /// The commit that the branch is at now; none if it is gone.
    fn head(&self, git: &Git<'_>, directory: &Path) -> Result<Option<String>, Failure> {
        let name = format!("refs/heads/{}", self.branch);
        let listed = git
            .command(
                directory,
                format!("ask `{}` for branch `{}`", git.url(), self.branch),
            )
            .args(["ls-remote", "--quiet", "--end-of-options"])
            .args([git.url(), &name])
            .run()?
            .text();
        let head = listed
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .find(|(_, found)| *found == name);
        Ok(head.map(|(commit, _)| commit.to_owned()))
    }
}
