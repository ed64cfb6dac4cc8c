//! Serde values to deterministic YAML: design.md, 'Output rules'.

mod key;
mod order;
mod scalar;
mod serializer;
mod structure;

use std::fmt;

use serde::Serialize;

/// Why a value cannot be written as YAML.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// A value's own `Serialize` refused.
    #[error("{0}")]
    Refused(String),
    /// A map's key is a sequence, a map or a float, which no Kubernetes object has.
    #[error("a map's key is not a string, a boolean or a whole number")]
    Key,
    /// Values are nested more deeply than any object is, and than any reader would accept.
    #[error("values are nested more than {limit} levels deep", limit = DEPTH)]
    Depth,
}

/// Levels of nesting that are written.
const DEPTH: usize = 256;

impl serde::ser::Error for WriteError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Refused(message.to_string())
    }
}

/// Writes one value as one YAML document that ends in exactly one newline.
///
/// The same value always gives the same bytes. A string is written plain only when no YAML 1.1 or 1.2 reader takes it for
/// something else. A struct field that is `None` is left out. Kubernetes' types come out in upstream's order, all other
/// structs and all maps in their own.
///
/// # Errors
///
/// When the value's `Serialize` refuses, a map's key is no string, or nesting passes 256 levels.
pub fn to_string<T: Serialize + ?Sized>(value: &T) -> Result<String, WriteError> {
    let mut out = String::with_capacity(1024);
    write_to(&mut out, value)?;
    Ok(out)
}

/// Appends the document that [`to_string`] gives to `out`, which is left as it was when writing fails.
///
/// # Errors
///
/// As [`to_string`].
pub fn write_to<T: Serialize + ?Sized>(out: &mut String, value: &T) -> Result<(), WriteError> {
    let before = out.len();
    let mut bytes = std::mem::take(out).into_bytes();
    let mut written = serializer::write(&mut bytes, value);
    if written.is_err() {
        bytes.truncate(before);
    }
    *out = String::from_utf8(bytes)
        .or_else(|error| {
            written = Err(WriteError::Refused(error.to_string()));
            let mut bytes = error.into_bytes();
            bytes.truncate(before);
            String::from_utf8(bytes)
        })
        .unwrap_or_default();
    written
}
