//! Brackets of JSONPath: places, keys, slices and filters.

use std::ops::Range;

use super::{Reader, fail};
use crate::path::Step;
use crate::problem::{Kind, Problem};

impl<'a> Reader<'a> {
    pub(super) fn array(&mut self, at: usize, end: usize, depth: usize) -> Result<usize, Problem> {
        let rest = self.rest(at, end);
        let close = rest
            .find([']', '\n'])
            .filter(|length| rest.get(*length..).is_some_and(|it| it.starts_with(']')));
        let Some(length) = close else {
            return fail(at..at + 1, "the bracket is never closed: end it with `]`");
        };
        let span = at + 1..at + length;
        let inside = self.rest(span.start, span.end);
        if inside.contains(',') {
            let mut start = span.start;
            for part in inside.split(',') {
                let spaces = part.len() - part.trim_start_matches(' ').len();
                let part_span = start + spaces..start + spaces + part.trim_matches(' ').len();
                let kept = self.path.len();
                self.one(part_span, depth)?;
                self.path.truncate(kept);
                start += part.len() + 1;
            }
            self.push(span, Step::Computed);
        } else {
            self.one(span, depth)?;
        }
        Ok(at + length + 1)
    }

    /// One index, slice or key in brackets.
    pub(super) fn one(&mut self, span: Range<usize>, depth: usize) -> Result<(), Problem> {
        let inside = self.rest(span.start, span.end);
        let key = inside
            .strip_prefix('\'')
            .and_then(|rest| rest.strip_suffix('\''))
            .filter(|key| !key.contains('\''));
        if let Some(key) = key {
            let key_span = span.start + 1..span.end - 1;
            let before = self.path.len();
            let first = self.field(key_span.start, key_span.end);
            if first < key_span.end {
                self.nested(first..key_span.end, depth + 1)?;
            }
            if self.path.len() > before + 1 && !key.contains(['[', '{']) {
                let message = format!(
                    "a dot in a key needs a backslash: `['{}']`",
                    key.replace('.', "\\.")
                );
                self.found.problems.push(Problem::never(key_span, message));
            }
            return Ok(());
        }
        if inside == "*" {
            self.push(span, Step::All);
            return Ok(());
        }
        if inside.starts_with("?(") {
            let message = "a filter cannot stand beside others in brackets";
            return fail(span, message);
        }
        let parts: Vec<&str> = inside.split(':').collect();
        let number = |part: &str| {
            let digits = part.strip_prefix('-').unwrap_or(part);
            part.is_empty()
                || (digits.bytes().all(|it| it.is_ascii_digit()) && part.parse::<i64>().is_ok())
        };
        if parts.len() > 3 || !parts.iter().all(|part| number(part)) {
            let quoted = inside.trim_matches('"');
            let message = if quoted.len() < inside.len() {
                format!("a key stands in single quotes: `['{quoted}']`")
            } else {
                format!("`{inside}` is no place in a list: `[0]`, `[1:3]`, `[*]`, `['key']` are")
            };
            return fail(span, message);
        }
        let step = match parts.as_slice() {
            [one] if !one.is_empty() => Step::Index(one.parse().unwrap_or(0)),
            _ => Step::All,
        };
        self.push(span, step);
        Ok(())
    }

    /// `[?(@.a == "b")]`.
    pub(super) fn filter(&mut self, at: usize, end: usize, depth: usize) -> Result<usize, Problem> {
        let start = at + 3;
        let rest = self.rest(start, end);
        let mut quote = None;
        let mut finished = false;
        let mut before = ' ';
        let mut length = None;
        for (offset, letter) in rest.char_indices() {
            match letter {
                '\n' => break,
                '"' | '\'' => match quote {
                    None => quote = Some(letter),
                    Some(quote) if quote == letter && before != '\\' => finished = true,
                    Some(_) => {}
                },
                ')' if quote.is_some() == finished => {
                    length = Some(offset);
                    break;
                }
                _ => {}
            }
            before = letter;
        }
        let Some(length) = length else {
            return fail(at..start, "the filter is never closed: end it with `)]`");
        };
        let close = start + length + 1;
        if !self.rest(close, end).starts_with(']') {
            return fail(close - 1..close, "`]` belongs behind the filter");
        }
        let outer = std::mem::take(&mut self.path);
        let word = self.word.take();
        let inside = self.rest(start, start + length);
        let is_sign = |letter: char| "!<>=".contains(letter);
        // The left side, signs, and a right side that is not empty.
        let split = inside
            .find(is_sign)
            .filter(|left| *left > 0)
            .and_then(|left| {
                let signs = inside.get(left..)?;
                let mut count = signs.find(|it| !is_sign(it)).unwrap_or(signs.len());
                if left + count == inside.len() {
                    count -= 1;
                }
                (count > 0).then_some((left, count))
            });
        match split {
            None => self.nested(start..start + length, depth + 1)?,
            Some((left, count)) => {
                let sign = inside.get(left..left + count).unwrap_or_default();
                if !matches!(sign, "==" | "!=" | "<" | ">" | "<=" | ">=") {
                    let message = format!(
                        "there is no comparison `{sign}`: `==`, `!=`, `<`, `<=`, `>`, `>=` are"
                    );
                    let span = start + left..start + left + count;
                    self.found
                        .problems
                        .push(Problem::new(Kind::Name, span, message));
                }
                self.nested(start..start + left, depth + 1)?;
                self.nested(start + left + count..start + length, depth + 1)?;
            }
        }
        self.path = outer;
        self.word = word;
        self.push(start..start + length, Step::Computed);
        Ok(close + 1)
    }
}
