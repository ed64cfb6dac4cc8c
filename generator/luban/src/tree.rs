//! The compiled tree on disk: what is there, what would change, and the writing of it.

use anyhow::{Context as _, Result, bail};
use luban_compile::{File, HEADER, Owner, RELEASE_HEADER};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// Directories that hold the tree.
pub(crate) const ROOTS: [&str; 2] = ["pipelines", "overlays"];

/// What temporary files and directories are called: `.luban-<process>-<name>.tmp` beside their target.
const TEMPORARY: (&str, &str) = (".luban-", ".tmp");

/// Files below the tree's directories before a run.
pub(crate) struct Existing {
    root: PathBuf,
    /// What is in each directory, by the directory's path; a root that is no directory is in the one without name.
    directories: HashMap<String, Directory>,
    /// Temporary files of a run that was killed.
    temporary: Vec<String>,
    /// Trees that a killed run had not finished.
    unfinished: Vec<PathBuf>,
    /// How names of this run's temporary files begin.
    prefix: String,
}

/// What is in a directory, by name. Two allocations for each of many thousands.
#[derive(Default)]
struct Directory {
    /// The names, one after the other.
    names: String,
    entries: Vec<Entry>,
}

impl Directory {
    fn new(mut found: Vec<(String, Kind)>) -> Self {
        found.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        let mut names = String::with_capacity(found.iter().map(|(name, _)| name.len()).sum());
        let entries = found.iter().map(|(name, kind)| {
            let start = names.len();
            names.push_str(name);
            Entry {
                name: start..names.len(),
                kind: *kind,
                is_compiled: AtomicBool::new(false),
            }
        });
        let entries = entries.collect();
        Self { names, entries }
    }

    fn name(&self, entry: &Entry) -> &str {
        self.names.get(entry.name.clone()).unwrap_or_default()
    }

    fn entry(&self, name: &str) -> Option<&Entry> {
        let entries = &self.entries;
        let at = entries.binary_search_by(|entry| self.name(entry).cmp(name));
        entries.get(at.ok()?)
    }
}

