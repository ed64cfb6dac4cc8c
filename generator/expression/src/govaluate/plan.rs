//! Precedences of govaluate, after `stagePlanner.go`: which operator takes what. What stands behind a complete value is not
//! looked at, and not refused either.

use super::token::{Kind, Word};
use crate::problem::Problem;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Stage {
    /// A value, by its place among the words.
    Value(usize),
    /// A parenthesis, with what is in it.
    Clause(usize, Option<Box<Stage>>),
    /// An accessor with the arguments of its call.
    Access(usize, Option<Box<Stage>>),
    /// A sign and what it is applied to.
    Prefix(usize, Option<Box<Stage>>),
    /// An operator; nothing may stand at either side inside parentheses.
    Operation(usize, Option<Box<Stage>>, Option<Box<Stage>>),
}

const DEEPEST: usize = 50;
/// Levels of operators, the loosest first; values come behind the last.
const LEVELS: usize = 10;

pub(super) struct Planner<'a> {
    words: &'a [Word],
    at: usize,
    depth: usize,
}

impl<'a> Planner<'a> {
    pub(super) fn new(words: &'a [Word]) -> Self {
        Self {
            words,
            at: 0,
            depth: 0,
        }
    }

    /// All operators, and the place of the first word that none of them takes.
    pub(super) fn run(&mut self) -> Result<(Option<Stage>, usize), Problem> {
        let stage = self.level(0)?;
        Ok((stage, self.at))
    }

    fn current(&self) -> Option<&'a Word> {
        self.words.get(self.at)
    }

    fn level(&mut self, level: usize) -> Result<Option<Stage>, Problem> {
        if level == LEVELS {
            return self.value();
        }
        let mut left = self.level(level + 1)?;
        while let Some(word) = self.current()
            && takes(level, word)
        {
            let operator = self.at;
            self.at += 1;
            let right = self.level(level + 1)?;
            left = Some(Stage::Operation(
                operator,
                left.map(Box::new),
                right.map(Box::new),
            ));
        }
        Ok(left)
    }

    fn value(&mut self) -> Result<Option<Stage>, Problem> {
        let Some(word) = self.current() else {
            return Ok(None);
        };
        let at = self.at;
        match word.kind {
            Kind::ClauseClose => Ok(None),
            Kind::Clause => {
                let inside = self.clause(word)?;
                Ok(Some(Stage::Clause(at, inside)))
            }
            Kind::Accessor => {
                self.at += 1;
                let arguments = match self.current() {
                    // The arguments of a call take all operators that follow, too.
                    Some(next) if next.kind == Kind::Clause => {
                        self.nested(next, |it| it.level(0))?
                    }
                    _ => None,
                };
                Ok(Some(Stage::Access(at, arguments.map(Box::new))))
            }
            Kind::Prefix => {
                self.at += 1;
                let operand = self.nested(word, Self::value)?;
                Ok(Some(Stage::Prefix(at, operand.map(Box::new))))
            }
            Kind::Variable
            | Kind::Numeric
            | Kind::Text
            | Kind::Pattern
            | Kind::Boolean
            | Kind::Time
            | Kind::Hole => {
                self.at += 1;
                Ok(Some(Stage::Value(at)))
            }
            _ => {
                let message = format!("unexpected `{}`: a value belongs here", word.value);
                Err(Problem::syntax(word.span.clone(), message))
            }
        }
    }

    fn clause(&mut self, opening: &Word) -> Result<Option<Box<Stage>>, Problem> {
        self.at += 1;
        let inside = self.nested(opening, |it| it.level(0))?;
        // Whatever stands here is taken for the closing one.
        self.at = (self.at + 1).min(self.words.len());
        Ok(inside.map(Box::new))
    }

    fn nested(
        &mut self,
        opening: &Word,
        read: impl FnOnce(&mut Self) -> Result<Option<Stage>, Problem>,
    ) -> Result<Option<Stage>, Problem> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let message = format!("an expression may be nested {DEEPEST} deep");
            return Err(Problem::syntax(opening.span.clone(), message));
        }
        let stage = read(self);
        self.depth -= 1;
        stage
    }
}

fn takes(level: usize, word: &Word) -> bool {
    let symbol = word.value.as_str();
    match level {
        0 => word.kind == Kind::Separator,
        1 => word.kind == Kind::Ternary,
        2 => word.kind == Kind::Logical && symbol == "||",
        3 => word.kind == Kind::Logical,
        4 => word.kind == Kind::Comparator,
        _ => {
            let symbols: &[&str] = match level {
                5 => &["^", "&", "|"],
                6 => &[">>", "<<"],
                7 => &["+", "-"],
                8 => &["*", "/", "%"],
                _ => &["**"],
            };
            word.kind == Kind::Modifier && symbols.contains(&symbol)
        }
    }
}
