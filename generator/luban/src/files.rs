//! The files that a command is given: paths, folders, standard input.

use crate::check::{Patterns, absolute};
use anyhow::{Context as _, Error, Result};
use ignore::{DirEntry, WalkBuilder};
use luban_yaml::Budget;
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// One file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    /// Standard input, and what it is called.
    Stdin(Option<PathBuf>),
    /// A file that was named.
    Named(PathBuf),
    /// A file that stands in a folder that was named.
    Found(PathBuf),
}

impl Input {
    /// The path as it is shown.
    pub(crate) fn shown(&self) -> String {
        match self.path() {
            None => "<stdin>".to_owned(),
            Some(path) => path.display().to_string(),
        }
    }

    /// Its path, or what standard input is called.
    pub(crate) fn path(&self) -> Option<&Path> {
        match self {
            Self::Stdin(path) => path.as_deref(),
            Self::Named(path) | Self::Found(path) => Some(path),
        }
    }

    /// The bytes, up to just beyond what a reader with this budget takes.
    pub(crate) fn bytes(&self, budget: &Budget) -> Result<Vec<u8>> {
        let limit = (budget.bytes as u64).saturating_add(1);
        let mut bytes = Vec::new();
        match self {
            Self::Stdin(_) => std::io::stdin()
                .lock()
                .take(limit)
                .read_to_end(&mut bytes)
                .context("cannot read standard input")?,
            Self::Named(path) | Self::Found(path) => read(path, limit, &mut bytes)
                .with_context(|| format!("cannot read `{}`", path.display()))?,
        };
        Ok(bytes)
    }
}

fn read(path: &Path, limit: u64, bytes: &mut Vec<u8>) -> std::io::Result<usize> {
    let file = File::open(path)?;
    let length = file.metadata().map_or(0, |metadata| metadata.len());
    bytes.reserve_exact(usize::try_from(length.min(limit)).unwrap_or_default());
    file.take(limit).read_to_end(bytes)
}

/// What paths mean.
#[derive(Debug, Default)]
pub(crate) struct Files {
    /// What is to be read, each file once, in the order of the paths; folders' in order of their names.
    pub(crate) inputs: Vec<Input>,
    /// Folders of Helm templates, which are no YAML, and were passed over.
    pub(crate) templates: Vec<PathBuf>,
    /// What was named, and is not to be looked at.
    pub(crate) excluded: Vec<PathBuf>,
    /// What could not be looked at.
    pub(crate) failures: Vec<Error>,
}

impl Files {
    /// The files that paths mean. `-` is standard input.
    ///
    /// In a folder, files called `*.yaml`, `*.yml` and `*.json` count; what `.gitignore` names, hidden folders (but `.tekton`),
    /// symbolic links, `node_modules`, what compilers put into `target` and templates of Helm charts do not.
    pub(crate) fn of(
        paths: &[PathBuf],
        stdin_filename: Option<&Path>,
        excluded: Option<&Patterns>,
    ) -> Self {
        let mut files = Self::default();
        for path in paths {
            let is_stdin = path.as_os_str() == "-";
            let called = if is_stdin {
                stdin_filename
            } else {
                Some(&**path)
            };
            let is_excluded =
                |path| excluded.is_some_and(|patterns| patterns.mean(path, path.is_dir()));
            if let Some(called) = called.filter(|path| is_excluded(path)) {
                files.excluded.push(called.to_owned());
                continue;
            }
            if is_stdin {
                files.inputs.push(Input::Stdin(stdin_filename.map(plain)));
                continue;
            }
            match fs::metadata(path) {
                Ok(metadata) if metadata.is_dir() => files.folder(path, excluded.cloned()),
                Ok(_) => files.inputs.push(Input::Named(plain(path))),
                Err(error) => {
                    let message = format!("cannot read `{}`", path.display());
                    files.failures.push(Error::new(error).context(message));
                }
            }
        }
        files.keep_each_once();
        files
    }

    fn folder(&mut self, folder: &Path, excluded: Option<Patterns>) {
        let templates = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&templates);
        let walk = WalkBuilder::new(folder)
            .standard_filters(false)
            .git_ignore(true)
            .parents(true)
            .require_git(false)
            .sort_by_file_name(std::ffi::OsStr::cmp)
            .filter_entry(move |entry| {
                let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
                let is_excluded = |patterns: &Patterns| patterns.mean(entry.path(), is_folder);
                is_wanted(entry, &seen) && !excluded.as_ref().is_some_and(is_excluded)
            })
            .build();
        for entry in walk {
            match entry {
                Ok(entry) => {
                    let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                    if is_file && is_yaml(entry.path()) {
                        self.inputs.push(Input::Found(plain(entry.path())));
                    }
                }
                Err(error) => self.failures.push(Error::new(error).context("cannot read")),
            }
        }
        let mut templates = templates.lock().unwrap_or_else(PoisonError::into_inner);
        self.templates.append(&mut templates);
    }

    /// These without what is among others.
    pub(crate) fn without(mut self, others: &Self) -> Self {
        let others: HashSet<PathBuf> = others
            .inputs
            .iter()
            .filter_map(Input::path)
            .map(absolute)
            .collect();
        let is_other = |input: &Input| {
            input
                .path()
                .is_some_and(|path| others.contains(&absolute(path)))
        };
        self.inputs.retain(|input| !is_other(input));
        self
    }

    /// Leaves out what stands there twice, and a file that standard input stands in for. What was named stays so.
    fn keep_each_once(&mut self) {
        let of = |is_wanted: fn(&Input) -> bool| -> HashSet<PathBuf> {
            let inputs = self.inputs.iter().filter(|input| is_wanted(input));
            inputs.filter_map(Input::path).map(absolute).collect()
        };
        let stdin = of(|input| matches!(input, Input::Stdin(_)));
        let named = of(|input| matches!(input, Input::Named(_)));
        let mut seen = HashSet::new();
        self.inputs.retain_mut(|input| {
            let at = input.path().map(absolute);
            let Some(at) = at.filter(|_| !matches!(input, Input::Stdin(_))) else {
                return seen.insert(None);
            };
            if let Input::Found(path) = input
                && named.contains(&at)
            {
                *input = Input::Named(path.clone());
            }
            !stdin.contains(&at) && seen.insert(Some(at))
        });
    }
}

/// A path without `.` in it.
pub(crate) fn plain(path: &Path) -> PathBuf {
    path.components()
        .filter(|component| *component != Component::CurDir)
        .collect()
}

fn is_yaml(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("yaml" | "yml" | "json"))
        || path.file_name().is_some_and(|name| name == "Kustomization")
}

/// Whether a walk goes into a folder, or looks at a file; templates of charts are noted.
fn is_wanted(entry: &DirEntry, templates: &Mutex<Vec<PathBuf>>) -> bool {
    let path = entry.path();
    let name = entry.file_name().to_string_lossy();
    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
    if entry.depth() == 0 {
        return true;
    }
    if !is_folder {
        return !name.starts_with('.');
    }
    let is_beside = |file: &str| {
        let beside = path.parent().map(|parent| parent.join(file));
        beside.is_some_and(|file| file.is_file())
    };
    match &*name {
        // Pipelines as Code reads its runs from there.
        ".tekton" => true,
        "node_modules" => false,
        "target" => !is_beside("Cargo.toml") && !is_beside("pom.xml"),
        "templates" if is_beside("Chart.yaml") => {
            let mut templates = templates.lock().unwrap_or_else(PoisonError::into_inner);
            templates.push(plain(path));
            false
        }
        name => !name.starts_with('.'),
    }
}
