//! Patterns of files, as .gitignore has them, and paths as they are seen from a folder.

use anyhow::{Result, anyhow};
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::path::{Component, Path, PathBuf};

/// Patterns of files below a folder.
#[derive(Clone, Debug)]
pub(crate) struct Patterns {
    root: PathBuf,
    patterns: Gitignore,
}

impl Patterns {
    /// Patterns of files below `root`, an absolute path.
    pub(crate) fn new<'a>(
        root: &Path,
        patterns: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self> {
        let mut builder = GitignoreBuilder::new(root);
        for pattern in patterns {
            let refused = |error| anyhow!("`{pattern}` is no pattern of files: {error}");
            builder.add_line(None, pattern).map_err(refused)?;
        }
        Ok(Self {
            root: root.to_owned(),
            patterns: builder.build()?,
        })
    }

    /// Whether a path, or a folder that it is in, is meant.
    pub(crate) fn mean(&self, path: &Path, is_folder: bool) -> bool {
        let path = absolute(path);
        path.strip_prefix(&self.root).is_ok_and(|path| {
            let found = self.patterns.matched_path_or_any_parents(path, is_folder);
            !path.as_os_str().is_empty() && found.is_ignore()
        })
    }
}

/// A path from the root of the file system, without `.` and `..`. Links are taken for what they are called.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    // The folder of a file without one is this one.
    let path = Path::new(".").join(path);
    let whole = std::path::absolute(&path).unwrap_or(path);
    let mut plain = PathBuf::new();
    for component in whole.components() {
        match component {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            component => plain.push(component),
        }
    }
    plain
}
