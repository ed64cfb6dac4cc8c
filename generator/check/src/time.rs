//! Times as Go reads them: durations, cron schedules, time zones.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

/// Whether Go's `time.ParseDuration` takes a text.
pub(crate) fn is_duration(text: &str) -> bool {
    let mut rest = text.strip_prefix(['+', '-']).unwrap_or(text);
    if rest == "0" {
        return true;
    }
    if rest.is_empty() {
        return false;
    }
    while !rest.is_empty() {
        let end = rest
            .find(|letter: char| !letter.is_ascii_digit() && letter != '.')
            .unwrap_or(rest.len());
        let (number, after) = rest.split_at(end);
        let dots = number.bytes().filter(|byte| *byte == b'.').count();
        if dots > 1 || number.len() == dots {
            return false;
        }
        let units = ["ns", "us", "µs", "μs", "ms", "s", "m", "h"];
        let Some(unit) = units.iter().find(|unit| {
            let next = after.strip_prefix(**unit);
            next.is_some_and(|next| {
                next.is_empty()
                    || next.starts_with(|letter: char| letter.is_ascii_digit() || letter == '.')
            })
        }) else {
            return false;
        };
        rest = after.get(unit.len()..).unwrap_or_default();
    }
    true
}

/// The names of the time zone database.
static ZONES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| include_str!("zones.txt").lines().collect());

/// Whether a time zone exists. `Local` and an empty name do to Go.
pub(crate) fn is_time_zone(name: &str) -> bool {
    matches!(name, "" | "Local" | "UTC") || ZONES.binary_search(&name).is_ok()
}

/// All time zones, for suggestions.
pub(crate) fn time_zones() -> impl Iterator<Item = &'static str> {
    ZONES.iter().copied()
}

/// Why robfig/cron's `ParseStandard` refuses a schedule: a message, and the field in which it is wrong.
pub(crate) fn schedule_fault(schedule: &str) -> Option<(String, Option<usize>)> {
    let mut rest = schedule;
    for prefix in ["TZ=", "CRON_TZ="] {
        if let Some(zoned) = schedule.strip_prefix(prefix) {
            let (zone, after) = zoned.split_once(' ').unwrap_or((zoned, ""));
            if !is_time_zone(zone) {
                return Some((format!("there is no time zone `{zone}`"), None));
            }
            rest = after.trim();
        }
    }
    if rest.is_empty() {
        return Some(("it is empty".to_owned(), None));
    }
    if rest.starts_with('@') {
        let is_known = matches!(
            rest,
            "@yearly" | "@annually" | "@monthly" | "@weekly" | "@daily" | "@midnight" | "@hourly"
        ) || rest.strip_prefix("@every ").is_some_and(is_duration);
        return (!is_known).then(|| (format!("there is no `{rest}`"), None));
    }
    let fields: Vec<&str> = rest.split_whitespace().collect();
    if fields.len() != 5 {
        return Some((format!("it has {} fields, not 5", fields.len()), None));
    }
    let bounds: [(&str, RangeInclusive<i64>, &[&str]); 5] = [
        ("minute", 0..=59, &[]),
        ("hour", 0..=23, &[]),
        ("day of the month", 1..=31, &[]),
        (
            "month",
            1..=12,
            &[
                "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
            ],
        ),
        (
            "day of the week",
            0..=6,
            &["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
        ),
    ];
    for (at, (field, (what, range, names))) in fields.iter().zip(bounds).enumerate() {
        for part in field.split(',').filter(|part| !part.is_empty()) {
            if !is_range(part, &range, names) {
                let message = format!(
                    "`{part}` is no {what} from {} to {}",
                    range.start(),
                    range.end()
                );
                return Some((message, Some(at)));
            }
        }
    }
    None
}

fn is_range(part: &str, range: &RangeInclusive<i64>, names: &[&str]) -> bool {
    let (span, step) = match part.split('/').collect::<Vec<_>>()[..] {
        [span] => (span, None),
        [span, step] => (span, Some(step)),
        _ => return false,
    };
    let number = |text: &str| {
        let name = text.to_ascii_lowercase();
        let named = names.iter().position(|known| *known == name);
        let named = named
            .and_then(|at| i64::try_from(at).ok())
            .map(|at| at + range.start());
        named.or_else(|| text.parse().ok().filter(|number| *number >= 0))
    };
    let ends: Vec<&str> = span.split('-').collect();
    let (start, end) = match ends[..] {
        ["*" | "?", ..] => (Some(*range.start()), Some(*range.end())),
        [start] if step.is_some() => (number(start), Some(*range.end())),
        [start] => (number(start), number(start)),
        [start, end] => (number(start), number(end)),
        _ => return false,
    };
    let is_step = step.is_none_or(|step| step.parse::<i64>().is_ok_and(|step| step > 0));
    match (start, end) {
        (Some(start), Some(end)) => {
            is_step && range.contains(&start) && range.contains(&end) && start <= end
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_those_of_go() {
        for text in ["0", "1s", "1h30m", "1.5h", "-2ms", ".5s", "1us", "1µs"] {
            assert!(is_duration(text), "{text}");
        }
        for text in ["", "1", "1d", "s", "1 s", "1h30", "1.2.3s", "."] {
            assert!(!is_duration(text), "{text}");
        }
    }

    #[test]
    fn schedules_are_those_of_robfig_cron() {
        for text in [
            "* * * * *",
            "0 3 * * *",
            "*/5 0-6,12 1 jan-MAR sun",
            "@daily",
            "@every 1h",
            "TZ=Europe/Berlin 0 0 * * *",
            "CRON_TZ=UTC @hourly",
            "5/15 * ? * ?",
            "0 0 31 2 *",
        ] {
            assert_eq!(schedule_fault(text), None, "{text}");
        }
        for text in [
            "",
            "* * * *",
            "* * * * * *",
            "60 * * * *",
            "* 24 * * *",
            "* * 0 * *",
            "* * * 13 *",
            "* * * * 7",
            "*/0 * * * *",
            "5-1 * * * *",
            "a * * * *",
            "1-2-3 * * * *",
            "@evry 1h",
            "@every 1",
            "TZ=Nowhere * * * * *",
            "-1 * * * *",
        ] {
            assert!(schedule_fault(text).is_some(), "{text}");
        }
    }

    #[test]
    fn time_zones_are_those_of_the_database() {
        for name in [
            "",
            "UTC",
            "Europe/Berlin",
            "America/Argentina/Buenos_Aires",
            "GMT+0",
            "EST",
        ] {
            assert!(is_time_zone(name), "{name}");
        }
        for name in ["europe/berlin", "Not/A_Real_Timezone", "CEST"] {
            assert!(!is_time_zone(name), "{name}");
        }
    }
}
