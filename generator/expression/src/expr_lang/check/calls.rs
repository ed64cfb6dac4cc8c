//! Calls in an expression: which function it is, and whether it takes what it gets.

use super::super::ast::{Form, Name, Node};
use super::super::builtins;
use super::Checker;
use crate::functions::Function;
use crate::problem::{Kind, counted, expected, suggestion};
use crate::types::Type;

impl<'a> Checker<'a> {
    pub(super) fn call(&mut self, callee: &'a Node, arguments: &'a [Node]) -> Type {
        if let Form::Name(name) = &callee.form
            && self.locals.iter().all(|(local, _)| local != name)
        {
            let types = self.all(arguments);
            let called = Name {
                span: callee.span.clone(),
                text: name.clone(),
            };
            return match self.environment.function(name) {
                Some(function) => self.function(function, &called, arguments, &types),
                None => self.unknown_function(&called),
            };
        }
        if let Some(path) = self.path(callee) {
            let names: Vec<&str> = path.names().collect();
            let space = self.environment.dialect.namespaces.iter();
            if let [root, function] = names.as_slice()
                && let Some((_, functions)) = space.into_iter().find(|(name, _)| name == root)
            {
                let types = self.all(arguments);
                let last = path.segments.last().map_or(0..0, |it| it.span.clone());
                let called = Name {
                    span: last,
                    text: (*function).to_owned(),
                };
                return match functions.iter().find(|it| it.name == *function) {
                    Some(known) => self.function(known, &called, arguments, &types),
                    None => {
                        let near = suggestion(function, functions.iter().map(|it| it.name));
                        let message = format!("`{root}` has no function `{function}`{near}");
                        self.say(Kind::Name, &called.span, message);
                        Type::UNKNOWN
                    }
                };
            }
        }
        match &callee.form {
            // A method of what an expression gives: what it has is not known.
            Form::Member { object, .. } => {
                self.node(object);
            }
            _ => {
                self.node(callee);
            }
        }
        self.all(arguments);
        Type::UNKNOWN
    }

    pub(super) fn unknown_function(&mut self, name: &Name) -> Type {
        let known = self
            .environment
            .dialect
            .functions
            .iter()
            .map(|function| function.name)
            .chain(builtins::names());
        let near = suggestion(&name.text, known);
        let spaces = self.environment.dialect.namespaces.iter();
        let spaced = spaces
            .flat_map(|(space, functions)| functions.iter().map(move |it| (space, it.name)))
            .find(|(_, function)| *function == name.text)
            .map(|(space, function)| format!(" (did you mean `{space}.{function}`?)"));
        let near = spaced.unwrap_or(near);
        let message = format!("there is no function `{}`{near}", name.text);
        self.say(Kind::Name, &name.span, message);
        Type::UNKNOWN
    }

    pub(super) fn all(&mut self, arguments: &'a [Node]) -> Vec<Type> {
        arguments
            .iter()
            .map(|argument| self.node(argument))
            .collect()
    }

    pub(super) fn builtin(&mut self, name: &'a Name, arguments: &'a [Node]) -> Type {
        if let Some(function) = builtins::function(&name.text) {
            let types = self.all(arguments);
            return self.function(function, name, arguments, &types);
        }
        let list = arguments.first().map_or(Type::UNKNOWN, |it| self.node(it));
        if let Some(first) = arguments.first()
            && !list.can_be(Type::LIST)
        {
            let message = format!("`{}` takes a list, and this is {list}", name.text);
            self.say(Kind::Type, &first.span, message);
        }
        self.elements.push(list.element());
        let each = match arguments.get(1) {
            Some(predicate) if takes_boolean(&name.text) => self.condition(
                predicate,
                &format!("what `{}` asks of each element", name.text),
            ),
            Some(predicate) => self.node(predicate),
            None => Type::UNKNOWN,
        };
        self.elements.pop();
        if let Some(last) = arguments.get(2) {
            let given = self.node(last);
            if name.text == "sortBy" && !given.can_be(Type::TEXT) {
                let message = format!("the order is `'asc'` or `'desc'`, and this is {given}");
                self.say(Kind::Type, &last.span, message);
            }
        }
        match name.text.as_str() {
            "all" | "none" | "any" | "one" => Type::BOOL,
            "filter" | "sortBy" => {
                if list.is(Type::LIST) {
                    list
                } else {
                    Type::LIST
                }
            }
            "map" => each.list_of(),
            "count" | "findIndex" | "findLastIndex" => Type::INTEGER,
            // Its keys are what the predicate gives.
            "groupBy" => Type::MAP.or(Type::OBJECT),
            _ => Type::UNKNOWN,
        }
    }

    pub(super) fn function(
        &mut self,
        function: &Function,
        name: &Name,
        arguments: &[Node],
        types: &[Type],
    ) -> Type {
        let shown = &name.text;
        let fits_count =
            |takes: usize, endless: bool| types.len() == takes || (endless && types.len() > takes);
        let forms: Vec<_> = function
            .forms
            .iter()
            .filter(|form| fits_count(form.takes.len(), form.rest.is_some()))
            .collect();
        if forms.is_empty() {
            let (least, most) = function.arity();
            let message = format!(
                "`{shown}` takes {}, and gets {}",
                expected(least, most),
                counted(types.len(), "argument")
            );
            self.say(Kind::Arguments, &name.span, message);
            return function
                .forms
                .first()
                .map_or(Type::UNKNOWN, |form| form.gives);
        }
        let mut wrong = None;
        for form in &forms {
            let takes = form.takes.iter().copied().chain(
                form.rest
                    .into_iter()
                    .flat_map(|rest| std::iter::repeat_n(rest, types.len())),
            );
            let misfit = takes
                .zip(types)
                .position(|(wanted, given)| !fits(wanted, *given));
            match misfit {
                None => return form.gives,
                Some(at) if wrong.as_ref().is_none_or(|(farthest, _)| at > *farthest) => {
                    wrong = Some((at, *form));
                }
                Some(_) => {}
            }
        }
        if let Some((at, form)) = wrong
            && let (Some(argument), Some(given)) = (arguments.get(at), types.get(at))
        {
            let wanted = form
                .takes
                .get(at)
                .copied()
                .or(form.rest)
                .unwrap_or(Type::UNKNOWN);
            let message = format!("`{shown}` takes {wanted} here, and this is {given}");
            self.say(Kind::Type, &argument.span, message);
        }
        Type::UNKNOWN
    }
}

/// Whether an argument may be passed: a whole number where a fraction is wanted, too, but not the other way.
fn fits(wanted: Type, given: Type) -> bool {
    given.can_be(wanted) || (wanted.can_be(Type::FLOAT) && given.can_be(Type::INTEGER))
}

fn takes_boolean(name: &str) -> bool {
    !matches!(name, "map" | "sum" | "groupBy" | "sortBy" | "reduce")
}
