//! CEL, as cel-go v0.30 parses and checks it: filters and overlays of Tekton Triggers' interceptor, `when[].cel` of Tekton,
//! validation rules of Kubernetes.
//!
//! [`parse`] accepts what `Env.Parse` accepts without optional syntax (nested 50 deep, 1,000 operators).
//! [`Expression::check`] says which variables are read and which calls and operators the checker refuses; elements of lists are
//! known one level deep, and of the functions that Kubernetes adds only the names.

mod ast;
mod check;
mod functions;
mod parser;
mod token;

pub use ast::{Form, Name, Node};
pub use functions::Program;

use crate::path::Path;
use crate::problem::Problem;
use crate::types::Type;

/// A text that is an expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// All of it.
    pub root: Node,
}

/// What an expression reads, what is wrong with it and what it gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The variables and fields that it reads; guarded are those in `has()`.
    pub reads: Vec<Path>,
    /// What the checker refuses.
    pub problems: Vec<Problem>,
    /// What its value can be.
    pub gives: Type,
}

/// Reads an expression.
///
/// # Errors
///
/// The first place at which cel-go stops.
pub fn parse(text: &str) -> Result<Expression, Problem> {
    let words = token::lex(text)?;
    let root = parser::Parser::new(text, &words).run()?;
    Ok(Expression { root })
}

impl Expression {
    /// Checks names, calls and types. `variables` are those that there are beside the program's own.
    #[must_use]
    pub fn check(&self, program: Program, variables: &[(&str, Type)]) -> Checked {
        let mut checker = check::Checker::new(program, variables);
        let gives = checker.node(&self.root);
        let mut problems = checker.problems;
        problems.sort_by_key(|problem| problem.span.start);
        Checked {
            reads: checker.reads,
            problems,
            gives,
        }
    }
}

#[cfg(test)]
mod tests;
