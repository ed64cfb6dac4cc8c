//! A mapping's key: a string, unless the map's type has other keys.

use std::borrow::Cow;

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

impl<'de> Key<'_, 'de> {
    /// The key as Kubernetes reads it: `sigs.k8s.io/yaml` v1.6.0 (`convertToJSONableObject`) makes texts of numbers and
    /// booleans, so `0777:` is `511:` and `on:` is `true:`, which nobody means.
    fn string(self) -> Cow<'de, str> {
        if self.is_field {
            return Cow::Borrowed(self.text);
        }
        let read = match self.context.document.meaning(self.node) {
            Some(Meaning::String) | None => return Cow::Borrowed(self.text),
            Some(Meaning::Null) => {
                self.context.key_type(self.node, self.text, None);
                return Cow::Borrowed(self.text);
            }
            Some(Meaning::Bool(value)) => value.to_string(),
            Some(Meaning::Int(number)) => number.to_string(),
            Some(Meaning::UInt(number)) => number.to_string(),
            Some(Meaning::Float(number)) => float(number),
        };
        if read == self.text {
            return Cow::Borrowed(self.text);
        }
        self.context.key_type(self.node, self.text, Some(&read));
        Cow::Owned(read)
    }
}

/// Go's `strconv.FormatFloat(number, 'g', -1, 32)`.
fn float(number: f64) -> String {
    if number.is_nan() {
        return ".nan".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { ".inf" } else { "-.inf" }.to_owned();
    }
    let number = number as f32;
    if number.is_infinite() {
        return if number > 0.0 { "+Inf" } else { "-Inf" }.to_owned();
    }
    let scientific = format!("{number:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if (-4..21).contains(&exponent) {
        number.to_string()
    } else {
        let sign = if exponent < 0 { '-' } else { '+' };
        format!("{digits}e{sign}{:02}", exponent.abs())
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
        match self.string() {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
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