/// Something in a directory of the tree.
struct Entry {
    /// Where its name is in the directory's.
    name: Range<usize>,
    /// What it is.
    kind: Kind,
    /// Whether it is compiled.
    is_compiled: AtomicBool,
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
        let mut others = Vec::new();
        let mut found = Vec::new();
        for directory in ROOTS {
            match fs::symlink_metadata(root.join(directory)) {
                Ok(metadata) if metadata.is_dir() => {
                    found.push(scan_directory(root, directory.to_owned())?);
                }
                Ok(_) => others.push((directory.to_owned(), Kind::Other)),
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => {
                    return Err(error).with_context(|| format!("cannot read `{directory}`"));
                }
            }
        }
        let mut directories = HashMap::with_capacity(found.iter().map(Vec::len).sum());
        let mut temporary = Vec::new();
        for (path, directory, left) in found.into_iter().flatten() {
            temporary.extend(left);
            directories.insert(path, directory);
        }
        if !others.is_empty() {
            directories.insert(String::new(), Directory::new(others));
        }
        Ok(Self {
            root: root.to_owned(),
            directories,
            temporary,
            unfinished: unfinished(root)?,
            prefix: temporary_prefix(),
        })
    }

    /// Whether nothing is there, not even an empty directory.
    pub(crate) fn is_empty(&self) -> bool {
        self.directories.is_empty()
    }

    /// What is at `path`.
    fn entry(&self, path: &str) -> Option<&Entry> {
        let (directory, name) = split(path);
        self.directories.get(directory)?.entry(name)
    }

    /// Compares a compiled file with what is there, and remembers that it is compiled. What is read goes into `buffer`.
    pub(crate) fn judge(&self, file: &File, buffer: &mut Vec<u8>) -> Result<Verdict> {
        let Some(entry) = self.entry(&file.path) else {
            let mut parents = file
                .path
                .match_indices('/')
                .map(|(end, _)| &file.path[..end]);
            let is_blocked = parents.any(|parent| {
                self.entry(parent)
                    .is_some_and(|entry| entry.kind != Kind::Directory)
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
        let start = read_start(&full, file.text.len() + 1, buffer)?;
        Ok(if start == file.text.as_bytes() {
            Verdict::Same
        } else if is_own(start) {
            Verdict::Change
        } else {
            Verdict::Foreign
        })
    }

    /// Files of Luban's and of the pipelines' that are there and were not judged, sorted.
    pub(crate) fn leftovers(&self) -> Result<Vec<Leftover>> {
        let is_left =
            |entry: &Entry| entry.kind == Kind::File && !entry.is_compiled.load(Ordering::Relaxed);
        let paths = self.directories.iter().flat_map(|(path, directory)| {
            let left = directory.entries.iter().filter(|entry| is_left(entry));
            left.map(move |entry| [path, "/", directory.name(entry)].concat())
        });
        let mut leftovers = Vec::new();
        let mut buffer = Vec::new();
        for path in paths {
            let start = read_start(&self.root.join(&path), HEADER.len() + 64, &mut buffer)?;
            if is_own(start) {
                leftovers.push(Leftover::Own(path));
            } else if start.starts_with(RELEASE_HEADER.as_bytes()) {
                leftovers.push(Leftover::Release(path));
            }
        }
        leftovers.sort_unstable();
        Ok(leftovers)
    }

    /// Writes one file so that it is either old or new at any moment.
    pub(crate) fn write(&self, file: &File) -> Result<()> {
        let (directory, name) = split(&file.path);
        let temporary = [directory, "/", &self.prefix, name, TEMPORARY.1].concat();
        replace(
            &self.root.join(&file.path),
            &self.root.join(temporary),
            &file.text,
        )
    }

    /// Removes trees that a killed run had not finished. A new process can have its number, and so its directory.
    pub(crate) fn remove_unfinished(&self) -> Result<()> {
        self.unfinished.iter().try_for_each(|directory| {
            fs::remove_dir_all(directory)
                .with_context(|| format!("cannot remove `{}`", directory.display()))
        })
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

/// Whether `name` is that of a temporary file or directory.
fn is_temporary(name: &str) -> bool {
    name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1)
}

/// Trees below `root` that a killed run had not finished.
fn unfinished(root: &Path) -> Result<Vec<PathBuf>> {
    let unreadable = || format!("cannot read `{}`", root.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(root).with_context(unreadable)? {
        let entry = entry.with_context(unreadable)?;
        let is_ours = entry.file_name().to_str().is_some_and(is_temporary);
        if is_ours && entry.file_type().with_context(unreadable)?.is_dir() {
            found.push(entry.path());
        }
    }
    Ok(found)
}

/// A path's directory and name.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// A directory's path, what is in it, and paths of temporary files in it.
type Scanned = (String, Directory, Vec<String>);

/// Each directory from `directory` on.
fn scan_directory(root: &Path, directory: String) -> Result<Vec<Scanned>> {
    let full = root.join(&directory);
    let unreadable = || format!("cannot read `{}`", full.display());
    let mut entries = Vec::new();
    let mut temporary = Vec::new();
    for entry in fs::read_dir(&full).with_context(unreadable)? {
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
        if is_temporary(&name) {
            temporary.push([&directory, "/", name.as_str()].concat());
        } else {
            entries.push((name, kind));
        }
    }
    let directories = entries
        .par_iter()
        .filter(|(_, kind)| *kind == Kind::Directory);
    let inside = directories
        .map(|(name, _)| scan_directory(root, [&directory, "/", name.as_str()].concat()));
    let inside: Vec<Vec<_>> = inside.collect::<Result<_>>()?;
    let mut found: Vec<_> = inside.into_iter().flatten().collect();
    found.push((directory, Directory::new(entries), temporary));
    Ok(found)
}

/// The first bytes of a file, all of them if there are fewer than `limit`; they are in `buffer`.
fn read_start<'a>(path: &Path, limit: usize, buffer: &'a mut Vec<u8>) -> Result<&'a [u8]> {
    let unreadable = || format!("cannot read `{}`", path.display());
    if buffer.len() < limit {
        buffer.resize(limit, 0);
    }
    let mut file = fs::File::open(path).with_context(unreadable)?;
    let mut length = 0;
    // A plain file gives all it has at once: fewer bytes than asked for are all there are.
    while length < limit {
        let wanted = limit - length;
        match file.read(&mut buffer[length..limit]) {
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
    Ok(&buffer[..length])
}

/// How names of this process's temporary files begin.
fn temporary_prefix() -> String {
    format!("{}{}-", TEMPORARY.0, std::process::id())
}

/// What this process calls a temporary file or directory that becomes `name`.
pub(crate) fn temporary_name(name: &str) -> String {
    [&temporary_prefix(), name, TEMPORARY.1].concat()
}

/// Writes a temporary file beside `path` and renames it; makes the directory if there is none.
pub(crate) fn write_atomically(path: &Path, text: &str) -> Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    replace(path, &path.with_file_name(temporary_name(&name)), text)
}

/// Writes `text` to `temporary`, which becomes `path`; makes their directory if there is none.
fn replace(path: &Path, temporary: &Path, text: &str) -> Result<()> {
    let file = fs::File::create(temporary).or_else(|error| match path.parent() {
        Some(parent) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(parent)?;
            fs::File::create(temporary)
        }
        _ => Err(error),
    });
    let written = file
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .and_then(|()| fs::rename(temporary, path));
    written.with_context(|| {
        let _ = fs::remove_file(temporary);
        format!("cannot write `{}`", path.display())
    })
}
