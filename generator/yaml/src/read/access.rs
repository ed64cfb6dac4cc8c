//! The fields of a mapping and the items of a list, as serde asks for them.

use serde::de::{DeserializeSeed, MapAccess, SeqAccess};

use super::context::{Context, Step, Way};
use super::error::ReadError;
use super::key::Key;
use super::neutral::Neutral;
use crate::tree::{Children, Content, NodeId};

/// What serde is given next as a value.
enum Next<'de> {
    Written { text: &'de str, value: NodeId },
    StandIn(&'static str),
}

/// The pairs of a mapping that its type knows.
pub(super) struct Fields<'c, 'de> {
    context: &'c Context<'de>,
    way: &'c Way<'c, 'de>,
    mapping: NodeId,
    pairs: &'de [NodeId],
    /// The names that the type has, if it is a struct.
    known: Option<&'static [&'static str]>,
    stand_ins: Vec<&'static str>,
    next: Option<Next<'de>>,
}

impl<'c, 'de> Fields<'c, 'de> {
    pub(super) fn new(
        context: &'c Context<'de>,
        way: &'c Way<'c, 'de>,
        mapping: NodeId,
        known: Option<&'static [&'static str]>,
    ) -> Self {
        let (pairs, stand_ins) = match context.document.tree.content(mapping) {
            Content::Mapping(children) => (
                context.document.tree.children(children),
                context.stand_ins(mapping),
            ),
            _ => (&[][..], context.stand_ins(mapping)),
        };
        Self {
            context,
            way,
            mapping,
            pairs,
            known,
            stand_ins,
            next: None,
        }
    }
}

impl<'de> MapAccess<'de> for Fields<'_, 'de> {
    type Error = ReadError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, ReadError> {
        let document = self.context.document;
        while let [key, value, rest @ ..] = self.pairs {
            self.pairs = rest;
            let (key, value) = (*key, *value);
            let text = document
                .tree
                .text(&document.source, key)
                .unwrap_or_default();
            if let Some(known) = self.known
                && !is_known(text, known)
            {
                self.context.unknown_field(self.way, key, text, known);
                continue;
            }
            if self.context.is_left_out(value) {
                continue;
            }
            self.next = Some(Next::Written { text, value });
            let is_field = self.known.is_some();
            let read = seed.deserialize(Key {
                context: self.context,
                way: self.way,
                node: key,
                text,
                is_field,
            });
            return read
                .map(Some)
                .map_err(|error| self.context.fail(error, self.way, value, key));
        }
        let Some(field) = self.stand_ins.pop() else {
            return Ok(None);
        };
        self.next = Some(Next::StandIn(field));
        let name: serde::de::value::StrDeserializer<'_, ReadError> =
            serde::de::IntoDeserializer::into_deserializer(field);
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, ReadError> {
        match self.next.take() {
            Some(Next::Written { text, value }) => {
                let way = self.way.below(Step::Key(text));
                self.context
                    .at(&way, value, |value| seed.deserialize(value))
            }
            Some(Next::StandIn(field)) => seed.deserialize(Neutral::new()).map_err(|_| {
                self.context.give_up(self.mapping, field);
                ReadError::Recorded
            }),
            None => Err(ReadError::Refused(
                "a value was asked for before its key".to_owned(),
            )),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.pairs.len() / 2 + self.stand_ins.len())
    }
}

/// Whether a type has a field; most are told apart by length and ends, which is faster than comparing names.
#[inline]
fn is_known(name: &str, known: &[&str]) -> bool {
    let name = name.as_bytes();
    known.iter().any(|known| {
        let known = known.as_bytes();
        known.len() == name.len()
            && known.first() == name.first()
            && known.last() == name.last()
            && known == name
    })
}

/// The items of a list.
pub(super) struct Items<'c, 'de> {
    context: &'c Context<'de>,
    way: &'c Way<'c, 'de>,
    items: &'de [NodeId],
    index: usize,
}

impl<'c, 'de> Items<'c, 'de> {
    pub(super) fn new(
        context: &'c Context<'de>,
        way: &'c Way<'c, 'de>,
        children: Children,
    ) -> Self {
        Self {
            context,
            way,
            items: context.document.tree.children(children),
            index: 0,
        }
    }
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = ReadError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, ReadError> {
        while let Some(node) = self.items.get(self.index).copied() {
            let way = self.way.below(Step::Index(self.index));
            self.index += 1;
            if !self.context.is_left_out(node) {
                let item = self.context.at(&way, node, |item| seed.deserialize(item));
                return item.map(Some);
            }
        }
        Ok(None)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len() - self.index)
    }
}
