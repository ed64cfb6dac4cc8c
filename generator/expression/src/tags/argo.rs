//! Argo Workflows' template tags: `{{inputs.parameters.x}}`, `{{=expression}}` and tags within tags.
//!
//! Upstream (argo-workflows v4.1 `util/template`, fasttemplate v1.2) cuts at the first `}}` after each `{{`, whatever stands
//! between, over the JSON of a whole template: an unclosed `{{` eats text up to the next `}}` of any later field. A tag within
//! a tag is replaced first, and the tag around it in the next pass.

use std::ops::Range;

use crate::expr_lang;
use crate::problem::Problem;

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text that stays as it is.
    Literal(Range<usize>),
    /// `{{name}}`.
    Tag {
        /// With its braces.
        span: Range<usize>,
        /// The name, without the spaces around it.
        name: Range<usize>,
    },
    /// `{{inputs.parameters.{{name}}}}`: what it says is only known once the tags inside are replaced.
    Nested {
        /// With its braces.
        span: Range<usize>,
        /// What is between them, in order: literal text and tags.
        pieces: Vec<Piece>,
    },
    /// `{{=expression}}`, an expression of [`expr_lang`].
    Expression {
        /// With its braces.
        span: Range<usize>,
        /// What is between `{{=` and `}}`.
        body: Range<usize>,
    },
}

impl Piece {
    /// All of it.
    #[must_use]
    pub fn span(&self) -> &Range<usize> {
        match self {
            Self::Literal(span)
            | Self::Tag { span, .. }
            | Self::Nested { span, .. }
            | Self::Expression { span, .. } => span,
        }
    }
}

/// A text, cut into pieces that follow each other without a gap.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Split {
    /// All of the text.
    pub pieces: Vec<Piece>,
    /// What is wrong with the tags themselves; names and expressions in them are not looked at.
    pub problems: Vec<Problem>,
}

/// How deep tags may stand in tags; upstream replaces one level in each of its few passes.
const DEEPEST: usize = 8;

/// Cuts `text` at its tags.
#[must_use]
pub fn split(text: &str) -> Split {
    let mut splitter = Splitter {
        text,
        at: 0,
        problems: Vec::new(),
    };
    let pieces = splitter.pieces(0);
    Split {
        pieces,
        problems: splitter.problems,
    }
}

/// The text with a word of the same length in the place of each tag, to read a language in which tags stand for values; and
/// which stretches these are. The words are made of `x`.
#[must_use]
pub fn with_placeholders(text: &str, split: &Split) -> (String, Vec<Range<usize>>) {
    let mut filled = String::with_capacity(text.len());
    let mut places = Vec::new();
    for piece in &split.pieces {
        match piece {
            Piece::Literal(span) => filled.push_str(text.get(span.clone()).unwrap_or_default()),
            other => {
                filled.extend(std::iter::repeat_n('x', other.span().len()));
                places.push(other.span().clone());
            }
        }
    }
    (filled, places)
}

struct Splitter<'a> {
    text: &'a str,
    at: usize,
    problems: Vec<Problem>,
}

impl<'a> Splitter<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The pieces up to the `}}` that ends a tag at this depth, or to the end at depth 0. Stops before the `}}`.
    fn pieces(&mut self, depth: usize) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut literal = self.at;
        loop {
            let rest = self.rest();
            let opening = rest.find("{{");
            let closing = if depth > 0 { rest.find("}}") } else { None };
            let (opens, distance) = match (opening, closing) {
                (Some(open), Some(close)) => (open < close, open.min(close)),
                (Some(open), None) => (true, open),
                (None, Some(close)) => (false, close),
                (None, None) => (false, rest.len()),
            };
            self.at += distance;
            if !opens {
                push_literal(&mut pieces, literal..self.at);
                return pieces;
            }
            let start = self.at;
            if !self.rest().contains("}}") || depth >= DEEPEST {
                self.at = self.text.len();
                push_literal(&mut pieces, literal..self.at);
                self.problems.push(Problem::syntax(
                    start..start + 2,
                    "`{{` is never closed: end it with `}}`",
                ));
                return pieces;
            }
            push_literal(&mut pieces, literal..start);
            pieces.push(self.tag(depth));
            literal = self.at;
        }
    }

    /// The tag that begins here; there is a `}}` behind it.
    fn tag(&mut self, depth: usize) -> Piece {
        let start = self.at;
        self.at += 2;
        if self.rest().starts_with('=') {
            return self.expression(start, depth);
        }
        let inside = self.pieces(depth + 1);
        let end = self.at;
        let closed = self.rest().starts_with("}}");
        self.at = (self.at + 2).min(self.text.len());
        let span = start..self.at;
        match inside.as_slice() {
            [] | [Piece::Literal(_)] => {
                let name = trimmed(self.text, start + 2..end);
                if name.is_empty() {
                    let message = "an empty tag: a name belongs between `{{` and `}}`";
                    self.problems.push(Problem::never(span.clone(), message));
                }
                Piece::Tag { span, name }
            }
            pieces => {
                self.check_nested(start, pieces, closed);
                Piece::Nested {
                    span,
                    pieces: inside,
                }
            }
        }
    }

    fn check_nested(&mut self, start: usize, pieces: &[Piece], closed: bool) {
        if !closed && self.problems.is_empty() {
            let message = "`{{` is never closed: the first `}}` behind it ends the tag inside it";
            self.problems
                .push(Problem::syntax(start..start + 2, message));
        }
        if let Some(first) = pieces.first()
            && !matches!(first, Piece::Literal(_))
        {
            let message = "a tag that begins with a tag is never replaced: the name must begin outside the inner tag";
            self.problems
                .push(Problem::never(start..first.span().start + 2, message));
        }
        for piece in pieces {
            match piece {
                Piece::Tag { span, name } if span.len() != name.len() + 4 => {
                    let message = "spaces in a tag within a tag keep it from being replaced: write it without them";
                    self.problems.push(Problem::never(span.clone(), message));
                }
                Piece::Expression { span, .. } => {
                    let message = "an expression within a tag is never evaluated: make the whole an expression, `{{=…}}`";
                    self.problems.push(Problem::never(span.clone(), message));
                }
                Piece::Literal(_) | Piece::Tag { .. } | Piece::Nested { .. } => {}
            }
        }
    }

    fn expression(&mut self, start: usize, depth: usize) -> Piece {
        let body_start = start + 3;
        let rest = self.text.get(body_start..).unwrap_or_default();
        let length = rest.find("}}").unwrap_or(rest.len());
        let body = body_start..body_start + length;
        self.at = (body.end + 2).min(self.text.len());
        if let Some(inner) = rest.get(..length).and_then(|body| body.find("{{")) {
            let at = body_start + inner;
            let message =
                "a tag within an expression: write the name alone, `{{=inputs.parameters.x}}`";
            self.problems.push(Problem::syntax(at..at + 2, message));
        } else if depth == 0 && ends_early(rest, length) {
            let message =
                "`}}` ends the tag here, inside the expression: put a space between the braces";
            self.problems
                .push(Problem::syntax(body.end..body.end + 2, message));
        }
        Piece::Expression {
            span: start..self.at,
            body,
        }
    }
}

