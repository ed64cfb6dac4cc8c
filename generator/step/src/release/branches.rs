//! The GitOps repository's branches and history.

use super::gitops::{FETCHED, Gitops, is_overtaken, refused};
use crate::failure::Failure;

/// So many commits of the history are looked at.
const HISTORY: u32 = 5000;
/// What separates the parts of a commit in what Git prints, and commits: neither can be in a message.
const FORMAT: &str = "--format=tformat:%H%x00%P%x00%ce%x00%an%x00%cI%x00%B";

/// A commit, as Git tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Commit {
    pub(crate) id: String,
    pub(crate) parents: Vec<String>,
    /// Mail address of who committed it.
    pub(crate) committer: String,
    /// Name of who wrote it.
    pub(crate) author: String,
    /// When it was committed, as ISO 8601 has it.
    pub(crate) date: String,
    pub(crate) message: String,
}

impl Commit {
    /// The value of a trailer.
    pub(crate) fn trailer(&self, name: &str) -> Option<&str> {
        let last = self.message.trim_end().rsplit("\n\n").next()?;
        let mut lines = last.lines().filter_map(|line| line.split_once(": "));
        lines
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.trim())
    }

    /// The first line of its message.
    pub(crate) fn subject(&self) -> &str {
        self.message.lines().next().unwrap_or_default()
    }
}

impl Gitops<'_> {
    /// Names of the branches below `prefix` (`promote/api/`), with their commits.
    ///
    /// # Errors
    /// When the repository cannot be reached or refuses.
    pub(crate) fn branches(&self, prefix: &str) -> Result<Vec<(String, String)>, Failure> {
        let listed = self
            .command(format!("list the branches of `{}`", self.git.url()))
            .args(["ls-remote", "--quiet", "--end-of-options", "origin"])
            .arg(format!("refs/heads/{prefix}*"))
            .run()?
            .text();
        let heads = listed.lines().filter_map(|line| line.split_once('\t'));
        Ok(heads
            .filter_map(|(commit, name)| {
                let name = name.strip_prefix("refs/heads/")?;
                // What Git matches may stand anywhere in the name.
                name.starts_with(prefix)
                    .then(|| (name.to_owned(), commit.to_owned()))
            })
            .collect())
    }

    /// Fetches a commit by its id; whether it is there.
    ///
    /// # Errors
    /// When the repository cannot be reached.
    pub(crate) fn fetch_commit(&self, commit: &str) -> Result<bool, Failure> {
        let fetched = self
            .command(format!("fetch commit `{commit}` of `{}`", self.git.url()))
            .args([
                "fetch",
                "--quiet",
                "--no-tags",
                "--no-write-fetch-head",
                "--depth=1",
                "--filter=blob:none",
                "--end-of-options",
                "origin",
                commit,
            ])
            .run();
        match fetched {
            Ok(_) => Ok(true),
            Err(error) if error.is_transient() => Err(error.into()),
            Err(_) => Ok(self.git.commit(self.place.path(), commit)?.is_some()),
        }
    }

    /// The last commits of the branch that was fetched, along first parents.
    ///
    /// # Errors
    /// When Git fails.
    pub(crate) fn fetched(&self, most: usize) -> Result<Vec<Commit>, Failure> {
        let ran = self
            .command("read commits")
            .args(["log", "-z", "--first-parent", FORMAT])
            .arg(format!("--max-count={most}"))
            .args(["--end-of-options", FETCHED])
            .run()?;
        Ok(parse(&ran.text()))
    }

    /// The commits of a branch whose message holds one of `texts`, the newest first; of the last few thousand.
    ///
    /// # Errors
    /// When the repository cannot be reached or refuses, and when Git fails.
    pub(crate) fn mentions(&self, branch: &str, texts: &[&str]) -> Result<Vec<Commit>, Failure> {
        // Commits alone, without directories and files.
        self.command(format!(
            "fetch the history of branch `{branch}` of `{}`",
            self.git.url()
        ))
        .args(["fetch", "--quiet", "--no-tags", "--no-write-fetch-head"])
        .arg(format!("--depth={HISTORY}"))
        .args(["--filter=tree:0", "--force", "--end-of-options", "origin"])
        .arg(format!("refs/heads/{branch}:{FETCHED}"))
        .run()?;
        let ran = self
            .command("read the history")
            .args(["log", "-z", "--topo-order", "--fixed-strings", FORMAT])
            .args(texts.iter().map(|text| format!("--grep={text}")))
            .args(["--end-of-options", FETCHED])
            .run()?;
        Ok(parse(&ran.text()))
    }

    /// The newest commit of a branch that put a digest where its first line or a trailer says. Without one, as where people did
    /// it, the commit `now` that the branch is at: it has the digest as well.
    pub(crate) fn commit_of(
        &self,
        branch: &str,
        digest: &str,
        now: &str,
        is_it: impl Fn(&Commit) -> bool,
    ) -> String {
        let found = self.mentions(branch, &[&format!("Digest: {digest}")]);
        let own = found.ok().and_then(|commits| {
            let mut commits = commits.into_iter();
            commits.find(|commit| commit.trailer("Digest") == Some(digest) && is_it(commit))
        });
        own.map_or_else(|| now.to_owned(), |commit| commit.id)
    }

    /// Removes a branch which must still be at `expected`; whether it is gone.
    ///
    /// # Errors
    /// When the repository cannot be reached or refuses.
    pub(crate) fn remove(&self, branch: &str, expected: &str) -> Result<bool, Failure> {
        let pushed = self
            .command(format!("remove branch `{branch}` of `{}`", self.git.url()))
            .args(["push", "--quiet"])
            .arg(format!("--force-with-lease=refs/heads/{branch}:{expected}"))
            .args(["--end-of-options", "origin"])
            .arg(format!(":refs/heads/{branch}"))
            .run();
        match pushed {
            Ok(_) => Ok(true),
            Err(error) if is_overtaken(&error) => Ok(false),
            Err(error) => Err(refused(error)),
        }
    }
}

/// Parts between NUL; `-z` ends each commit with one.
fn parse(text: &str) -> Vec<Commit> {
    let parts: Vec<&str> = text.split('\0').collect();
    let commits = parts.chunks_exact(6).map(|parts| match parts {
        [id, parents, committer, author, date, message] => Some(Commit {
            id: (*id).to_owned(),
            parents: parents.split_whitespace().map(str::to_owned).collect(),
            committer: (*committer).to_owned(),
            author: (*author).to_owned(),
            date: (*date).to_owned(),
            message: (*message).to_owned(),
        }),
        _ => None,
    });
    commits.flatten().collect()
}
