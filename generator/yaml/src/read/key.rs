//! A mapping's key: a string, unless the map's type has other keys.

use serde::de::value::{BorrowedStrDeserializer, StrDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::context::{Context, Way};
use super::error::ReadError;
use crate::scalar::{Meaning, meaning};
use crate::tree::NodeId;

#[derive(Clone, Copy)]
pub(super) struct Key<'c, 'de> {
    pub(super) context: &'c Context<'de>,
    pub(super) way: &'c Way<'c, 'de>,
    pub(super) node: NodeId,
    pub(super) text: &'de str,
    /// Whether it names a field, whose names are strings however they look.
    pub(super) is_field: bool,
}

impl Key<'_, '_> {
    /// Kubernetes turns `on:` into `true:`; nobody means that.
    fn check_string(self) {
        let meaning = self.context.document.meaning(self.node);
        if !self.is_field
            && matches!(
                meaning,
                Some(Meaning::Bool(_) | Meaning::Null | Meaning::Float(_))
            )
        {
            self.context.key_type(self.node, self.text);
        }
    }
}

macro_rules! number_keys {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
            match meaning(self.text) {
                Meaning::Int(number) => visitor.visit_i64(number),
                Meaning::UInt(number) => visitor.visit_u64(number),
                _ => Err(ReadError::Expected("a whole number as key".to_owned())),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Key<'_, 'de> {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.check_string();
        visitor.visit_borrowed_str(self.text)
    }

    number_keys! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match meaning(self.text) {
            Meaning::Bool(value) => visitor.visit_bool(value),
            _ => Err(ReadError::Expected("a boolean as key".to_owned())),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        if !variants.contains(&self.text) {
            self.context
                .unknown_value(self.way, self.node, self.text, variants);
            return Err(ReadError::Recorded);
        }
        let variant: StrDeserializer<'_, ReadError> = self.text.into_deserializer();
        variant.deserialize_enum(name, variants, visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        BorrowedStrDeserializer::new(self.text).deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct ignored_any
    }
}
