//! Go's `text/template` (Go 1.26) with sprig v3.3: `dataTemplate`, `contextTemplate` and filter templates of Argo Events,
//! ApplicationSets of Argo CD with `goTemplate`.
//!
//! [`parse`] accepts what `template.Parse` accepts (nested 100 deep). What a template reads is followed through `with`, `range`
//! and variables as far as that is plain; the options of the program (`missingkey=error`) are the caller's.

mod functions;
mod literals;
mod parser;
mod scope;
mod token;

pub use functions::Program;
pub(crate) use literals::unquote;

use crate::path::Path;
use crate::problem::Problem;

/// What a template reads, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Template {
    /// What it reads of the value that it is given, each path from that value on: `.Input.body` is `Input.body`. Guarded are
    /// those that a condition or a default stands around.
    pub reads: Vec<Path>,
    /// Functions, variables and templates that are unknown, calls that cannot be made, in the order of the text.
    pub problems: Vec<Problem>,
    /// Whether it has any action; without, it is plain text.
    pub has_actions: bool,
}

/// Reads a template.
///
/// # Errors
///
/// The first place at which Go stops, but for unknown functions and variables, which are all in [`Template::problems`].
pub fn parse(text: &str, program: Program) -> Result<Template, Problem> {
    let (words, problem) = token::lex(text);
    let mut parser = parser::Parser::new(text, &words, program);
    match parser.run() {
        Ok(()) => match problem {
            Some(problem) => Err(problem),
            None => Ok(parser.finish()),
        },
        Err(found) => Err(match problem {
            // The reader stopped at the end of what could be read: that is the cause.
            Some(problem)
                if words.last().is_none_or(|end| {
                    found.span.start >= end.span.start.min(problem.span.start)
                }) =>
            {
                problem
            }
            _ => found,
        }),
    }
}

#[cfg(test)]
mod tests;
