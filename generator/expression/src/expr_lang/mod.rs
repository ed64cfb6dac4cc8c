//! expr-lang, as `expr-lang/expr` v1.17.8 parses and checks it: Argo Workflows' `{{=…}}`, `depends`, retry, hook and
//! `stopStrategy` expressions, Kargo's `${{ … }}`.
//!
//! [`parse`] accepts what upstream's parser accepts, but stops earlier at nesting and length (50 deep, 1,000 operators;
//! upstream has 10,000 parts). [`Expression::check`] says which variables an expression reads, and what its functions and
//! operators refuse; types of variables come from the caller.

mod ast;
mod builtins;
mod check;
mod dialects;
mod number;
mod operations;
mod operators;
mod parser;
mod sprig;
mod text;
mod token;

pub use ast::{Form, Name, Node, Operator};
pub use builtins::names as builtin_names;
pub use dialects::{ARGO_WORKFLOWS, Dialect, KARGO, PLAIN};
pub use sprig::SPRIG;

use crate::functions::Function;
use crate::path::Path;
use crate::problem::{Kind, Problem};
use crate::types::Type;

/// A text that is an expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// All of it.
    pub root: Node,
}

/// What the text around an expression knows.
pub struct Environment<'a> {
    /// The functions that there are beside the built-in ones.
    pub dialect: &'a Dialect,
    /// What a variable can be; [`Type::UNKNOWN`] if that is not known.
    pub variable: &'a dyn Fn(&Path) -> Type,
}

/// What an expression reads, what is wrong with it and what it gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The variables that it reads, in the order of the text; each is for the caller to look up.
    pub reads: Vec<Path>,
    /// Functions that do not exist, calls that they refuse, operators that cannot take what they get.
    pub problems: Vec<Problem>,
    /// What its value can be.
    pub gives: Type,
}

impl Default for Checked {
    fn default() -> Self {
        Self {
            reads: Vec::new(),
            problems: Vec::new(),
            gives: Type::UNKNOWN,
        }
    }
}

impl Environment<'_> {
    fn function(&self, name: &str) -> Option<&'static Function> {
        self.dialect
            .functions
            .iter()
            .find(|function| function.name == name)
    }
}

/// Reads an expression.
///
/// # Errors
///
/// The first place at which upstream's parser stops.
pub fn parse(text: &str) -> Result<Expression, Problem> {
    let (words, problem) = token::lex(text);
    match parser::Parser::new(text, &words).run() {
        Ok(root) => problem.map_or(Ok(Expression { root }), Err),
        Err(found) => Err(problem
            // The reader stopped at the end of what could be read: that is the cause.
            .filter(|it| found.span.start >= it.span.start)
            .unwrap_or(found)),
    }
}

impl Expression {
    /// Checks names of functions, calls and types.
    #[must_use]
    pub fn check(&self, environment: &Environment<'_>) -> Checked {
        let mut checker = check::Checker::new(environment);
        let gives = checker.node(&self.root);
        let mut found = checker.found;
        found.gives = gives;
        found.problems.sort_by_key(|problem| problem.span.start);
        found
    }
}

/// Checks an expression whose value must be true or false: `when`, `depends`, retry and hook expressions.
#[must_use]
pub fn check_condition(expression: &Expression, environment: &Environment<'_>) -> Checked {
    let mut checked = expression.check(environment);
    if !checked.gives.can_be(Type::BOOL) {
        let message = format!(
            "the expression must give true or false, and it gives {}",
            checked.gives
        );
        let span = expression.root.span.clone();
        checked
            .problems
            .push(Problem::new(Kind::Type, span, message));
    }
    checked
}

#[cfg(test)]
mod tests;
