//! Places inside scalars, and scalars inside values: a part of a text, such as an expression in a long block, has its own
//! stretch of the file however the text is written.

use std::ops::Range;
use std::sync::Arc;

use luban_diagnostic::Place;

use crate::document::Document;
use crate::path::PathSegment;
use crate::tree::{Content, NodeId};

/// A key or a value that is no collection.
#[derive(Debug, Clone, Copy)]
pub struct Scalar<'a> {
    document: &'a Document,
    node: NodeId,
    /// Whether it is a key of a mapping.
    pub is_key: bool,
}

impl<'a> Scalar<'a> {
    pub(crate) fn new(document: &'a Document, node: NodeId, is_key: bool) -> Self {
        Self {
            document,
            node,
            is_key,
        }
    }

    /// Its text, as it is read: without quotes, escapes and indentation.
    #[must_use]
    pub fn text(&self) -> &'a str {
        let document = self.document;
        document
            .tree
            .text(&document.source, self.node)
            .unwrap_or_default()
    }

    /// The place of the whole.
    #[must_use]
    pub fn place(&self) -> Place {
        self.document.place(self.node)
    }

    /// The place of the bytes `part` of [`Scalar::text`].
    #[must_use]
    pub fn place_of(&self, part: Range<usize>) -> Place {
        self.document.place_in(self.node, part)
    }
}

/// All scalars below a value, in the order of the document.
#[derive(Debug)]
pub struct Scalars<'a> {
    document: &'a Document,
    /// What is still to come, the next one last.
    pending: Vec<(NodeId, bool)>,
    /// Where keys begin that are left out with their values.
    left_out: Arc<[u32]>,
}

impl Scalars<'_> {
    /// These without the keys that begin at `offsets`, and without their values.
    #[must_use]
    pub fn without_keys_at(mut self, offsets: Arc<[u32]>) -> Self {
        self.left_out = offsets;
        self
    }
}

impl<'a> Iterator for Scalars<'a> {
    type Item = Scalar<'a>;

    fn next(&mut self) -> Option<Scalar<'a>> {
        let tree = &self.document.tree;
        loop {
            let (node, is_key) = self.pending.pop()?;
            match tree.content(node) {
                Content::Sequence(children) => {
                    let items = tree.children(children).iter().rev();
                    self.pending.extend(items.map(|item| (*item, false)));
                }
                Content::Mapping(children) => {
                    let at = self.pending.len();
                    for (key, value) in tree.pairs(children) {
                        if !self.left_out.contains(&tree.node(key).start) {
                            self.pending.extend([(key, true), (value, false)]);
                        }
                    }
                    if let Some(added) = self.pending.get_mut(at..) {
                        added.reverse();
                    }
                }
                Content::Scalar { .. } | Content::ScalarApart { .. } => {
                    return Some(Scalar {
                        document: self.document,
                        node,
                        is_key,
                    });
                }
            }
        }
    }
}

