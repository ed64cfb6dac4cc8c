//! `conditions` of a Sensor's trigger: names of dependencies with `&&`, `||` and parentheses.
//!
//! After argo-events v1.9.11 `pkg/sensors/listener.go`: the text is turned into an expression of expr-lang that puts names
//! together, and its value into one of govaluate. `-` in names is turned into `_`, so `a-b` and `a_b` are one name.

use std::ops::Range;

use crate::letters::{is_digit, is_letter};
use crate::path::{Path, Segment};
use crate::problem::Problem;

/// The dependencies that a trigger's conditions name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conditions {
    /// Each name where it stands.
    pub names: Vec<Path>,
    /// Whether several events must have come: only then are events kept and waited for.
    pub waits: bool,
}

/// Words that are operators of expr-lang.
const OPERATORS: [&str; 13] = [
    "not",
    "in",
    "or",
    "and",
    "matches",
    "contains",
    "startsWith",
    "endsWith",
    "let",
    "if",
    "else",
    "true",
    "false",
];

/// Reads conditions.
///
/// # Errors
///
/// The first place that cannot be read.
pub fn parse(text: &str) -> Result<Conditions, Problem> {
    let mut found = Conditions::default();
    let mut open: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    let mut value_next = true;
    while let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        if letter.is_whitespace() {
            at += letter.len_utf8();
        } else if rest.starts_with("&&") || rest.starts_with("||") {
            if value_next {
                let message = "a name of a dependency belongs before this";
                return Err(Problem::syntax(at..at + 2, message));
            }
            found.waits |= rest.starts_with("&&");
            value_next = true;
            at += 2;
        } else if letter == '(' && value_next {
            open.push(at..at + 1);
            at += 1;
        } else if letter == ')' && !value_next && open.pop().is_some() {
            at += 1;
        } else if is_name(letter) && value_next {
            let end = at + rest.find(|it| !is_name(it)).unwrap_or(rest.len());
            let name = text.get(at..end).unwrap_or_default();
            check_name(name, at..end)?;
            found
                .names
                .push(Path::new(vec![Segment::name(at..end, name)]));
            value_next = false;
            at = end;
        } else {
            return Err(misplaced(rest, at, value_next));
        }
    }
    if let Some(span) = open.pop() {
        let message = "the parenthesis is never closed: end it with `)`";
        return Err(Problem::syntax(span, message));
    }
    if value_next {
        let end = text.len();
        let message = "the conditions end too early: a name of a dependency belongs here";
        return Err(Problem::syntax(end..end, message));
    }
    Ok(found)
}

fn is_name(letter: char) -> bool {
    matches!(letter, '_' | '-' | '$') || is_letter(letter) || is_digit(letter)
}

fn check_name(name: &str, span: Range<usize>) -> Result<(), Problem> {
    let message = if name.starts_with(is_digit) {
        format!(
            "`{name}` begins with a digit, which the engine refuses: name the dependency differently"
        )
    } else if OPERATORS.contains(&name) {
        format!("`{name}` is no name of a dependency: `&&`, `||` and parentheses join names")
    } else {
        return Ok(());
    };
    Err(Problem::syntax(span, message))
}

fn misplaced(rest: &str, at: usize, value_next: bool) -> Problem {
    let name = rest.find(|it| !is_name(it)).unwrap_or(rest.len());
    let length = name.max(rest.chars().next().map_or(0, char::len_utf8));
    let word = rest.get(..length).unwrap_or_default();
    let hint = match word {
        "&" | "|" => "and, or are written `&&`, `||`",
        "and" | "or" => "`&&` and `||` join names",
        "!" => "nothing can be negated: events come or do not come yet",
        ")" if !value_next => "no parenthesis is open here",
        _ if value_next => "a name of a dependency belongs here",
        _ => "`&&` or `||` belongs between two names",
    };
    Problem::syntax(at..at + length, format!("unexpected `{word}`: {hint}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_where_they_stand() {
        let text = "(push-main || tag) && approved";
        let found = parse(text).unwrap();
        let names: Vec<_> = found.names.iter().map(|path| &text[path.span()]).collect();
        assert_eq!(names, ["push-main", "tag", "approved"]);
        assert!(found.waits);
        assert!(!parse("a || b").unwrap().waits);
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        for (text, word) in [
            ("a & b", "&"),
            ("a && ", ""),
            ("a b", "b"),
            ("(a", "("),
            ("a)", ")"),
            ("!a", "!"),
            ("&& a", "&&"),
            ("1st && b", "1st"),
            ("a and b", "and"),
            ("", ""),
        ] {
            let problem = parse(text).unwrap_err();
            let found = &text[problem.span.clone()];
            assert_eq!(found, word, "{text}");
        }
    }
}
