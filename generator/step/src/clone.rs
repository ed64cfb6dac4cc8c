//! `luban step clone`: the files of one commit, and nothing else.

mod folder;

use std::fs;
use std::path::{Path, PathBuf};

use luban_command::{Parsed, clone as flag};

use crate::failure::{Exit, Failure};
use crate::files::unwritable;
use crate::git::{Access, Git};
use crate::results::Results;
use crate::world::World;

/// The results of this verb.
const RESULTS: [&str; 2] = ["commit", "url"];

/// Fetches the commit of a call into its directory.
pub(crate) fn run(call: &Parsed, world: &World<'_>) -> Result<(), Failure> {
    let results = Results::of(call, &RESULTS)?;
    let path = |flag| call.get(flag).map(Path::new);
    let is_set = |flag| call.get(flag) == Some("true");
    let url = call.get(&flag::URL).unwrap_or_default();
    let access = Access::new(
        url,
        path(&flag::CREDENTIALS),
        path(&flag::CERTIFICATE_AUTHORITY),
        world.redactor,
    )?;
    let job = Job {
        git: Git::new(access, world)?,
        revision: call.get(&flag::REVISION).unwrap_or_default(),
        has_submodules: is_set(&flag::SUBMODULES),
        has_lfs: is_set(&flag::LFS),
        folder: folder::Folder::of(call.get(&flag::SUB_DIRECTORY).unwrap_or_default())?,
    };
    let into = path(&flag::INTO).unwrap_or(Path::new("."));
    job.place(into)?;
    world.say(format!(
        "cloned `{}` of `{url}` into `{}`",
        job.revision,
        into.display()
    ));
    results.write("commit", job.revision)?;
    results.write("url", url)
}

struct Job<'a> {
    git: Git<'a>,
    revision: &'a str,
    has_submodules: bool,
    has_lfs: bool,
    /// The part of it that is checked out; all of it if there is none.
    folder: Option<folder::Folder>,
}

