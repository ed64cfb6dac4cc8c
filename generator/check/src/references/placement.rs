//! Where objects end up: under which namespaces and names kustomize and Argo CD make them.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use luban_yaml::{Cursor, Path};

use super::application::Application;
use super::files::{Files, folder, joined};
use crate::objects::Entry;

/// Where an object ends up.
#[derive(Debug, Clone, Default)]
pub(crate) struct Placement {
    /// The namespaces that it is made in, sorted; the empty one where nothing says it. At least one.
    pub(crate) namespaces: Vec<Arc<str>>,
    /// What is put before and behind its name, where that is done.
    pub(crate) affixes: BTreeSet<(String, String)>,
    /// Labels that are put on it and on the pods that it makes.
    pub(crate) labels: BTreeSet<(String, String)>,
    /// The kustomizations that it is built by at last, by the position of their entries.
    pub(crate) roots: BTreeSet<usize>,
    /// Whether what it is built with is not among the documents: other sources, charts, generators.
    pub(crate) is_partial: bool,
    /// Whether one of these says itself which fields hold names.
    pub(crate) has_configurations: bool,
    /// Whether it is only laid over another object.
    pub(crate) is_patch: bool,
}

/// A kustomization.
struct Kustomization<'a> {
    node: Cursor<'a>,
    is_component: bool,
    /// Files and kustomizations that it builds.
    files: Vec<&'a [usize]>,
    children: Vec<usize>,
    is_partial: bool,
    is_child: bool,
}

/// What kustomizations on the way down do to what is below.
#[derive(Clone, Default)]
struct Way {
    namespace: Option<String>,
    prefix: String,
    suffix: String,
    labels: Vec<(String, String)>,
    is_partial: bool,
    has_configurations: bool,
    depth: usize,
}

/// Visits that are enough for any tree of people.
const VISITS: usize = 400_000;

/// Places every entry.
pub(crate) fn placements(entries: &[Entry]) -> Vec<Placement> {
    let files = Files::new(entries);
    let mut kustomizations: HashMap<usize, Kustomization<'_>> = HashMap::new();
    for position in files.kustomizations() {
        if let Some(kustomization) = entries.get(position).and_then(|entry| read(entry, &files)) {
            kustomizations.insert(position, kustomization);
        }
    }
    let mut placing = Placing {
        entries,
        applied: applied(entries, &files),
        found: vec![Found::default(); entries.len()],
        visits: 0,
        kustomizations,
    };
    let children: Vec<usize> = placing
        .kustomizations
        .values()
        .flat_map(|kustomization| kustomization.children.iter().copied())
        .collect();
    for child in children {
        if let Some(kustomization) = placing.kustomizations.get_mut(&child) {
            kustomization.is_child = true;
        }
    }
    let mut roots: Vec<usize> = placing.kustomizations.keys().copied().collect();
    roots.sort_unstable();
    for root in roots {
        placing.root(root, &files);
    }
    for patch in files.patches(entries) {
        if let Some(found) = placing.found.get_mut(patch) {
            found.is_patch = true;
        }
    }
    placing.finish(&files)
}

fn read<'a>(entry: &'a Entry, files: &'a Files<'a>) -> Option<Kustomization<'a>> {
    let node = entry.document.cursor(&entry.path)?;
    let folder = folder(entry.document.file());
    let mut kustomization = Kustomization {
        node,
        is_component: entry.name.kind == "Component",
        files: Vec::new(),
        children: Vec::new(),
        is_partial: ["helmCharts", "helmChartInflationGenerator", "generators"]
            .iter()
            .any(|field| {
                node.get(field)
                    .is_some_and(|list| list.values().next().is_some())
            }),
        is_child: false,
    };
    for field in ["resources", "bases", "components"] {
        let items = node.get(field).into_iter().flat_map(|list| list.values());
        for path in items.filter_map(|item| item.text()) {
            let path = joined(folder, path);
            if let Some(positions) = files.file(&path) {
                kustomization.files.push(positions);
            } else if let Some(child) = files.kustomization(&path) {
                kustomization.children.push(child);
            } else {
                kustomization.is_partial = true;
            }
        }
    }
    Some(kustomization)
}

