//! gjson's paths, after `Get`, `parseArrayPath`, `parseObjectPath` and `parseSubSelectors` of gjson v1.19.

use std::ops::Range;

use super::{Form, GjsonPath, Part, foreign, query};
use crate::problem::{Problem, suggestion};

const DEEPEST: usize = 32;

const MODIFIERS: [&str; 13] = [
    "pretty", "ugly", "reverse", "this", "flatten", "join", "valid", "keys", "values", "tostr",
    "fromstr", "group", "dig",
];

/// Reads `text[span]`.
pub(super) fn path(text: &str, span: Range<usize>, depth: usize) -> GjsonPath {
    let mut reader = Reader {
        text,
        at: span.start,
        end: span.end,
        depth,
        found: GjsonPath::default(),
    };
    reader.run();
    reader.found
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    depth: usize,
    found: GjsonPath,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    fn push(&mut self, start: usize, form: Form) {
        self.found.parts.push(Part {
            span: start..self.at,
            form,
        });
    }

    fn never(&mut self, span: Range<usize>, message: impl Into<String>) {
        self.found.problems.push(Problem::never(span, message));
    }

    fn run(&mut self) {
        if self.depth > DEEPEST {
            self.never(self.at..self.end, "a path may be nested 32 deep");
            return;
        }
        if self.rest().starts_with("..") {
            let start = self.at;
            self.at += 2;
            self.push(start, Form::Lines);
            if self.rest().is_empty() {
                return;
            }
        }
        // Behind a pipe, and at the start, a path begins anew.
        let mut fresh = true;
        loop {
            self.part(fresh);
            let Some(separator) = self.rest().bytes().next() else {
                return;
            };
            fresh = separator == b'|';
            let start = self.at;
            self.at += 1;
            if self.rest().is_empty() {
                let sign = if fresh { "|" } else { "." };
                self.never(start..self.at, format!("a name belongs behind `{sign}`"));
                return;
            }
        }
    }

    fn part(&mut self, fresh: bool) {
        let rest = self.rest();
        match rest.bytes().next() {
            Some(b'@') if self.modifier() => {}
            Some(b'!') if fresh && self.literal() => {}
            Some(b'[' | b'{') if self.several() => {}
            Some(b'#') => self.list(),
            _ => self.key(),
        }
    }

    /// Up to the next `.` or `|` that no backslash stands before; the text without backslashes.
    fn word(&mut self) -> (String, bool) {
        let mut value = String::new();
        let mut wild = false;
        let rest = self.rest();
        let mut letters = rest.char_indices();
        let mut length = rest.len();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '.' | '|' => {
                    length = at;
                    break;
                }
                '\\' => match letters.next() {
                    Some((_, escaped)) => value.push(escaped),
                    None => {
                        let start = self.at + at;
                        self.never(start..start + 1, "nothing stands behind the backslash");
                    }
                },
                '*' | '?' => {
                    wild = true;
                    value.push(letter);
                }
                _ => value.push(letter),
            }
        }
        self.at += length;
        (value, wild)
    }

    fn key(&mut self) {
        let start = self.at;
        let (name, wild) = self.word();
        let span = start..self.at;
        let first = self.found.parts.is_empty();
        let escaped = self
            .text
            .get(span.clone())
            .is_some_and(|it| it.contains('\\'));
        if wild
            && !escaped
            && let Some((before, "#")) = super::bracketed(&name)
        {
            let message =
                format!("`{name}` is a key here: all elements of a list are `{before}.#`");
            self.never(span, message);
            self.push(start, Form::Pattern(name));
            return;
        }
        if wild {
            if name == "*" && self.rest().starts_with('.') && !first {
                let message =
                    "`*` picks the first key of an object only: all elements of a list are `#`";
                self.never(span, message);
            }
            self.push(start, Form::Pattern(name));
            return;
        }
        // The empty path of `|` begins with nothing, too.
        let empty_span = if span.is_empty() {
            span.start..(span.start + 1).min(self.end)
        } else {
            span.clone()
        };
        if !escaped && let Some(problem) = foreign(&name, &empty_span, first) {
            self.found.problems.push(problem);
        } else if !escaped
            && name.len() > 1
            && name
                .strip_prefix('-')
                .is_some_and(|it| super::number(it).is_some())
        {
            let message = format!(
                "`{name}` is a key here: a list has no elements before its first; `@reverse.0` is its last"
            );
            self.never(span, message);
        }
        self.push(start, Form::Key(name));
    }

    fn modifier(&mut self) -> bool {
        let rest = self.rest();
        let length = rest.find(['.', '|', ':']).unwrap_or(rest.len());
        let name = rest.get(1..length).unwrap_or_default();
        let start = self.at;
        if !MODIFIERS.contains(&name) {
            let near = suggestion(name, MODIFIERS);
            let argument = rest.get(length..).is_some_and(|it| it.starts_with(':'));
            if !near.is_empty() || argument {
                let message = format!("`@{name}` is no modifier, and so asks for a key{near}");
                self.never(start..start + length, message);
            }
            return false;
        }
        self.at += length;
        let name = name.to_owned();
        if self.rest().starts_with(':') {
            self.at += 1;
            let rest = self.rest();
            let json = rest.starts_with(['{', '[', '"']);
            let argument = match squash(rest).filter(|_| json) {
                Some(length) => length,
                // Plain arguments go on over dots.
                None => rest.find('|').unwrap_or(rest.len()),
            };
            self.at += argument;
        }
        self.push(start, Form::Modifier(name));
        self.lost();
        true
    }

    fn literal(&mut self) -> bool {
        let start = self.at;
        let value = self.rest().get(1..).unwrap_or_default();
        let first = value.bytes().next();
        let length = match first {
            Some(b'{' | b'[' | b'"') => squash(value),
            Some(b'+' | b'-' | b'0'..=b'9') => {
                Some(value.find(['|', ',', '}', ']']).unwrap_or(value.len()))
            }
            _ => {
                let length = value.find(['.', '|']).unwrap_or(value.len());
                let word = value.get(..length).unwrap_or_default().to_ascii_lowercase();
                matches!(word.as_str(), "true" | "false" | "null" | "nan" | "inf").then_some(length)
            }
        };
        let Some(length) = length else {
            self.never(
                start..self.end,
                "`!` stands before a JSON value: this asks for a key",
            );
            return false;
        };
        self.at += 1 + length;
        self.push(start, Form::Literal);
        self.lost();
        true
    }

    /// Behind JSON in a path, text that is no separator is lost.
    fn lost(&mut self) {
        let rest = self.rest();
        if !rest.is_empty() && !rest.starts_with(['.', '|']) {
            self.never(
                self.at..self.end,
                "this is ignored: `.` or `|` is missing before it",
            );
            self.at = self.end;
        }
    }

    fn list(&mut self) {
        let start = self.at;
        let rest = self.rest();
        if rest.len() == 1 || rest.starts_with("#.") || rest.starts_with("#|") {
            self.at += 1;
            self.push(start, Form::All);
            return;
        }
        if rest.starts_with("#(") || rest.starts_with("#[") {
            if let Some(end) = query::end(rest) {
                let inside = start + 2..start + end;
                let (read, problems) = query::parse(self.text, inside, self.depth);
                self.found.problems.extend(problems);
                self.at = start + end + 1;
                let all = self.rest().starts_with('#');
                self.at += usize::from(all);
                self.trailing();
                self.push(start, Form::Query(Box::new(query::Query { all, ..read })));
                return;
            }
            self.at = self.end;
            let message = "the query is never closed: end it with `)`";
            self.never(start..start + 2, message);
            self.push(start, Form::Key(rest.to_owned()));
            return;
        }
        let (name, _) = self.word();
        let message =
            format!("`{name}` finds no element of a list: a query is `#(…)`, all elements are `#`");
        self.never(start..self.at, message);
        self.push(start, Form::Key(name));
    }

    /// What stands between a query and the next separator is lost.
    fn trailing(&mut self) {
        let rest = self.rest();
        let length = rest.find(['.', '|']).unwrap_or(rest.len());
        if length > 0 {
            let span = self.at..self.at + length;
            self.never(span, "this is ignored: `.` is missing before it");
            self.at += length;
        }
    }

    fn several(&mut self) -> bool {
        let start = self.at;
        let Some(members) = members(self.rest()) else {
            self.never(
                start..start + 1,
                "the bracket is never closed, and so asks for a key",
            );
            return false;
        };
        let length = members.last().map_or(0, |it| it.end + 1);
        let behind = self.rest().get(length..).unwrap_or_default();
        if !behind.is_empty() && !behind.starts_with(['.', '|']) {
            let message =
                "`.` or `|` belongs behind the bracket: as it is, all of it asks for a key";
            self.never(start + length..self.end, message);
            return false;
        }
        let mut paths = Vec::new();
        for member in members {
            let member = start + member.start..start + member.end;
            if member.is_empty() {
                self.never(start..start + length, "a path is missing in the brackets");
                continue;
            }
            paths.push(path(self.text, member.clone(), self.depth + 1));
        }
        for path in &mut paths {
            self.found.problems.append(&mut path.problems);
        }
        self.at = start + length;
        self.push(start, Form::Several(paths));
        true
    }
}

