//! A value in its document, to walk down from without a type: each step costs one look at a mapping's keys.

use luban_diagnostic::Place;

use crate::document::Document;
use crate::inside::Scalar;
use crate::path::PathSegment;
use crate::scalar::Meaning;
use crate::tree::{Content, NodeId};

/// A value in its document. Null is a value of a list only, and holds nothing.
#[derive(Debug, Clone, Copy)]
pub struct Cursor<'a> {
    document: &'a Document,
    /// The key whose value it is; none of a list's item and of the root.
    key: Option<NodeId>,
    node: NodeId,
}

impl Document {
    /// The value at exactly `path`; none if nothing or null stands there.
    #[must_use]
    pub fn cursor(&self, path: &[PathSegment]) -> Option<Cursor<'_>> {
        let mut cursor = Cursor::new(self, None, self.root)?;
        for segment in path {
            cursor = match segment {
                PathSegment::Key(key) => cursor.get(key)?,
                PathSegment::Index(index) => cursor.item(*index)?,
            };
        }
        Some(cursor)
    }
}

impl<'a> Cursor<'a> {
    fn new(document: &'a Document, key: Option<NodeId>, node: NodeId) -> Option<Self> {
        let exists = (node.0 as usize) < document.tree.nodes.len();
        (exists && !document.is_null(node)).then_some(Self {
            document,
            key,
            node,
        })
    }

