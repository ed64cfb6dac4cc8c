//! Queries of gjson, `#(name=="x")`, after `parseQuery` and `queryMatches` of v1.19.

use std::ops::Range;

use super::{GjsonPath, read};
use crate::problem::Problem;

/// A query over the elements of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// What is compared, from each element on; without parts the element itself.
    pub path: GjsonPath,
    /// How; none asks whether the path exists.
    pub operator: Option<Operator>,
    /// With what, as it is written.
    pub value: Range<usize>,
    /// Whether all elements are meant (`#` behind the query), not the first.
    pub all: bool,
}

/// How a query compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `==` or `=`.
    Equal,
    /// `!=`.
    NotEqual,
    /// `<`.
    Less,
    /// `<=`.
    LessOrEqual,
    /// `>`.
    Greater,
    /// `>=`.
    GreaterOrEqual,
    /// `%`: a pattern with `*` and `?`.
    Like,
    /// `!%`.
    NotLike,
}

const OPERATORS: [(&str, Operator); 9] = [
    ("!=", Operator::NotEqual),
    ("!%", Operator::NotLike),
    ("<=", Operator::LessOrEqual),
    (">=", Operator::GreaterOrEqual),
    ("==", Operator::Equal),
    ("<", Operator::Less),
    (">", Operator::Greater),
    ("=", Operator::Equal),
    ("%", Operator::Like),
];

/// Where the bracket of a query that begins `rest` with `#(` is closed.
pub(super) fn end(rest: &str) -> Option<usize> {
    scan(rest, 2).map(|(end, _)| end)
}

/// The closing bracket, and the first operator outside of inner brackets and texts.
fn scan(rest: &str, from: usize) -> Option<(usize, Option<usize>)> {
    let bytes = rest.as_bytes();
    let mut depth = 1_usize;
    let mut operator = None;
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'!' | b'=' | b'<' | b'>' | b'%' if depth == 1 && operator.is_none() => {
                operator = Some(at);
            }
            b'\\' => at += 1,
            b'[' | b'(' => depth += 1,
            b']' | b')' => {
                depth -= 1;
                if depth == 0 {
                    return Some((at, operator));
                }
            }
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
            _ => {}
        }
        at += 1;
    }
    None
}

/// Reads what is between the brackets of a query.
pub(super) fn parse(text: &str, span: Range<usize>, depth: usize) -> (Query, Vec<Problem>) {
    let closed = text.get(..span.end + 1).unwrap_or_default();
    let operator = scan(closed, span.start).and_then(|(_, operator)| operator);
    let path_span = trimmed(text, span.start..operator.unwrap_or(span.end));
    let mut path = if path_span.is_empty() {
        GjsonPath::default()
    } else {
        read::path(text, path_span.clone(), depth + 1)
    };
    let mut problems = std::mem::take(&mut path.problems);
    let mut query = Query {
        path,
        operator: None,
        value: span.end..span.end,
        all: false,
    };
    let Some(at) = operator else {
        if let Some(message) = joined(text.get(path_span.clone()).unwrap_or_default()) {
            problems.push(Problem::never(path_span, message));
        }
        return (query, problems);
    };
    let value = text.get(at..span.end).unwrap_or_default();
    let Some((written, known)) = OPERATORS.iter().find(|(it, _)| value.starts_with(it)) else {
        let message =
            "`!` must be followed by `=` or `%`: as it is, the query asks whether the path exists";
        problems.push(Problem::never(at..at + 1, message));
        return (query, problems);
    };
    query.operator = Some(*known);
    query.value = trimmed(text, at + written.len()..span.end);
    let value = text.get(query.value.clone()).unwrap_or_default();
    let whole = at..query.value.end;
    if let Some(message) = misread(value, *known) {
        problems.push(Problem::never(whole, message));
    }
    (query, problems)
}

fn joined(text: &str) -> Option<&'static str> {
    (text.contains("&&") || text.contains("||"))
        .then_some("a query makes one comparison: put a second one behind it, `#(a==1)#|#(b==2)`")
}

fn misread(value: &str, operator: Operator) -> Option<String> {
    let quoted = value.starts_with('"');
    if value.is_empty() {
        return Some(
            "a value belongs behind the operator: this compares with the empty text".to_owned(),
        );
    }
    if quoted && (value.len() < 2 || !value.ends_with('"')) {
        return Some(
            joined(value)
                .unwrap_or("the text of the comparison is never closed")
                .to_owned(),
        );
    }
    if quoted {
        return value
            .get(1..value.len() - 1)
            .filter(|inside| inside.contains("\" && ") || inside.contains("\" || "))
            .and_then(joined)
            .map(str::to_owned);
    }
    if value.starts_with('\'') {
        return Some(
            "single quotes are part of the text that is compared: gjson knows `\"` only".to_owned(),
        );
    }
    if let Some(sign) = value.chars().next().filter(|it| "=<>!%".contains(*it)) {
        return Some(format!(
            "there is no such operator, and so `{sign}` is part of the text that is compared: `==`, `!=`, `<`, `<=`, `>`, `>=`, `%`, `!%` are"
        ));
    }
    let tilde = value.strip_prefix('~');
    if tilde.is_some_and(|it| !matches!(it, "true" | "false" | "null" | "*"))
        && operator == Operator::Equal
    {
        return Some(
            "gjson has no regular expressions: `%` compares with a pattern of `*` and `?`"
                .to_owned(),
        );
    }
    joined(value).map(str::to_owned)
}

/// Without the white space that gjson leaves off.
fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let inside = text.get(span.clone()).unwrap_or_default();
    let space = |letter: char| letter <= ' ';
    let start = span.start + (inside.len() - inside.trim_start_matches(space).len());
    let end = span.start + inside.trim_end_matches(space).len();
    start..end.max(start)
}