/// The paths in `[…]` or `{…}` at the start of `rest`, without their names.
fn members(rest: &str) -> Option<Vec<Range<usize>>> {
    let bytes = rest.as_bytes();
    let mut members = Vec::new();
    let (mut depth, mut start, mut colon, mut modifier) = (1_usize, 1, None, false);
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'@' => modifier |= matches!(bytes.get(at - 1), Some(b'.' | b'|')),
            b':' if !modifier && colon.is_none() && depth == 1 => colon = Some(at),
            b'"' => {
                at += 1;
                while let Some(byte) = bytes.get(at) {
                    match byte {
                        b'\\' => at += 1,
                        b'"' => break,
                        _ => {}
                    }
                    at += 1;
                }
            }
            b'[' | b'(' | b'{' => depth += 1,
            b']' | b')' | b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 || (*byte == b',' && depth == 1) {
            members.push(colon.map_or(start, |colon| colon + 1)..at);
            (colon, modifier, start) = (None, false, at + 1);
        }
        if depth == 0 {
            return Some(members);
        }
        at += 1;
    }
    None
}

/// The length of the JSON text or bracket at the start.
fn squash(rest: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut bytes = rest.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' if quoted => {
                bytes.next();
            }
            b'"' => quoted = !quoted,
            b'{' | b'[' | b'(' if !quoted => depth += 1,
            b'}' | b']' | b')' if !quoted => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 && !quoted {
            return Some(at + 1);
        }
    }
    None
}
