//! Calls in a template that Go would refuse when it runs.

use std::ops::Range;

use super::super::scope::{Operand, Place, further};
use super::{Parsed, Parser};
use crate::path::Step;
use crate::problem::{Kind, Problem, counted, expected};

impl<'a> Parser<'a> {
    /// Behind a pipe only what can take a value may stand.
    pub(super) fn check_stage(
        &mut self,
        operands: &[(Operand, Range<usize>)],
        first: &Range<usize>,
    ) -> Parsed<()> {
        let dot = self.text.get(first.clone()) == Some(".");
        let constant = matches!(
            operands.first(),
            Some((
                Operand::Text(_) | Operand::Number(_) | Operand::Other { constant: true },
                _
            ))
        );
        if dot || constant {
            let message = "behind `|` a function belongs, and this is a value";
            return Err(Problem::syntax(first.clone(), message));
        }
        Ok(())
    }

    /// What a command gives, and whether it can be run at all.
    pub(super) fn called(&mut self, operands: &[(Operand, Range<usize>)], piped: bool) -> Place {
        let ((first, span), arguments) = operands.split_first()?;
        // A function among the arguments is called without any of its own.
        for (argument, span) in arguments {
            if let Operand::Function(name) = argument {
                self.call(name, span.clone(), 0);
            }
        }
        let given = arguments.len() + usize::from(piped);
        match first {
            Operand::Function(name) => {
                self.call(name, span.clone(), given);
                (name == "index").then(|| self.index(arguments)).flatten()
            }
            Operand::Value(place) if given == 0 => place.clone(),
            _ if given == 0 => None,
            _ => {
                let written = self.text.get(span.clone()).unwrap_or_default();
                let message = format!(
                    "`{written}` is no function, and gets {}",
                    counted(given, "argument")
                );
                self.say(Kind::Type, span.clone(), message);
                None
            }
        }
    }

    pub(super) fn call(&mut self, name: &str, span: Range<usize>, given: usize) {
        let Some(function) = self.program.function(name) else {
            return;
        };
        let (least, most) = function.arity();
        if given < least || most.is_some_and(|most| given > most) {
            let message = format!(
                "`{name}` takes {}, and gets {}",
                expected(least, most),
                counted(given, "argument")
            );
            self.say(Kind::Arguments, span, message);
        }
    }

    /// `index .a "b" 0` with constants is `.a.b[0]`.
    pub(super) fn index(&mut self, arguments: &[(Operand, Range<usize>)]) -> Place {
        let ((first, _), picks) = arguments.split_first()?;
        let Operand::Value(place) = first else {
            return None;
        };
        let mut place = place.clone();
        for (pick, span) in picks {
            place = match pick {
                Operand::Text(name) => {
                    further(place, span.start + 1..span.end - 1, Step::Key(name.clone()))
                }
                Operand::Number(number) => further(place, span.clone(), Step::Index(*number)),
                _ => further(place, span.clone(), Step::Computed),
            };
        }
        self.read(&Operand::Value(place.clone()));
        place
    }
}
