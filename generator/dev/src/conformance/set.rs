//! Sets of objects that are judged together: references are resolved within a set.

use super::document::Object;
use super::embedded::created_by;
use super::runs::filled_runs;
use anyhow::{Context as _, Result, anyhow, bail};
use luban_compile::{Context, compile, parts};
use luban_diagnostic::concise;
use luban_platform::lock::Lock;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use walkdir::WalkDir;

/// What is judged together.
#[derive(Debug)]
pub(crate) struct Set {
    /// Its name, and the judges' group.
    pub(crate) name: String,
    root: Root,
    /// URL of the repository that the set is, if it is a whole one.
    pub(crate) repository: Option<String>,
    /// Objects of files.
    pub(crate) objects: Vec<Object>,
    /// Objects that are made while the platform runs.
    pub(crate) made: Vec<Object>,
    /// What can be read as no object, by path.
    pub(crate) unreadable: Vec<(String, String)>,
}

#[derive(Debug)]
enum Root {
    Compiled(TempDir),
    Given(PathBuf),
}

impl Set {
    /// What the platform in `file` compiles to, and every run that dispatch can create from it.
    ///
    /// # Errors
    /// When the platform has errors or does not compile.
    pub(crate) fn compiled(file: &str, lock: &Lock) -> Result<Self> {
        let bytes = fs::read(file).with_context(|| format!("cannot read `{file}`"))?;
        let loaded = luban_platform::load(file, &bytes);
        let Some(platform) = loaded.platform else {
            bail!(
                "`{file}` has errors:\n{}",
                concise(&loaded.findings).trim_end()
            );
        };
        let context = Context::new(&platform, lock)?;
        let root = tempfile::tempdir()?;
        for part in parts(&platform) {
            for compiled in compile(&context, part)? {
                let path = root.path().join(&compiled.path);
                if let Some(parent) = path.parent() {
                    fs::create_dir_all(parent)?;
                }
                fs::write(path, compiled.text)?;
            }
        }
        let repository = Some(platform.gitops.repository.to_string());
        let mut set = Self::read(file, Root::Compiled(root), repository)?;
        for run in filled_runs(&context)? {
            match run {
                Ok(run) => set.made.push(run),
                Err(error) => set
                    .unreadable
                    .push((error.to_string(), error.root_cause().to_string())),
            }
        }
        Ok(set)
    }

    /// All YAML below `directory`.
    ///
    /// # Errors
    /// When the directory cannot be read.
    pub(crate) fn tree(directory: &Path) -> Result<Self> {
        let root = fs::canonicalize(directory)
            .with_context(|| format!("there is no `{}`", directory.display()))?;
        Self::read(&directory.display().to_string(), Root::Given(root), None)
    }

    fn read(name: &str, root: Root, repository: Option<String>) -> Result<Self> {
        let mut set = Self {
            name: name.to_owned(),
            root,
            repository,
            objects: Vec::new(),
            made: Vec::new(),
            unreadable: Vec::new(),
        };
        for path in files(set.root())? {
            if !path.ends_with(".yaml") && !path.ends_with(".yml") {
                continue;
            }
            let text = String::from_utf8(fs::read(set.root().join(&path))?)
                .map_err(|error| anyhow!(error));
            match text.and_then(|text| Object::read(&path, &text)) {
                Ok(objects) => set.objects.extend(objects),
                Err(error) => set.unreadable.push((path, error.root_cause().to_string())),
            }
        }
        for object in &set.objects {
            set.made.extend(created_by(object)?);
        }
        Ok(set)
    }

    /// The absolute path of the directory that the set's paths are below.
    pub(crate) fn root(&self) -> &Path {
        match &self.root {
            Root::Compiled(root) => root.path(),
            Root::Given(root) => root,
        }
    }
}

/// Paths of all files below `root`, with `/`, sorted; hidden directories are left out.
pub(crate) fn files(root: &Path) -> Result<Vec<String>> {
    let is_shown = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".")
    };
    let mut files = Vec::new();
    for entry in WalkDir::new(root)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(is_shown)
    {
        let entry = entry?;
        if entry.file_type().is_file()
            && let Some(path) = entry.path().strip_prefix(root)?.to_str()
        {
            files.push(path.to_owned());
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_no_yaml_is_named() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("a.yaml"), "a: [\n").unwrap();
        fs::write(root.path().join("b.yaml"), b"\xff").unwrap();
        fs::write(
            root.path().join("c.yaml"),
            "apiVersion: v1\nkind: Secret\nmetadata: {name: c}\n",
        )
        .unwrap();
        fs::write(root.path().join("d.txt"), "a: [\n").unwrap();
        let set = Set::tree(root.path()).unwrap();
        assert_eq!(
            set.unreadable
                .iter()
                .map(|(path, _)| path)
                .collect::<Vec<_>>(),
            ["a.yaml", "b.yaml"]
        );
        assert_eq!(set.objects.len(), 1);
    }
}
