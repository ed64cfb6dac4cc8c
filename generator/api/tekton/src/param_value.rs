//! A parameter's value.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text, a list of texts, or an object of texts. Numbers and booleans are read as their texts, as Tekton does.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ParamValue {
    /// One text.
    String(String),
    /// A list of texts.
    Array(Vec<String>),
    /// Texts by key.
    Object(BTreeMap<String, String>),
}

impl Default for ParamValue {
    fn default() -> Self {
        ParamValue::String(String::new())
    }
}

impl From<&str> for ParamValue {
    fn from(text: &str) -> Self {
        ParamValue::String(text.to_owned())
    }
}

impl From<String> for ParamValue {
    fn from(text: String) -> Self {
        ParamValue::String(text)
    }
}

impl From<Vec<String>> for ParamValue {
    fn from(texts: Vec<String>) -> Self {
        ParamValue::Array(texts)
    }
}

impl From<BTreeMap<String, String>> for ParamValue {
    fn from(texts: BTreeMap<String, String>) -> Self {
        ParamValue::Object(texts)
    }
}

impl Serialize for ParamValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            ParamValue::String(text) => text.serialize(serializer),
            ParamValue::Array(texts) => texts.serialize(serializer),
            ParamValue::Object(texts) => texts.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for ParamValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyShape)
    }
}

struct AnyShape;

impl<'de> Visitor<'de> for AnyShape {
    type Value = ParamValue;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string, a list of strings or a mapping of strings")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<ParamValue, E> {
        Ok(ParamValue::String(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<ParamValue, E> {
        Ok(ParamValue::String(text))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<ParamValue, E> {
        Ok(ParamValue::String(value.to_string()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<ParamValue, E> {
        Ok(ParamValue::String(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<ParamValue, E> {
        Ok(ParamValue::String(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<ParamValue, E> {
        Ok(ParamValue::String(value.to_string()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<ParamValue, A::Error> {
        let mut texts = Vec::new();
        while let Some(text) = list.next_element()? {
            texts.push(text);
        }
        Ok(ParamValue::Array(texts))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut mapping: A) -> Result<ParamValue, A::Error> {
        let mut texts = BTreeMap::new();
        while let Some((key, text)) = mapping.next_entry()? {
            texts.insert(key, text);
        }
        Ok(ParamValue::Object(texts))
    }
}
