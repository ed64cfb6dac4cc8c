//! Namespaces: who makes them, and who is in them.

use std::collections::{HashMap, HashSet};

use luban_yaml::Cursor;

use super::placement::Placement;
use super::walk::is_known;
use crate::objects::Entry;

/// The namespaces of all objects.
#[derive(Debug, Default)]
pub(crate) struct Namespaces {
    /// Those that objects make.
    pub(crate) made: HashSet<String>,
    /// The first entry that says to be in one, and how many say so.
    said: HashMap<String, (usize, usize)>,
}

impl Namespaces {
    pub(crate) fn new(entries: &[Entry], placements: &[Placement]) -> Self {
        let mut namespaces = Self::default();
        for (position, (entry, placement)) in entries.iter().zip(placements).enumerate() {
            let Some(node) = entry.document.cursor(&entry.path) else {
                continue;
            };
            namespaces.made.extend(made(entry, node).map(str::to_owned));
            if entry.is_given_apart || entry.is_template {
                continue;
            }
            let Some(name) = said(entry).and_then(|node| node.text()) else {
                continue;
            };
            // What kustomize puts in its place counts, not what is written.
            let is_kept = placement.namespaces.iter().any(|it| **it == *name);
            if is_kept && is_known(name) {
                let (_, count) = namespaces
                    .said
                    .entry(name.to_owned())
                    .or_insert((position, 0));
                *count += 1;
            }
        }
        namespaces
    }

    /// How many objects say to be in a namespace, if the one at `position` is the first of them.
    pub(crate) fn count_if_first(&self, name: &str, position: usize) -> Option<usize> {
        let (first, count) = self.said.get(name)?;
        (*first == position).then_some(*count)
    }
}

/// Where an object, or a kustomization for its objects, says the namespace.
pub(crate) fn said(entry: &Entry) -> Option<Cursor<'_>> {
    let node = entry.document.cursor(&entry.path)?;
    if matches!(entry.name.kind.as_str(), "Kustomization" | "Component") {
        return node.get("namespace");
    }
    let row = entry.object.as_ref().and_then(luban_api::Object::row);
    let is_of_cluster = row.is_some_and(|row| !row.is_namespaced);
    node.at(&["metadata", "namespace"])
        .filter(|_| !is_of_cluster)
}

fn made<'a>(entry: &Entry, node: Cursor<'a>) -> Option<&'a str> {
    match entry.name.kind.as_str() {
        // A Project of Kargo has a namespace of its name.
        "Namespace" | "Project" => node.text_at(&["metadata", "name"]),
        "Application" => {
            let options = node.at(&["spec", "syncPolicy", "syncOptions"]);
            let mut options = options.into_iter().flat_map(|list| list.values());
            let makes = options.any(|option| option.text() == Some("CreateNamespace=true"));
            node.text_at(&["spec", "destination", "namespace"])
                .filter(|_| makes)
        }
        _ => None,
    }
}
