//! A clone of one directory of a repository: a sparse checkout of it, with the files beside it and above.

use std::fmt;
use std::path::Path;

use crate::failure::{Exit, Failure};
use crate::git::Git;

/// A directory of a repository, as a path from its root.
#[derive(Debug)]
pub(super) struct Folder(String);

impl fmt::Display for Folder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0.escape_debug())
    }
}

impl Folder {
    /// The directory at `path`; none for the whole repository.
    ///
    /// # Errors
    /// For a path that leaves the repository, or that Git's list of directories cannot hold.
    pub(super) fn of(path: &str) -> Result<Option<Self>, Failure> {
        let refuse = |why: &str| {
            let message = format!("`--sub-directory={}` {why}", path.escape_debug());
            Err(Failure::new(Exit::Usage, message)
                .help("it is a path from the root of the repository, such as `services/web`"))
        };
        if path.starts_with('/') || path.split('/').any(|part| part == "..") {
            return refuse("leaves the repository");
        }
        if path.chars().any(char::is_control) || path.trim() != path {
            return refuse("holds control characters, or blanks at an end");
        }
        let parts: Vec<&str> = path
            .split('/')
            .filter(|part| !matches!(*part, "" | "."))
            .collect();
        if parts.iter().any(|part| part.eq_ignore_ascii_case(".git")) {
            return refuse("is Git's own");
        }
        Ok((!parts.is_empty()).then(|| Self(parts.join("/"))))
    }

    /// Its path from the root.
    pub(super) fn path(&self) -> &str {
        &self.0
    }

    /// Has Git check out nothing but this directory, the files beside it and those above.
    ///
    /// # Errors
    /// When the commit has no such directory.
    pub(super) fn select(
        &self,
        git: &Git<'_>,
        directory: &Path,
        revision: &str,
    ) -> Result<(), Failure> {
        let named = git
            .command(directory, "look up a directory")
            .args(["cat-file", "-t"])
            .arg(format!("{revision}:{}", self.0))
            .ended()?;
        if !named.is_fine() || named.text().trim() != "tree" {
            let message = format!("there is no directory `{self}` in commit `{revision}`");
            return Err(Failure::new(Exit::Failed, message)
                .help("it was moved or removed: change the path of the application, or build a commit that has it"));
        }
        // Read from a list, so that no name is taken for an option; quoted as in C, so that none is taken for a pattern.
        let quoted = self.0.replace('\\', "\\\\").replace('"', "\\\"");
        git.command(directory, format!("select `{self}`"))
            .args(["sparse-checkout", "set", "--cone", "--stdin"])
            .input(format!("\"{quoted}\"\n"))
            .run()?;
        Ok(())
    }

    /// The option that has Git LFS fetch the files of this directory alone.
    ///
    /// # Errors
    /// For a path that would be several in its list.
    pub(super) fn of_lfs(&self) -> Result<String, Failure> {
        if self.0.contains([',', '*', '?', '[', '\\', '!']) {
            let message = format!("Git LFS files of `{self}` cannot be fetched alone");
            return Err(Failure::new(Exit::Usage, message)
                .help("its list of paths would take it for several or for a pattern: clone the whole repository"));
        }
        Ok(format!("--include={}/**", self.0))
    }
}

/// Whether a failure is that of a server that gives no single files.
pub(super) fn is_of_filter(message: &str) -> bool {
    [
        "could not fetch",
        "not our ref",
        "unadvertised object",
        "Server does not allow request",
        "filtering not recognized",
    ]
    .iter()
    .any(|words| message.contains(words))
}
