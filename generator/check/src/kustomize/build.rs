//! Building each kustomization, those that it includes before it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use luban_diagnostic::Place;
use luban_yaml::Path;

use super::folders::{Folders, Kustomization, Target, item};
use super::generators::{self, Source};
use super::parts::given;
use super::patches::{self, Form};
use super::resource::{Gvk, Name, Origin, Resource, Set};
use super::{Fault, images};

/// Components in components; more are not followed.
const DEEPEST: usize = 64;

/// Something that does nothing, unless it does something in another kustomization that includes it.
struct Silent {
    fault: Fault,
    does_something: bool,
}

pub(super) struct Builds<'f, 'a> {
    pub(super) folders: &'f Folders<'a>,
    pub(super) faults: Vec<Fault>,
    pub(super) patched: HashSet<usize>,
    pub(super) sets: HashMap<String, Arc<Set>>,
    kinds: HashMap<(String, String), Arc<Gvk>>,
    /// Images of documents, by their place among all.
    images: HashMap<usize, Arc<Vec<String>>>,
    wants_images: bool,
    said: HashSet<(&'static str, Option<Place>)>,
    silent: BTreeMap<(&'static str, Option<Place>), Silent>,
}

impl<'f, 'a> Builds<'f, 'a> {
    pub(super) fn new(folders: &'f Folders<'a>) -> Self {
        let wants_images = folders
            .order
            .iter()
            .any(|of| !of.parts.images.is_empty() || !of.parts.image_tags.is_empty());
        Self {
            folders,
            faults: Vec::new(),
            patched: HashSet::new(),
            sets: HashMap::new(),
            kinds: HashMap::new(),
            images: HashMap::new(),
            wants_images,
            said: HashSet::new(),
            silent: BTreeMap::new(),
        }
    }

    pub(super) fn run(&mut self) {
        let folders = self.folders;
        let included: HashSet<usize> = (0..folders.order.len())
            .flat_map(|of| self.children(of))
            .map(|(child, _)| child)
            .collect();
        for index in self.children_first() {
            let Some(of) = self.folders.order.get(index) else {
                continue;
            };
            if of.parts.is_component {
                continue;
            }
            let mut set = Set::default();
            self.accumulate(of, &mut set, 0);
            if !included.contains(&index) {
                self.variables(of, &set);
            }
            self.sets.insert(of.folder.clone(), Arc::new(set));
        }
        let silent = std::mem::take(&mut self.silent);
        let silent = silent.into_values().filter(|silent| !silent.does_something);
        self.faults.extend(silent.map(|silent| silent.fault));
    }

    /// A fault, once for each place.
    pub(super) fn push(&mut self, fault: Fault) {
        if self.said.insert((fault.rule, fault.place.clone())) {
            self.faults.push(fault);
        }
    }

    /// Notes that something does nothing here, or does something.
    pub(super) fn silent(&mut self, fault: Fault, does_something: bool) {
        let key = (fault.rule, fault.place.clone());
        let silent = self.silent.entry(key).or_insert(Silent {
            fault,
            does_something: false,
        });
        silent.does_something |= does_something;
    }

    /// Kustomizations, each after those that it includes; those that include themselves are told of.
    fn children_first(&mut self) -> Vec<usize> {
        let folders = self.folders;
        let mut order = Vec::new();
        // Not seen, being gone through, done.
        let mut states = vec![0_u8; folders.order.len()];
        for start in 0..folders.order.len() {
            if states.get(start) != Some(&0) {
                continue;
            }
            let mut stack = vec![(start, self.children(start), 0_usize)];
            if let Some(state) = states.get_mut(start) {
                *state = 1;
            }
            while let Some((of, children, next)) = stack.last_mut() {
                let of = *of;
                let Some((child, at)) = children.get(*next).cloned() else {
                    if let Some(state) = states.get_mut(of) {
                        *state = 2;
                    }
                    order.push(of);
                    stack.pop();
                    continue;
                };
                *next += 1;
                match states.get(child) {
                    Some(0) => {
                        if let Some(state) = states.get_mut(child) {
                            *state = 1;
                        }
                        let below = self.children(child);
                        stack.push((child, below, 0));
                    }
                    Some(1) if child != of => {
                        let (Some(of), Some(child)) =
                            (folders.order.get(of), folders.order.get(child))
                        else {
                            continue;
                        };
                        // A folder above this one is told of where paths are looked at.
                        if super::path::is_within(&of.folder, &child.folder) {
                            continue;
                        }
                        let place = of.entry.document.locate(&at);
                        let message = format!(
                            "`{}` includes this kustomization, directly or through others",
                            child.folder
                        );
                        let fault = Fault::new("kustomization-cycle", message, place);
                        let head = child.entry.document.locate_head(&Path::root());
                        self.push(fault.related("the circle goes through this one", head));
                    }
                    _ => {}
                }
            }
        }
        order
    }

    fn children(&self, index: usize) -> Vec<(usize, Path)> {
        let Some(of) = self.folders.order.get(index) else {
            return Vec::new();
        };
        let lists = [
            ("resources", of.parts.resources),
            ("bases", of.parts.bases),
            ("components", of.parts.components),
        ];
        let mut children = Vec::new();
        for (field, paths) in lists {
            for (index, path) in paths.iter().enumerate() {
                if let Target::Folder(folder) = self.folders.target(&of.folder, path) {
                    let child = self.folders.by_folder.get(&folder);
                    children.extend(child.map(|child| (*child, item(field, index))));
                }
            }
        }
        children
    }

    /// Adds what a kustomization includes and generates to a set, and changes the set as it says.
    fn accumulate(&mut self, of: &'f Kustomization<'a>, set: &mut Set, depth: usize) {
        self.include(of, set);
        for (field, sources) in generators::sources(&of.parts) {
            for (index, source) in sources.iter().enumerate() {
                self.generate(of, set, source, &item(field, index));
            }
        }
        if of.parts.has_charts || !of.parts.generators.is_empty() {
            set.is_open = true;
        }
        for path in of.parts.components {
            let component = match self.folders.target(&of.folder, path) {
                Target::Folder(folder) => self
                    .folders
                    .by_folder
                    .get(&folder)
                    .and_then(|at| self.folders.order.get(*at)),
                _ => None,
            };
            match component.filter(|component| component.parts.is_component && depth < DEEPEST) {
                Some(component) => self.accumulate(component, set, depth + 1),
                None => set.is_open = true,
            }
        }
        set.has_unknown_images |= !of.parts.configurations.is_empty();
        self.change(of, set);
        if !of.parts.transformers.is_empty() {
            set.is_open = true;
            set.list
                .iter_mut()
                .for_each(|resource| resource.is_changed = true);
        }
    }

    fn include(&mut self, of: &'f Kustomization<'a>, set: &mut Set) {
        for (field, paths) in [("resources", of.parts.resources), ("bases", of.parts.bases)] {
            for (index, path) in paths.iter().enumerate() {
                let place = of.entry.document.locate(&item(field, index));
                match self.folders.target(&of.folder, path) {
                    Target::File(file) => {
                        let Some(positions) = self
                            .folders
                            .objects_of(&file)
                            .map(Iterator::collect::<Vec<_>>)
                        else {
                            set.is_open = true;
                            continue;
                        };
                        for position in positions {
                            self.include_object(set, position, path, place.as_ref());
                        }
                    }
                    Target::Folder(folder) => match self.sets.get(&folder).map(Arc::clone) {
                        Some(other) => {
                            set.is_open |= other.is_open;
                            set.has_unknown_images |= other.has_unknown_images;
                            for resource in &other.list {
                                self.add(set, resource.clone(), path, place.as_ref());
                            }
                        }
                        None => set.is_open = true,
                    },
                    Target::Elsewhere | Target::Nothing(_) => set.is_open = true,
                }
            }
        }
    }

    fn include_object(
        &mut self,
        set: &mut Set,
        position: usize,
        path: &str,
        place: Option<&Place>,
    ) {
        let Some(entry) = self.folders.entry(position) else {
            return;
        };
        let document = &entry.document;
        let name = document
            .text_at(&entry.path.key("metadata").key("name"))
            .unwrap_or_default();
        if entry.name.kind.is_empty() {
            let message = "a resource of a kustomization needs a `kind`";
            let fault = Fault::new("resource-name", message, document.locate_head(&entry.path));
            self.push(fault.related("it is included here", place.cloned()));
            return;
        }
        if name.is_empty() {
            let fault = Fault::new(
                "resource-name",
                format!(
                    "{} has no `metadata.name`: kustomize refuses it",
                    entry.name.kind
                ),
                entry.key_or_head(&entry.path.key("metadata").key("name")),
            );
            self.push(fault.related("it is included here", place.cloned()));
            return;
        }
        if super::path::is_filled_in_later(name) {
            set.is_open = true;
            return;
        }
        let gvk = self.kind(&entry.name.api_version, &entry.name.kind);
        let images = self.images_of(position);
        self.add(set, Resource::of(entry, position, gvk, images), path, place);
    }

    fn kind(&mut self, api_version: &str, kind: &str) -> Arc<Gvk> {
        let key = (api_version.to_owned(), kind.to_owned());
        Arc::clone(
            self.kinds
                .entry(key)
                .or_insert_with(|| Arc::new(Gvk::new(api_version, kind))),
        )
    }

    fn images_of(&mut self, position: usize) -> Arc<Vec<String>> {
        let Some(entry) = self.folders.entry(position).filter(|_| self.wants_images) else {
            return Arc::default();
        };
        let images = self.images.entry(position).or_insert_with(|| {
            let source = entry.document.source();
            let may_have = source.contains("ontainers") || source.contains("olumes");
            Arc::new(if may_have {
                images::of_document(&entry.document, &entry.path, &entry.name.kind)
            } else {
                Vec::new()
            })
        });
        Arc::clone(images)
    }

    /// Where a resource comes from, to be shown.
    pub(super) fn origin(&self, resource: &Resource) -> Option<Place> {
        match &resource.origin {
            Origin::Entry(position) => {
                let entry = self.folders.entry(*position)?;
                entry
                    .document
                    .locate(&entry.path.key("metadata").key("name"))
            }
            Origin::Generator(place) => place.clone(),
        }
    }

    fn add(&mut self, set: &mut Set, resource: Resource, path: &str, place: Option<&Place>) {
        let (shown, origin) = (resource.shown(), self.origin(&resource));
        let Err(other) = set.add(resource) else {
            return;
        };
        let other = set.list.get(other).and_then(|other| self.origin(other));
        let message = format!("`{path}` brings {shown}, which is there already");
        let mut fault = Fault::new("duplicate-resource", message, place.cloned())
            .related("this one", origin.clone());
        if other != origin {
            fault = fault.related("the other", other);
        }
        self.push(fault);
    }

    fn generate(&mut self, of: &Kustomization<'_>, set: &mut Set, source: &Source<'_>, at: &Path) {
        let Some(name) = source.name else { return };
        let document = &of.entry.document;
        let namespace = source.namespace.unwrap_or_default();
        let gvk = self.kind("v1", source.kind);
        let matching: Vec<usize> = {
            let all = set.list.iter().enumerate();
            all.filter(|(_, resource)| resource.is_called(&gvk, name, namespace))
                .map(|(at, _)| at)
                .collect()
        };
        let place = document.locate(&at.key("name"));
        let merges = matches!(source.behavior, Some("merge" | "replace"));
        match (&matching[..], merges) {
            ([], true) if set.is_open => {}
            ([], true) => {
                let behavior = source.behavior.unwrap_or_default();
                let message = format!("there is no {} `{name}` to {behavior} with", source.kind);
                let place = document.locate(&at.key("behavior"));
                self.push(
                    Fault::new("generator-target", message, place).help(
                        "what is generated is new unless the base has it: leave `behavior` out",
                    ),
                );
            }
            ([], false) => {
                let resource = Resource {
                    is_of_cluster: false,
                    current: Name {
                        name: Arc::from(name),
                        namespace: Arc::from(namespace),
                    },
                    before: Vec::new(),
                    origin: Origin::Generator(place),
                    is_changed: true,
                    has_metadata_added: true,
                    images: Arc::default(),
                    gvk,
                    kinds_before: Vec::new(),
                };
                // Nothing has its name: that was looked at.
                let _ = set.add(resource);
            }
            ([other], false) => {
                let other = set.list.get(*other).and_then(|other| self.origin(other));
                let message = format!("{} `{name}` is there already", source.kind);
                let fault = Fault::new("generator-target", message, place).related("here", other);
                self.push(
                    fault.help("`behavior: merge` adds to it, `behavior: replace` replaces it"),
                );
            }
            ([other], true) => {
                if let Some(other) = set.list.get_mut(*other) {
                    other.is_changed = true;
                    if let Origin::Entry(position) = other.origin {
                        self.patched.insert(position);
                    }
                }
            }
            (_, _) => {
                let message = format!("several resources are {} `{name}`", source.kind);
                self.push(Fault::new("generator-target", message, place));
            }
        }
    }

    /// Changes a set by a kustomization's own fields, in the order in which kustomize does.
    fn change(&mut self, of: &'f Kustomization<'a>, set: &mut Set) {
        let document = &of.entry.document;
        for (index, text) in of.parts.patches_strategic_merge.iter().enumerate() {
            let at = item("patchesStrategicMerge", index);
            let form = match text.contains('\n').then(|| document.scalar(&at)).flatten() {
                Some(scalar) => patches::inline(scalar),
                None => patches::of_file(self.folders, of, text, document.locate(&at)),
            };
            self.patch(of, set, form, None, &at);
        }
        self.patches(of, set, "patches", of.parts.patches);
        self.namespace(of, set);
        super::transform::rename(of, set);
        if of.parts.has_labels {
            set.list
                .iter_mut()
                .for_each(|resource| resource.has_metadata_added = true);
            // Labels may go to selectors and templates as well.
            set.list
                .iter_mut()
                .for_each(|resource| resource.is_changed = true);
        }
        self.patches(of, set, "patchesJson6902", of.parts.patches_json6902);
        self.replicas(of, set);
        self.change_images(of, set);
        self.replace(of, set);
    }

    fn patches(
        &mut self,
        of: &'f Kustomization<'a>,
        set: &mut Set,
        field: &str,
        patches: &'a [luban_api_kustomize::Patch],
    ) {
        let document = &of.entry.document;
        for (index, patch) in patches.iter().enumerate() {
            let at = item(field, index);
            let (text, path) = (
                given(&patch.patch).filter(|text| !text.trim().is_empty()),
                given(&patch.path),
            );
            let form = match (text, path) {
                (Some(_), Some(_)) => {
                    let place = document.locate_key(&at.key("path"));
                    let fault = Fault::new(
                        "patch-form",
                        "a patch has `patch` or `path`, not both",
                        place,
                    );
                    self.push(
                        fault.related("the other is here", document.locate_key(&at.key("patch"))),
                    );
                    continue;
                }
                (None, None) => {
                    let message = "a patch needs `patch`, its text, or `path`, its file";
                    self.push(Fault::new("patch-form", message, document.locate_head(&at)));
                    continue;
                }
                (Some(_), None) => match document.scalar(&at.key("patch")) {
                    Some(scalar) => patches::inline(scalar),
                    None => Form::Unknown,
                },
                (None, Some(path)) => {
                    patches::of_file(self.folders, of, path, document.locate(&at.key("path")))
                }
            };
            self.patch(of, set, form, Some(patch), &at);
        }
    }
}
