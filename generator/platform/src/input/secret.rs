//! A Secret by name, read so that a value written in its place is never shown.

use schemars::JsonSchema;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use std::fmt;

/// A Secret by name; its value is never written here.
#[derive(Clone, Debug, Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct SecretRef {
    /// Name of a Kubernetes Secret.
    #[schemars(extend("x-required" = true))]
    pub secret: Option<String>,
    /// Whether a scalar stood where `{secret: <name>}` belongs.
    #[schemars(skip)]
    pub is_value: bool,
    /// Keys that do not belong here.
    #[schemars(skip)]
    pub unknown: Vec<String>,
}

impl<'de> Deserialize<'de> for SecretRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SecretRefVisitor)
    }
}

struct SecretRefVisitor;

impl SecretRefVisitor {
    fn value<E>() -> Result<SecretRef, E> {
        Ok(SecretRef {
            is_value: true,
            ..SecretRef::default()
        })
    }
}

impl<'de> Visitor<'de> for SecretRefVisitor {
    type Value = SecretRef;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a Secret, as `{secret: <name>}`")
    }

    fn visit_str<E>(self, _: &str) -> Result<SecretRef, E> {
        Self::value()
    }

    fn visit_u64<E>(self, _: u64) -> Result<SecretRef, E> {
        Self::value()
    }

    fn visit_i64<E>(self, _: i64) -> Result<SecretRef, E> {
        Self::value()
    }

    fn visit_f64<E>(self, _: f64) -> Result<SecretRef, E> {
        Self::value()
    }

    fn visit_bool<E>(self, _: bool) -> Result<SecretRef, E> {
        Self::value()
    }

    fn visit_unit<E>(self) -> Result<SecretRef, E> {
        Ok(SecretRef::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<SecretRef, A::Error> {
        let mut reference = SecretRef::default();
        while let Some(key) = map.next_key::<String>()? {
            if key == "secret" {
                reference.secret = map.next_value()?;
            } else {
                map.next_value::<IgnoredAny>()?;
                reference.unknown.push(key);
            }
        }
        Ok(reference)
    }
}
