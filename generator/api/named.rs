//! Whether a rule about fields names fields that there are; shared by the tests of the API crates.

use std::fmt;

use luban_api_core::Union;
use serde::de::{DeserializeOwned, Error, Visitor};
use serde::{Deserializer, forward_to_deserialize_any};

/// Fails if the struct is not the one that the rule names, or lacks a field of it.
pub(crate) fn assert_names<T: DeserializeOwned>(union: Union) {
    let Err(Known { name, fields }) = T::deserialize(Ask) else {
        panic!("{} is no struct", union.owner);
    };
    assert_eq!(name, union.owner);
    for field in union.fields {
        assert!(fields.contains(field), "{name} has no field `{field}`");
    }
}

/// Learns what a struct asks for.
struct Ask;

/// A struct's name and its fields, as YAML names them.
#[derive(Debug, Default)]
struct Known {
    name: &'static str,
    fields: &'static [&'static str],
}

impl<'de> Deserializer<'de> for Ask {
    type Error = Known;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Known> {
        Err(Known { name, fields })
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Known> {
        Err(Known::default())
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

impl fmt::Display for Known {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name)
    }
}

impl std::error::Error for Known {}

impl Error for Known {
    fn custom<M: fmt::Display>(_: M) -> Self {
        Known::default()
    }
}
