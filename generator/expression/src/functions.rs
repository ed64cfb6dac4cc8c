//! How functions are said: their names, the ways to call them and what they give.

use crate::types::Type;

/// A function; with several forms, it may be called in any of them.
#[derive(Debug, Clone, Copy)]
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// The ways to call it.
    pub forms: &'static [Call],
}

/// One way to call a function.
#[derive(Debug, Clone, Copy)]
pub struct Call {
    /// What its arguments can be.
    pub takes: &'static [Type],
    /// What further arguments can be, if any number may follow.
    pub rest: Option<Type>,
    /// What it gives.
    pub gives: Type,
}

impl Function {
    /// The fewest and the most arguments.
    #[must_use]
    pub fn arity(&self) -> (usize, Option<usize>) {
        let least = self.forms.iter().map(|form| form.takes.len()).min();
        let endless = self.forms.iter().any(|form| form.rest.is_some());
        let most = self.forms.iter().map(|form| form.takes.len()).max();
        (least.unwrap_or(0), most.filter(|_| !endless))
    }
}

/// A call with these arguments.
pub(crate) const fn call(takes: &'static [Type], gives: Type) -> Call {
    Call {
        takes,
        rest: None,
        gives,
    }
}

/// A call with these arguments and any number of others.
pub(crate) const fn many(takes: &'static [Type], rest: Type, gives: Type) -> Call {
    Call {
        takes,
        rest: Some(rest),
        gives,
    }
}

/// A table of functions: `"name": form, form;`.
macro_rules! functions {
    ($($name:literal: $($form:expr),+;)*) => {
        &[$($crate::functions::Function { name: $name, forms: &[$($form),+] }),*]
    };
}
pub(crate) use functions;
