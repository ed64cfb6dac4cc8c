//! The serde deserializer over a node.

use serde::de::{Deserializer, Visitor};

use super::access::{Fields, Items};
use super::context::{Context, Way};
use super::error::ReadError;
use super::exclusive::Exclusive;
use super::neutral::Neutral;
use super::variant::Variant;
use crate::scalar::Meaning;
use crate::tree::{Content, NodeId};

#[derive(Clone, Copy)]
pub(super) struct Value<'c, 'de> {
    pub(super) context: &'c Context<'de>,
    pub(super) way: &'c Way<'c, 'de>,
    pub(super) node: NodeId,
}

impl<'de> Value<'_, 'de> {
    fn content(self) -> Content {
        self.context.document.tree.content(self.node)
    }

    fn meaning(self) -> Option<Meaning> {
        self.context.document.meaning(self.node)
    }

    fn text(self) -> &'de str {
        let document = self.context.document;
        document
            .tree
            .text(&document.source, self.node)
            .unwrap_or_default()
    }

    fn is_null(self) -> bool {
        self.context.document.is_null(self.node)
    }

    /// Records that `expected` should stand here, and goes on with what `neutral` makes of it. What the type says to that is no
    /// news.
    fn wrong<R>(
        self,
        expected: &str,
        help: Option<String>,
        neutral: impl FnOnce() -> Result<R, ReadError>,
    ) -> Result<R, ReadError> {
        self.context.wrong_type(expected, self.way, self.node, help);
        neutral().map_err(|_| ReadError::Recorded)
    }

    /// A string; a number's or boolean's own text stands in for one.
    fn string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        let text = self.text();
        match self.meaning() {
            Some(Meaning::String) => visitor.visit_borrowed_str(text),
            Some(Meaning::Null) | None => {
                self.wrong("a string", None, || Neutral::new().deserialize_str(visitor))
            }
            Some(_) => self.wrong("a string", Some(format!("write \"{text}\"")), || {
                visitor.visit_borrowed_str(text)
            }),
        }
    }

    /// A whole number between two bounds.
    fn integer<V: Visitor<'de>>(
        self,
        visitor: V,
        least: i128,
        most: i128,
    ) -> Result<V::Value, ReadError> {
        let number = match self.meaning() {
            Some(Meaning::Int(number)) => Some(i128::from(number)),
            Some(Meaning::UInt(number)) => Some(i128::from(number)),
            // `1.0` is a whole number in JSON, which Kubernetes reads. Beyond 2^53 a float has no exact one.
            Some(Meaning::Float(number)) if number.fract() == 0.0 && number.abs() <= 9e15 => {
                Some(number as i128)
            }
            _ => None,
        };
        match number {
            Some(number) if (least..=most).contains(&number) => {
                if let Ok(number) = u64::try_from(number) {
                    visitor.visit_u64(number)
                } else if let Ok(number) = i64::try_from(number) {
                    visitor.visit_i64(number)
                } else {
                    visitor.visit_i128(number)
                }
            }
            Some(_) => {
                let expected = format!("a whole number from {least} to {most}");
                self.wrong(&expected, None, || visitor.visit_u64(0))
            }
            None => self.wrong("a whole number", None, || visitor.visit_u64(0)),
        }
    }

    fn float<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.meaning() {
            Some(Meaning::Float(number)) => self.finite(number, visitor),
            Some(Meaning::Int(number)) => visitor.visit_f64(number as f64),
            Some(Meaning::UInt(number)) => visitor.visit_f64(number as f64),
            _ => self.wrong("a number", None, || visitor.visit_f64(0.0)),
        }
    }

    /// A number that JSON can hold: Kubernetes reads YAML by way of JSON, which has no `.inf` and no `.nan`.
    fn finite<V: Visitor<'de>>(self, number: f64, visitor: V) -> Result<V::Value, ReadError> {
        if number.is_finite() {
            return visitor.visit_f64(number);
        }
        let help = format!("write \"{}\" for a string", self.text());
        self.wrong("a finite number", Some(help), || visitor.visit_f64(0.0))
    }

    /// A mapping, of which a struct knows the fields.
    fn mapping<V: Visitor<'de>>(
        self,
        known: Option<&'static [&'static str]>,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        if !self.is_null() && !matches!(self.content(), Content::Mapping(_)) {
            return self.wrong("a mapping", None, || {
                Neutral::new().deserialize_map(visitor)
            });
        }
        let fields = Fields::new(self.context, self.way, self.node, known);
        visitor.visit_map(fields).map_err(|error| match error {
            ReadError::Missing(field) => {
                self.context
                    .lack(self.way, self.node, field, self.has_key(field))
            }
            error => error,
        })
    }

    fn has_key(self, name: &str) -> bool {
        let document = self.context.document;
        match self.content() {
            Content::Mapping(children) => document
                .tree
                .pairs(children)
                .any(|(key, _)| document.tree.text(&document.source, key) == Some(name)),
            _ => false,
        }
    }

    fn list<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.content() {
            Content::Sequence(children) => {
                visitor.visit_seq(Items::new(self.context, self.way, children))
            }
            _ if self.is_null() => Neutral::new().deserialize_seq(visitor),
            _ => self.wrong("a list", None, || Neutral::new().deserialize_seq(visitor)),
        }
    }
}

