//! The compiled tree on disk: what is there, what would change, and the writing of it.

use anyhow::{Context as _, Result, bail};
use luban_compile::{File, HEADER, Owner, RELEASE_HEADER};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// Directories that hold the tree.
const ROOTS: [&str; 2] = ["pipelines", "overlays"];

/// What temporary files are called: `.luban-<process>-<name>.tmp` beside their target.
const TEMPORARY: (&str, &str) = (".luban-", ".tmp");

/// Files below the tree's directories before a run.
pub(crate) struct Existing {
    root: PathBuf,
    /// What is there, by path.
    entries: HashMap<String, Entry>,
    /// Temporary files of a run that was killed.
    temporary: Vec<String>,
}

/// Something below the tree's directories.
struct Entry {
    /// What it is.
    kind: Kind,
    /// Whether it is compiled.
    is_compiled: AtomicBool,
}

impl Entry {
    fn new(kind: Kind) -> Self {
        let is_compiled = AtomicBool::new(false);
        Self { kind, is_compiled }
    }
}

/// What something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    File,
    Directory,
    /// A symbolic link or anything else that is not followed and not written to.
    Other,
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
        let found = ROOTS.into_par_iter().map(|directory| {
            match fs::symlink_metadata(root.join(directory)) {
                Ok(metadata) if metadata.is_dir() => scan_directory(root, directory),
                Ok(_) => Ok(vec![(directory.to_owned(), Kind::Other)]),
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
                Err(error) => Err(error).with_context(|| format!("cannot read `{directory}`")),
            }
        });
        let found: Vec<Vec<(String, Kind)>> = found.collect::<Result<_>>()?;
        let mut entries = HashMap::with_capacity(found.iter().map(Vec::len).sum());
        let mut temporary = Vec::new();
        for (path, kind) in found.into_iter().flatten() {
            let name = path.rsplit('/').next().unwrap_or_default();
            if name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1) {
                temporary.push(path);
            } else {
                entries.insert(path, Entry::new(kind));
            }
        }
        Ok(Self {
            root: root.to_owned(),
            entries,
            temporary,
        })
    }

    /// Whether nothing is there.
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.temporary.is_empty()
    }

    /// Compares a compiled file with what is there, and remembers that it is compiled.
    pub(crate) fn judge(&self, file: &File) -> Result<Verdict> {
        let Some(entry) = self.entries.get(&file.path) else {
            let mut parents = file
                .path
                .match_indices('/')
                .map(|(end, _)| &file.path[..end]);
            let is_blocked = parents.any(|parent| {
                let entry = self.entries.get(parent);
                entry.is_some_and(|entry| entry.kind != Kind::Directory)
            });
            return Ok(if is_blocked {
                Verdict::Foreign
            } else {
                Verdict::Create
            });
        };
        entry.is_compiled.store(true, Ordering::Relaxed);
        if entry.kind != Kind::File {
            return Ok(Verdict::Foreign);
        }
        if file.owner == Owner::Pipelines {
            return Ok(Verdict::Same);
        }
        let full = self.root.join(&file.path);
        // A byte more than what is compiled shows whether there is more.
        let start = read_start(&full, file.text.len() + 1)?;
        Ok(if start == file.text.as_bytes() {
            Verdict::Same
        } else if is_own(&start) {
            Verdict::Change
        } else {
            Verdict::Foreign
        })
    }

    /// Files of Luban's and of the pipelines' that are there and were not judged, sorted.
    pub(crate) fn leftovers(&self) -> Result<Vec<Leftover>> {
        let is_left =
            |entry: &Entry| entry.kind == Kind::File && !entry.is_compiled.load(Ordering::Relaxed);
        let mut leftovers = Vec::new();
        for (path, _) in self.entries.iter().filter(|(_, entry)| is_left(entry)) {
            let start = read_start(&self.root.join(path), HEADER.len() + 64)?;
            if is_own(&start) {
                leftovers.push(Leftover::Own(path.clone()));
            } else if start.starts_with(RELEASE_HEADER.as_bytes()) {
                leftovers.push(Leftover::Release(path.clone()));
            }
        }
        leftovers.sort_unstable();
        Ok(leftovers)
    }

    /// Writes one file so that it is either old or new at any moment.
    pub(crate) fn write(&self, file: &File) -> Result<()> {
        write_atomically(&self.root.join(&file.path), &file.text)
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

/// Everything below `directory`: paths below the root, and what is there.
fn scan_directory(root: &Path, directory: &str) -> Result<Vec<(String, Kind)>> {
    let unreadable = || format!("cannot read `{}`", root.join(directory).display());
    let mut found = Vec::new();
    for entry in fs::read_dir(root.join(directory)).with_context(unreadable)? {
        let entry = entry.with_context(unreadable)?;
        let Ok(name) = entry.file_name().into_string() else {
            bail!("`{}` has a name that is not UTF-8", entry.path().display());
        };
        let kind = entry.file_type().with_context(unreadable)?;
        let kind = match (kind.is_dir(), kind.is_file()) {
            (true, _) => Kind::Directory,
            (_, true) => Kind::File,
            _ => Kind::Other,
        };
        found.push((format!("{directory}/{name}"), kind));
    }
    let directories: Vec<&str> = found
        .iter()
        .filter(|(_, kind)| *kind == Kind::Directory)
        .map(|(path, _)| path.as_str())
        .collect();
    let inside = directories
        .par_iter()
        .map(|directory| scan_directory(root, directory));
    let inside: Vec<Vec<(String, Kind)>> = inside.collect::<Result<_>>()?;
    found.extend(inside.into_iter().flatten());
    Ok(found)
}

/// The first bytes of a file, all of them if there are fewer than `limit`.
fn read_start(path: &Path, limit: usize) -> Result<Vec<u8>> {
    let unreadable = || format!("cannot read `{}`", path.display());
    let mut start = vec![0; limit];
    let mut file = fs::File::open(path).with_context(unreadable)?;
    let mut length = 0;
    // A plain file gives all it has at once: fewer bytes than asked for are all there are.
    while length < limit {
        let wanted = limit - length;
        match file.read(&mut start[length..]) {
            Ok(read) => {
                length += read;
                if read < wanted {
                    break;
                }
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error).with_context(unreadable),
        }
    }
    start.truncate(length);
    Ok(start)
}

/// Writes a temporary file beside `path` and renames it; makes the directory if there is none.
pub(crate) fn write_atomically(path: &Path, text: &str) -> Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = path.with_file_name(format!(
        "{}{}-{name}{}",
        TEMPORARY.0,
        std::process::id(),
        TEMPORARY.1
    ));
    let file = fs::File::create(&temporary).or_else(|error| match path.parent() {
        Some(parent) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(parent)?;
            fs::File::create(&temporary)
        }
        _ => Err(error),
    });
    let written = file
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .and_then(|()| fs::rename(&temporary, path));
    written.with_context(|| {
        let _ = fs::remove_file(&temporary);
        format!("cannot write `{}`", path.display())
    })
}
