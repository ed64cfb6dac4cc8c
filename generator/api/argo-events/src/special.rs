//! Types whose YAML is not a mapping of known fields.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Number;

/// A number, whole or not, kept as it is written.
///
/// Upstream keeps whatever JSON stands there and parses it as a number when it is used, so that a quoted number is taken
/// and fails then (Argo Events v1.9, `pkg/apis/events/v1alpha1/amount.go` and `pkg/shared/util/retry.go`): here it is no number.
#[derive(Clone, Debug, PartialEq, Serialize)]
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

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyNumber)
    }
}

struct AnyNumber;

impl Visitor<'_> for AnyNumber {
    type Value = Amount;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number")
    }

    fn visit_i64<E: Error>(self, whole: i64) -> Result<Amount, E> {
        Ok(Amount(whole.into()))
    }

    fn visit_u64<E: Error>(self, whole: u64) -> Result<Amount, E> {
        Ok(Amount(whole.into()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Amount, E> {
        Number::from_f64(number)
            .map(Amount)
            .ok_or_else(|| E::custom(format_args!("{number} is no number that JSON has")))
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::{Amount, Backoff, DataFilter, Int64OrString};

    fn read(backoff: &Value) -> Result<Backoff, String> {
        serde_yaml::from_str(&backoff.to_string()).map_err(|error| error.to_string())
    }

    #[test]
    fn pauses_are_written_as_they_were_read() {
        for backoff in [
            json!({"duration": "10s", "factor": 2, "jitter": 0.1, "steps": 3}),
            json!({"duration": 1_000_000_000, "factor": 1.0, "jitter": -1}),
            json!({"duration": -1, "jitter": 18_446_744_073_709_551_615_u64}),
        ] {
            let written = serde_json::to_value(read(&backoff).unwrap()).unwrap();
            assert_eq!(written, backoff);
        }
        assert_eq!(
            read(&json!({"duration": "10s"})).unwrap().duration,
            Some(Int64OrString::from("10s"))
        );
    }

    #[test]
    fn a_quoted_factor_is_refused_before_the_sensor_does() {
        let error = read(&json!({"factor": "2"})).unwrap_err();
        assert!(error.contains("expected a number"), "{error}");
        let error = serde_yaml::from_str::<Backoff>("factor: .inf").unwrap_err();
        assert!(error.to_string().contains("no number that JSON has"));
        assert_eq!(Amount::from(2), Amount(2.into()));
    }

    #[test]
    fn a_pause_in_half_nanoseconds_or_of_another_shape_is_refused() {
        for duration in [
            json!(0.5),
            json!(true),
            json!({"seconds": 1}),
            json!(u64::MAX),
        ] {
            let error = read(&json!({"duration": duration})).unwrap_err();
            assert!(
                error.contains("a whole number or a duration") || error.contains("64 bits"),
                "{error}"
            );
        }
    }

    #[test]
    fn values_of_a_filter_are_texts_even_where_they_mean_numbers() {
        let filter = "path: body.size\ntype: number\nvalue: ['10']\n";
        let filter: DataFilter = serde_yaml::from_str(filter).unwrap();
        assert_eq!(filter.value, ["10"]);
        let filter = json!({"path": "body.size", "type": "number", "value": [10]});
        let error = serde_json::from_value::<DataFilter>(filter).unwrap_err();
        assert!(error.to_string().contains("expected a string"), "{error}");
    }
}