    /// The value of a key; none if it is null or this is no mapping.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Self> {
        self.pairs()
            .find(|(name, _)| self.document.tree.text(&self.document.source, *name) == Some(key))
            .and_then(|(name, value)| Self::new(self.document, Some(name), value))
    }

    /// The value at the end of `keys`, each in the mapping of the one before.
    #[must_use]
    pub fn at(self, keys: &[&str]) -> Option<Self> {
        keys.iter().try_fold(self, |cursor, key| cursor.get(key))
    }

    /// The text at the end of `keys`, each in the mapping of the one before.
    #[must_use]
    pub fn text_at(self, keys: &[&str]) -> Option<&'a str> {
        self.at(keys)?.text()
    }

    /// The place of a key, whatever its value is.
    #[must_use]
    pub fn key_place(self, key: &str) -> Option<Place> {
        self.pairs()
            .find(|(name, _)| self.document.tree.text(&self.document.source, *name) == Some(key))
            .map(|(name, _)| self.document.place(name))
    }

    /// Keys and values of a mapping, in the order of the document; none of null.
    pub fn entries(self) -> impl Iterator<Item = (Scalar<'a>, Self)> {
        self.pairs().filter_map(move |(name, value)| {
            let value = Self::new(self.document, Some(name), value)?;
            let key = Scalar::new(self.document, name, true);
            Some((key, value))
        })
    }

    /// The keys of a mapping, in the order of the document, those of null too.
    pub fn keys(self) -> impl Iterator<Item = Scalar<'a>> {
        self.pairs()
            .map(move |(name, _)| Scalar::new(self.document, name, true))
    }

    /// The items of a list, in order, null too; none in place of a list.
    pub fn items(self) -> impl Iterator<Item = Self> {
        let tree = &self.document.tree;
        let items = match tree.content(self.node) {
            Content::Sequence(children) => tree.children(children),
            _ => &[],
        };
        items.iter().map(move |item| Self {
            document: self.document,
            key: None,
            node: *item,
        })
    }

    /// The items of a list that are not null, in order; none in place of a list.
    pub fn values(self) -> impl Iterator<Item = Self> {
        self.items().filter(|item| !item.is_null())
    }

    /// The item `index`, from 0, of a list.
    #[must_use]
    pub fn item(self, index: usize) -> Option<Self> {
        self.items().nth(index)
    }

    /// The text of a scalar, such as `5` of a number too; none of null.
    #[must_use]
    pub fn text(self) -> Option<&'a str> {
        let text = self.document.tree.text(&self.document.source, self.node);
        text.filter(|_| !self.is_null())
    }

    /// Whether it is null, which only the item of a list can be.
    #[must_use]
    pub fn is_null(self) -> bool {
        self.document.is_null(self.node)
    }

    /// Whether it is no list or mapping.
    #[must_use]
    pub fn is_scalar(self) -> bool {
        !self.is_list() && !self.is_mapping()
    }

    /// The scalar, to find places inside it.
    #[must_use]
    pub fn scalar(self) -> Option<Scalar<'a>> {
        self.text()?;
        Some(Scalar::new(self.document, self.node, false))
    }

    /// Whether it is a text and no number or boolean.
    #[must_use]
    pub fn is_string(self) -> bool {
        self.document.meaning(self.node) == Some(Meaning::String)
    }

    /// Whether it is a list.
    #[must_use]
    pub fn is_list(self) -> bool {
        matches!(self.document.tree.content(self.node), Content::Sequence(_))
    }

    /// Whether it is a mapping.
    #[must_use]
    pub fn is_mapping(self) -> bool {
        matches!(self.document.tree.content(self.node), Content::Mapping(_))
    }

    /// Whether it is an empty list or mapping.
    #[must_use]
    pub fn is_empty(self) -> bool {
        match self.document.tree.content(self.node) {
            Content::Sequence(children) | Content::Mapping(children) => children.count == 0,
            _ => false,
        }
    }

    /// Where it begins in the file, in bytes: to sort by, without counting lines.
    #[must_use]
    pub fn start(self) -> usize {
        self.document.tree.node(self.node).start as usize
    }

    /// Its place.
    #[must_use]
    pub fn place(self) -> Place {
        self.document.place(self.node)
    }

    /// The place to speak of it as a whole: its key; of a list's item, the first key of that, or itself.
    #[must_use]
    pub fn head(self) -> Place {
        match self.key {
            Some(key) => self.document.place(key),
            None => self.first_key(),
        }
    }

    fn first_key(self) -> Place {
        let node = self.document.tree.node(self.node);
        // A merged key stands elsewhere.
        let is_here =
            |key: &NodeId| (node.start..node.end).contains(&self.document.tree.node(*key).start);
        let key = self.pairs().next().map(|(key, _)| key).filter(is_here);
        self.document.place(key.unwrap_or(self.node))
    }

    /// Whether both are the same value of one document.
    #[must_use]
    pub fn is(self, other: Self) -> bool {
        std::ptr::eq(self.document, other.document) && self.node == other.node
    }

    fn pairs(self) -> impl Iterator<Item = (NodeId, NodeId)> {
        let tree = &self.document.tree;
        let pairs = match tree.content(self.node) {
            Content::Mapping(children) => Some(tree.pairs(children)),
            _ => None,
        };
        pairs.into_iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use luban_diagnostic::Place;

    use crate::{Budget, Document, Path, parse};

    fn document(yaml: &str) -> Document {
        let mut documents = parse("a.yaml", yaml.as_bytes(), &Budget::default()).unwrap();
        documents.remove(0)
    }

    fn shown(yaml: &str, place: &Place) -> String {
        let (start, end) = (place.span.start.offset, place.span.end.offset);
        yaml[start as usize..end as usize].to_owned()
    }

    #[test]
    fn values_are_walked_to_and_null_is_nothing() {
        let yaml = "spec: {steps: [{name: a, when: null}, ~, {x: 5, y: '5', z: {}}], more: ~}\n";
        let document = document(yaml);
        let spec = document.cursor(&Path::root().key("spec")).unwrap();
        assert!(spec.get("more").is_none() && spec.key_place("more").is_some());
        let steps: Vec<_> = spec.get("steps").unwrap().items().collect();
        assert_eq!(steps.len(), 3);
        let first = steps[0];
        assert_eq!(
            document
                .cursor(&Path::root())
                .unwrap()
                .at(&["spec"])
                .unwrap()
                .start(),
            spec.start()
        );
        assert_eq!(first.text_at(&["name"]), Some("a"));

        assert_eq!(first.get("name").unwrap().text(), Some("a"));
        assert!(first.get("when").is_none() && !first.is_null());
        assert!(steps[1].is_null() && steps[1].text().is_none());
        let last = steps[2];
        assert!(!last.get("x").unwrap().is_string() && last.get("y").unwrap().is_string());
        assert!(last.get("z").unwrap().is_empty() && !last.is_empty());
        let keys: Vec<_> = first.keys().map(|key| key.text()).collect();
        assert_eq!(keys, ["name", "when"]);
        assert_eq!(first.entries().count(), 1);
    }

    #[test]
    fn a_field_is_spoken_of_at_its_key_and_an_item_at_its_first() {
        let yaml = "spec:\n  steps:\n  - name: a\n  - b\n";
        let document = document(yaml);
        let steps = document
            .cursor(&Path::root().key("spec").key("steps"))
            .unwrap();
        assert_eq!(shown(yaml, &steps.head()), "steps");
        assert_eq!(shown(yaml, &steps.item(0).unwrap().head()), "name");
        assert_eq!(shown(yaml, &steps.item(1).unwrap().head()), "b");
        assert_eq!(
            shown(yaml, &steps.item(0).unwrap().get("name").unwrap().place()),
            "a"
        );
    }
}
