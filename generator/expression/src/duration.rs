//! Lengths of time: Go's `time.ParseDuration` (Go 1.26), and Argo Workflows' way to write them.

use crate::problem::Problem;

const UNITS: [(&str, u64); 8] = [
    ("ns", 1),
    ("us", 1_000),
    ("µs", 1_000),
    ("μs", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
];

/// The nanoseconds of a duration such as `1h30m`, `-1.5s`, `0`.
///
/// # Errors
///
/// Where Go stops.
pub fn parse(text: &str) -> Result<i64, Problem> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if unsigned == "0" {
        return Ok(0);
    }
    if unsigned.is_empty() {
        return fail(
            text,
            0,
            text.len(),
            "a duration is a number and a unit: `90s`, `1h30m`",
        );
    }
    let mut total: u64 = 0;
    let mut at = text.len() - unsigned.len();
    while at < text.len() {
        let rest = text.get(at..).unwrap_or_default();
        let whole = rest
            .find(|it: char| !it.is_ascii_digit())
            .unwrap_or(rest.len());
        let behind = rest.get(whole..).unwrap_or_default();
        let fraction = behind.strip_prefix('.').map(|behind| {
            let length = behind
                .find(|it: char| !it.is_ascii_digit())
                .unwrap_or(behind.len());
            behind.get(..length).unwrap_or_default()
        });
        if whole == 0 && fraction.is_none_or(str::is_empty) {
            let end = at + rest.chars().next().map_or(0, char::len_utf8);
            return fail(
                text,
                at,
                end,
                "a number belongs here: a duration is `90s`, `1h30m`",
            );
        }
        let digits = rest.get(..whole).unwrap_or_default();
        let number = if whole == 0 {
            Ok(0)
        } else {
            digits.parse::<u64>()
        };
        let number_end = at + whole + fraction.map_or(0, |it| it.len() + 1);
        let unit_text = text.get(number_end..).unwrap_or_default();
        let length = unit_text
            .find(|it: char| it == '.' || it.is_ascii_digit())
            .unwrap_or(unit_text.len());
        let unit = unit_text.get(..length).unwrap_or_default();
        let end = number_end + length;
        let Some((_, scale)) = UNITS.iter().find(|(name, _)| *name == unit) else {
            return fail(text, at, end, unknown_unit(unit, digits));
        };
        let value = number
            .ok()
            .and_then(|number| number.checked_mul(*scale))
            .and_then(|value| value.checked_add(part(fraction.unwrap_or_default(), *scale)))
            .and_then(|value| total.checked_add(value))
            .filter(|value| *value <= 1 << 63);
        let Some(value) = value else {
            return fail(text, at, end, "longer than any duration: 292 years");
        };
        total = value;
        at = end;
    }
    if text.starts_with('-') {
        return Ok(i64::try_from(total).map_or(i64::MIN, |total| -total));
    }
    match i64::try_from(total) {
        Ok(total) => Ok(total),
        Err(_) => fail(text, 0, text.len(), "longer than any duration: 292 years"),
    }
}

/// A duration as fields of Argo Workflows take it: whole seconds, or a duration of Go.
///
/// # Errors
///
/// Where neither goes on.
pub fn parse_seconds_or_duration(text: &str) -> Result<i64, Problem> {
    match text.parse::<i64>() {
        Ok(seconds) => Ok(seconds.saturating_mul(1_000_000_000)),
        Err(_) => parse(text),
    }
}

/// What `.fraction` of a unit is.
fn part(fraction: &str, scale: u64) -> u64 {
    let mut left = scale;
    fraction.bytes().fold(0, |total, digit| {
        let value = u64::from(digit - b'0') * left / 10;
        left /= 10;
        total + value
    })
}

fn unknown_unit(unit: &str, digits: &str) -> String {
    let days = match unit {
        "d" => Some(24),
        "w" => Some(24 * 7),
        _ => None,
    };
    match (unit, days, digits.parse::<u64>()) {
        ("", ..) => {
            format!("a unit belongs behind the number: `{digits}s`, `{digits}m`, `{digits}h`")
        }
        (_, Some(hours), Ok(number)) => {
            format!(
                "Go has no unit `{unit}`: write `{}h`",
                number.saturating_mul(hours)
            )
        }
        _ => format!("there is no unit `{unit}`: `ns`, `us`, `ms`, `s`, `m`, `h` are"),
    }
}

fn fail(text: &str, start: usize, end: usize, message: impl Into<String>) -> Result<i64, Problem> {
    Err(Problem::syntax(start..end.min(text.len()), message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_and_wrong_units_are_named() {
        assert_eq!(parse("1h30m"), Ok(5_400_000_000_000));
        assert_eq!(parse("-1.5s"), Ok(-1_500_000_000));
        assert_eq!(parse_seconds_or_duration("90"), Ok(90_000_000_000));
        for (text, wrong, message) in [
            ("7d", "7d", "Go has no unit `d`: write `168h`"),
            ("1h 30m", "1h ", "there is no unit `h `"),
            ("90", "90", "a unit belongs behind the number: `90s`"),
            ("", "", "a duration is"),
            ("soon", "s", "a number belongs here"),
        ] {
            let problem = parse(text).unwrap_err();
            assert_eq!(&text[problem.span.clone()], wrong);
            assert!(problem.message.starts_with(message), "{problem:?}");
        }
    }
}