macro_rules! integers {
    ($($method:ident: $type:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
            self.integer(visitor, $type::MIN as i128, $type::MAX as i128)
        }
    )*};
}

impl<'de> Deserializer<'de> for Value<'_, 'de> {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.content() {
            Content::Sequence(_) => return self.list(visitor),
            Content::Mapping(_) => return self.mapping(None, visitor),
            Content::Scalar { .. } | Content::ScalarApart { .. } => {}
        }
        match self.meaning() {
            Some(Meaning::Null) | None => visitor.visit_unit(),
            Some(Meaning::Bool(value)) => visitor.visit_bool(value),
            Some(Meaning::Int(number)) => match u64::try_from(number) {
                Ok(number) => visitor.visit_u64(number),
                Err(_) => visitor.visit_i64(number),
            },
            Some(Meaning::UInt(number)) => visitor.visit_u64(number),
            Some(Meaning::Float(number)) => self.finite(number, visitor),
            Some(Meaning::String) => visitor.visit_borrowed_str(self.text()),
        }
    }

    integers! {
        deserialize_i8: i8
        deserialize_i16: i16
        deserialize_i32: i32
        deserialize_i64: i64
        deserialize_i128: i128
        deserialize_u8: u8
        deserialize_u16: u16
        deserialize_u32: u32
        deserialize_u64: u64
    }

    fn deserialize_u128<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.integer(visitor, 0, i128::MAX)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.float(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.float(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.meaning() {
            Some(Meaning::Bool(value)) => visitor.visit_bool(value),
            Some(Meaning::String) if matches!(self.text(), "true" | "false") => {
                let help = format!("write {} without quotes", self.text());
                self.wrong("a boolean", Some(help), || visitor.visit_bool(false))
            }
            _ => self.wrong("a boolean", None, || visitor.visit_bool(false)),
        }
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.string(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.string(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.string(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.string(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.content() {
            Content::Sequence(_) => self.list(visitor),
            _ => self.string(visitor),
        }
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        if self.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        if self.is_null() {
            visitor.visit_unit()
        } else {
            self.wrong("nothing", None, || visitor.visit_unit())
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.list(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        self.list(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        self.list(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.mapping(None, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        if let Content::Mapping(pairs) = self.content()
            && pairs.count > 2
        {
            let of_struct = |exclusive: &&Exclusive| exclusive.owner == name;
            for exclusive in self.context.exclusive.iter().filter(of_struct) {
                exclusive.check(self.context, self.way, pairs);
            }
        }
        self.mapping(Some(fields), visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        let context = self.context;
        let document = context.document;
        let (key, text, value) = match (self.content(), self.meaning()) {
            (Content::Mapping(children), _) => match document.tree.children(children) {
                [key, value] => (
                    *key,
                    document
                        .tree
                        .text(&document.source, *key)
                        .unwrap_or_default(),
                    Some(*value),
                ),
                _ => {
                    let expected = format!("exactly one of `{}`", variants.join("`, `"));
                    return self.wrong(&expected, None, || {
                        Neutral::new().deserialize_enum(name, variants, visitor)
                    });
                }
            },
            (_, Some(Meaning::String)) => (self.node, self.text(), None),
            (_, Some(Meaning::Bool(_))) if variants.contains(&self.text()) => {
                let help = format!("write \"{}\"", self.text());
                let variant = Variant {
                    context,
                    way: self.way,
                    name: self.text(),
                    value: None,
                };
                return self.wrong("a string", Some(help), || visitor.visit_enum(variant));
            }
            _ => {
                let expected = format!("one of `{}`", variants.join("`, `"));
                return self.wrong(&expected, None, || {
                    Neutral::new().deserialize_enum(name, variants, visitor)
                });
            }
        };
        if !variants.contains(&text) {
            context.unknown_value(self.way, key, text, variants);
            let neutral = Neutral::new().deserialize_enum(name, variants, visitor);
            return neutral.map_err(|_| ReadError::Recorded);
        }
        visitor.visit_enum(Variant {
            context,
            way: self.way,
            name: text,
            value,
        })
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_unit()
    }
}
