//! Git, run as the program that everybody has: it reads no configuration but what it is given here, asks nobody anything, and runs no
//! hook. Credentials are in its environment alone, for one host alone.

mod access;
mod changes;

pub(crate) use access::Access;
pub(crate) use changes::GitChanges;

use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;
use thiserror::Error;

use crate::failure::{Exit, Failure};
use crate::process::{Ran, Tool, ToolError};
use crate::world::World;

/// How long one command may take; a clone of a large repository is the longest.
const LIMIT: Duration = Duration::from_secs(30 * 60);

/// Why Git did not do what it was asked.
#[derive(Debug, Error)]
pub(crate) enum GitError {
    /// It could not be run to its end.
    #[error(transparent)]
    Tool(#[from] ToolError),
    /// It failed.
    #[error("cannot {operation}: git ended with {ending}{}", said(message))]
    Failed {
        /// What was being done.
        operation: String,
        /// How it ended.
        ending: String,
        /// Its last words.
        message: String,
    },
}

fn said(message: &str) -> String {
    if message.is_empty() {
        String::new()
    } else {
        format!(": {message}")
    }
}

/// What Git says of faults that may pass (git 2.39, libcurl and OpenSSH).
const TRANSIENT: [&str; 19] = [
    "Could not resolve host",
    "Couldn't resolve host",
    "Failed to connect",
    "Couldn't connect",
    "Connection refused",
    "Connection reset",
    "Connection timed out",
    "Operation timed out",
    "early EOF",
    "unexpected disconnect",
    "The remote end hung up",
    "RPC failed",
    "kex_exchange_identification",
    "Connection closed by",
    "returned error: 429",
    "returned error: 500",
    "returned error: 502",
    "returned error: 503",
    "returned error: 504",
];
/// What it says of credentials that are missing or wrong.
const DENIED: [&str; 6] = [
    "Authentication failed",
    "could not read Username",
    "could not read Password",
    "Permission denied",
    "returned error: 401",
    "returned error: 403",
];
/// What ssh says of a host whose key is not the one that `known_hosts` has for it, or that it does not name.
const UNKNOWN_HOST: &str = "Host key verification failed";
/// What it says of a server that sends it elsewhere, where it does not go with credentials.
const MOVED: [&str; 5] = [
    "returned error: 301",
    "returned error: 302",
    "returned error: 303",
    "returned error: 307",
    "returned error: 308",
];
/// What it says of a server whose certificate nobody vouches for whom it trusts.
const UNTRUSTED: [&str; 3] = [
    "certificate verification failed",
    "SSL certificate problem",
    "unable to get local issuer",
];
/// What it says of a repository that is not there, or that the account may not see.
const NOT_FOUND: [&str; 3] = [
    "not found",
    "does not exist",
    "does not appear to be a git repository",
];

/// What servers say of a commit that is asked for by its id (git 2.39 `upload-pack.c`, and `fetch-pack.c` of it).
const UNSERVED: [&str; 3] = [
    "not our ref",
    "unadvertised object",
    "Server does not allow request",
];

impl GitError {
    /// Whether it said one of these.
    fn says(&self, words: &[&str]) -> bool {
        match self {
            Self::Failed { message, .. } => words.iter().any(|word| message.contains(word)),
            Self::Tool(_) => false,
        }
    }

    /// Whether the server does not have a commit, or gives none that is not the head of a branch or tag.
    pub(crate) fn is_unserved(&self) -> bool {
        self.says(&UNSERVED)
    }

    /// Whether the fault may pass.
    pub(crate) fn is_transient(&self) -> bool {
        self.says(&TRANSIENT) && !self.says(&DENIED) && !self.says(&[UNKNOWN_HOST])
    }
}

impl From<GitError> for Failure {
    fn from(error: GitError) -> Self {
        let (is_full, is_read_only) = (
            error.says(&["No space left on device"]),
            error.says(&["Read-only file system"]),
        );
        let (is_transient, is_moved, is_unknown_host, is_untrusted, is_denied, is_missing) = (
            error.is_transient() && !is_full && !is_read_only,
            error.says(&MOVED),
            error.says(&[UNKNOWN_HOST]),
            error.says(&UNTRUSTED),
            error.says(&DENIED),
            error.says(&NOT_FOUND),
        );
        let GitError::Tool(tool) = error else {
            let failure = Self::new(
                if is_transient {
                    Exit::Transient
                } else {
                    Exit::Failed
                },
                error.to_string(),
            );
            return match () {
                () if is_unknown_host => failure.help(
                    "`known_hosts` in the Secret does not name this host with this key: if the host's owner confirms the key, put the \
                     output of `ssh-keyscan HOST` there; if not, somebody else may answer in its place",
                ),
                () if is_moved => failure.help(
                    "the server says that it is elsewhere now, where credentials are not taken to: has the repository another name, \
                     or the server another URL?",
                ),
                () if is_untrusted => failure.help(
                    "the server's certificate is of an authority that is not trusted: give the provider its `certificateAuthority`",
                ),
                () if is_full => failure
                    .help("the volume is full: give it more space, or the build less to write"),
                () if is_read_only => failure.help(
                    "the directory must be writable for this user: mount an emptyDir or a workspace there",
                ),
                () if is_denied => failure.help(
                    "the Secret with the credentials is wrong, has expired, or may not do this",
                ),
                () if is_transient => failure.help(
                    "the NetworkPolicy, the proxy or the server itself may be in the way: try again",
                ),
                () if is_missing => failure
                    .help("the repository has another name now, or the credentials may not see it"),
                () => failure,
            };
        };
        tool.into()
    }
}

/// Git, with what it needs to reach one repository.
pub(crate) struct Git<'w> {
    world: &'w World<'w>,
    access: Access,
    /// Its home: empty, so that nothing is read from the real one.
    home: TempDir,
}

