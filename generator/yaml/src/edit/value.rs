//! What a text says, to compare it with what it should say.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::document::Document;
use crate::path::PathSegment;
use crate::scalar::Meaning;
use crate::tree::{Content, NodeId};

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    String(Arc<str>),
    /// Anything else that is no collection, as it is written.
    Other(Arc<str>),
    List(Vec<Value>),
    Mapping(Vec<(Arc<str>, Value)>),
}

impl Value {
    /// What a document says, aliases and merge keys written out.
    pub(super) fn of(document: &Document) -> Self {
        Self::at_node(document, document.root)
    }

    /// As deep as the budget allows documents to be.
    fn at_node(document: &Document, id: NodeId) -> Self {
        let tree = &document.tree;
        let text = |id| Arc::from(tree.text(&document.source, id).unwrap_or_default());
        match tree.content(id) {
            Content::Sequence(children) => Self::List(
                tree.children(children)
                    .iter()
                    .map(|item| Self::at_node(document, *item))
                    .collect(),
            ),
            Content::Mapping(children) => Self::Mapping(
                tree.pairs(children)
                    .map(|(key, value)| (text(key), Self::at_node(document, value)))
                    .collect(),
            ),
            Content::Scalar { .. } | Content::ScalarApart { .. } => match document.meaning(id) {
                Some(Meaning::String) => Self::String(text(id)),
                _ => Self::Other(text(id)),
            },
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::List(items) => items.is_empty(),
            Self::Mapping(pairs) => pairs.is_empty(),
            Self::String(_) | Self::Other(_) => false,
        }
    }

    pub(super) fn at(&self, path: &[PathSegment]) -> Option<&Self> {
        path.iter()
            .try_fold(self, |value, segment| match (value, segment) {
                (Self::List(items), PathSegment::Index(index)) => items.get(*index),
                (Self::Mapping(pairs), PathSegment::Key(key)) => pairs
                    .iter()
                    .find(|(name, _)| name == key)
                    .map(|(_, value)| value),
                _ => None,
            })
    }

    fn at_mut(&mut self, path: &[PathSegment]) -> Option<&mut Self> {
        path.iter()
            .try_fold(self, |value, segment| match (value, segment) {
                (Self::List(items), PathSegment::Index(index)) => items.get_mut(*index),
                (Self::Mapping(pairs), PathSegment::Key(key)) => pairs
                    .iter_mut()
                    .find(|(name, _)| name == key)
                    .map(|(_, value)| value),
                _ => None,
            })
    }

    pub(super) fn set(&mut self, path: &[PathSegment], value: Self) -> Option<()> {
        if let Some(place) = self.at_mut(path) {
            *place = value;
            return Some(());
        }
        let (PathSegment::Key(key), parent) = path.split_last()? else {
            return None;
        };
        let Self::Mapping(pairs) = self.at_mut(parent)? else {
            return None;
        };
        pairs.push((Arc::clone(key), value));
        Some(())
    }

    pub(super) fn append(&mut self, list: &[PathSegment], value: Self) -> Option<()> {
        let place = self.at_mut(list)?;
        match place {
            Self::List(items) => items.push(value),
            Self::Other(word) if crate::scalar::is_null(word) => *place = Self::List(vec![value]),
            _ => return None,
        }
        Some(())
    }

    pub(super) fn remove(&mut self, path: &[PathSegment]) -> Option<()> {
        let (last, parent) = path.split_last()?;
        match (self.at_mut(parent)?, last) {
            (Self::List(items), PathSegment::Index(index)) if *index < items.len() => {
                items.remove(*index);
                Some(())
            }
            (Self::Mapping(pairs), PathSegment::Key(key)) => {
                let index = pairs.iter().position(|(name, _)| name == key)?;
                pairs.remove(index);
                Some(())
            }
            _ => None,
        }
    }

    /// On one line, as JSON writes it; every YAML reader takes it for the same.
    pub(super) fn on_one_line(&self) -> String {
        let mut out = String::new();
        self.write_on_one_line(&mut out);
        out
    }

    fn write_on_one_line(&self, out: &mut String) {
        match self {
            Self::String(text) => quote(text, out),
            Self::Other(word) if word.is_empty() => out.push_str("null"),
            Self::Other(word) => out.push_str(word),
            Self::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { ", " });
                    item.write_on_one_line(out);
                }
                out.push(']');
            }
            Self::Mapping(pairs) => {
                out.push('{');
                for (index, (key, value)) in pairs.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { ", " });
                    quote(key, out);
                    out.push_str(": ");
                    value.write_on_one_line(out);
                }
                out.push('}');
            }
        }
    }
}

impl serde::Serialize for Value {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::String(text) => serializer.serialize_str(text),
            Self::Other(word) => match crate::scalar::meaning(word) {
                Meaning::Null => serializer.serialize_unit(),
                Meaning::Bool(value) => serializer.serialize_bool(value),
                Meaning::Int(number) => serializer.serialize_i64(number),
                Meaning::UInt(number) => serializer.serialize_u64(number),
                Meaning::Float(number) => serializer.serialize_f64(number),
                Meaning::String => serializer.serialize_str(word),
            },
            Self::List(items) => serializer.collect_seq(items),
            Self::Mapping(pairs) => {
                serializer.collect_map(pairs.iter().map(|(key, value)| (&**key, value)))
            }
        }
    }
}

/// Between double quotes; whatever is not plain ASCII is escaped.
pub(super) fn quote(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            ' '..='~' | '\u{a1}'..='\u{2027}' | '\u{2030}'..='\u{d7ff}' => out.push(character),
            character => {
                let code = u32::from(character);
                // Writing to a string does not fail.
                let _ = if code < 0x1_0000 {
                    write!(out, "\\u{code:04x}")
                } else {
                    write!(out, "\\U{code:08x}")
                };
            }
        }
    }
    out.push('"');
}
