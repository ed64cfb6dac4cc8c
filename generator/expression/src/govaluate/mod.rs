//! govaluate of October 2017 (`v3.0.1-0.20171022003610`), with its quirks: `when` of Argo Workflows and of its cron workflows,
//! expression filters of Argo Events.
//!
//! [`parse`] accepts what `NewEvaluableExpression` accepts (nested at most 50 deep); [`parse_when`] is `when` of a step or
//! task, where a bare word is a text. Quirks that a user meets: either kind of quote ends a text; operators that touch are one
//! word (`==-1`, `&&!x`); a text that looks like a date is a number; a name with a dot is a field; behind a parenthesis that
//! ends a complete value everything is ignored; `in` needs at least two values.

mod plan;
mod times;
mod token;
mod values;

use std::ops::Range;

use crate::path::{Path, Segment};
use crate::problem::Problem;
use crate::types::Type;

/// What an expression reads, and what is wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The names that must have values; in `when` there are none.
    pub reads: Vec<Path>,
    /// What the engine fails on, and what it ignores.
    pub problems: Vec<Problem>,
    /// What its value can be.
    pub gives: Type,
}

/// Reads an expression of Argo Events or of a cron workflow's `when`: words are names of values. `holes` are stretches of which
/// only the length is known, such as template tags.
///
/// # Errors
///
/// Where the engine stops.
pub fn parse(text: &str, holes: &[Range<usize>]) -> Result<Checked, Problem> {
    let words = token::Lexer::new(text, holes).run()?;
    checked(text, &words)
}

/// Reads `when` of a step or task, in which tags are replaced before and words are texts; its value must be true or false.
/// `holes` are the stretches where tags stand, filled with letters ([`crate::tags::argo::with_placeholders`]).
///
/// # Errors
///
/// Where the engine stops.
pub fn parse_when(text: &str, holes: &[Range<usize>]) -> Result<Checked, Problem> {
    let mut words = token::Lexer::new(text, holes).run()?;
    checked(text, &words)?;
    for word in &mut words {
        if word.kind == token::Kind::Variable {
            word.kind = token::Kind::Text;
        }
    }
    let mut checked = checked(text, &words)?;
    if checked.problems.is_empty() && !checked.gives.can_be(Type::BOOL) {
        let message = format!(
            "`when` must be true or false, and this is {}: compare it with something",
            checked.gives
        );
        let start = words.first().map_or(0, |word| word.span.start);
        let end = words.last().map_or(text.len(), |word| word.span.end);
        checked
            .problems
            .push(Problem::new(crate::Kind::Type, start..end, message));
    }
    // Names are for environments, and `when` has none.
    if let Some(access) = checked.reads.first() {
        let message = format!(
            "`{access}` is read as a field of a value, and there are none here: put it in quotes if it is a text"
        );
        checked
            .problems
            .push(Problem::new(crate::Kind::Name, access.span(), message));
    }
    Ok(checked)
}

fn checked(text: &str, words: &[token::Word]) -> Result<Checked, Problem> {
    balance(text, words)?;
    grammar(text, words)?;
    let words = patterns(words)?;
    let (stage, end) = plan::Planner::new(&words).run()?;
    let mut values = values::Values::new(&words);
    let gives = stage.as_ref().map_or(Type::UNKNOWN, |it| values.stage(it));
    let mut problems = values.problems;
    if let (Some(first), Some(last)) = (words.get(end), words.last()) {
        let message = "this is ignored: an operator is missing before it";
        let span = first.span.start..last.span.end;
        problems.push(Problem::never(span, message));
    }
    let reads = words
        .iter()
        .filter(|word| matches!(word.kind, token::Kind::Variable | token::Kind::Accessor))
        .map(|word| Path::new(segments(word)))
        .collect();
    Ok(Checked {
        reads,
        problems,
        gives,
    })
}

fn segments(word: &token::Word) -> Vec<Segment> {
    if word.kind != token::Kind::Accessor {
        return vec![Segment::name(word.span.clone(), &word.value)];
    }
    if word.span.len() != word.value.len() {
        // Backslashes stand in it: which part stands where is not plain.
        let parts = word.value.split('.');
        return parts
            .map(|part| Segment::name(word.span.clone(), part))
            .collect();
    }
    let mut at = word.span.start;
    let parts = word.value.split('.').map(|part| {
        let span = at.min(word.span.end)..(at + part.len()).min(word.span.end);
        at = span.end + 1;
        Segment::name(span, part)
    });
    parts.collect()
}

fn balance(text: &str, words: &[token::Word]) -> Result<(), Problem> {
    let mut open: Vec<&token::Word> = Vec::new();
    let mut extra: Option<&token::Word> = None;
    let mut count = 0_i64;
    for word in words {
        match word.kind {
            token::Kind::Clause => {
                count += 1;
                open.push(word);
            }
            token::Kind::ClauseClose => {
                count -= 1;
                if open.pop().is_none() {
                    extra = extra.or(Some(word));
                }
            }
            _ => {}
        }
    }
    if count == 0 {
        return Ok(());
    }
    let (word, message) = match (count > 0, open.first(), extra) {
        (true, Some(word), _) => (*word, "the parenthesis is never closed: end it with `)`"),
        (_, _, Some(word)) => (word, "no parenthesis is open here"),
        _ => {
            let end = text.len();
            return Err(Problem::syntax(end..end, "parentheses do not match"));
        }
    };
    Err(Problem::syntax(word.span.clone(), message))
}

fn grammar(text: &str, words: &[token::Word]) -> Result<(), Problem> {
    let mut before = token::Kind::Start;
    let mut last: Option<&token::Word> = None;
    for word in words {
        if !before.may_precede(word.kind) {
            let called = before == token::Kind::Variable && word.kind == token::Kind::Clause;
            let message = match last {
                Some(last) if called => format!("there is no function `{}`", last.value),
                Some(last) if before == token::Kind::Prefix && word.kind == token::Kind::Text => {
                    format!(
                        "`{}` cannot stand before a text: compare it with `==` or `!=`",
                        last.value
                    )
                }
                Some(last) => format!(
                    "`{}` cannot follow `{}`: an operator is missing, or a text needs quotes",
                    shown(text, word),
                    shown(text, last)
                ),
                None => format!("an expression cannot begin with `{}`", shown(text, word)),
            };
            let span = match last {
                Some(last) if called => last.span.clone(),
                _ => word.span.clone(),
            };
            return Err(Problem::syntax(span, message));
        }
        before = word.kind;
        last = Some(word);
    }
    if before.may_end() {
        return Ok(());
    }
    let end = text.len();
    Err(Problem::syntax(
        end..end,
        "the expression ends too early: a value belongs here",
    ))
}

fn shown<'a>(text: &'a str, word: &token::Word) -> &'a str {
    if word.kind == token::Kind::Hole {
        return "{{…}}";
    }
    text.get(word.span.clone()).unwrap_or_default()
}

/// A text behind `=~` and `!~` is a regular expression.
fn patterns(words: &[token::Word]) -> Result<Vec<token::Word>, Problem> {
    let mut words = words.to_vec();
    let mut matching = false;
    for word in &mut words {
        if matching && word.kind == token::Kind::Text {
            if let Err(problem) = crate::go_regexp::check(&word.value) {
                let message = format!("this is no regular expression of Go: {}", problem.message);
                return Err(Problem::syntax(word.span.clone(), message));
            }
            word.kind = token::Kind::Pattern;
        }
        matching =
            word.kind == token::Kind::Comparator && matches!(word.value.as_str(), "=~" | "!~");
    }
    Ok(words)
}

#[cfg(test)]
mod tests;
