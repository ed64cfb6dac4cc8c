//! A parameter's value.

mod go_json;

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text, a list of texts, or an object of texts.
///
/// Anything else that is written in its place is a text to Tekton (`ParamValue.UnmarshalJSON` of tektoncd/pipeline v1.15),
/// and is read as that text: a number or boolean, and a list or object that holds anything but texts, as its JSON; null as the
/// empty text. Within a list or object of texts, null is the empty text too.
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
        Ok(match Written::deserialize(deserializer)? {
            Written::Text(text) => ParamValue::String(text),
            Written::Null => ParamValue::default(),
            Written::List(list) if list.iter().all(Written::is_text) => {
                ParamValue::Array(list.into_iter().map(Written::text).collect())
            }
            Written::Mapping(mapping) if mapping.values().all(Written::is_text) => {
                let texts = mapping.into_iter().map(|(key, value)| (key, value.text()));
                ParamValue::Object(texts.collect())
            }
            other => ParamValue::String(other.text()),
        })
    }
}

/// What is written, as far as Tekton tells it apart.
enum Written {
    Null,
    Text(String),
    /// The JSON of a number or boolean.
    Scalar(String),
    List(Vec<Written>),
    Mapping(BTreeMap<String, Written>),
}

impl Written {
    /// Whether it may stand in a list or object of texts.
    fn is_text(&self) -> bool {
        matches!(self, Written::Text(_) | Written::Null)
    }

    /// A text as it is, null as the empty text, anything else as its JSON.
    fn text(self) -> String {
        match self {
            Written::Null => String::new(),
            Written::Text(text) => text,
            other => {
                let mut json = String::new();
                other.append_json(&mut json);
                json
            }
        }
    }

    /// Appends what Go's `encoding/json` makes of it: no blanks, keys in order.
    fn append_json(&self, json: &mut String) {
        match self {
            Written::Null => json.push_str("null"),
            Written::Text(text) => go_json::append_string(json, text),
            Written::Scalar(scalar) => json.push_str(scalar),
            Written::List(list) => {
                json.push('[');
                for (index, element) in list.iter().enumerate() {
                    if index > 0 {
                        json.push(',');
                    }
                    element.append_json(json);
                }
                json.push(']');
            }
            Written::Mapping(mapping) => {
                json.push('{');
                for (index, (key, value)) in mapping.iter().enumerate() {
                    if index > 0 {
                        json.push(',');
                    }
                    go_json::append_string(json, key);
                    json.push(':');
                    value.append_json(json);
                }
                json.push('}');
            }
        }
    }
}

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyShape)
    }
}

struct AnyShape;

impl<'de> Visitor<'de> for AnyShape {
    type Value = Written;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string, a list of strings or a mapping of strings")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Written, E> {
        Ok(Written::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Written, E> {
        Ok(Written::Text(text))
    }

    fn visit_unit<E: Error>(self) -> Result<Written, E> {
        Ok(Written::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Written, E> {
        Ok(Written::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Written, D::Error> {
        Written::deserialize(deserializer)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Written, E> {
        Ok(Written::Scalar(value.to_string()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Written, E> {
        Ok(Written::Scalar(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Written, E> {
        Ok(Written::Scalar(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Written, E> {
        match go_json::number(value) {
            Some(number) => Ok(Written::Scalar(number)),
            None => Err(E::custom(format_args!("JSON has no number `{value}`"))),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Written, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = list.next_element()? {
            elements.push(element);
        }
        Ok(Written::List(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut mapping: A) -> Result<Written, A::Error> {
        let mut values = BTreeMap::new();
        while let Some((key, value)) = mapping.next_entry()? {
            values.insert(key, value);
        }
        Ok(Written::Mapping(values))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for ParamValue {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ParamValue".into()
    }

    /// What a value should be; Tekton reads anything.
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "anyOf": [
                {"type": ["string", "number", "boolean"]},
                {"type": "array", "items": {"type": "string"}},
                {"type": "object", "additionalProperties": {"type": "string"}},
            ],
        })
    }
}

#[cfg(test)]
mod tests;