/// Whether the expression makes no sense up to the first `}}`, and does up to one of the next.
fn ends_early(rest: &str, length: usize) -> bool {
    let body = rest.get(..length).unwrap_or_default();
    if !body.contains(['{', '\'', '"', '`']) || expr_lang::parse(body).is_ok() {
        return false;
    }
    let mut from = length + 1;
    for _ in 0..2 {
        let Some(next) = rest.get(from..).and_then(|rest| rest.find("}}")) else {
            return false;
        };
        let end = from + next;
        if rest
            .get(..end)
            .is_some_and(|longer| longer.len() < 4096 && expr_lang::parse(longer).is_ok())
        {
            return true;
        }
        from = end + 1;
    }
    false
}

fn push_literal(pieces: &mut Vec<Piece>, span: Range<usize>) {
    if !span.is_empty() {
        pieces.push(Piece::Literal(span));
    }
}

/// `span` without the white space at its ends.
pub(crate) fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let inside = text.get(span.clone()).unwrap_or_default();
    let start = span.start + (inside.len() - inside.trim_start().len());
    start..start + inside.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        fn show(text: &str, piece: &Piece) -> String {
            match piece {
                Piece::Literal(span) => format!("'{}'", &text[span.clone()]),
                Piece::Tag { name, .. } => format!("<{}>", &text[name.clone()]),
                Piece::Expression { body, .. } => format!("={}", &text[body.clone()]),
                Piece::Nested { pieces, .. } => {
                    let inside: Vec<_> = pieces.iter().map(|piece| show(text, piece)).collect();
                    format!("[{}]", inside.join(" "))
                }
            }
        }
        let split = split(text);
        let mut shown: Vec<_> = split.pieces.iter().map(|piece| show(text, piece)).collect();
        for problem in split.problems {
            shown.push(format!(
                "! {} {}",
                &text[problem.span.clone()],
                problem.message
            ));
        }
        shown.join(" ")
    }

    #[test]
    fn a_text_is_cut_where_upstream_cuts_it() {
        for (text, pieces) in [
            ("", ""),
            ("plain }} text", "'plain }} text'"),
            ("a{{ b }}c", "'a' <b> 'c'"),
            ("{{a}}{{b}}", "<a> <b>"),
            ("{{=a + 1}}", "=a + 1"),
            ("{{inputs.parameters.{{x}}}}", "['inputs.parameters.' <x>]"),
            (
                "{{inputs.parameters.{{x}}-y}}z",
                "['inputs.parameters.' <x> '-y'] 'z'",
            ),
            ("{{=[1][0]}}}", "=[1][0] '}'"),
        ] {
            assert_eq!(shown(text), pieces, "{text}");
        }
    }

    #[test]
    fn tags_that_cannot_work_are_said() {
        for (text, pieces) in [
            (
                "a {{b",
                "'a {{b' ! {{ `{{` is never closed: end it with `}}`",
            ),
            (
                "{{}}",
                "<> ! {{}} an empty tag: a name belongs between `{{` and `}}`",
            ),
            (
                "{{a.{{ x }}}}",
                "['a.' <x>] ! {{ x }} spaces in a tag within a tag keep it from being replaced: write it without them",
            ),
            (
                "{{=a + {{b}}}}",
                "=a + {{b '}}' ! {{ a tag within an expression: write the name alone, `{{=inputs.parameters.x}}`",
            ),
            (
                "{{={'a': {'b': 1}}}}",
                "={'a': {'b': 1 '}}' ! }} `}}` ends the tag here, inside the expression: put a space between the braces",
            ),
            (
                "{{{{x}}}}",
                "[<x>] ! {{{{ a tag that begins with a tag is never replaced: the name must begin outside the inner tag",
            ),
        ] {
            assert_eq!(shown(text), pieces, "{text}");
        }
    }

    #[test]
    fn placeholders_keep_every_offset() {
        let text = "{{a}} == b-{{c}}";
        let (filled, places) = with_placeholders(text, &split(text));
        assert_eq!(filled, "xxxxx == b-xxxxx");
        assert_eq!(places, [0..5, 11..16]);
    }
}