/// What is found out about an entry so far.
#[derive(Debug, Clone, Default)]
struct Found {
    /// Namespaces that take the place of its own.
    set: BTreeSet<String>,
    /// Namespaces that hold where it names none.
    filled: BTreeSet<String>,
    /// Whether some of what builds it leaves its namespace.
    is_left: bool,
    affixes: BTreeSet<(String, String)>,
    labels: BTreeSet<(String, String)>,
    roots: BTreeSet<usize>,
    is_partial: bool,
    has_configurations: bool,
    is_patch: bool,
}

/// A folder's destination, as an Application says it.
#[derive(Debug, Clone)]
pub(super) struct Applied {
    namespace: String,
    is_set: bool,
}

struct Placing<'a> {
    entries: &'a [Entry],
    kustomizations: HashMap<usize, Kustomization<'a>>,
    applied: HashMap<String, Vec<Applied>>,
    found: Vec<Found>,
    visits: usize,
}

impl Placing<'_> {
    /// Builds a kustomization that no other builds, or that Argo CD does.
    fn root(&mut self, root: usize, files: &Files<'_>) {
        let Some(kustomization) = self.kustomizations.get(&root) else {
            return;
        };
        let file = self.entries.get(root).map(|entry| entry.document.file());
        let folder = files.normal(folder(file.unwrap_or_default()));
        let applied = self.applied.get(&folder).cloned();
        if (kustomization.is_child || kustomization.is_component) && applied.is_none() {
            return;
        }
        let applied = applied.unwrap_or_default();
        let set = applied.iter().find(|applied| applied.is_set);
        let way = Way {
            namespace: set.map(|applied| applied.namespace.clone()),
            ..Way::default()
        };
        self.build(root, root, &way, &applied);
    }

    fn build(&mut self, root: usize, at: usize, outer: &Way, applied: &[Applied]) {
        let Some(kustomization) = self.kustomizations.get(&at) else {
            return;
        };
        let mut way = below(kustomization.node, outer);
        way.is_partial |= kustomization.is_partial;
        let children = kustomization.children.clone();
        if way.namespace.is_none() {
            // A component works on what its parent has built so far.
            way.namespace = children
                .iter()
                .filter_map(|child| self.kustomizations.get(child))
                .filter(|child| child.is_component)
                .find_map(|child| child.node.text_at(&["namespace"]))
                .map(str::to_owned);
        }
        way.is_partial |= children
            .iter()
            .filter_map(|child| self.kustomizations.get(child))
            .any(|child| child.is_partial);
        let positions = kustomization
            .files
            .iter()
            .flat_map(|file| file.iter().copied());
        let positions: Vec<usize> = positions.chain([at]).collect();
        self.visits += positions.len() + children.len();
        way.is_partial |= self.visits > VISITS;
        for position in positions {
            self.place(position, root, &way, applied);
        }
        if self.visits > VISITS || way.depth > 32 {
            return;
        }
        for child in children {
            self.build(root, child, &way, applied);
        }
    }

    fn place(&mut self, position: usize, root: usize, way: &Way, applied: &[Applied]) {
        let Some(found) = self.found.get_mut(position) else {
            return;
        };
        match &way.namespace {
            Some(namespace) => {
                found.set.insert(namespace.clone());
            }
            None => {
                found.is_left = true;
                found
                    .filled
                    .extend(applied.iter().map(|applied| applied.namespace.clone()));
            }
        }
        if !way.prefix.is_empty() || !way.suffix.is_empty() {
            found
                .affixes
                .insert((way.prefix.clone(), way.suffix.clone()));
        }
        found.labels.extend(way.labels.iter().cloned());
        found.roots.insert(root);
        found.is_partial |= way.is_partial;
        found.has_configurations |= way.has_configurations;
    }

    fn finish(self, files: &Files<'_>) -> Vec<Placement> {
        let mut names: HashMap<String, Arc<str>> = HashMap::new();
        let mut name = |text: &str| match names.get(text) {
            Some(known) => Arc::clone(known),
            None => {
                let new: Arc<str> = text.into();
                names.insert(text.to_owned(), Arc::clone(&new));
                new
            }
        };
        let mut placements: Vec<Placement> = Vec::with_capacity(self.entries.len());
        let mut outer = 0;
        for (position, (entry, mut found)) in self.entries.iter().zip(self.found).enumerate() {
            let own = own_namespace(entry);
            if entry.path.is_empty() {
                outer = position;
            } else if let Some(first) = placements.get(outer).cloned() {
                // What stands inside another object ends up where that does, unless it says otherwise.
                let namespaces = match own {
                    Some(own) if entry.is_template || first.roots.is_empty() => vec![name(own)],
                    _ => first.namespaces.clone(),
                };
                placements.push(Placement {
                    namespaces,
                    ..first
                });
                continue;
            }
            let mut namespaces: BTreeSet<&str> = found.set.iter().map(String::as_str).collect();
            if found.roots.is_empty() {
                let folder = files.normal(folder(entry.document.file()));
                let applied = self.applied.get(&folder).into_iter().flatten();
                found
                    .filled
                    .extend(applied.map(|applied| applied.namespace.clone()));
            }
            if found.is_left || found.set.is_empty() {
                match own {
                    Some(own) => {
                        namespaces.insert(own);
                    }
                    None if found.filled.is_empty() => {
                        namespaces.insert("");
                    }
                    None => namespaces.extend(found.filled.iter().map(String::as_str)),
                }
            }
            placements.push(Placement {
                namespaces: namespaces.into_iter().map(&mut name).collect(),
                affixes: found.affixes,
                labels: found.labels,
                roots: found.roots,
                is_partial: found.is_partial,
                has_configurations: found.has_configurations,
                is_patch: found.is_patch,
            });
        }
        placements
    }
}

