//! Paths of gjson v1.19 and sjson v1.2.5: `dataKey`, `contextKey`, filters and `dest` of Argo Events.
//!
//! gjson takes every text and finds nothing where it makes no sense; what is said here can never find what it seems to ask for.
//! A path that reads lists and objects by names and numbers is a [`crate::Path`]; the rest of the language is in [`Part`]s.

mod query;
mod read;
mod write;

pub use query::{Operator, Query};
pub use write::{Destination, parse_destination};

use std::ops::Range;

use crate::path::{Path, Segment, Step};
use crate::problem::Problem;

/// A path, part by part.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GjsonPath {
    /// Its parts.
    pub parts: Vec<Part>,
    /// What can never match.
    pub problems: Vec<Problem>,
}

/// A part of a path and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Its bytes, without the dot or pipe before it.
    pub span: Range<usize>,
    /// What it picks.
    pub form: Form,
}

/// What a part of a path picks.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// A key of an object, or an element of a list if it is a number.
    Key(String),
    /// Keys that fit a pattern with `*` and `?`: the first of them.
    Pattern(String),
    /// `#`: the length of a list, or all its elements if something follows.
    All,
    /// `#(…)`, `#(…)#`: the first element that fits, or all.
    Query(Box<Query>),
    /// `@name:argument`.
    Modifier(String),
    /// `[a,b]`, `{a,"x":b}`: several paths at once.
    Several(Vec<GjsonPath>),
    /// `!"text"`: a value as it is written.
    Literal,
    /// `..`: the text is a JSON value a line.
    Lines,
}

/// Reads a path as gjson does.
#[must_use]
pub fn parse(path: &str) -> GjsonPath {
    read::path(path, 0..path.len(), 0)
}

impl GjsonPath {
    /// The names and numbers with which it begins, up to the first part that picks otherwise; none if that is the first.
    #[must_use]
    pub fn plain(&self) -> Option<Path> {
        let segments = self.parts.iter().map_while(|part| {
            let step = match &part.form {
                Form::Key(name) => {
                    number(name).map_or_else(|| Step::Key(name.clone()), Step::Index)
                }
                Form::All => Step::All,
                _ => return None,
            };
            Some(Segment {
                span: part.span.clone(),
                step,
            })
        });
        let segments: Vec<_> = segments.collect();
        (!segments.is_empty()).then(|| Path::new(segments))
    }

    /// Whether names and numbers are all that it has.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.parts
            .iter()
            .all(|part| matches!(part.form, Form::Key(_)))
    }
}

/// A key that picks an element of a list, too.
fn number(name: &str) -> Option<i64> {
    let digits = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
    name.parse().ok().filter(|_| digits)
}

/// What is wrong with a key that other languages write so.
fn foreign(name: &str, span: &Range<usize>, first: bool) -> Option<Problem> {
    let message = if name.is_empty() {
        if first {
            "a path begins with a name: this dot asks for the key ``".to_owned()
        } else {
            "a name is missing here: the path asks for the key ``".to_owned()
        }
    } else if first && name == "$" {
        "`$` is a key here: a path begins with a name".to_owned()
    } else if let Some((before, index)) = bracketed(name) {
        if before.is_empty() {
            return None;
        }
        format!("`{name}` is a key here: an element of a list is `{before}.{index}`")
    } else {
        return None;
    };
    Some(Problem::never(span.clone(), message))
}

/// `name[0]`, `name['key']`, `name[*]`: the name and what gjson has for the brackets.
fn bracketed(name: &str) -> Option<(&str, &str)> {
    let (before, inside) = name.strip_suffix(']')?.split_once('[')?;
    let inside = inside.trim_matches(['\'', '"']);
    Some((before, if inside == "*" { "#" } else { inside }))
}

#[cfg(test)]
mod tests;
