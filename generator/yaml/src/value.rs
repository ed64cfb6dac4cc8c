//! Looking at a document without a type: from a value to those in it, each with its place.

use luban_diagnostic::Place;

use crate::document::Document;
use crate::inside::Scalar;
use crate::path::PathSegment;
use crate::scalar::Meaning;
use crate::tree::{Content, NodeId};

/// A value in its document.
#[derive(Debug, Clone, Copy)]
pub struct Value<'a> {
    document: &'a Document,
    key: Option<NodeId>,
    node: NodeId,
}

impl<'a> Value<'a> {
    /// The document that it is in.
    #[must_use]
    pub fn document(&self) -> &'a Document {
        self.document
    }

    /// A number that no other value of its document has; an alias has its anchor's.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.node.0
    }

    /// The value of a key of this mapping; none of nothing and of null.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Self> {
        let tree = &self.document.tree;
        let Content::Mapping(children) = tree.content(self.node) else {
            return None;
        };
        let (found, node) = tree
            .pairs(children)
            .find(|(found, _)| tree.text(&self.document.source, *found) == Some(key))?;
        (!self.document.is_null(node)).then_some(Self {
            key: Some(found),
            node,
            ..*self
        })
    }

    /// The value that several keys, one in the other, lead to.
    #[must_use]
    pub fn at(&self, keys: &[&str]) -> Option<Self> {
        keys.iter().try_fold(*self, |value, key| value.get(key))
    }

    /// The texts and values of the keys of this mapping.
    pub fn entries(&self) -> impl Iterator<Item = (&'a str, Self)> + use<'a> {
        let document = self.document;
        let pairs = match document.tree.content(self.node) {
            Content::Mapping(children) => Some(document.tree.pairs(children)),
            _ => None,
        };
        pairs.into_iter().flatten().filter_map(move |(key, node)| {
            let text = document.tree.text(&document.source, key)?;
            let value = Self {
                document,
                key: Some(key),
                node,
            };
            Some((text, value))
        })
    }

    /// The items of this list.
    pub fn items(&self) -> impl Iterator<Item = Self> + use<'a> {
        let document = self.document;
        let children = match document.tree.content(self.node) {
            Content::Sequence(children) => document.tree.children(children),
            _ => &[],
        };
        let key = self.key;
        children.iter().map(move |node| Self {
            document,
            key,
            node: *node,
        })
    }

    /// The items of the list at a key of this mapping.
    pub fn items_of(&self, key: &str) -> impl Iterator<Item = Self> + use<'a> {
        self.get(key).into_iter().flat_map(|list| list.items())
    }

    /// Whether it is a list.
    #[must_use]
    pub fn is_list(&self) -> bool {
        let content = self.document.tree.content(self.node);
        matches!(content, Content::Sequence(_))
    }

    /// Whether it is a mapping.
    #[must_use]
    pub fn is_mapping(&self) -> bool {
        let content = self.document.tree.content(self.node);
        matches!(content, Content::Mapping(_))
    }

    /// Its text, if it is a scalar.
    #[must_use]
    pub fn text(&self) -> Option<&'a str> {
        let document = self.document;
        document.tree.text(&document.source, self.node)
    }

    /// The text of a key of this mapping.
    #[must_use]
    pub fn text_of(&self, key: &str) -> Option<&'a str> {
        self.get(key)?.text()
    }

    /// What it means, if it is a boolean.
    #[must_use]
    pub fn boolean(&self) -> Option<bool> {
        match self.document.meaning(self.node) {
            Some(Meaning::Bool(is)) => Some(is),
            _ => None,
        }
    }

    /// Whether a key of this mapping is `true`.
    #[must_use]
    pub fn is_true(&self, key: &str) -> bool {
        self.get(key).and_then(|value| value.boolean()) == Some(true)
    }

    /// Whether a key of this mapping is `false`.
    #[must_use]
    pub fn is_false(&self, key: &str) -> bool {
        self.get(key).and_then(|value| value.boolean()) == Some(false)
    }

    /// It as a scalar, to speak of parts of its text.
    #[must_use]
    pub fn scalar(&self) -> Option<Scalar<'a>> {
        self.text()?;
        Some(Scalar::new(self.document, self.node, false))
    }

    /// Its text as it is written, with quotes, comments and all that stands in it.
    #[must_use]
    pub fn source(&self) -> &'a str {
        let node = self.document.tree.node(self.node);
        let text = self.document.source();
        text.get(node.start as usize..node.end as usize)
            .unwrap_or_default()
    }

    /// Its place.
    #[must_use]
    pub fn place(&self) -> Place {
        self.document.place(self.node)
    }

    /// The place of the key that it is the value of, or of the nearest key above it; its own at the root.
    #[must_use]
    pub fn key_place(&self) -> Place {
        self.document.place(self.key.unwrap_or(self.node))
    }

    /// The place of its first key, to speak of a mapping as a whole; of other values, their place.
    #[must_use]
    pub fn head(&self) -> Place {
        let tree = &self.document.tree;
        let key = match tree.content(self.node) {
            Content::Mapping(children) => tree.pairs(children).next().map(|(key, _)| key),
            _ => None,
        };
        let node = tree.node(self.node);
        // A merged key stands elsewhere.
        let key = key.filter(|key| (node.start..node.end).contains(&tree.node(*key).start));
        self.document.place(key.unwrap_or(self.node))
    }
}

impl Document {
    /// The value at exactly `path`.
    #[must_use]
    pub fn value(&self, path: &[PathSegment]) -> Option<Value<'_>> {
        let node = self.node_at(path);
        ((node.0 as usize) < self.tree.nodes.len()).then_some(Value {
            document: self,
            key: None,
            node,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::{Path, parse};

    #[test]
    fn values_are_found_by_name_and_know_where_they_stand() {
        let yaml = "a: {b: [x, 'y'], c: true}\nd: ~\ne: &e {f: 1}\ng: *e\n";
        let documents = parse("a.yaml", yaml.as_bytes(), &crate::Budget::default()).unwrap();
        let root = documents[0].value(&Path::root()).unwrap();
        let list = root.at(&["a", "b"]).unwrap();
        let texts: Vec<_> = list.items().filter_map(|item| item.text()).collect();
        assert_eq!(texts, ["x", "y"]);
        let shown = |place: luban_diagnostic::Place| {
            let (start, end) = (place.span.start.offset, place.span.end.offset);
            yaml[start as usize..end as usize].to_owned()
        };
        assert_eq!(shown(list.key_place()), "b");
        assert_eq!(shown(list.items().nth(1).unwrap().key_place()), "b");
        assert_eq!(shown(root.get("a").unwrap().head()), "b");
        assert!(root.get("a").unwrap().is_true("c"));
        assert_eq!(list.source(), "[x, 'y']");
        assert!(root.get("d").is_none());
        assert_eq!(root.get("e").unwrap().id(), root.get("g").unwrap().id());
        let keys: Vec<_> = root.entries().map(|(key, _)| key).collect();
        assert_eq!(keys, ["a", "d", "e", "g"]);
    }
}
