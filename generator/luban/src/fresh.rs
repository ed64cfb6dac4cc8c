//! A tree where none is: written beside its place and renamed as a whole, so that it is there complete or not at all.

use crate::tree::{ROOTS, temporary_name};
use anyhow::{Context as _, Result};
use luban_compile::File;
use std::fs;
use std::path::{Path, PathBuf};

/// A tree that is being written. What is not finished goes when it is dropped.
pub(crate) struct Fresh<'a> {
    root: &'a Path,
    /// The directory that stands for `root` until the tree is complete.
    staging: PathBuf,
}

impl<'a> Fresh<'a> {
    /// An empty tree below `root`.
    pub(crate) fn new(root: &'a Path) -> Self {
        Self {
            root,
            staging: root.join(temporary_name("tree")),
        }
    }

    /// Writes files. Those of a directory come one after the other, so each is made about once.
    pub(crate) fn write<'f>(&self, files: impl Iterator<Item = &'f File>) -> Result<()> {
        let mut made = "";
        for file in files {
            let directory = file.path.rsplit_once('/').map_or("", |(parent, _)| parent);
            if made != directory {
                let path = self.staging.join(directory);
                fs::create_dir_all(&path)
                    .with_context(|| format!("cannot make `{}`", path.display()))?;
                made = directory;
            }
            let path = self.staging.join(&file.path);
            fs::write(&path, &file.text)
                .with_context(|| format!("cannot write `{}`", path.display()))?;
        }
        Ok(())
    }

    /// Puts the tree into its place.
    pub(crate) fn finish(self) -> Result<()> {
        for directory in ROOTS {
            let (from, to) = (self.staging.join(directory), self.root.join(directory));
            if from.exists() {
                fs::rename(&from, &to)
                    .with_context(|| format!("cannot write `{}`", to.display()))?;
            }
        }
        Ok(())
    }
}

impl Drop for Fresh<'_> {
    fn drop(&mut self) {
        // Not there if nothing was written; what cannot be removed now, the next run removes.
        let _ = fs::remove_dir_all(&self.staging);
    }
}
