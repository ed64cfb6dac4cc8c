//! Differences that are known, each with its reason.

use std::cell::Cell;

/// The list: `direction | judge | part of a message or a path | reason`, a line each.
const LIST: &str = include_str!("known.txt");

/// Which way a difference goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// Upstream rejects what `check` passes.
    Passed,
    /// `check` rejects an example that upstream accepts.
    Refused,
}

#[derive(Debug)]
struct Entry {
    line: &'static str,
    direction: Direction,
    judge: &'static str,
    part: &'static str,
    is_used: Cell<bool>,
}

/// The differences that are known.
#[derive(Debug)]
pub(super) struct Known(Vec<Entry>);

impl Known {
    /// # Errors
    /// When a line is no entry.
    pub(super) fn listed() -> anyhow::Result<Self> {
        Self::read(LIST)
    }

    fn read(list: &'static str) -> anyhow::Result<Self> {
        let lines = list.lines().filter(|line| !line.starts_with('#'));
        let entry = |line: &'static str| {
            let mut parts = line.splitn(4, " | ");
            let direction = match parts.next()? {
                "passed" => Direction::Passed,
                "refused" => Direction::Refused,
                _ => return None,
            };
            let (judge, part) = (parts.next()?, parts.next()?);
            parts.next().filter(|reason| !reason.is_empty())?;
            let is_used = Cell::new(false);
            Some(Entry {
                line,
                direction,
                judge,
                part,
                is_used,
            })
        };
        lines
            .map(|line| {
                entry(line).ok_or_else(|| {
                    anyhow::anyhow!("`{line}` is no `passed|refused | judge | part | reason`")
                })
            })
            .collect::<anyhow::Result<_>>()
            .map(Self)
    }

    /// Whether a difference is listed: by a part of `words`, which hold the document's path and what was said.
    pub(super) fn has(&self, direction: Direction, judge: &str, words: &str) -> bool {
        let fits = |entry: &&Entry| {
            entry.direction == direction && entry.judge == judge && words.contains(entry.part)
        };
        let mut fitting = self.0.iter().filter(fits).peekable();
        let is_there = fitting.peek().is_some();
        fitting.for_each(|entry| entry.is_used.set(true));
        is_there
    }

    /// Entries of the judges asked that nothing used.
    pub(super) fn unused(&self, is_asked: impl Fn(&str) -> bool) -> Vec<&'static str> {
        let unused = self.0.iter();
        unused
            .filter(|entry| !entry.is_used.get() && is_asked(entry.judge))
            .map(|entry| entry.line)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_covers_its_direction_and_judge_alone_and_is_unused_until_then() {
        let known = Known::read("# head\npassed | tekton | no such | upstream errs").unwrap();
        let unused = |known: &Known| known.unused(|_| true).len();
        assert!(!known.has(Direction::Passed, "kpack", "no such field"));
        assert!(!known.has(Direction::Refused, "tekton", "no such field"));
        assert!(!known.has(Direction::Passed, "tekton", "no field"));
        assert_eq!(unused(&known), 1);
        assert!(known.has(Direction::Passed, "tekton", "no such field"));
        assert_eq!(unused(&known), 0);
    }

    #[test]
    fn an_entry_without_reason_is_none() {
        assert!(Known::read("passed | tekton | no such").is_err());
        assert!(Known::read("passed | tekton | no such | ").is_err());
        Known::listed().unwrap();
    }
}
