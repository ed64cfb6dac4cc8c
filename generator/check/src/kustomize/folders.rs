//! Where kustomizations and files stand.

use std::collections::{BTreeSet, HashMap};

use luban_yaml::Path;

use crate::objects::{Entry, Objects};

use super::parts::{self, Parts};
use super::path::{folder, is_remote, join, normal};

/// What a path of a kustomization leads to.
pub(super) enum Target {
    /// It is fetched from elsewhere, or written elsewhere.
    Elsewhere,
    File(String),
    Folder(String),
    /// Nothing that is given.
    Nothing(String),
}

/// A kustomization or a component.
pub(super) struct Kustomization<'a> {
    pub(super) entry: &'a Entry,
    pub(super) parts: Parts<'a>,
    pub(super) folder: String,
}

/// Where kustomizations and files stand.
pub(super) struct Folders<'a> {
    pub(super) objects: &'a Objects,
    /// Kustomizations in the order of the documents; the first of each folder.
    pub(super) order: Vec<Kustomization<'a>>,
    pub(super) by_folder: HashMap<String, usize>,
    /// Kustomizations in a folder that has one, with that one.
    pub(super) further: Vec<(&'a Entry, usize)>,
    /// Files called as kustomizations are that hold something else.
    pub(super) others: Vec<&'a Entry>,
    /// Objects by file, in order: those of lists in the place of the list.
    pub(super) files: HashMap<String, Vec<usize>>,
    /// Folders that a file stands in or below.
    pub(super) all: BTreeSet<String>,
    /// Names of files and folders in each folder.
    children: HashMap<String, BTreeSet<String>>,
}

/// Whether a file is read as a kustomization by its name.
pub(super) fn is_kustomization_file(file: &str) -> bool {
    matches!(
        file.rsplit('/').next(),
        Some("kustomization.yaml" | "kustomization.yml" | "Kustomization")
    )
}

impl<'a> Folders<'a> {
    pub(super) fn new(objects: &'a Objects) -> Self {
        let mut folders = Self {
            objects,
            order: Vec::new(),
            by_folder: HashMap::new(),
            further: Vec::new(),
            others: Vec::new(),
            files: HashMap::new(),
            all: BTreeSet::new(),
            children: HashMap::new(),
        };
        let mut last = (String::new(), String::new());
        for (position, entry) in objects.entries().iter().enumerate() {
            if last.0 != entry.document.file() {
                last = (
                    entry.document.file().to_owned(),
                    normal(entry.document.file()),
                );
            }
            let file = &last.1;
            let in_file = folders.files.entry(file.clone()).or_default();
            let is_first = in_file.is_empty();
            in_file.push(position);
            if is_first {
                folders.add_folders_of(file);
            }
            if !is_first || !is_kustomization_file(file) {
                continue;
            }
            let Some(parts) = parts::of(entry) else {
                folders.others.push(entry);
                continue;
            };
            let folder = folder(file).to_owned();
            if let Some(first) = folders.by_folder.get(&folder) {
                folders.further.push((entry, *first));
                continue;
            }
            folders
                .by_folder
                .insert(folder.clone(), folders.order.len());
            folders.order.push(Kustomization {
                entry,
                parts,
                folder,
            });
        }
        if let Some(others) = objects.files() {
            for file in others {
                folders.add_folders_of(file);
            }
        }
        folders
    }

    fn add_folders_of(&mut self, file: &str) {
        let mut of = file;
        loop {
            let (parent, name) = of.rsplit_once('/').unwrap_or(("", of));
            self.children
                .entry(parent.to_owned())
                .or_default()
                .insert(name.to_owned());
            of = parent;
            if !self.all.insert(of.to_owned()) || of.is_empty() {
                break;
            }
        }
    }

    /// The file or folder in a folder that a name probably means.
    pub(super) fn nearest(&self, folder: &str, name: &str) -> Option<&str> {
        let names = self.children.get(folder)?;
        luban_diagnostic::did_you_mean(name, names.iter().map(String::as_str))
    }

    /// Whether everything that is missing is missing for certain.
    pub(super) fn is_complete(&self) -> bool {
        self.objects.files().is_some()
    }

    /// What a path in a kustomization's folder leads to.
    pub(super) fn target(&self, folder: &str, path: &str) -> Target {
        if is_remote(path) || super::path::is_filled_in_later(path) {
            return Target::Elsewhere;
        }
        let path = join(folder, path);
        let is_file = self.files.contains_key(&path)
            || self
                .objects
                .files()
                .is_some_and(|files| files.contains(&path));
        if is_file {
            Target::File(path)
        } else if self.all.contains(&path) {
            Target::Folder(path)
        } else {
            Target::Nothing(path)
        }
    }

    /// The objects of a file, if its documents are given: without lists and what is made later.
    pub(super) fn objects_of(&self, file: &str) -> Option<impl Iterator<Item = usize>> {
        let positions = self.files.get(file)?;
        Some(positions.iter().copied().filter(|position| {
            let Some(entry) = self.entry(*position) else {
                return false;
            };
            let is_list = entry.name.kind.ends_with("List")
                && entry.document.length_at(&entry.path.key("items")).is_some();
            !entry.is_template && !is_list && !entry.document.is_empty()
        }))
    }

    pub(super) fn entry(&self, position: usize) -> Option<&'a Entry> {
        self.objects.entries().get(position)
    }
}

/// The way to an item of a field.
pub(super) fn item(field: &str, index: usize) -> Path {
    Path::root().key(field).index(index)
}
