//! Tekton Triggers' bindings: `$(body.repository.clone_url)`, `$(header.X-GitHub-Event)`, `$(extensions.sha)`.
//!
//! After tektoncd/triggers v0.37 `pkg/template/{event,jsonpath}.go`: what is in the parentheses is JSONPath of Kubernetes, with
//! or without its braces and first dot; a key that is not there is an error.

use std::ops::Range;

use crate::jsonpath;
use crate::path::Path;
use crate::problem::{Problem, suggestion};

/// An expression in the value of a binding.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// From `$(` to `)`.
    pub span: Range<usize>,
    /// What it reads, the first name being `body`, `header`, `extensions` or `context`.
    pub reads: Vec<Path>,
}

/// The values of an event.
pub const ROOTS: &[&str] = &["body", "header", "extensions", "context"];

/// The expressions of a text, and what is wrong with them.
#[must_use]
pub fn split(text: &str) -> (Vec<Expression>, Vec<Problem>) {
    let mut expressions = Vec::new();
    let mut problems = Vec::new();
    let mut starts = text.match_indices("$(").map(|(at, _)| at).peekable();
    while let Some(start) = starts.next() {
        // Each expression ends before the next begins.
        let limit = starts.peek().copied().unwrap_or(text.len());
        let body = start + 2;
        let Some(length) = closing(text.get(body..limit).unwrap_or_default()) else {
            let message = "`$(` is never closed, so the text stays as it is: end it with `)`";
            problems.push(Problem::never(start..body, message));
            continue;
        };
        let span = start..body + length + 1;
        match read(text, body..body + length) {
            Ok(reads) => {
                check_roots(&reads, &mut problems);
                expressions.push(Expression { span, reads });
            }
            Err(problem) => problems.push(problem),
        }
    }
    (expressions, problems)
}

fn closing(rest: &str) -> Option<usize> {
    let mut open = 0_usize;
    for (at, letter) in rest.char_indices() {
        match letter {
            '(' => open += 1,
            ')' if open == 0 => return Some(at),
            ')' => open -= 1,
            _ => {}
        }
    }
    None
}

/// What is in the parentheses, as a path.
fn read(text: &str, span: Range<usize>) -> Result<Vec<Path>, Problem> {
    let inside = text.get(span.clone()).unwrap_or_default();
    let braces = inside.starts_with('{') && inside.ends_with('}') && inside.len() > 2;
    let inner = if braces {
        span.start + 1..span.end - 1
    } else {
        span.clone()
    };
    let path = text.get(inner.clone()).unwrap_or_default();
    let dot = usize::from(path.starts_with('.'));
    let path = path.get(dot..).unwrap_or_default();
    if path.is_empty() || path.contains(['{', '}', '\n']) {
        let message =
            "a path belongs in the parentheses: `$(body.ref)`, `$(header.X-GitHub-Event)`";
        return Err(Problem::syntax(span.start - 2..span.end + 1, message));
    }
    // The first dot is there or is put there; in the text of the engine each place is one further.
    let start = inner.start + dot;
    if dot == 1 {
        return jsonpath::parse_inside(text, inner).map(|read| read.reads);
    }
    let dotted = format!(".{path}");
    let back = |span: Range<usize>| {
        let place = |at: usize| (at + start).saturating_sub(1).max(start);
        place(span.start)..place(span.end)
    };
    let read = jsonpath::parse_inside(&dotted, 0..dotted.len()).map_err(|problem| Problem {
        span: back(problem.span),
        ..problem
    })?;
    let mut reads = read.reads;
    for segment in reads.iter_mut().flat_map(|path| &mut path.segments) {
        segment.span = back(segment.span.clone());
    }
    Ok(reads)
}

fn check_roots(reads: &[Path], problems: &mut Vec<Problem>) {
    for path in reads {
        let (Some(first), Some(root)) = (path.segments.first(), path.root()) else {
            continue;
        };
        if !ROOTS.contains(&root) {
            let near = suggestion(root, ROOTS.iter().copied());
            let message = format!(
                "an event has no `{root}`{near}: `body`, `header`, `extensions`, `context` are there"
            );
            problems.push(Problem::never(first.span.clone(), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_path_is_read() {
        for (text, path) in [
            ("$(body.a.b)", "body.a.b"),
            ("x-$(.body.a[0])", "body.a[0]"),
            ("$({body.a})", "body.a"),
            ("$({.body.a})", "body.a"),
            ("$(header.X-GitHub-Event)", "header.X-GitHub-Event"),
            ("$(body.a[?(@.b=='c')].d)", "body.a[…].d"),
        ] {
            let (expressions, problems) = split(text);
            assert_eq!(problems, [], "{text}");
            let path_read = &expressions[0].reads[0];
            assert_eq!(path_read.to_string(), path, "{text}");
            assert_eq!(
                &text[path_read.segments[0].span.clone()],
                path.split('.').next().unwrap()
            );
        }
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        for (text, wrong) in [
            ("$(bdy.a)", "bdy"),
            ("$(body.a", "$("),
            ("$()", "$()"),
            ("$(body.a[x])", "x"),
            ("$(body[\"a\"])", "\"a\""),
            ("$(params.x)", "params"),
        ] {
            let (_, problems) = split(text);
            let found: Vec<_> = problems.iter().map(|it| &text[it.span.clone()]).collect();
            assert_eq!(found, [wrong], "{text}: {problems:?}");
        }
    }
}
