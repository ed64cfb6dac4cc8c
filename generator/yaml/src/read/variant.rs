//! Enums: a variant's name alone, or a mapping of it to its value.

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, VariantAccess, Visitor,
};

use super::context::{Context, Step, Way};
use super::error::ReadError;
use super::value::Value;
use crate::tree::NodeId;

/// A variant that is written, with its value if it is a mapping's key.
pub(super) struct Variant<'c, 'de> {
    pub(super) context: &'c Context<'de>,
    pub(super) way: &'c Way<'c, 'de>,
    pub(super) name: &'de str,
    pub(super) value: Option<NodeId>,
}

impl<'de> Variant<'_, 'de> {
    /// Does `read` with the value below the variant's name.
    fn with_value<R>(
        self,
        read: impl FnOnce(Value<'_, 'de>) -> Result<R, ReadError>,
    ) -> Result<R, ReadError> {
        let Some(node) = self.value else {
            return Err(ReadError::Refused(format!(
                "`{0}` needs a value: write `{0}:` and the value below",
                self.name
            )));
        };
        let way = self.way.below(Step::Key(self.name));
        self.context.at(&way, node, read)
    }
}

impl<'de> EnumAccess<'de> for Variant<'_, 'de> {
    type Error = ReadError;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), ReadError> {
        let name: StrDeserializer<'_, ReadError> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, 'de> {
    type Error = ReadError;

    fn unit_variant(self) -> Result<(), ReadError> {
        match self.value {
            None => Ok(()),
            Some(_) => self.with_value(|value| serde::Deserialize::deserialize(value)),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, ReadError> {
        self.with_value(|value| seed.deserialize(value))
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, ReadError> {
        self.with_value(|value| value.deserialize_tuple(len, visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        self.with_value(|value| value.deserialize_struct("", fields, visitor))
    }
}
