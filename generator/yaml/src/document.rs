//! One document as a flat tree in which every node knows its place.

use std::sync::Arc;

use luban_diagnostic::{Finding, Lines, Place};

use crate::path::PathSegment;
use crate::scalar::{Meaning, meaning};

/// The file that documents were read from.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) file: Arc<str>,
    pub(crate) text: Box<str>,
    pub(crate) lines: Lines,
}

impl Source {
    pub(crate) fn place(&self, start: usize, end: usize) -> Place {
        self.lines
            .place(Arc::clone(&self.file), &self.text, start..end)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NodeId(pub(crate) u32);

/// A stretch of [`Tree::children`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Children {
    pub(crate) first: u32,
    pub(crate) count: u32,
}

/// What a scalar's style and tag say about its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScalarKind {
    /// Plain and without a tag: what it looks like.
    Plain,
    /// Quoted, a block, or tagged `!!str`.
    String,
    /// Tagged `!!int`, `!!float`, `!!bool` or `!!null`: what it looks like, quoted or not.
    Tagged,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// The text as bytes of the source.
    Scalar {
        kind: ScalarKind,
        at: u32,
        len: u32,
    },
    /// The text as bytes of [`Tree::strings`], where escapes or line folding make it differ from the source.
    ScalarApart {
        kind: ScalarKind,
        at: u32,
        len: u32,
    },
    Sequence(Children),
    /// Keys and values in turn; keys are scalars and differ.
    Mapping(Children),
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) content: Content,
}

/// All nodes of a document. An alias is its anchor's node once more, so children may be shared, but never cyclic.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
    pub(crate) children: Vec<NodeId>,
    pub(crate) strings: String,
}

const NOTHING: Node = Node {
    start: 0,
    end: 0,
    content: Content::Scalar {
        kind: ScalarKind::Plain,
        at: 0,
        len: 0,
    },
};

impl Tree {
    pub(crate) fn node(&self, id: NodeId) -> Node {
        // Ids are made by pushing nodes; an empty tree has the root that stands for nothing.
        self.nodes.get(id.0 as usize).copied().unwrap_or(NOTHING)
    }

    pub(crate) fn children(&self, children: Children) -> &[NodeId] {
        let first = children.first as usize;
        self.children
            .get(first..first + children.count as usize)
            .unwrap_or_default()
    }

    /// Keys and values of a mapping.
    pub(crate) fn pairs(&self, children: Children) -> impl Iterator<Item = (NodeId, NodeId)> {
        self.children(children)
            .chunks_exact(2)
            .map(|pair| (pair[0], pair[1]))
    }

    /// A scalar's text, or nothing for a collection.
    pub(crate) fn text<'a>(&'a self, source: &'a Source, id: NodeId) -> Option<&'a str> {
        let (from, at, len) = match self.node(id).content {
            Content::Scalar { at, len, .. } => (&*source.text, at, len),
            Content::ScalarApart { at, len, .. } => (self.strings.as_str(), at, len),
            Content::Sequence(_) | Content::Mapping(_) => return None,
        };
        from.get(at as usize..(at + len) as usize)
    }
}

/// One YAML document: a tree whose keys and values know their places.
#[derive(Debug)]
pub struct Document {
    pub(crate) source: Arc<Source>,
    pub(crate) tree: Tree,
    pub(crate) root: NodeId,
    pub(crate) findings: Vec<Finding>,
}

impl Document {
    /// The file's path as it is shown.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.source.file
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
        matches!(self.meaning(self.root), Some(Meaning::Null))
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
        match self.tree.node(walk.value).content {
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
            let next = match (segment, self.tree.node(walk.value).content) {
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
        let first = match node.content {
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

    /// What a scalar means; none for a collection.
    pub(crate) fn meaning(&self, id: NodeId) -> Option<Meaning> {
        let text = self.tree.text(&self.source, id)?;
        match self.tree.node(id).content {
            Content::Scalar { kind, .. } | Content::ScalarApart { kind, .. } => Some(match kind {
                ScalarKind::String => Meaning::String,
                ScalarKind::Plain | ScalarKind::Tagged => meaning(text),
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
