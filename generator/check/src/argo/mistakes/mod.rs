//! What is wrong with the expressions and tags of an object of Argo Workflows, found once for all rules.
//!
//! Upstream compiles no expression before it is needed. Here each one is read by its language, and the names that it reads are
//! looked up where it stands: [`environment`] says what is known in a place, [`fields`] where expressions stand, [`tags`] what
//! stands in `{{…}}`.

mod environment;
mod event;
mod fields;
mod names;
mod reader;
mod tags;

use luban_diagnostic::Place;
use luban_expression::{Kind, Problem};

use super::view::View;
use super::written::{Written, written};

pub(crate) use environment::called;
pub(crate) use event::of_event_binding;

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// The language cannot read it.
    Syntax,
    /// A function does not exist, or is called with too much or too little.
    Name,
    /// An operator or function cannot take what it gets.
    Type,
    /// It is taken, and does not do what it says.
    Never,
    /// It reads a variable that does not exist.
    Variable,
    /// A tag's name is misspelt, so that it stays as it is.
    Misspelt,
    /// It reads what may have been skipped.
    Skipped,
    /// It reads an output of what is not done then.
    Unready,
}

/// Something that is wrong with an expression or tag.
#[derive(Debug, Clone)]
pub(crate) struct Mistake {
    pub(crate) what: What,
    pub(crate) place: Place,
    pub(crate) message: String,
    pub(crate) related: Option<(String, Option<Place>)>,
}

impl Mistake {
    fn new(what: What, place: Place, message: impl Into<String>) -> Self {
        Self {
            what,
            place,
            message: message.into(),
            related: None,
        }
    }
}

fn what(problem: &Problem) -> What {
    match problem.kind {
        Kind::Syntax => What::Syntax,
        Kind::Name | Kind::Arguments => What::Name,
        Kind::Type => What::Type,
        Kind::Never => What::Never,
    }
}

impl<'a> View<'a> {
    /// The templates of the object itself as they are written.
    pub(crate) fn written(&self) -> &[Written<'a>] {
        self.written
            .get_or_init(|| self.own().map(written).unwrap_or_default())
    }

    /// What is wrong with the object's own expressions and tags.
    pub(crate) fn mistakes(&self) -> &[Mistake] {
        self.mistakes.get_or_init(|| {
            let mut reader = reader::Reader::new(self);
            reader.object();
            reader.mistakes
        })
    }
}