impl Document {
    /// The scalars of the value at exactly `path`, keys included, in the order of the document; an alias gives its anchor's once
    /// more.
    #[must_use]
    pub fn scalars(&self, path: &[PathSegment]) -> Scalars<'_> {
        let node = self.node_at(path);
        let exists = (node.0 as usize) < self.tree.nodes.len();
        Scalars {
            document: self,
            pending: exists.then_some((node, false)).into_iter().collect(),
            left_out: Arc::default(),
        }
    }

    /// The scalar at exactly `path`.
    #[must_use]
    pub fn scalar(&self, path: &[PathSegment]) -> Option<Scalar<'_>> {
        let node = self.node_at(path);
        self.tree.text(&self.source, node)?;
        ((node.0 as usize) < self.tree.nodes.len()).then_some(Scalar {
            document: self,
            node,
            is_key: false,
        })
    }

    /// The keys of the mapping at exactly `path`.
    pub fn keys(&self, path: &[PathSegment]) -> impl Iterator<Item = &str> {
        let pairs = match self.tree.content(self.node_at(path)) {
            Content::Mapping(children) => Some(self.tree.pairs(children)),
            _ => None,
        };
        pairs
            .into_iter()
            .flatten()
            .filter_map(|(key, _)| self.tree.text(&self.source, key))
    }

    /// The place of a mapping's first key, to speak of the mapping as a whole; of other values, their place. None if nothing
    /// stands at exactly `path`.
    #[must_use]
    pub fn locate_head(&self, path: &[PathSegment]) -> Option<Place> {
        let id = self.node_at(path);
        let node = *self.tree.nodes.get(id.0 as usize)?;
        let key = match node.content() {
            Content::Mapping(children) => self.tree.pairs(children).next().map(|(key, _)| key),
            _ => None,
        };
        // A merged key stands elsewhere.
        let key = key.filter(|key| (node.start..node.end).contains(&self.tree.node(*key).start));
        Some(self.place(key.unwrap_or(id)))
    }

    /// Whether a value stands at exactly `path` that is not null.
    #[must_use]
    pub fn has_value(&self, path: &[PathSegment]) -> bool {
        let node = self.node_at(path);
        (node.0 as usize) < self.tree.nodes.len()
            && !matches!(self.meaning(node), Some(crate::scalar::Meaning::Null))
    }

    /// The whole file's text, to be shown beside findings.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source.text
    }

    fn place_in(&self, id: NodeId, part: Range<usize>) -> Place {
        let node = self.tree.node(id);
        let whole = node.start as usize..node.end as usize;
        let bytes = match node.content() {
            Content::Scalar { at, .. } => at as usize + part.start..at as usize + part.end,
            Content::ScalarApart { .. } => {
                let text = self.tree.text(&self.source, id).unwrap_or_default();
                let source = self.source.text.get(whole.clone()).unwrap_or_default();
                let found = find(source, text, part);
                whole.start + found.start..whole.start + found.end
            }
            Content::Sequence(_) | Content::Mapping(_) => whole,
        };
        self.source.place(bytes.start, bytes.end)
    }
}

/// How a scalar is written.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    Plain,
    Single,
    Double,
}

/// Where the bytes `part` of `text` stand in `source`, the scalar as it is written, with its tag, anchor and quotes.
///
/// Characters that are no white space follow each other in both; white space is folded or indentation in one of them.
fn find(source: &str, text: &str, part: Range<usize>) -> Range<usize> {
    let (style, mut at) = begin(source);
    let mut first = None;
    let mut last = at;
    for (offset, wanted) in text.char_indices() {
        if offset >= part.end {
            break;
        }
        let (start, end) = next(source, at, wanted, style);
        if offset >= part.start {
            first = first.or(Some(start));
            last = end;
        }
        at = end;
    }
    let first = first.unwrap_or(at);
    first..last.max(first)
}

/// The style of a scalar, and where its content begins.
fn begin(source: &str) -> (Style, usize) {
    let mut at = 0;
    loop {
        let rest = source.get(at..).unwrap_or_default();
        match rest.chars().next() {
            // A tag or an anchor.
            Some('!' | '&') => {
                let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
                at += word;
            }
            Some(space) if space.is_whitespace() => at += space.len_utf8(),
            Some('\'') => return (Style::Single, at + 1),
            Some('"') => return (Style::Double, at + 1),
            // A block begins on the line after its header.
            Some('|' | '>') => {
                let header = rest.find('\n').map_or(rest.len(), |end| end + 1);
                return (Style::Plain, at + header);
            }
            _ => return (Style::Plain, at),
        }
    }
}

