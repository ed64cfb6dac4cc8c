//! The GitOps repository: one file read and written in a commit, without the rest of the repository.

use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use tempfile::TempDir;

use crate::failure::{Exit, Failure};
use crate::git::{Access, Git, GitError};
use crate::world::World;

/// Whose name stands in commits.
pub(crate) const AUTHOR: (&str, &str) = ("luban", "luban@localhost");
/// Where the branch is kept that was fetched.
pub(super) const FETCHED: &str = "refs/luban/fetched";
/// How long a release goes on trying while others push too.
const PATIENCE: Duration = Duration::from_secs(10 * 60);
/// The longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(8);

/// The GitOps repository, as far as it is needed: commits and directories, and files when they are read.
pub(crate) struct Gitops<'w> {
    pub(super) git: Git<'w>,
    pub(super) place: TempDir,
    world: &'w World<'w>,
}

/// A file that is to be as a text says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// Its path from the repository's root.
    pub(crate) path: String,
    pub(crate) text: String,
    /// What the commit says.
    pub(crate) message: String,
}

/// How a change of a branch went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Updated {
    /// The branch is at this commit now.
    New(String),
    /// There was nothing to do: the branch is at this commit.
    Nothing(String),
}

/// How a push went.
#[derive(Debug)]
pub(crate) enum Pushed {
    /// The branch is at this commit now.
    Done(String),
    /// Somebody else was faster.
    Overtaken(GitError),
}

impl<'w> Gitops<'w> {
    /// The repository at `url`.
    ///
    /// # Errors
    /// When credentials cannot be read, or there is no room for temporary files.
    pub(crate) fn new(
        url: &str,
        credentials: &Path,
        authorities: Option<&Path>,
        world: &'w World<'w>,
    ) -> Result<Self, Failure> {
        let access = Access::new(url, Some(credentials), authorities, world.redactor)?;
        let git = Git::new(access, world)?;
        let place = tempfile::tempdir().map_err(|error| {
            Failure::new(
                Exit::Failed,
                format!("cannot make a temporary directory: {error}"),
            )
            .help("mount an emptyDir and point TMPDIR to it")
        })?;
        git.init(place.path())?;
        // With a name, so that files which were not fetched are fetched when they are read.
        git.command(place.path(), "name the repository")
            .args(["remote", "add", "origin"])
            .arg(git.url())
            .run()?;
        Ok(Self { git, place, world })
    }

    /// Fetches the newest commit of a branch; none if there is no such branch.
    ///
    /// # Errors
    /// When the repository cannot be reached or refuses.
    pub(crate) fn fetch(&self, branch: &str) -> Result<Option<String>, Failure> {
        self.fetch_some(branch, 1)
    }

