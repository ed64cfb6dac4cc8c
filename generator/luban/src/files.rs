//! The files that a command is given: paths, folders, standard input.

use anyhow::{Context as _, Result};
use luban_yaml::Budget;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// One file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    /// Standard input.
    Stdin,
    /// A file that was named, or that stands in a folder that was.
    File(PathBuf),
}

impl Input {
    /// The path as it is shown.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Stdin => "<stdin>".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// The bytes, up to just beyond what a reader with this budget takes.
    pub(crate) fn bytes(&self, budget: &Budget) -> Result<Vec<u8>> {
        let limit = (budget.bytes as u64).saturating_add(1);
        let mut bytes = Vec::new();
        match self {
            Self::Stdin => std::io::stdin()
                .lock()
                .take(limit)
                .read_to_end(&mut bytes)
                .context("cannot read standard input")?,
            Self::File(path) => File::open(path)
                .and_then(|file| file.take(limit).read_to_end(&mut bytes))
                .with_context(|| format!("cannot read {}", path.display()))?,
        };
        Ok(bytes)
    }
}

/// The inputs that paths mean, folders' in order of their names. `-` is standard input.
///
/// In a folder, files called `*.yaml`, `*.yml` and `*.json` count; hidden folders, symbolic links, `node_modules` and
/// templates of Helm charts do not.
pub(crate) fn inputs(paths: &[PathBuf]) -> Result<Vec<Input>> {
    let mut inputs = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            inputs.push(Input::Stdin);
        } else if fs::metadata(path)
            .with_context(|| format!("cannot read {}", path.display()))?
            .is_dir()
        {
            let walk = WalkDir::new(path).sort_by_file_name().into_iter();
            for entry in walk.filter_entry(is_wanted) {
                let entry = entry.with_context(|| format!("cannot read {}", path.display()))?;
                if entry.file_type().is_file() && is_yaml(entry.path()) {
                    inputs.push(Input::File(entry.into_path()));
                }
            }
        } else {
            inputs.push(Input::File(path.clone()));
        }
    }
    Ok(inputs)
}

fn is_yaml(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("yaml" | "yml" | "json"))
        || path.file_name().is_some_and(|name| name == "Kustomization")
}

fn is_wanted(entry: &DirEntry) -> bool {
    if entry.depth() == 0 || !entry.file_type().is_dir() {
        return true;
    }
    let name = entry.file_name().to_string_lossy();
    let is_chart = || {
        entry
            .path()
            .parent()
            .is_some_and(|parent| parent.join("Chart.yaml").is_file())
    };
    !name.starts_with('.') && name != "node_modules" && !(name == "templates" && is_chart())
}
