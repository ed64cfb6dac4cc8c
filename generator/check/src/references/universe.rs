//! What exists: every object that a reference can lead to, what makes it, and where.

use std::collections::{HashMap, HashSet};

use luban_diagnostic::did_you_mean;
use luban_yaml::Cursor;
use rayon::prelude::*;

use super::application::Application;
use super::files::Files;
use super::makers::makers;
use super::namespaces::Namespaces;
use super::placement::{Placement, placements};
use super::pods::AllPods;
use super::target::Target;
use crate::objects::{Entry, Objects};

/// How an object makes what is referred to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// It is it.
    Itself,
    /// An item of one of kustomize's generators, and whether its name gets a hash.
    Generated {
        list: &'static str,
        item: usize,
        is_hashed: bool,
    },
    /// An ExternalSecret, a SealedSecret or a certificate makes it.
    Synced,
    /// The Service of an EventSource or an EventListener.
    Served,
    /// Something that is not known well makes it, probably.
    Somehow,
}

/// What a call by name leads to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Called<'a> {
    /// This entry, at its position.
    One(&'a Entry),
    None,
    /// Which of several is meant is not known.
    Several,
}

/// What makes an object of some kind and name.
#[derive(Debug, Clone)]
pub(crate) struct Maker {
    /// The entry that makes it.
    pub(crate) position: usize,
    pub(crate) how: How,
}

/// Everything that exists.
#[derive(Debug)]
pub(crate) struct Universe {
    placements: Vec<Placement>,
    makers: HashMap<Target, HashMap<Box<str>, Vec<Maker>>>,
    /// Kustomizations by the folder that an Application syncs.
    synced: HashMap<String, usize>,
    pub(crate) pods: AllPods,
    pub(crate) namespaces: Namespaces,
    /// Positions of objects that others call, by kind and name: templates, tasks, pipelines.
    called: HashMap<(String, String), Vec<usize>>,
    /// Names of objects of kinds that are not known: they may make others of names that begin with theirs.
    unknown: HashSet<Box<str>>,
}

impl Universe {
    pub(crate) fn new(entries: &[Entry]) -> Self {
        let placements = placements(entries);
        let (made, (pods, (namespaces, (called, synced)))) = rayon::join(
            || entries.par_iter().map(makers).collect::<Vec<_>>(),
            || {
                rayon::join(
                    || AllPods::new(entries, &placements),
                    || {
                        rayon::join(
                            || Namespaces::new(entries, &placements),
                            || (called(entries), synced(entries)),
                        )
                    },
                )
            },
        );
        let mut universe = Self {
            placements,
            makers: HashMap::new(),
            called,
            synced,
            pods,
            namespaces,
            unknown: HashSet::new(),
        };
        for (position, made) in made.into_iter().enumerate() {
            universe.unknown.extend(made.unknown.map(Into::into));
            for (target, name, how) in made.makes {
                let names = universe.makers.entry(target).or_default();
                let maker = Maker { position, how };
                let placement = universe.placements.get(position);
                for (prefix, suffix) in placement.iter().flat_map(|placement| &placement.affixes) {
                    let name = format!("{prefix}{name}{suffix}");
                    names.entry(name.into()).or_default().push(maker.clone());
                }
                names.entry(name.into()).or_default().push(maker);
            }
        }
        universe
    }

    /// Where the entry at `position` ends up.
    pub(crate) fn placement(&self, position: usize) -> Option<&Placement> {
        self.placements.get(position)
    }

    /// The kustomization of a folder that an Application syncs.
    pub(crate) fn kustomization_of(&self, path: &str) -> Option<usize> {
        self.synced.get(path).copied()
    }

