//! The nodes of a document: flat, without recursion, 16 bytes each.

use std::sync::{Arc, OnceLock};

use luban_diagnostic::{Lines, Place};

/// The file that documents were read from.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) file: Arc<str>,
    pub(crate) text: Box<str>,
    /// Counted when the first place is asked for: a file without findings never needs them.
    lines: OnceLock<Lines>,
}

impl Source {
    pub(crate) fn new(file: Arc<str>, text: Box<str>) -> Self {
        Self {
            file,
            text,
            lines: OnceLock::new(),
        }
    }

    pub(crate) fn place(&self, start: usize, end: usize) -> Place {
        let lines = self.lines.get_or_init(|| Lines::new(&self.text));
        lines.place(Arc::clone(&self.file), &self.text, start..end)
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

/// A value or a key: where it stands, and its [`Content`] in 64 bits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Which content it is, in the upper three bits, and where its text or its children begin.
    kind_and_first: u32,
    count: u32,
}

const FIRST_BITS: u32 = 29;
/// What an offset into the strings or the children stays below.
pub(crate) const MOST: usize = 1 << FIRST_BITS;

impl Node {
    /// Offsets in `content` are below [`MOST`].
    #[inline]
    pub(crate) fn new(start: u32, end: u32, content: Content) -> Self {
        let (kind, first, count) = match content {
            Content::Scalar { kind, at, len } => (kind as u32, at, len),
            Content::ScalarApart { kind, at, len } => (3 + kind as u32, at, len),
            Content::Sequence(Children { first, count }) => (6, first, count),
            Content::Mapping(Children { first, count }) => (7, first, count),
        };
        Self {
            start,
            end,
            kind_and_first: (kind << FIRST_BITS) | first,
            count,
        }
    }

    #[inline]
    pub(crate) fn content(&self) -> Content {
        let at = self.kind_and_first & (MOST as u32 - 1);
        let len = self.count;
        let kind = self.kind_and_first >> FIRST_BITS;
        let scalar_kind = match kind % 3 {
            0 => ScalarKind::Plain,
            1 => ScalarKind::String,
            _ => ScalarKind::Tagged,
        };
        match kind {
            0..=2 => Content::Scalar {
                kind: scalar_kind,
                at,
                len,
            },
            3..=5 => Content::ScalarApart {
                kind: scalar_kind,
                at,
                len,
            },
            6 => Content::Sequence(Children {
                first: at,
                count: len,
            }),
            _ => Content::Mapping(Children {
                first: at,
                count: len,
            }),
        }
    }
}

/// All nodes of a document. An alias is its anchor's node once more, so children may be shared, but never cyclic.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(crate) nodes: Box<[Node]>,
    pub(crate) children: Box<[NodeId]>,
    pub(crate) strings: Box<str>,
    /// Where comments begin and end.
    pub(crate) comments: Box<[(u32, u32)]>,
}

const NOTHING: Node = Node {
    start: 0,
    end: 0,
    kind_and_first: 0,
    count: 0,
};

impl Tree {
    #[inline]
    pub(crate) fn node(&self, id: NodeId) -> Node {
        // Ids are made by pushing nodes; an empty tree has the root that stands for nothing.
        self.nodes.get(id.0 as usize).copied().unwrap_or(NOTHING)
    }

    #[inline]
    pub(crate) fn content(&self, id: NodeId) -> Content {
        self.node(id).content()
    }

    #[inline]
    pub(crate) fn children(&self, children: Children) -> &[NodeId] {
        let first = children.first as usize;
        self.children
            .get(first..first + children.count as usize)
            .unwrap_or_default()
    }

    /// Keys and values of a mapping.
    pub(crate) fn pairs(&self, children: Children) -> impl Iterator<Item = (NodeId, NodeId)> {
        let (pairs, _) = self.children(children).as_chunks::<2>();
        pairs.iter().map(|[key, value]| (*key, *value))
    }

    /// A scalar's text, or nothing for a collection.
    #[inline]
    pub(crate) fn text<'a>(&'a self, source: &'a Source, id: NodeId) -> Option<&'a str> {
        text(self.content(id), &source.text, &self.strings)
    }
}

/// A scalar's text, or nothing for a collection.
#[inline]
pub(crate) fn text<'a>(content: Content, source: &'a str, strings: &'a str) -> Option<&'a str> {
    let (from, at, len) = match content {
        Content::Scalar { at, len, .. } => (source, at, len),
        Content::ScalarApart { at, len, .. } => (strings, at, len),
        Content::Sequence(_) | Content::Mapping(_) => return None,
    };
    from.get(at as usize..(at + len) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_keeps_what_it_is_made_of_in_few_bytes() {
        assert!(size_of::<Node>() <= 24);
        let most = MOST as u32 - 1;
        let children = Children {
            first: most,
            count: u32::MAX,
        };
        let mut contents = vec![Content::Sequence(children), Content::Mapping(children)];
        for kind in [ScalarKind::Plain, ScalarKind::String, ScalarKind::Tagged] {
            for (at, len) in [(0, 0), (most, 7), (3, u32::MAX)] {
                contents.push(Content::Scalar { kind, at, len });
                contents.push(Content::ScalarApart { kind, at, len });
            }
        }
        for content in contents {
            let node = Node::new(1, 2, content);
            assert_eq!((node.start, node.end, node.content()), (1, 2, content));
        }
    }
}
