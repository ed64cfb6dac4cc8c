//! What the kustomizations among the documents build, followed as `kustomize build` goes: which resources each has, by which
//! names, and what of it stops the build or does nothing.
//!
//! Names, namespaces and kinds of resources are followed exactly; contents as far as documents give them and nothing has changed
//! them. What comes from a URL, a chart or a plugin is unknown, and nothing is said to be missing where it may be.

mod build;
mod files;
mod folders;
mod form;
mod generators;
mod images;
mod parts;
mod patches;
mod path;
mod pointer;
mod references;
mod replacements;
mod resource;
mod selector;
mod transform;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::fault::{Fault, Faults};
use crate::objects::{Entry, Objects};
use crate::sink::Sink;

pub(crate) use path::normal;

/// What the kustomizations make of the documents.
#[derive(Debug, Default)]
pub(crate) struct Kustomize {
    faults: Faults,
    /// Objects that some kustomization changes by a patch, by their place among all.
    patched: HashSet<usize>,
    /// What the kustomization of each folder builds.
    sets: HashMap<String, Arc<resource::Set>>,
    /// Folders that a kustomization or any document stands in.
    folders: HashSet<String>,
}

/// An object that a folder's kustomization builds.
#[derive(Debug, Clone)]
pub(crate) struct Built {
    pub(crate) group: String,
    pub(crate) version: String,
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) namespace: String,
    /// The document that it begins as, by its place among all.
    pub(crate) entry: Option<usize>,
}

impl Kustomize {
    pub(crate) fn new(objects: &Objects) -> Self {
        let folders = folders::Folders::new(objects);
        if folders.order.is_empty() && folders.others.is_empty() {
            return Self {
                folders: folders.all.into_iter().collect(),
                ..Self::default()
            };
        }
        let mut faults = Vec::new();
        files::check(&folders, &mut faults);
        let mut builds = build::Builds::new(&folders);
        builds.run();
        faults.append(&mut builds.faults);
        let patched = std::mem::take(&mut builds.patched);
        let sets = std::mem::take(&mut builds.sets);
        let given = objects
            .entries()
            .iter()
            .filter(|entry| entry.is_given_apart);
        let given: HashSet<&str> = given.map(|entry| entry.document.file()).collect();
        faults.retain(|fault| {
            fault
                .place
                .as_ref()
                .is_none_or(|place| !given.contains(&*place.file))
        });
        Self {
            faults: Faults::new(faults),
            patched,
            sets,
            folders: folders.all.into_iter().collect(),
        }
    }

    /// Whether a kustomization changes the contents of an object by a patch, so that it may lack something by itself.
    pub(crate) fn is_patched(&self, position: usize) -> bool {
        self.patched.contains(&position)
    }

    /// What the kustomization of a folder builds, if all of it is known.
    pub(crate) fn built(&self, folder: &str) -> Option<Vec<Built>> {
        let set = self.sets.get(folder).filter(|set| !set.is_open)?;
        let built = set.list.iter().map(|resource| Built {
            group: resource.gvk.group.clone(),
            version: resource.gvk.version.clone(),
            kind: resource.gvk.kind.clone(),
            name: resource.current.name.to_string(),
            namespace: resource.current.namespace.to_string(),
            entry: match resource.origin {
                resource::Origin::Entry(position) => Some(position),
                resource::Origin::Generator(_) => None,
            },
        });
        Some(built.collect())
    }

    /// Whether a folder has a kustomization.
    pub(crate) fn is_kustomization(&self, folder: &str) -> bool {
        self.sets.contains_key(folder)
    }

    /// Whether any document stands in a folder or below it.
    pub(crate) fn has_folder(&self, folder: &str) -> bool {
        self.folders.contains(folder)
    }
}

/// Says what is wrong with kustomizations by the sink's rule.
pub(crate) fn say(objects: &Objects, sink: &mut Sink<'_>) {
    objects.kustomize().faults.say(sink);
}

/// Files that kustomizations have as patches.
pub(crate) fn patch_files<'a>(entries: impl Iterator<Item = &'a Entry>) -> HashSet<String> {
    let mut files = HashSet::new();
    for entry in entries {
        let Some(parts) = parts::of(entry) else {
            continue;
        };
        let file = normal(entry.document.file());
        let folder = path::folder(&file);
        let by_path = parts
            .patches
            .iter()
            .chain(parts.patches_json6902)
            .filter_map(|patch| patch.path.as_deref());
        let inline_or_path = parts
            .patches_strategic_merge
            .iter()
            .map(String::as_str)
            .filter(|text| !text.contains('\n'));
        files.extend(
            by_path
                .chain(inline_or_path)
                .map(|path| path::join(folder, path)),
        );
    }
    files
}
