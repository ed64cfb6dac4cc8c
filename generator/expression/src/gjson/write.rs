//! Where sjson v1.2.5 writes: `dest` of parameters of Argo Events.

use crate::path::{Path, Segment, Step};
use crate::problem::Problem;

use super::{foreign, number};

/// A place in a JSON text to write at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// Its names and numbers; `-1`, which adds an element, is [`Step::Index`].
    pub path: Path,
    /// Whether it is looked up as a path of gjson: then only what is there already is set, and nothing otherwise.
    pub only_existing: bool,
    /// What can never write where it seems to.
    pub problems: Vec<Problem>,
}

/// Reads a destination.
///
/// # Errors
///
/// An empty text, which sjson refuses.
pub fn parse_destination(text: &str) -> Result<Destination, Problem> {
    if text.is_empty() {
        return Err(Problem::syntax(
            0..0,
            "a destination cannot be empty: name the field to set",
        ));
    }
    let mut found = Destination {
        path: Path::new(Vec::new()),
        only_existing: false,
        problems: Vec::new(),
    };
    let mut at = 0;
    loop {
        let end = part(text, at, &mut found);
        if end >= text.len() {
            break;
        }
        at = end + 1;
        if at == text.len() {
            let message = "a name belongs behind the last dot: this sets the key ``";
            found.problems.push(Problem::never(end..at, message));
            break;
        }
    }
    if let Some((complex, letter)) = complex(text) {
        found.only_existing = true;
        let message = format!(
            "`{letter}` makes this a search: it sets what is there already, and nothing if it is not; for a key with it write `\\{letter}`"
        );
        found
            .problems
            .push(Problem::never(complex..complex + 1, message));
    }
    Ok(found)
}

/// Reads the part at `at`; gives the place of the dot behind it, or the end.
fn part(text: &str, at: usize, found: &mut Destination) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let forced = rest.starts_with(':');
    let start = at + usize::from(forced);
    let mut name = String::new();
    let mut escaped = false;
    let mut end = text.len();
    let mut letters = text.get(start..).unwrap_or_default().char_indices();
    while let Some((offset, letter)) = letters.next() {
        match letter {
            '.' => {
                end = start + offset;
                break;
            }
            '\\' => {
                escaped = true;
                match letters.next() {
                    Some((_, letter)) => name.push(letter),
                    None => {
                        let span = start + offset..start + offset + 1;
                        let message = "nothing stands behind the backslash";
                        found.problems.push(Problem::never(span, message));
                    }
                }
            }
            letter => name.push(letter),
        }
    }
    let span = start..end;
    let shown = if span.is_empty() {
        start..(start + 1).min(text.len())
    } else {
        span.clone()
    };
    let first = found.path.segments.is_empty();
    if !escaped && let Some(problem) = foreign(&name, &shown, first) {
        found.problems.push(problem);
    }
    let negative = name.strip_prefix('-').and_then(number);
    let step = match (forced, number(&name), negative) {
        (false, Some(index), _) => Step::Index(index),
        (false, None, Some(1)) => Step::Index(-1),
        (false, None, Some(_)) => {
            let message = format!(
                "`{name}` is no place in a list: `-1` adds an element, other places count from 0"
            );
            found.problems.push(Problem::never(span.clone(), message));
            Step::Key(name)
        }
        _ => Step::Key(name),
    };
    found.path.segments.push(Segment { span, step });
    end
}

/// The first sign that makes gjson look the path up.
fn complex(text: &str) -> Option<(usize, char)> {
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => {
                letters.next();
            }
            '|' | '#' | '@' | '*' | '?' => return Some((at, letter)),
            _ => {}
        }
    }
    None
}
