//! What `.` and variables of a template stand for.

use std::ops::Range;

use crate::path::{Segment, Step};

/// Where a value is in what the template is given; none if that is not plain.
pub(super) type Place = Option<Vec<Segment>>;

#[derive(Debug, Clone)]
pub(super) struct Variable {
    pub(super) name: String,
    pub(super) place: Place,
}

/// What is known at one point of a template.
#[derive(Debug, Clone)]
pub(super) struct Scope {
    pub(super) dot: Place,
    pub(super) variables: Vec<Variable>,
    /// How many `range`s are around.
    pub(super) ranges: usize,
}

impl Scope {
    /// At the start of a template: `$` is what it is given.
    pub(super) fn new(given: Place) -> Self {
        Self {
            dot: given.clone(),
            variables: vec![Variable {
                name: "$".to_owned(),
                place: given,
            }],
            ranges: 0,
        }
    }

    pub(super) fn variable(&self, name: &str) -> Option<&Variable> {
        self.variables.iter().rev().find(|it| it.name == name)
    }

    pub(super) fn declare(&mut self, name: &str, place: Place) {
        self.variables.push(Variable {
            name: name.to_owned(),
            place,
        });
    }

    /// A variable that gets another value could have either.
    pub(super) fn assign(&mut self, name: &str) {
        if let Some(variable) = self.variables.iter_mut().rev().find(|it| it.name == name) {
            variable.place = None;
        }
    }
}

/// An operand of a command.
#[derive(Debug, Clone)]
pub(super) enum Operand {
    /// A field, a variable or `.`.
    Value(Place),
    /// A function, by its name.
    Function(String),
    /// A constant text.
    Text(String),
    /// A constant whole number.
    Number(i64),
    /// A constant that is neither, or a pipeline in parentheses.
    Other { constant: bool },
}

/// A place one step further.
pub(super) fn further(place: Place, span: Range<usize>, step: Step) -> Place {
    let mut segments = place?;
    segments.push(Segment { span, step });
    Some(segments)
}
