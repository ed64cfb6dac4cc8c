//! What is wrong with an expression, and where.

use std::collections::BTreeMap;
use std::ops::Range;

/// What upstream's engine makes of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The engine refuses the text: it does not follow the language's grammar.
    Syntax,
    /// The engine refuses a name, a function or a way to call it.
    Name,
    /// The engine refuses a call: too few or too many arguments.
    Arguments,
    /// The engine refuses what is done with values of these types.
    Type,
    /// The engine takes it, and it cannot do what its author meant.
    Never,
}

/// Something wrong at a stretch of a text, in bytes of that text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What the engine makes of it.
    pub kind: Kind,
    /// The bytes to underline; on character boundaries, never beyond the text, empty only at its end.
    pub span: Range<usize>,
    /// What is wrong and what would be right: lower case, without a full stop.
    pub message: String,
}

impl Problem {
    /// The same problem in a text in which this one begins `by` bytes later.
    #[must_use]
    pub fn shifted(mut self, by: usize) -> Self {
        self.span = shift(&self.span, by);
        self
    }

    pub(crate) fn new(kind: Kind, span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            kind,
            span,
            message: message.into(),
        }
    }

    pub(crate) fn syntax(span: Range<usize>, message: impl Into<String>) -> Self {
        Self::new(Kind::Syntax, span, message)
    }

    pub(crate) fn never(span: Range<usize>, message: impl Into<String>) -> Self {
        Self::new(Kind::Never, span, message)
    }
}

pub(crate) fn shift(span: &Range<usize>, by: usize) -> Range<usize> {
    span.start + by..span.end + by
}

/// ` (did you mean …)` for an unknown name, or nothing.
pub(crate) fn suggestion<'a>(unknown: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    luban_diagnostic::did_you_mean(unknown, known)
        .map(|name| format!(" (did you mean `{name}`?)"))
        .unwrap_or_default()
}

/// Suggestions that were made already: a text may have the same unknown name a thousand times.
#[derive(Debug, Default)]
pub(crate) struct Suggestions(BTreeMap<String, String>);

impl Suggestions {
    /// [`suggestion`], computed once for each name.
    pub(crate) fn for_name<'a>(
        &mut self,
        unknown: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> String {
        if let Some(made) = self.0.get(unknown) {
            return made.clone();
        }
        let made = suggestion(unknown, known);
        self.0.insert(unknown.to_owned(), made.clone());
        made
    }
}

/// `3 arguments`, `1 argument`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    match count {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

/// How many arguments a function takes, in words: `2 arguments`, `1 to 3 arguments`, `at least 1 argument`.
pub(crate) fn expected(least: usize, most: Option<usize>) -> String {
    match most {
        Some(0) => "no arguments".to_owned(),
        Some(most) if most == least => counted(least, "argument"),
        Some(most) if most == least + 1 => format!("{least} or {most} arguments"),
        Some(most) => format!("{least} to {most} arguments"),
        None => format!("at least {}", counted(least, "argument")),
    }
}