fn below(node: Cursor<'_>, outer: &Way) -> Way {
    let text = |field| node.text_at(&[field]).unwrap_or_default();
    let mut way = outer.clone();
    way.depth += 1;
    if way.namespace.is_none() {
        way.namespace = Some(text("namespace").to_owned()).filter(|name| !name.is_empty());
    }
    way.prefix.push_str(text("namePrefix"));
    way.suffix.insert_str(0, text("nameSuffix"));
    let pairs = node.get("commonLabels").into_iter();
    let labels = node
        .get("labels")
        .into_iter()
        .flat_map(|list| list.values());
    let pairs = pairs.chain(labels.filter_map(|label| label.get("pairs")));
    way.labels.extend(
        pairs
            .flat_map(|pairs| pairs.entries())
            .filter_map(|(key, value)| Some((key.text().to_owned(), value.text()?.to_owned()))),
    );
    let more = ["configurations", "crds", "transformers"].iter();
    way.has_configurations |= more.clone().any(|field| node.get(field).is_some());
    way
}

fn own_namespace(entry: &Entry) -> Option<&str> {
    let root = Path::root();
    let path = if entry.path.is_empty() {
        &root
    } else {
        &entry.path
    };
    let own = entry
        .document
        .cursor(path)?
        .text_at(&["metadata", "namespace"])?;
    Some(own).filter(|own| !own.is_empty())
}

/// The folders that Applications sync, with their destinations.
fn applied(entries: &[Entry], files: &Files<'_>) -> HashMap<String, Vec<Applied>> {
    let mut folders: HashMap<String, Vec<Applied>> = HashMap::new();
    for entry in entries {
        if entry.name.kind != "Application" || !entry.name.api_version.starts_with("argoproj.io/") {
            continue;
        }
        for source in Application::of(entry)
            .into_iter()
            .flat_map(|application| application.sources)
        {
            let Some(folder) = files.folder(source.path) else {
                continue;
            };
            let applied = Applied {
                namespace: source.namespace.to_owned(),
                is_set: source.is_set,
            };
            folders.entry(folder.to_owned()).or_default().push(applied);
        }
    }
    folders
}
