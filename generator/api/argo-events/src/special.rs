//! Types whose YAML is not a mapping of known fields.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Number;

/// A number as upstream writes it, whole or not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Amount(pub Number);

impl Default for Amount {
    fn default() -> Self {
        Amount(Number::from(0))
    }
}

impl From<i64> for Amount {
    fn from(whole: i64) -> Self {
        Amount(Number::from(whole))
    }
}

/// A duration: nanoseconds, or a text such as `10s`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Int64OrString {
    /// Nanoseconds.
    Int(i64),
    /// A Go duration.
    String(String),
}

impl Default for Int64OrString {
    fn default() -> Self {
        Int64OrString::Int(0)
    }
}

impl From<&str> for Int64OrString {
    fn from(duration: &str) -> Self {
        Int64OrString::String(duration.to_owned())
    }
}

impl Serialize for Int64OrString {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Int64OrString::Int(nanoseconds) => serializer.serialize_i64(*nanoseconds),
            Int64OrString::String(duration) => serializer.serialize_str(duration),
        }
    }
}

impl<'de> Deserialize<'de> for Int64OrString {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberOrText)
    }
}

struct NumberOrText;

impl Visitor<'_> for NumberOrText {
    type Value = Int64OrString;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a whole number or a duration such as `10s`")
    }

    fn visit_i64<E: Error>(self, nanoseconds: i64) -> Result<Int64OrString, E> {
        Ok(Int64OrString::Int(nanoseconds))
    }

    fn visit_u64<E: Error>(self, nanoseconds: u64) -> Result<Int64OrString, E> {
        i64::try_from(nanoseconds)
            .map(Int64OrString::Int)
            .map_err(|_| {
                E::custom(format_args!(
                    "{nanoseconds} does not fit 64 bits with a sign"
                ))
            })
    }

    fn visit_str<E: Error>(self, duration: &str) -> Result<Int64OrString, E> {
        Ok(Int64OrString::String(duration.to_owned()))
    }

    fn visit_string<E: Error>(self, duration: String) -> Result<Int64OrString, E> {
        Ok(Int64OrString::String(duration))
    }
}
