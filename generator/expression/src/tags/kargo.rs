//! Kargo's `${{ … }}` and `${% … %}`, expressions of [`crate::expr_lang`] in the values of steps and variables.
//!
//! After Kargo v1.11.2 `pkg/expressions/json_templates.go`: the first end mark ends an expression, whatever stands between;
//! an expression without anything in it ends the evaluation of the text.

use std::ops::Range;

use crate::problem::Problem;

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text that stays as it is.
    Literal(Range<usize>),
    /// An expression.
    Expression {
        /// With its marks.
        span: Range<usize>,
        /// What is between them.
        body: Range<usize>,
    },
}

/// A text, cut into pieces that follow each other without a gap.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Split {
    /// All of the text.
    pub pieces: Vec<Piece>,
    /// What is wrong with the marks; the expressions are not looked at.
    pub problems: Vec<Problem>,
}

const MARKS: [(&str, &str); 2] = [("${{", "}}"), ("${%", "%}")];

/// Cuts `text` at its expressions.
#[must_use]
pub fn split(text: &str) -> Split {
    let mut split = Split::default();
    let mut at = 0;
    loop {
        let Some((start, (open, close))) = next_mark(text, at) else {
            push_literal(&mut split.pieces, at..text.len());
            return split;
        };
        let body = start + open.len();
        let Some(length) = text.get(body..).and_then(|rest| rest.find(close)) else {
            let message = format!("`{open}` is never closed: end it with `{close}`");
            split.problems.push(Problem::syntax(start..body, message));
            push_literal(&mut split.pieces, at..text.len());
            return split;
        };
        push_literal(&mut split.pieces, at..start);
        at = body + length + close.len();
        if length == 0 {
            split.problems.push(Problem::never(
                start..at,
                "an empty expression: nothing behind it is evaluated either",
            ));
        }
        split.pieces.push(Piece::Expression {
            span: start..at,
            body: body..body + length,
        });
    }
}

/// The next mark that begins an expression.
fn next_mark(text: &str, from: usize) -> Option<(usize, (&'static str, &'static str))> {
    let mut at = from;
    loop {
        let rest = text.get(at..)?;
        let start = at + rest.find("${")?;
        let here = text.get(start..)?;
        match MARKS.into_iter().find(|(open, _)| here.starts_with(open)) {
            Some(marks) => return Some((start, marks)),
            None => at = start + 2,
        }
    }
}

fn push_literal(pieces: &mut Vec<Piece>, span: Range<usize>) {
    if !span.is_empty() {
        pieces.push(Piece::Literal(span));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bodies(text: &str) -> Vec<&str> {
        let expressions = split(text)
            .pieces
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Expression { body, .. } => text.get(body),
                Piece::Literal(_) => None,
            });
        expressions.collect()
    }

    #[test]
    fn both_marks_may_stand_in_one_text() {
        assert_eq!(bodies("a ${{ b }} c ${% d %}"), [" b ", " d "]);
        assert_eq!(bodies("${{ '%}' }}"), [" '%}' "]);
        assert_eq!(bodies("$ {{ a }}"), [""; 0]);
    }

    #[test]
    fn a_mark_without_end_and_an_empty_expression_are_said() {
        let unclosed = split("a ${{ b %}");
        assert_eq!(unclosed.problems[0].span, 2..5);
        assert_eq!(unclosed.pieces, [Piece::Literal(0..10)]);
        let empty = split("a${{}}b");
        assert_eq!(empty.problems[0].span, 1..6);
    }
}
