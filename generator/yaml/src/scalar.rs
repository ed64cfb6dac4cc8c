//! What a plain scalar means to `sigs.k8s.io/yaml`: go-yaml v2.4 `resolve.go`, whose timestamps become strings again on the
//! way to JSON. Its numbers in base 60 are strings.

/// A scalar's meaning.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Meaning {
    Null,
    Bool(bool),
    /// A whole number that fits 64 bits signed.
    Int(i64),
    /// A whole number that fits 64 bits unsigned only.
    UInt(u64),
    Float(f64),
    String,
}

/// The meaning of a plain scalar without a tag.
#[inline]
pub(crate) fn meaning(text: &str) -> Meaning {
    match text.as_bytes().first() {
        None => Meaning::Null,
        Some(b'0'..=b'9' | b'+' | b'-') => word(text).unwrap_or_else(|| number(text)),
        Some(b'.') => word(text).unwrap_or_else(|| float(text)),
        Some(b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~') => {
            word(text).unwrap_or(Meaning::String)
        }
        Some(_) => Meaning::String,
    }
}

/// Whether a plain scalar means nothing.
#[inline]
pub(crate) fn is_null(text: &str) -> bool {
    text.is_empty()
        || matches!(text.as_bytes(), [b'~'] | [b'n' | b'N', _, _, _] if word(text) == Some(Meaning::Null))
}

fn word(text: &str) -> Option<Meaning> {
    const LONGEST: usize = 5;
    if text.len() > LONGEST {
        return None;
    }
    Some(match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Meaning::Bool(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Meaning::Bool(false)
        }
        "~" | "null" | "Null" | "NULL" => Meaning::Null,
        ".nan" | ".NaN" | ".NAN" => Meaning::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Meaning::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Meaning::Float(f64::NEG_INFINITY),
        _ => return None,
    })
}

fn number(text: &str) -> Meaning {
    // What holds anything else is a version, an address, a date or the like.
    let is_number =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'+' | b'-');
    if !text.as_bytes().iter().all(is_number) {
        return Meaning::String;
    }
    let stripped;
    let text = if text.contains('_') {
        stripped = text.replace('_', "");
        stripped.as_str()
    } else {
        text
    };
    let (is_signed, is_negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, true, &text[1..]),
        Some(b'+') => (true, false, &text[1..]),
        _ => (false, false, text),
    };
    let (radix, digits) = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &digits[2..]),
        [b'0', b'o' | b'O', ..] => (8, &digits[2..]),
        [b'0', b'b' | b'B', ..] => (2, &digits[2..]),
        [b'0', _, ..] => (8, &digits[1..]),
        _ => (10, digits),
    };
    // from_str_radix takes a sign of its own.
    let has_digit = digits
        .as_bytes()
        .first()
        .is_some_and(u8::is_ascii_alphanumeric);
    let size = u64::from_str_radix(digits, radix)
        .ok()
        .filter(|_| has_digit);
    match size {
        Some(size) if is_negative => match 0_i64.checked_sub_unsigned(size) {
            Some(number) => Meaning::Int(number),
            None => float(text),
        },
        Some(size) => match i64::try_from(size) {
            Ok(number) => Meaning::Int(number),
            Err(_) if is_signed => float(text),
            Err(_) => Meaning::UInt(size),
        },
        None => float(text),
    }
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`, in the range of a float.
fn float(text: &str) -> Meaning {
    let is_float = text
        .bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
    match text.parse::<f64>() {
        Ok(number) if is_float && number.is_finite() => Meaning::Float(number),
        _ => Meaning::String,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As go-yaml v2.4.2 resolves them.
    #[test]
    fn scalars_mean_what_they_mean_to_kubernetes() {
        use Meaning::{Bool, Float, Int, Null, String, UInt};
        for (text, expected) in [
            ("", Null),
            ("~", Null),
            ("Null", Null),
            ("nULL", String),
            ("y", Bool(true)),
            ("On", Bool(true)),
            ("yEs", String),
            ("OFF", Bool(false)),
            ("n", Bool(false)),
            ("true", Bool(true)),
            ("truer", String),
            ("0", Int(0)),
            ("-1", Int(-1)),
            ("+1", Int(1)),
            ("0777", Int(511)),
            ("-017", Int(-15)),
            ("0o17", Int(15)),
            ("0x1F", Int(31)),
            ("-0x1f", Int(-31)),
            ("0b101", Int(5)),
            ("1_000", Int(1000)),
            ("0_7", Int(7)),
            ("08", Float(8.0)),
            ("9223372036854775807", Int(i64::MAX)),
            ("-9223372036854775808", Int(i64::MIN)),
            ("18446744073709551615", UInt(u64::MAX)),
            ("+18446744073709551615", Float(18_446_744_073_709_551_615.0)),
            (
                "123456789012345678901",
                Float(123_456_789_012_345_678_901.0),
            ),
            ("1e3", Float(1000.0)),
            ("1.", Float(1.0)),
            (".5", Float(0.5)),
            ("-.5e-1", Float(-0.05)),
            ("1_0.5", Float(10.5)),
            ("1e999", String),
            ("1e", String),
            (".", String),
            ("..", String),
            ("-", String),
            ("+", String),
            ("--1", String),
            ("+-1", String),
            ("0x", String),
            ("0x-1", String),
            ("0b2", String),
            ("12:30", String),
            ("2024-01-01", String),
            ("1.2.3", String),
            (".inf", Float(f64::INFINITY)),
            ("-.INF", Float(f64::NEG_INFINITY)),
            ("inf", String),
            ("nan", String),
            ("infinity", String),
            ("+inf", String),
            ("<<", String),
            ("abc", String),
        ] {
            assert_eq!(meaning(text), expected, "{text}");
        }
        assert!(matches!(meaning(".nan"), Float(number) if number.is_nan()));
    }
}
