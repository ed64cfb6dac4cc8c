//! Serde's errors on their way to the place where they become findings.

use std::fmt;

use serde::de::{Expected, Unexpected};

/// Why a value could not be made.
#[derive(Debug)]
pub(super) enum ReadError {
    /// A type's own words.
    Refused(String),
    /// What a type takes, which the value is not.
    Expected(String),
    /// A required field.
    Missing(&'static str),
    /// A finding is recorded; the value still has to be left out.
    Recorded,
    /// The value to be left out is known too.
    Done,
}

impl fmt::Display for ReadError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(message) => formatter.write_str(message),
            Self::Expected(expected) => write!(formatter, "expected {expected}"),
            Self::Missing(field) => write!(formatter, "missing field `{field}`"),
            Self::Recorded | Self::Done => formatter.write_str("a finding is recorded"),
        }
    }
}

impl std::error::Error for ReadError {}

impl serde::de::Error for ReadError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Refused(message.to_string())
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::Expected(expected.to_string())
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::Refused(format!("expected {expected}, found {unexpected}"))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Missing(field)
    }
}