/// The stretch of the next character, `wanted`, at or after `at`.
fn next(source: &str, mut at: usize, wanted: char, style: Style) -> (usize, usize) {
    loop {
        let rest = source.get(at..).unwrap_or_default();
        let mut characters = rest.chars();
        let Some(character) = characters.next() else {
            return (at, at);
        };
        let after = characters.next();
        if style == Style::Double && character == '\\' {
            if matches!(after, Some('\n' | '\r')) {
                // The line goes on after the indentation of the next.
                let skipped = rest.get(1..).unwrap_or_default();
                at += 1 + (skipped.len() - skipped.trim_start().len());
                continue;
            }
            return (at, at + escape(rest));
        }
        if style == Style::Single && character == '\'' && after == Some('\'') {
            return (at, at + 2);
        }
        if character == wanted && !character.is_whitespace() {
            return (at, at + character.len_utf8());
        }
        if wanted.is_whitespace() {
            // A fold gives fewer or other characters than it has; what follows skips the rest of it.
            let run = rest.len() - rest.trim_start().len();
            let is_fold = rest.get(..run).unwrap_or_default().contains('\n');
            let taken = if is_fold || run == 0 {
                0
            } else {
                character.len_utf8()
            };
            return (at, at + taken);
        }
        // White space before the character, or a text that does not align: nothing better can be said of it.
        at += character.len_utf8();
    }
}

/// How long the escape at the start of `rest` is.
fn escape(rest: &str) -> usize {
    let digits = match rest.as_bytes().get(1) {
        Some(b'x') => 2,
        Some(b'u') => 4,
        Some(b'U') => 8,
        _ => {
            let character = rest.chars().nth(1);
            return 1 + character.map_or(0, char::len_utf8);
        }
    };
    (2 + digits).min(rest.len())
}

#[cfg(test)]
mod tests {
    use crate::{Budget, Path, parse};

    /// The source text at the place of `part` in the scalar at `a`.
    fn shown(yaml: &str, part: &str) -> String {
        let documents = parse("a.yaml", yaml.as_bytes(), &Budget::default()).unwrap();
        let path = Path::root().key("a");
        let scalar = documents[0].scalar(&path).unwrap();
        let at = scalar.text().find(part).unwrap();
        let span = scalar.place_of(at..at + part.len()).span;
        yaml[span.start.offset as usize..span.end.offset as usize].to_owned()
    }

    #[test]
    fn a_part_of_a_text_is_found_however_the_text_is_written() {
        for yaml in [
            "a: x {{ok}} y\n",
            "a: 'x {{ok}} y'\n",
            "a: \"x {{ok}} y\"\n",
            "a: 'it''s {{ok}} y'\n",
            "a: \"\\tx\\u00e4\\\"\\x41 {{ok}} y\"\n",
            "a: \"x \\\n    y {{ok}} z\"\n",
            "a: x\n  y\n\n  z {{ok}}\n",
            "a: |\n  set -e\n    x\n\n  echo {{ok}}\n",
            "a: >-\n  set -e\n  x\n\n  echo {{ok}}\n",
            "a: !!str &b |2-\n   set\n  echo {{ok}}\n",
            "a: !!str {{ok}}\n",
            "a: \"\\N\\_\\L\\P\\e {{ok}}\"\n",
        ] {
            let yaml = yaml.replace("a: !!str {{ok}}", "a: !!str 'z {{ok}}'");
            assert_eq!(shown(&yaml, "{{ok}}"), "{{ok}}", "{yaml}");
        }
    }

    #[test]
    fn a_part_that_is_escaped_or_folded_has_the_stretch_that_it_is_written_as() {
        assert_eq!(
            shown("a: \"x {{\\\"k\\\"}} y\"\n", "{{\"k\"}}"),
            "{{\\\"k\\\"}}"
        );
        assert_eq!(shown("a: 'x {{''k''}} y'\n", "{{'k'}}"), "{{''k''}}");
        assert_eq!(shown("a: >\n  {{a\n  b}}\n  c\n", "{{a b}}"), "{{a\n  b}}");
    }

    #[test]
    fn scalars_below_a_value_come_in_the_order_of_the_document() {
        let yaml = "a: {b: [1, {c: 2}], d: &x e}\nf: *x\n";
        let documents = parse("a.yaml", yaml.as_bytes(), &Budget::default()).unwrap();
        let texts = |key: &str| {
            let path = Path::root().key(key);
            let scalars = documents[0].scalars(&path);
            scalars.map(|scalar| scalar.text()).collect::<Vec<_>>()
        };
        assert_eq!(texts("a"), ["b", "1", "c", "2", "d", "e"]);
        assert_eq!(texts("f"), ["e"]);
        assert!(texts("none").is_empty());
    }
}
