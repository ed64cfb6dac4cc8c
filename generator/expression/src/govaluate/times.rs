//! Texts that govaluate takes for points in time, which it compares as numbers: the layouts of `tryParseTime` in Go's terms.

/// One part of a layout.
#[derive(Clone, Copy)]
enum Part {
    Literal(&'static str),
    Weekday,
    MonthName,
    Month,
    /// Two digits.
    Day,
    /// One or two digits, with a space before one.
    PaddedDay,
    Year,
    Hour,
    /// Of twelve, one or two digits.
    Hour12,
    Minute,
    Second,
    AmPm,
    /// `MST`.
    Zone,
    /// `-0700`, `-07:00`; with `Z` for none.
    Offset {
        colon: bool,
        z: bool,
    },
}

use Part::{
    AmPm, Day, Hour, Hour12, Literal, Minute, Month, MonthName, Offset, PaddedDay, Second, Weekday,
    Year, Zone,
};

const SPACE: Part = Literal(" ");
const COLON: Part = Literal(":");
const DASH: Part = Literal("-");
const T: Part = Literal("T");
const Z: Part = Offset {
    colon: true,
    z: true,
};
const Z4: Part = Offset {
    colon: false,
    z: true,
};

const LAYOUTS: [&[Part]; 12] = [
    &[
        Weekday, SPACE, MonthName, SPACE, PaddedDay, SPACE, Hour, COLON, Minute, COLON, Second,
        SPACE, Year,
    ],
    &[
        Weekday, SPACE, MonthName, SPACE, PaddedDay, SPACE, Hour, COLON, Minute, COLON, Second,
        SPACE, Zone, SPACE, Year,
    ],
    &[
        Weekday,
        SPACE,
        MonthName,
        SPACE,
        Day,
        SPACE,
        Hour,
        COLON,
        Minute,
        COLON,
        Second,
        SPACE,
        Offset {
            colon: false,
            z: false,
        },
        SPACE,
        Year,
    ],
    &[Hour12, COLON, Minute, AmPm],
    &[
        Year, DASH, Month, DASH, Day, T, Hour, COLON, Minute, COLON, Second, Z,
    ],
    &[Year, DASH, Month, DASH, Day],
    &[Year, DASH, Month, DASH, Day, SPACE, Hour, COLON, Minute],
    &[
        Year, DASH, Month, DASH, Day, SPACE, Hour, COLON, Minute, COLON, Second,
    ],
    &[
        Year,
        DASH,
        Month,
        DASH,
        Day,
        SPACE,
        Hour,
        COLON,
        Minute,
        COLON,
        Second,
        Offset {
            colon: true,
            z: false,
        },
    ],
    &[Year, DASH, Month, DASH, Day, T, Hour, Z4],
    &[Year, DASH, Month, DASH, Day, T, Hour, COLON, Minute, Z4],
    &[
        Year, DASH, Month, DASH, Day, T, Hour, COLON, Minute, COLON, Second, Z4,
    ],
];

/// Whether the text is a time in one of the layouts.
pub(super) fn is_time(text: &str) -> bool {
    text.len() < 64 && LAYOUTS.iter().any(|layout| matches(layout, text))
}

fn matches(layout: &[Part], text: &str) -> bool {
    let mut rest = text;
    let (mut year, mut month, mut day) = (1, 1, 1);
    for part in layout {
        let read = match part {
            Literal(literal) => rest.strip_prefix(literal).map(|rest| (0, rest)),
            Weekday => name(rest, &["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]),
            MonthName => name(
                rest,
                &[
                    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
                    "Dec",
                ],
            ),
            Month => number(rest, 2, 1..=12),
            Day => number(rest, 2, 0..=31),
            PaddedDay => {
                let rest = rest.strip_prefix(' ').unwrap_or(rest);
                number(rest, 2, 0..=31).or_else(|| number(rest, 1, 0..=9))
            }
            Year => number(rest, 4, 0..=9999),
            Hour => number(rest, 2, 0..=23),
            Hour12 => number(rest, 2, 0..=12).or_else(|| number(rest, 1, 0..=9)),
            Minute => number(rest, 2, 0..=59),
            Second => number(rest, 2, 0..=59).map(|(value, rest)| (value, fraction(rest))),
            AmPm => rest
                .strip_prefix("AM")
                .or_else(|| rest.strip_prefix("PM"))
                .map(|rest| (0, rest)),
            Zone => zone(rest).map(|rest| (0, rest)),
            Offset { colon, z } => offset(rest, *colon, *z).map(|rest| (0, rest)),
        };
        let Some((value, after)) = read else {
            return false;
        };
        match part {
            Year => year = value,
            Month | MonthName => month = value,
            Day | PaddedDay => day = value,
            _ => {}
        }
        rest = after;
    }
    rest.is_empty() && day >= 1 && day <= days(month, year)
}

fn days(month: u32, year: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn number(text: &str, digits: usize, range: std::ops::RangeInclusive<u32>) -> Option<(u32, &str)> {
    let (written, rest) = text.split_at_checked(digits)?;
    let plain = written.bytes().all(|byte| byte.is_ascii_digit());
    let value = written
        .parse()
        .ok()
        .filter(|value| plain && range.contains(value))?;
    Some((value, rest))
}

/// The place of the name among `names`, from 1; letters of either case.
fn name<'a>(text: &'a str, names: &[&str]) -> Option<(u32, &'a str)> {
    let (written, rest) = text.split_at_checked(3)?;
    let at = names
        .iter()
        .position(|name| name.eq_ignore_ascii_case(written))?;
    Some((u32::try_from(at + 1).ok()?, rest))
}

/// Behind the seconds a fraction may follow that the layout does not have.
fn fraction(rest: &str) -> &str {
    let digits = match rest.strip_prefix(['.', ',']) {
        Some(behind) => {
            behind.len()
                - behind
                    .trim_start_matches(|it: char| it.is_ascii_digit())
                    .len()
        }
        None => 0,
    };
    if digits == 0 {
        rest
    } else {
        rest.get(digits + 1..).unwrap_or_default()
    }
}

fn offset(text: &str, colon: bool, z: bool) -> Option<&str> {
    if z && let Some(rest) = text.strip_prefix('Z') {
        return Some(rest);
    }
    let rest = text.strip_prefix(['+', '-'])?;
    let (_, rest) = number(rest, 2, 0..=24)?;
    let rest = if colon { rest.strip_prefix(':')? } else { rest };
    number(rest, 2, 0..=60).map(|(_, rest)| rest)
}

/// Abbreviations of zones: `UTC`, three or four capitals, `GMT+3`.
fn zone(text: &str) -> Option<&str> {
    let length = text.bytes().take_while(u8::is_ascii_uppercase).count();
    if let Some(rest) = text.strip_prefix("GMT") {
        let behind = rest.strip_prefix(['+', '-']).unwrap_or(rest);
        return Some(behind.trim_start_matches(|it: char| it.is_ascii_digit()));
    }
    match length {
        3 => text.get(3..),
        4 if text.get(3..4) == Some("T") || text.starts_with("WITA") => text.get(4..),
        5 if text.get(4..5) == Some("T") => text.get(5..),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::is_time;

    #[test]
    fn days_that_exist_are_times_and_others_are_texts() {
        for text in [
            "2024-02-29",
            "2024-01-02 15:04",
            "2024-01-02 15:04:05.123",
            "2024-01-02T15:04:05Z",
            "2024-01-02T15:04:05+02:00",
            "Mon Jan  2 15:04:05 2006",
            "Mon Jan 2 15:04:05 MST 2006",
            "3:04PM",
        ] {
            assert!(is_time(text), "{text}");
        }
        for text in [
            "2023-02-29",
            "2024-01-00",
            "2024-13-01",
            "2024-1-1",
            "2024-01-02 24:00",
            "20240102",
            "15:04",
        ] {
            assert!(!is_time(text), "{text}");
        }
    }
}
