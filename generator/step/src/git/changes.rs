//! Which files a push changed: asked of the repository itself, as no event says it.

use std::path::{Path, PathBuf};

use super::{Access, Git};
use crate::dispatch::Changes;
use crate::failure::{Exit, Failure};
use crate::world::World;

/// A provider's certificate authority in its directory.
const AUTHORITY: &str = "ca.crt";

/// Repositories of providers, each with a directory of its credentials.
pub(crate) struct GitChanges<'w> {
    /// With a directory for each provider.
    pub(crate) credentials: Option<PathBuf>,
    /// With a directory for each provider.
    pub(crate) authorities: Option<PathBuf>,
    pub(crate) world: &'w World<'w>,
}

impl Changes for GitChanges<'_> {
    /// Fetches the two commits without their files, and compares their trees. A provider that knows no partial clone sends the files
    /// too, which costs time and nothing else.
    fn between(
        &self,
        provider: &str,
        url: &str,
        before: &str,
        after: &str,
    ) -> Result<Option<Vec<String>>, Failure> {
        let of_provider = |directory: &Option<PathBuf>| {
            directory.as_ref().map(|directory| directory.join(provider))
        };
        let credentials = of_provider(&self.credentials).filter(|directory| directory.is_dir());
        let authority = of_provider(&self.authorities)
            .map(|directory| directory.join(AUTHORITY))
            .filter(|file| file.is_file());
        let access = Access::new(
            url,
            credentials.as_deref(),
            authority.as_deref(),
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
        // A commit that is gone, as the one before a force push may be, cannot be fetched; the other must be there.
        for commit in [after, before] {
            let fetched = fetch(&git, place.path(), commit);
            match fetched {
                Ok(()) => {}
                Err(error) if commit == before && !error.is_transient() => return Ok(None),
                Err(error) => return Err(error.into()),
            }
        }
        let listed = git
            .command(place.path(), "compare two commits")
            .args([
                "diff-tree",
                "-r",
                "-z",
                "--no-renames",
                "--name-only",
                "--end-of-options",
                before,
                after,
            ])
            .run()?;
        if listed.is_cut {
            return Ok(None);
        }
        let names = listed
            .output
            .split(|byte| *byte == 0)
            .filter(|name| !name.is_empty());
        Ok(Some(
            names
                .map(|name| String::from_utf8_lossy(name).into_owned())
                .collect(),
        ))
    }
}

fn fetch(git: &Git<'_>, directory: &Path, commit: &str) -> Result<(), super::GitError> {
    git.command(
        directory,
        format!("fetch commit `{commit}` of `{}`", git.url()),
    )
    .args([
        "fetch",
        "--quiet",
        "--no-tags",
        "--no-write-fetch-head",
        "--depth=1",
        "--filter=blob:none",
        "--end-of-options",
    ])
    .args([git.url(), commit])
    .run()
    .map(drop)
}