impl Job<'_> {
    /// Clones beside the directory and renames: it holds the commit, or is as it was.
    fn place(&self, into: &Path) -> Result<(), Failure> {
        if fs::read_dir(into).is_ok_and(|mut entries| entries.next().is_some()) {
            let message = format!("`{}` is not empty", into.display());
            return Err(Failure::new(Exit::Usage, message)
                .help("the clone goes into a directory of its own"));
        }
        let beside = beside(into);
        // What a try before this one left, which was ended in the middle.
        let _ = fs::remove_dir_all(&beside);
        if let Some(parent) = beside.parent() {
            fs::create_dir_all(parent).map_err(|error| unwritable(parent, &error))?;
        }
        let cloned = self.tried(&beside).and_then(|()| {
            let moved = fs::rename(&beside, into);
            moved.map_err(|error| unwritable(into, &error))
        });
        if cloned.is_err() {
            let _ = fs::remove_dir_all(&beside);
        }
        cloned
    }

    /// Of a folder, files elsewhere are left at the server; one that cannot do that is asked for all.
    fn tried(&self, directory: &Path) -> Result<(), Failure> {
        let Some(folder) = &self.folder else {
            self.check_out(directory, &[])?;
            return self.complete(directory);
        };
        if self.has_lfs {
            folder.of_lfs()?;
        }
        let cloned = self.check_out(directory, &["--filter=blob:none"]);
        match cloned {
            Err(failure) if folder::is_of_filter(&failure.message) => {}
            Err(failure) => return Err(failure),
            Ok(()) => return self.complete(directory),
        }
        fs::remove_dir_all(directory).map_err(|error| unwritable(directory, &error))?;
        self.git.world().say(format!(
            "the server of `{}` leaves no files out: all are fetched, and `{folder}` is checked out",
            self.git.url()
        ));
        self.check_out(directory, &[])?;
        self.complete(directory)
    }

    /// The commit's own files.
    fn check_out(&self, directory: &Path, filter: &[&str]) -> Result<(), Failure> {
        self.git.init(directory)?;
        self.fetch(directory, filter)?;
        if let Some(folder) = &self.folder {
            folder.select(&self.git, directory, self.revision)?;
        }
        self.git
            .command(directory, format!("check out `{}`", self.revision))
            .args([
                "-c",
                "advice.detachedHead=false",
                "checkout",
                "--quiet",
                "--detach",
                self.revision,
            ])
            .run()?;
        Ok(())
    }

    /// What the commit's own files only point at.
    fn complete(&self, directory: &Path) -> Result<(), Failure> {
        if self.has_submodules {
            let mut update = self.git.command(directory, "fetch submodules").args([
                "submodule",
                "--quiet",
                "update",
                "--init",
                "--recursive",
                "--depth=1",
            ]);
            if let Some(folder) = &self.folder {
                // A sparse checkout has no say in them.
                update = update
                    .variable("GIT_LITERAL_PATHSPECS", "1")
                    .args(["--", folder.path()]);
            }
            update.run()?;
        }
        if self.has_lfs {
            // The way to the server is that of the URL, whatever the repository's own `.lfsconfig` says.
            let mut pull = self
                .git
                .command(directory, "fetch Git LFS files")
                .args(["-c", &format!("lfs.url={}", lfs_url(self.git.url()))])
                // Without these Git LFS takes itself for not installed, and leaves its pointers where files should be.
                .args(["-c", "filter.lfs.clean=git-lfs clean -- %f"])
                .args(["-c", "filter.lfs.smudge=git-lfs smudge --skip -- %f"])
                .args(["lfs", "pull"]);
            if let Some(folder) = &self.folder {
                pull = pull.arg(folder.of_lfs()?);
            }
            pull.arg(self.git.url()).run().map_err(|error| {
                let has_none = error.to_string().contains("'lfs' is not a git command");
                let failure = Failure::from(error);
                match has_none {
                    true => failure
                        .help("the image that this runs in has no `git-lfs`: use Luban's own"),
                    false => failure,
                }
            })?;
        }
        self.verify(directory)
    }

    /// Fetches the commit alone; from a server that gives no commit by its id, every branch and tag.
    fn fetch(&self, directory: &Path, filter: &[&str]) -> Result<(), Failure> {
        let fetch = |refs: &[&str], depth: &[&str]| {
            self.git
                .command(
                    directory,
                    format!("fetch `{}` of `{}`", self.revision, self.git.url()),
                )
                .args([
                    "fetch",
                    "--quiet",
                    "--no-tags",
                    "--no-write-fetch-head",
                    "--force",
                ])
                .args(depth)
                .args(filter)
                .arg("--end-of-options")
                .arg(self.git.url())
                .args(refs)
                .run()
        };
        let error = match fetch(&[self.revision], &["--depth=1"]) {
            Ok(_) => return Ok(()),
            Err(error) => error,
        };
        if !error.is_unserved() {
            return Err(error.into());
        }
        fetch(
            &[
                "refs/heads/*:refs/remotes/origin/*",
                "refs/tags/*:refs/tags/*",
            ],
            &[],
        )?;
        match self.git.commit(directory, self.revision)? {
            Some(_) => Ok(()),
            None => {
                let message = format!("commit `{}` is not in `{}`", self.revision, self.git.url());
                Err(Failure::new(Exit::Failed, message)
                    .help("a force push may have removed it: build the branch's newest commit"))
            }
        }
    }

    /// That what is checked out is what was asked for, and nothing differs from it.
    fn verify(&self, directory: &Path) -> Result<(), Failure> {
        let head = self.git.commit(directory, "HEAD")?;
        if head.as_deref() == Some(self.revision) {
            return Ok(());
        }
        let message = format!(
            "asked for `{}`, got `{}`",
            self.revision,
            head.unwrap_or_default()
        );
        Err(Failure::new(Exit::Failed, message))
    }
}

/// Where a server has its files of Git LFS: what Git LFS itself makes of the URL of a repository.
fn lfs_url(url: &str) -> String {
    match url.starts_with("http") {
        true if url.ends_with(".git") => format!("{url}/info/lfs"),
        true => format!("{}.git/info/lfs", url.trim_end_matches('/')),
        false => url.to_owned(),
    }
}

/// Where a clone is made that goes to `into`.
fn beside(into: &Path) -> PathBuf {
    let name = into.file_name().unwrap_or_default().to_string_lossy();
    into.with_file_name(format!(".{name}.luban"))
}

#[cfg(test)]
mod folder_tests;
#[cfg(test)]
mod lfs_tests;
#[cfg(test)]
mod secret_tests;
#[cfg(test)]
mod ssh_tests;
#[cfg(test)]
mod tests;
