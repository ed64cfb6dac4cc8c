//! The compiled tree on disk: what is there, what would change, and the writing of it.

use anyhow::{Context as _, Result, bail};
use luban_compile::{File, HEADER, Owner, RELEASE_HEADER};
use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use walkdir::WalkDir;

/// Directories that hold the tree.
const ROOTS: [&str; 2] = ["pipelines", "overlays"];

/// What temporary files are called: `.luban-<process>-<name>.tmp` beside their target.
const TEMPORARY: (&str, &str) = (".luban-", ".tmp");

/// Files below the tree's directories before a run.
pub(crate) struct Existing {
    root: PathBuf,
    /// Paths of files and of anything else that is no directory, sorted.
    paths: Vec<String>,
    /// Whether the path of the same index is compiled.
    is_compiled: Vec<AtomicBool>,
    /// Temporary files of a run that was killed.
    temporary: Vec<String>,
}

/// What is to be done with a compiled file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is there as it should be, or pipelines write it.
    Same,
    /// It is not there.
    Create,
    /// It is there and differs.
    Change,
    /// Something else is in its place that Luban did not write.
    Foreign,
}

/// A file that is there and not compiled.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Leftover {
    /// Luban wrote it: it goes.
    Own(String),
    /// Pipelines wrote it: it stays.
    Release(String),
}

impl Existing {
    /// Looks through the tree below `root`. Symbolic links are not followed.
    pub(crate) fn scan(root: &Path) -> Result<Self> {
        let mut paths = Vec::new();
        let mut temporary = Vec::new();
        for directory in ROOTS {
            let start = root.join(directory);
            if let Err(error) = fs::symlink_metadata(&start)
                && error.kind() == ErrorKind::NotFound
            {
                continue;
            }
            for entry in WalkDir::new(&start)
                .follow_links(false)
                .follow_root_links(false)
            {
                let entry = entry.with_context(|| format!("cannot read `{}`", start.display()))?;
                if entry.file_type().is_dir() {
                    continue;
                }
                let Some(path) = entry.path().strip_prefix(root).ok().and_then(Path::to_str) else {
                    bail!("`{}` has a name that is not UTF-8", entry.path().display());
                };
                let name = entry.file_name().to_string_lossy();
                if name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1) {
                    temporary.push(path.to_owned());
                } else {
                    paths.push(path.to_owned());
                }
            }
        }
        paths.sort_unstable();
        let is_compiled = paths.iter().map(|_| AtomicBool::new(false)).collect();
        Ok(Self {
            root: root.to_owned(),
            paths,
            is_compiled,
            temporary,
        })
    }

    fn position(&self, path: &str) -> Option<usize> {
        self.paths
            .binary_search_by(|probe| probe.as_str().cmp(path))
            .ok()
    }

    /// Compares a compiled file with what is there, and remembers that it is compiled.
    pub(crate) fn judge(&self, file: &File) -> Result<Verdict> {
        let Some(position) = self.position(&file.path) else {
            let is_blocked = file
                .path
                .match_indices('/')
                .any(|(end, _)| self.position(&file.path[..end]).is_some());
            let full = self.root.join(&file.path);
            return Ok(if is_blocked || full.is_dir() {
                Verdict::Foreign
            } else {
                Verdict::Create
            });
        };
        if let Some(flag) = self.is_compiled.get(position) {
            flag.store(true, Ordering::Relaxed);
        }
        let full = self.root.join(&file.path);
        if fs::symlink_metadata(&full).is_ok_and(|metadata| !metadata.is_file()) {
            return Ok(Verdict::Foreign);
        }
        if file.owner == Owner::Pipelines {
            return Ok(Verdict::Same);
        }
        let there = fs::read(&full).with_context(|| format!("cannot read `{}`", full.display()))?;
        Ok(if there == file.text.as_bytes() {
            Verdict::Same
        } else if is_own(&there) {
            Verdict::Change
        } else {
            Verdict::Foreign
        })
    }

    /// Files of Luban's and of the pipelines' that are there and were not judged, sorted.
    pub(crate) fn leftovers(&self) -> Result<Vec<Leftover>> {
        let mut leftovers = Vec::new();
        for (path, is_compiled) in self.paths.iter().zip(&self.is_compiled) {
            if is_compiled.load(Ordering::Relaxed) {
                continue;
            }
            let full = self.root.join(path);
            if !fs::symlink_metadata(&full).is_ok_and(|metadata| metadata.is_file()) {
                continue;
            }
            let mut start = Vec::with_capacity(256);
            let file = fs::File::open(&full)
                .with_context(|| format!("cannot read `{}`", full.display()))?;
            file.take(256)
                .read_to_end(&mut start)
                .with_context(|| format!("cannot read `{}`", full.display()))?;
            if is_own(&start) {
                leftovers.push(Leftover::Own(path.clone()));
            } else if start.starts_with(RELEASE_HEADER.as_bytes()) {
                leftovers.push(Leftover::Release(path.clone()));
            }
        }
        Ok(leftovers)
    }

    /// Writes one file so that it is either old or new at any moment.
    pub(crate) fn write(&self, file: &File) -> Result<()> {
        let full = self.root.join(&file.path);
        if let Some(parent) = full.parent() {
            fs::create_dir_all(parent)
                .with_context(|| format!("cannot make `{}`", parent.display()))?;
        }
        write_atomically(&full, &file.text)
    }

    /// Removes files, temporary files of a killed run, and directories that are empty then.
    pub(crate) fn remove(&self, paths: &[String]) -> Result<()> {
        let mut parents = BTreeSet::new();
        for path in paths.iter().chain(&self.temporary) {
            let full = self.root.join(path);
            fs::remove_file(&full)
                .with_context(|| format!("cannot remove `{}`", full.display()))?;
            parents.extend(
                Path::new(path)
                    .ancestors()
                    .skip(1)
                    .filter(|parent| !parent.as_os_str().is_empty())
                    .map(Path::to_owned),
            );
        }
        for parent in parents.iter().rev() {
            // Fails for a directory that still has something in it, which is right.
            let _ = fs::remove_dir(self.root.join(parent));
        }
        Ok(())
    }
}

/// Whether Luban wrote the file that begins with `start`: by the header in its first line.
fn is_own(start: &[u8]) -> bool {
    let line = start
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let mark = HEADER.trim_start_matches("# ").as_bytes();
    line.windows(mark.len()).any(|window| window == mark)
}

/// Writes a temporary file beside `path` and renames it.
pub(crate) fn write_atomically(path: &Path, text: &str) -> Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = path.with_file_name(format!(
        "{}{}-{name}{}",
        TEMPORARY.0,
        std::process::id(),
        TEMPORARY.1
    ));
    let written = fs::File::create(&temporary)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .and_then(|()| fs::rename(&temporary, path));
    if let Err(error) = written {
        let _ = fs::remove_file(&temporary);
        return Err(error).with_context(|| format!("cannot write `{}`", path.display()));
    }
    Ok(())
}