    /// What makes an object of that name in a namespace, or in one that nobody says.
    pub(crate) fn find<'a>(
        &'a self,
        target: Target,
        namespace: &'a str,
        name: &str,
    ) -> impl Iterator<Item = &'a Maker> {
        let makers = self.makers.get(&target).and_then(|names| names.get(name));
        let makers = makers.into_iter().flatten();
        makers.filter(move |maker| self.is_in(target, namespace, maker.position))
    }

    /// What makes an object of that name anywhere.
    pub(crate) fn anywhere(&self, target: Target, name: &str) -> &[Maker] {
        let makers = self.makers.get(&target).and_then(|names| names.get(name));
        makers.map_or(&[], Vec::as_slice)
    }

    /// What a call leads to: the object of that kind and name in a namespace, or in one that nobody says.
    pub(crate) fn called<'a>(
        &self,
        entries: &'a [Entry],
        kind: &str,
        namespace: &str,
        name: &str,
    ) -> Called<'a> {
        let is_of_cluster = kind.starts_with("Cluster");
        let mut found = self
            .objects_of(kind, name)
            .filter(|position| is_of_cluster || self.shares(*position, namespace));
        match (found.next(), found.next()) {
            (Some(position), None) => match entries.get(position) {
                Some(entry) => Called::One(entry),
                None => Called::None,
            },
            (None, _) => Called::None,
            (Some(_), Some(_)) => Called::Several,
        }
    }

    /// The positions of objects of a kind that others call, by name, in any namespace.
    fn objects_of(&self, kind: &str, name: &str) -> impl Iterator<Item = usize> {
        let found = self.called.get(&(kind.to_owned(), name.to_owned()));
        found.into_iter().flatten().copied()
    }

    fn is_in(&self, target: Target, namespace: &str, position: usize) -> bool {
        !target.is_namespaced() || self.shares(position, namespace)
    }

    /// Whether an entry ends up in a namespace, or may.
    pub(crate) fn shares(&self, position: usize, namespace: &str) -> bool {
        let Some(placement) = self.placements.get(position) else {
            return false;
        };
        let mut namespaces = placement.namespaces.iter();
        namespace.is_empty() || namespaces.any(|own| own.is_empty() || **own == *namespace)
    }

    /// Whether an object of a kind that is not known may make one of that name.
    pub(crate) fn may_be_made(&self, name: &str) -> bool {
        let ends = name.match_indices(['-', '.']).map(|(at, _)| at);
        let mut starts = ends.chain([name.len()]).filter_map(|end| name.get(..end));
        starts.any(|start| self.unknown.contains(start))
    }

    /// The name of an object of that kind in the namespace that is probably meant.
    pub(crate) fn nearest(
        &self,
        target: Target,
        namespace: &str,
        name: &str,
    ) -> Option<(&str, usize)> {
        // As in `Objects::nearest`: a comparison costs a microsecond, and there may be thousands of names.
        const MOST: usize = 100;
        let names = self.makers.get(&target)?;
        let is_near = |other: &str| {
            let (other, name) = (other.as_bytes(), name.as_bytes());
            other.len().abs_diff(name.len()) <= 3
                && (other.iter().take(3).eq(name.iter().take(3))
                    || other.iter().rev().take(3).eq(name.iter().rev().take(3)))
        };
        let mut near: Vec<(&str, usize)> = names
            .iter()
            .filter(|(other, _)| is_near(other))
            .filter_map(|(other, makers)| {
                let known = |maker: &&Maker| {
                    maker.how != How::Somehow && self.is_in(target, namespace, maker.position)
                };
                Some((&**other, makers.iter().find(known)?.position))
            })
            .collect();
        near.sort_unstable();
        near.truncate(MOST);
        let meant = did_you_mean(name, near.iter().map(|(other, _)| *other))?;
        near.iter().find(|(other, _)| *other == meant).copied()
    }
}

impl Maker {
    /// The keys of the Secret or ConfigMap that it makes; none if they are not known.
    pub(crate) fn keys<'a>(&self, objects: &'a Objects) -> Option<Vec<&'a str>> {
        let entry = objects.entries().get(self.position)?;
        let node = entry.document.cursor(&entry.path)?;
        super::keys::keys(entry, node, self.how)
    }

    /// The entry that makes it.
    pub(crate) fn entry<'a>(&self, objects: &'a Objects) -> Option<&'a Entry> {
        objects.entries().get(self.position)
    }

    /// Its value.
    pub(crate) fn node<'a>(&self, objects: &'a Objects) -> Option<Cursor<'a>> {
        let entry = self.entry(objects)?;
        entry.document.cursor(&entry.path)
    }
}

/// Kinds of objects that others call.
const CALLED: &[&str] = &[
    "ClusterTriggerBinding",
    "ClusterWorkflowTemplate",
    "EventSource",
    "Pipeline",
    "StepAction",
    "Task",
    "TriggerBinding",
    "TriggerTemplate",
    "WorkflowTemplate",
];

fn called(entries: &[Entry]) -> HashMap<(String, String), Vec<usize>> {
    let mut called: HashMap<(String, String), Vec<usize>> = HashMap::new();
    for (position, entry) in entries.iter().enumerate() {
        let kind = entry.name.kind.as_str();
        let name = entry.object_name();
        if CALLED.contains(&kind) && !entry.is_template && !name.is_empty() {
            let key = (kind.to_owned(), name.to_owned());
            called.entry(key).or_default().push(position);
        }
    }
    called
}

fn synced(entries: &[Entry]) -> HashMap<String, usize> {
    let mut synced = HashMap::new();
    let is_application = |entry: &&Entry| entry.name.kind == "Application";
    let applications = entries
        .iter()
        .filter(is_application)
        .filter_map(Application::of);
    let sources: Vec<_> = applications
        .flat_map(|application| application.sources)
        .collect();
    if sources.is_empty() {
        return synced;
    }
    let files = Files::new(entries);
    for source in sources {
        if let Some(position) = files
            .folder(source.path)
            .and_then(|folder| files.kustomization(folder))
        {
            synced.insert(source.path.to_owned(), position);
        }
    }
    synced
}
