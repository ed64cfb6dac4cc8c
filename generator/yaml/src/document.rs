//! One document as a flat tree in which every node knows its place.

use std::sync::Arc;

use luban_diagnostic::{Finding, Place};

use crate::path::PathSegment;
use crate::scalar::{Meaning, is_null, meaning};
use crate::tree::{Content, NodeId, ScalarKind, Source, Tree};

/// One YAML document: a tree whose keys and values know their places.
#[derive(Debug)]
pub struct Document {
    pub(crate) source: Arc<Source>,
    pub(crate) tree: Tree,
    pub(crate) root: NodeId,
    pub(crate) findings: Box<[Finding]>,
}

impl Document {
    /// The file's path as it is shown.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.source.file
    }

    /// The text of the whole file, with all of its documents.
    #[must_use]
    pub fn file_text(&self) -> &str {
        &self.source.text
    }

    /// What is wrong with the document whatever its type: duplicate keys, keys that are no scalars, unknown tags.
    /// [`read`](crate::read) returns these too.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Whether nothing stands in the document, as between two `---`.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.is_null(self.root)
    }

    /// The text of the scalar at exactly `path`, such as `kind` before the type is known.
    #[must_use]
    pub fn text_at(&self, path: &[PathSegment]) -> Option<&str> {
        let walk = self.walk(path);
        walk.is_whole
            .then(|| self.tree.text(&self.source, walk.value))
            .flatten()
    }

    /// Whether a value stands at exactly `path`.
    #[must_use]
    pub fn has(&self, path: &[PathSegment]) -> bool {
        self.walk(path).is_whole
    }

    /// How many items the list at exactly `path` has; none if there is no list.
    #[must_use]
    pub fn length_at(&self, path: &[PathSegment]) -> Option<usize> {
        let walk = self.walk(path);
        match self.tree.content(walk.value) {
            Content::Sequence(children) if walk.is_whole => Some(children.count as usize),
            _ => None,
        }
    }

    /// The place of the value at `path`, or else of the nearest value on the way to it; none if the document is empty.
    #[must_use]
    pub fn locate(&self, path: &[PathSegment]) -> Option<Place> {
        (!self.is_empty()).then(|| self.place(self.walk(path).value))
    }

    /// The place of the last key on the way to `path` that exists, or of the value at `path` if there is no key on the way.
    #[must_use]
    pub fn locate_key(&self, path: &[PathSegment]) -> Option<Place> {
        let walk = self.walk(path);
        (!self.is_empty()).then(|| self.place(walk.key.unwrap_or(walk.value)))
    }

    /// The node at exactly `path`, or one that stands for nothing.
    pub(crate) fn node_at(&self, path: &[PathSegment]) -> NodeId {
        let walk = self.walk(path);
        if walk.is_whole {
            walk.value
        } else {
            NodeId(u32::MAX)
        }
    }

    fn walk(&self, path: &[PathSegment]) -> Walk {
        let mut walk = Walk {
            value: self.root,
            key: None,
            is_whole: true,
        };
        for segment in path {
            let next = match (segment, self.tree.content(walk.value)) {
                (PathSegment::Key(name), Content::Mapping(children)) => self
                    .tree
                    .pairs(children)
                    .find(|(key, _)| self.tree.text(&self.source, *key) == Some(name))
                    .map(|(key, value)| (Some(key), value)),
                (PathSegment::Index(index), Content::Sequence(children)) => self
                    .tree
                    .children(children)
                    .get(*index)
                    .map(|value| (None, *value)),
                _ => None,
            };
            let Some((key, value)) = next else {
                return Walk {
                    is_whole: false,
                    ..walk
                };
            };
            walk.value = value;
            walk.key = key.or(walk.key);
        }
        walk
    }

    /// The place of a node.
    pub(crate) fn place(&self, id: NodeId) -> Place {
        let node = self.tree.node(id);
        self.source.place(node.start as usize, node.end as usize)
    }

    /// The place of a mapping's first key, to speak of the mapping as a whole; of other nodes, their place.
    pub(crate) fn head(&self, id: NodeId) -> Place {
        let node = self.tree.node(id);
        let first = match node.content() {
            Content::Mapping(children) => self
                .tree
                .pairs(children)
                .next()
                .map(|(key, _)| self.tree.node(key)),
            _ => None,
        };
        let first = first
            .filter(|key| key.start >= node.start && key.end <= node.end)
            .unwrap_or(node);
        self.source.place(node.start as usize, first.end as usize)
    }

    /// Whether nothing, or a word for nothing, stands in a node's place.
    #[inline]
    pub(crate) fn is_null(&self, id: NodeId) -> bool {
        match self.tree.content(id) {
            Content::Scalar { kind, .. } | Content::ScalarApart { kind, .. } => {
                let text = self.tree.text(&self.source, id).unwrap_or_default();
                kind != ScalarKind::String && is_null(text)
            }
            Content::Sequence(_) | Content::Mapping(_) => false,
        }
    }

    /// What a scalar means; none for a collection.
    pub(crate) fn meaning(&self, id: NodeId) -> Option<Meaning> {
        match self.tree.content(id) {
            Content::Scalar { kind, .. } | Content::ScalarApart { kind, .. } => Some(match kind {
                ScalarKind::String => Meaning::String,
                ScalarKind::Plain | ScalarKind::Tagged => {
                    meaning(self.tree.text(&self.source, id)?)
                }
            }),
            Content::Sequence(_) | Content::Mapping(_) => None,
        }
    }
}

/// How far a path leads.
struct Walk {
    value: NodeId,
    key: Option<NodeId>,
    is_whole: bool,
}