impl<'w> Git<'w> {
    /// Git with access to a repository.
    ///
    /// # Errors
    /// When there is no room for temporary files.
    pub(crate) fn new(access: Access, world: &'w World<'w>) -> Result<Self, Failure> {
        let home = tempfile::tempdir().map_err(|error| {
            Failure::new(
                Exit::Failed,
                format!("cannot make a temporary directory: {error}"),
            )
            .help("mount an emptyDir and point TMPDIR to it")
        })?;
        Ok(Self {
            world,
            access,
            home,
        })
    }

    /// A command in a directory, for what is to be said when it fails.
    pub(crate) fn command(&self, directory: &Path, operation: impl Into<String>) -> GitCommand<'_> {
        let tool = self
            .access
            .configure(Tool::new("git"), self.home.path())
            .directory(directory)
            .limit(LIMIT)
            .quiet();
        GitCommand {
            world: self.world,
            operation: operation.into(),
            tool,
        }
    }

    /// The world that it runs in.
    pub(crate) fn world(&self) -> &World<'w> {
        self.world
    }

    /// The URL that is given to Git.
    pub(crate) fn url(&self) -> &str {
        self.access.url()
    }

    /// Makes an empty repository in a directory, which is made too.
    ///
    /// # Errors
    /// When it cannot be made.
    pub(crate) fn init(&self, directory: &Path) -> Result<(), GitError> {
        let parent: PathBuf = directory
            .parent()
            .map_or_else(|| PathBuf::from("."), Path::to_owned);
        self.command(
            &parent,
            format!("make a repository in `{}`", directory.display()),
        )
        .args([
            "init",
            "--quiet",
            "--initial-branch=none",
            "--template=",
            "--",
        ])
        .arg(directory)
        .run()
        .map(drop)
    }

    /// The commit that something names; none if nothing does.
    ///
    /// # Errors
    /// When Git cannot be run.
    pub(crate) fn commit(&self, directory: &Path, name: &str) -> Result<Option<String>, GitError> {
        let ran = self
            .command(directory, "look up a commit")
            .args(["rev-parse", "--verify", "--quiet", "--end-of-options"])
            .arg(format!("{name}^{{commit}}"))
            .ended()?;
        Ok(ran.is_fine().then(|| ran.text().trim().to_owned()))
    }
}

/// A command of Git.
pub(crate) struct GitCommand<'g> {
    world: &'g World<'g>,
    operation: String,
    tool: Tool,
}

impl GitCommand<'_> {
    /// With an argument.
    #[must_use]
    pub(crate) fn arg(mut self, argument: impl AsRef<std::ffi::OsStr>) -> Self {
        self.tool = self.tool.arg(argument);
        self
    }

    /// With arguments.
    #[must_use]
    pub(crate) fn args<A: AsRef<std::ffi::OsStr>>(
        mut self,
        arguments: impl IntoIterator<Item = A>,
    ) -> Self {
        self.tool = self.tool.args(arguments);
        self
    }

    /// With a variable.
    #[must_use]
    pub(crate) fn variable(mut self, name: &str, value: &str) -> Self {
        self.tool = self.tool.variable(name, value);
        self
    }

    /// With something to read.
    #[must_use]
    pub(crate) fn input(mut self, input: impl Into<Vec<u8>>) -> Self {
        self.tool = self.tool.input(input);
        self
    }

    /// Runs it to whatever end.
    ///
    /// # Errors
    /// When it cannot be run.
    pub(crate) fn ended(self) -> Result<Ran, GitError> {
        Ok(self.tool.run(self.world)?)
    }

    /// Runs it to a good end.
    ///
    /// # Errors
    /// When it cannot be run, or fails.
    pub(crate) fn run(self) -> Result<Ran, GitError> {
        let operation = self.operation.clone();
        let ran = self.ended()?;
        if ran.is_fine() {
            return Ok(ran);
        }
        Err(GitError::Failed {
            operation,
            ending: ran.ending(),
            message: last_words(&ran.errors),
        })
    }
}

/// The last lines of what Git says, without what it only suggests.
fn last_words(errors: &str) -> String {
    let lines = errors
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("hint:"));
    let lines: Vec<&str> = lines.collect();
    lines
        .get(lines.len().saturating_sub(4)..)
        .unwrap_or_default()
        .join("; ")
}

#[cfg(test)]
mod tests;
