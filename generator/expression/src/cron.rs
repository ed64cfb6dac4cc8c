//! Schedules as robfig/cron v3.0.1 `ParseStandard` reads them: five fields, `@daily` and its like, `@every 1h`, `TZ=` before.
//!
//! Of time zones only the form is looked at; which there are, the machine's database decides.

use std::ops::Range;

use crate::duration;
use crate::problem::{Problem, suggestion};

/// When a schedule is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Schedule {
    /// Minutes, hours, days of the month, months and days of the week, a bit for each.
    Fields([u64; 5]),
    /// `@every`: nanoseconds.
    Every(i64),
}

struct Field {
    name: &'static str,
    least: u32,
    most: u32,
    names: &'static [&'static str],
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const DAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

const FIELDS: [Field; 5] = [
    Field {
        name: "minute",
        least: 0,
        most: 59,
        names: &[],
    },
    Field {
        name: "hour",
        least: 0,
        most: 23,
        names: &[],
    },
    Field {
        name: "day of the month",
        least: 1,
        most: 31,
        names: &[],
    },
    Field {
        name: "month",
        least: 1,
        most: 12,
        names: &MONTHS,
    },
    Field {
        name: "day of the week",
        least: 0,
        most: 6,
        names: &DAYS,
    },
];

const DESCRIPTORS: [&str; 7] = [
    "@yearly",
    "@annually",
    "@monthly",
    "@weekly",
    "@daily",
    "@midnight",
    "@hourly",
];

/// Reads a schedule of five fields, as Argo Events' calendars and resets of conditions have them: without `@daily` and its like.
///
/// # Errors
///
/// Where robfig's parser stops, and a schedule that is never due.
pub fn parse_fields(text: &str) -> Result<Schedule, Problem> {
    if let Some(at) = text.find('@') {
        let message = "names of schedules are not allowed here: write the five fields";
        return fail(at..text.len(), message);
    }
    parse(text)
}

/// Reads a schedule.
///
/// # Errors
///
/// Where robfig's parser stops, and a schedule that is never due.
pub fn parse(text: &str) -> Result<Schedule, Problem> {
    if text.is_empty() {
        return fail(
            0..0,
            "a schedule cannot be empty: `0 3 * * *` is every night at three",
        );
    }
    let mut start = 0;
    if text.starts_with("TZ=") || text.starts_with("CRON_TZ=") {
        let from = text.find('=').map_or(0, |at| at + 1);
        let Some(end) = text.find(' ') else {
            return fail(0..text.len(), "a schedule belongs behind the time zone");
        };
        check_zone(text, from..end)?;
        start = end;
    }
    let mut end = text.len();
    if start > 0 {
        // Behind a time zone white space is cut off, elsewhere not.
        let rest = text.get(start..).unwrap_or_default();
        start += rest.len() - rest.trim_start().len();
        end = text.trim_end().len().max(start);
    }
    if text.get(start..).is_some_and(|rest| rest.starts_with('@')) {
        return descriptor(text, start..end);
    }
    fields(text, start)
}

fn fail<T>(span: Range<usize>, message: impl Into<String>) -> Result<T, Problem> {
    Err(Problem::syntax(span, message))
}

fn check_zone(text: &str, span: Range<usize>) -> Result<(), Problem> {
    let zone = text.get(span.clone()).unwrap_or_default();
    let of_name = |it: char| it.is_ascii_alphanumeric() || "/_+-".contains(it);
    if zone.starts_with('/') || zone.contains("..") || !zone.chars().all(of_name) {
        return fail(
            span,
            format!("`{zone}` is no time zone: `Europe/Berlin`, `UTC` are"),
        );
    }
    Ok(())
}

fn descriptor(text: &str, span: Range<usize>) -> Result<Schedule, Problem> {
    let word = text.get(span.clone()).unwrap_or_default();
    if let Some(every) = word.strip_prefix("@every ") {
        let from = span.start + "@every ".len();
        return match duration::parse(every) {
            Ok(nanoseconds) => Ok(Schedule::Every(nanoseconds)),
            Err(problem) => Err(problem.shifted(from)),
        };
    }
    let fields = match word {
        "@yearly" | "@annually" => "0 0 1 1 *",
        "@monthly" => "0 0 1 * *",
        "@weekly" => "0 0 * * 0",
        "@daily" | "@midnight" => "0 0 * * *",
        "@hourly" => "0 * * * *",
        _ => {
            let near = suggestion(word, DESCRIPTORS.into_iter().chain(["@every 1h"]));
            return fail(span, format!("there is no schedule `{word}`{near}"));
        }
    };
    self::fields(fields, 0)
}