    /// Fetches the newest commit of a branch with so many before it; none if there is no such branch.
    ///
    /// # Errors
    /// When the repository cannot be reached or refuses.
    pub(crate) fn fetch_some(&self, branch: &str, depth: u32) -> Result<Option<String>, Failure> {
        let fetched = self
            .command(format!("fetch branch `{branch}` of `{}`", self.git.url()))
            .args([
                "fetch",
                "--quiet",
                "--no-tags",
                "--no-write-fetch-head",
                &format!("--depth={depth}"),
                "--filter=blob:none",
                "--force",
                "--end-of-options",
                "origin",
            ])
            .arg(format!("refs/heads/{branch}:{FETCHED}"))
            .run();
        match fetched {
            Ok(_) => Ok(self.git.commit(self.place.path(), FETCHED)?),
            Err(error) if error.to_string().contains("couldn't find remote ref") => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Commits of the branch that was fetched whose message has a line, the newest first.
    ///
    /// # Errors
    /// When the history cannot be fetched.
    pub(crate) fn history(&self, branch: &str, line: &str) -> Result<Vec<String>, Failure> {
        // All commits and nothing in them; what is read later is fetched then.
        self.command(format!(
            "fetch the history of branch `{branch}` of `{}`",
            self.git.url()
        ))
        .args([
            "fetch",
            "--quiet",
            "--no-tags",
            "--no-write-fetch-head",
            "--depth=2147483647",
            "--filter=tree:0",
            "--force",
            "--end-of-options",
            "origin",
        ])
        .arg(format!("refs/heads/{branch}:{FETCHED}"))
        .run()?;
        let listed = self
            .command("search the history")
            .args(["log", "--format=%H", "--fixed-strings"])
            .arg(format!("--grep={line}"))
            .args(["--end-of-options", FETCHED])
            .run()?;
        Ok(listed.text().lines().map(str::to_owned).collect())
    }

    /// The text of a file at a commit; none if there is none.
    ///
    /// # Errors
    /// When it cannot be fetched, or is no text.
    pub(crate) fn read(&self, commit: &str, path: &str) -> Result<Option<String>, Failure> {
        let listed = self
            .command("look for a file")
            .args([
                "ls-tree",
                "-z",
                "--full-tree",
                "--end-of-options",
                commit,
                path,
            ])
            .run()?;
        let line = listed.text();
        let Some(blob) = line
            .split(['\t', '\0'])
            .next()
            .and_then(|entry| entry.strip_prefix("100644 blob "))
        else {
            return Ok(None);
        };
        let ran = self
            .command(format!("read `{path}`"))
            .args(["cat-file", "blob", blob.trim()])
            .run()?;
        match String::from_utf8(ran.output) {
            Ok(text) if !ran.is_cut => Ok(Some(text)),
            _ => Err(Failure::new(
                Exit::Failed,
                format!("`{path}` is no text, or too large to be a release"),
            )),
        }
    }

    /// A commit on `parent` with one file changed.
    ///
    /// # Errors
    /// When Git fails.
    pub(crate) fn commit(&self, parent: &str, change: &Change) -> Result<String, Failure> {
        let index = self.place.path().join("index.luban");
        let index = index.to_string_lossy();
        let with_index =
            |operation: &str| self.command(operation).variable("GIT_INDEX_FILE", &index);
        let blob = self
            .command("write a file")
            .args(["hash-object", "-w", "--stdin"])
            .input(change.text.as_bytes())
            .run()?;
        with_index("read a commit")
            .args(["read-tree", parent])
            .run()?;
        with_index("change a file")
            .args(["update-index", "--add", "--cacheinfo"])
            .arg(format!("100644,{},{}", blob.text().trim(), change.path))
            .run()?;
        let tree = with_index("write a commit")
            .args(["write-tree", "--missing-ok"])
            .run()?;
        let seconds = self
            .world
            .clock
            .now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default()
            .as_secs();
        let (date, (name, mail)) = (format!("@{seconds} +0000"), AUTHOR);
        let commit = self
            .command("write a commit")
            .args(["commit-tree", "-p", parent, "-F", "-"])
            .arg(tree.text().trim())
            .variable("GIT_AUTHOR_NAME", name)
            .variable("GIT_AUTHOR_EMAIL", mail)
            .variable("GIT_AUTHOR_DATE", &date)
            .variable("GIT_COMMITTER_NAME", name)
            .variable("GIT_COMMITTER_EMAIL", mail)
            .variable("GIT_COMMITTER_DATE", &date)
            .input(change.message.as_bytes())
            .run()?;
        Ok(commit.text().trim().to_owned())
    }

    /// Pushes a commit to a branch which must still be at `expected`; none for a branch that must not be there.
    ///
    /// # Errors
    /// When the repository cannot be reached or refuses; that somebody was faster is none.
    pub(crate) fn push(
        &self,
        commit: &str,
        branch: &str,
        expected: Option<&str>,
    ) -> Result<Pushed, Failure> {
        let pushed = self
            .command(format!("push to branch `{branch}` of `{}`", self.git.url()))
            .args(["push", "--quiet"])
            .arg(format!(
                "--force-with-lease=refs/heads/{branch}:{}",
                expected.unwrap_or_default()
            ))
            .args(["--end-of-options", "origin"])
            .arg(format!("{commit}:refs/heads/{branch}"))
            .run();
        match pushed {
            Ok(_) => Ok(Pushed::Done(commit.to_owned())),
            Err(error) if is_overtaken(&error) => Ok(Pushed::Overtaken(error)),
            Err(error) => Err(refused(error)),
        }
    }

    /// Changes a branch: `change` says from its newest commit what to commit, or that there is nothing to do; again as long as others
    /// are faster.
    ///
    /// # Errors
    /// As `change`, when there is no such branch, and when others are faster for ten minutes.
    pub(crate) fn update(
        &self,
        branch: &str,
        mut change: impl FnMut(&Self, &str) -> Result<Option<Change>, Failure>,
    ) -> Result<Updated, Failure> {
        let start = self.world.clock.instant();
        let mut tries = 0;
        loop {
            let head = self.fetch(branch)?.ok_or_else(|| {
                Failure::new(
                    Exit::Failed,
                    format!("`{}` has no branch `{branch}`", self.git.url()),
                )
                .help("platform.yaml says with `gitops.branch` which it is")
            })?;
            let Some(change) = change(self, &head)? else {
                return Ok(Updated::Nothing(head));
            };
            let commit = self.commit(&head, &change)?;
            let error = match self.push(&commit, branch, Some(&head))? {
                Pushed::Done(commit) => return Ok(Updated::New(commit)),
                Pushed::Overtaken(error) => error,
            };
            tries += 1;
            let is_late = self.world.clock.instant().duration_since(start) > PATIENCE;
            if is_late || self.world.stop.is_asked() {
                return Err(Failure::new(Exit::Transient, error.to_string())
                    .help("others push to the branch all the time; try again"));
            }
            self.world.pause(pause(tries, &commit));
        }
    }

    pub(super) fn command(&self, operation: impl Into<String>) -> crate::git::GitCommand<'_> {
        self.git.command(self.place.path(), operation)
    }
}

/// A pause that grows, and differs from release to release: the commit's id is as good as dice.
fn pause(tries: u32, commit: &str) -> Duration {
    let dice = u64::from_str_radix(commit.get(..8).unwrap_or_default(), 16).unwrap_or_default();
    let most = Duration::from_millis(100)
        .saturating_mul(1 << tries.min(10))
        .min(LONGEST_PAUSE);
    let most = u64::try_from(most.as_millis()).unwrap_or(u64::MAX);
    Duration::from_millis(dice % most.max(1))
}

/// Whether a push came too late: Git says so itself, and servers do in their own words when two come at once.
pub(super) fn is_overtaken(error: &GitError) -> bool {
    let words = [
        "stale info",
        "fetch first",
        "non-fast-forward",
        "cannot lock ref",
        "failed to update ref",
        "incorrect old value",
        "reference already exists",
    ];
    words.iter().any(|word| error.to_string().contains(word))
}

pub(super) fn refused(error: GitError) -> Failure {
    let text = error.to_string();
    let is_protected = [
        "protected branch",
        "pre-receive hook declined",
        "GH006",
        "TF402455",
        "not allowed to push",
    ]
    .iter()
    .any(|word| text.contains(word));
    let failure = Failure::from(error);
    if is_protected {
        return failure
            .help("the branch is protected: let the account of the pipelines push to it");
    }
    failure
}