fn fields(text: &str, start: usize) -> Result<Schedule, Problem> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut at = start;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let space = rest.len() - rest.trim_start().len();
        let word = rest.trim_start();
        let length = word.find(char::is_whitespace).unwrap_or(word.len());
        if length > 0 {
            words.push(at + space..at + space + length);
        }
        at += space + length;
        if space + length == 0 {
            break;
        }
    }
    if words.len() != FIELDS.len() {
        let hint = match words.len() {
            6 => " (seconds are not among them)",
            _ => "",
        };
        let message = format!(
            "a schedule has 5 fields{hint}: minute, hour, day of the month, month, day of the week; here are {}",
            words.len()
        );
        return fail(start..text.len(), message);
    }
    let mut bits = [0; 5];
    for ((word, field), bits) in words.iter().zip(&FIELDS).zip(&mut bits) {
        *bits = read(text, word.clone(), field)?;
    }
    let [_, _, days, months, week] = bits;
    // Days of the month and of the week add up unless one of them is `*`.
    let any_weekday = week == 0b111_1111;
    if any_weekday && !exists(days, months) {
        let span = match words.as_slice() {
            [_, _, day, month, _] => day.start..month.end,
            _ => start..text.len(),
        };
        return Err(Problem::never(
            span,
            "there is no such day: the schedule is never due",
        ));
    }
    Ok(Schedule::Fields(bits))
}

fn exists(days: u64, months: u64) -> bool {
    let lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    (1..)
        .zip(lengths)
        .any(|(month, length)| months & (1 << month) != 0 && days & ((1 << (length + 1)) - 2) != 0)
}

fn read(text: &str, span: Range<usize>, field: &Field) -> Result<u64, Problem> {
    let word = text.get(span.clone()).unwrap_or_default();
    let mut at = span.start;
    let mut bits = 0;
    for part in word.split(',') {
        if !part.is_empty() {
            bits |= range(text, at..at + part.len(), field)?;
        }
        at += part.len() + 1;
    }
    Ok(bits)
}

fn range(text: &str, span: Range<usize>, field: &Field) -> Result<u64, Problem> {
    let part = text.get(span.clone()).unwrap_or_default();
    let (range, step) = match part.split_once('/') {
        Some((range, step)) => (range, Some(step)),
        None => (part, None),
    };
    let mut bounds = range.split('-');
    let low = bounds.next().unwrap_or_default();
    let high = bounds.next();
    let extra = bounds.next().is_some();
    let (start, mut end) = if matches!(low, "*" | "?") {
        (field.least, field.most)
    } else {
        let start = value(low, &span, field)?;
        let end = match high {
            Some(_) if extra => return fail(span, format!("`{range}` has more than one `-`")),
            Some(high) => value(high, &span, field)?,
            None => start,
        };
        (start, end)
    };
    let mut by = 1;
    if let Some(step) = step {
        if step.contains('/') {
            return fail(span, format!("`{part}` has more than one `/`"));
        }
        by = number(step).ok_or_else(|| {
            Problem::syntax(
                span.clone(),
                format!("`{step}` is no step: a number belongs behind `/`"),
            )
        })?;
        if high.is_none() {
            end = field.most;
        }
    }
    if start < field.least || end > field.most {
        let wrong = if start < field.least { start } else { end };
        let hint = if field.names == DAYS && wrong == 7 {
            ": Sunday is 0"
        } else {
            ""
        };
        let message = format!(
            "{wrong} is no {}: {} to {} are{hint}",
            field.name, field.least, field.most
        );
        return fail(span, message);
    }
    if start > end {
        return fail(span, format!("`{range}` ends before it begins"));
    }
    if by == 0 {
        return fail(
            span,
            format!("`{part}` never steps on: a step is 1 or more"),
        );
    }
    let steps = (start..=end).step_by(usize::try_from(by).unwrap_or(usize::MAX));
    Ok(steps.fold(0, |bits, at| bits | 1 << at))
}

fn value(word: &str, span: &Range<usize>, field: &Field) -> Result<u32, Problem> {
    let lower = word.to_lowercase();
    if let Some(at) = field.names.iter().position(|name| *name == lower) {
        return Ok(field.least + u32::try_from(at).unwrap_or(0));
    }
    number(word).ok_or_else(|| {
        let near = suggestion(word, field.names.iter().copied());
        let message = format!("`{word}` is no {}{near}", field.name);
        Problem::syntax(span.clone(), message)
    })
}

fn number(word: &str) -> Option<u32> {
    let digits = word.strip_prefix('+').unwrap_or(word);
    let plain = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit());
    let number = digits.parse::<i64>().ok().filter(|_| plain)?;
    Some(u32::try_from(number).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_schedule_is_said_at_the_field() {
        for (text, wrong) in [
            ("0 0 * * 7", "7"),
            ("60 * * * *", "60"),
            ("* * * *", "* * * *"),
            ("0 0 0 * * *", "0 0 0 * * *"),
            ("0 0 31 2 *", "31 2"),
            ("5-1 * * * *", "5-1"),
            ("*/0 * * * *", "*/0"),
            ("0 0 * foo *", "foo"),
            ("@dayly", "@dayly"),
            ("@every 1d", "1d"),
            ("TZ=Europe/Berlin", "TZ=Europe/Berlin"),
            ("TZ=Europe Berlin 0 0 * * *", "Berlin 0 0 * * *"),
        ] {
            let problem = parse(text).unwrap_err();
            assert_eq!(&text[problem.span.clone()], wrong, "{text}: {problem:?}");
        }
        assert!(parse("TZ=Europe/Berlin 0 3 * * mon-fri").is_ok());
    }
}
