//! Calls in an expression of CEL.

use super::super::Program;
use super::super::ast::{Form, Name, Node};
use super::Checker;
use crate::functions::Function;
use crate::problem::{Kind, counted, expected, suggestion};
use crate::types::Type;

impl<'a> Checker<'a> {
    pub(super) fn call(
        &mut self,
        name: &'a Name,
        receiver: Option<&'a Node>,
        arguments: &'a [Node],
    ) -> Type {
        let Some(receiver) = receiver else {
            let types = self.all(arguments);
            return match self.program.function(&name.text) {
                Some(function) => self.function(function, &name.text, name, arguments, &types),
                None => self.unknown(name, ""),
            };
        };
        // `base64.decode(x)`: a function with a dot in its name.
        if let Form::Name(space) = &receiver.form {
            let qualified = format!("{space}.{}", name.text);
            if let Some(function) = self.program.function(&qualified) {
                let types = self.all(arguments);
                return self.function(function, &qualified, name, arguments, &types);
            }
            let prefix = format!("{space}.");
            if self.program.names().any(|it| it.starts_with(&prefix)) {
                self.all(arguments);
                return self.unknown(name, &prefix);
            }
        }
        let member = format!(".{}", name.text);
        let mut types = vec![self.node(receiver)];
        if name.text == "sortBy" && self.program != Program::TektonWhen && arguments.len() == 2 {
            return self.sort_by(types.first().copied().unwrap_or(Type::UNKNOWN), arguments);
        }
        types.extend(self.all(arguments));
        if name.text == "matches"
            && let Some(pattern) = arguments.first()
            && let Form::Text(text) = &pattern.form
            && let Err(problem) = crate::go_regexp::check(text)
        {
            let message = format!("this is no regular expression of Go: {}", problem.message);
            self.say(Kind::Type, &pattern.span, message);
        }
        match self.program.function(&member) {
            Some(function) => {
                let nodes: Vec<&Node> = std::iter::once(receiver).chain(arguments).collect();
                self.fit(function, &name.text, name, &nodes, &types, 1)
            }
            None => self.unknown(name, "."),
        }
    }

    pub(super) fn sort_by(&mut self, list: Type, arguments: &'a [Node]) -> Type {
        if let [variable, body] = arguments {
            if let Form::Name(name) = &variable.form {
                self.locals.push((name, list.element()));
                self.node(body);
                self.locals.pop();
            } else {
                let message = "`sortBy` needs a new name first, `list.sortBy(x, x.y)`";
                self.say(Kind::Syntax, &variable.span, message);
            }
        }
        Type::LIST
    }

    /// No function is called so; `prefix` is what stands before the name in the tables.
    pub(super) fn unknown(&mut self, name: &Name, prefix: &str) -> Type {
        let same = self
            .program
            .names()
            .filter_map(|it| it.strip_prefix(prefix));
        let mut near = suggestion(&name.text, same.filter(|it| !it.contains('.')));
        if near.is_empty() {
            // Called on a value or not, or in a space of names.
            let elsewhere = self
                .program
                .names()
                .find(|it| it.rsplit('.').next() == Some(name.text.as_str()));
            near = match elsewhere {
                Some(member) if member.starts_with('.') => {
                    format!(" (it is called on a value, `x{member}(…)`)")
                }
                Some(other) => format!(" (did you mean `{other}`?)"),
                None if name.text == "decodeb64" => " (did you mean `base64.decode`?)".to_owned(),
                None => near,
            };
        }
        let message = format!("there is no function `{}`{near}", name.text);
        self.say(Kind::Name, &name.span, message);
        Type::UNKNOWN
    }

    pub(super) fn all(&mut self, arguments: &'a [Node]) -> Vec<Type> {
        arguments.iter().map(|it| self.node(it)).collect()
    }

    pub(super) fn function(
        &mut self,
        function: &'static Function,
        shown: &str,
        name: &Name,
        arguments: &[Node],
        types: &[Type],
    ) -> Type {
        let nodes: Vec<&Node> = arguments.iter().collect();
        self.fit(function, shown, name, &nodes, types, 0)
    }

    /// What the call gives; `own` of the values is what it is called on.
    pub(super) fn fit(
        &mut self,
        function: &'static Function,
        shown: &str,
        name: &Name,
        nodes: &[&Node],
        types: &[Type],
        own: usize,
    ) -> Type {
        let counts =
            |takes: usize, endless: bool| types.len() == takes || (endless && types.len() > takes);
        let mut wrong: Option<(usize, Type)> = None;
        let mut counted_right = false;
        for form in function.forms {
            if !counts(form.takes.len(), form.rest.is_some()) {
                continue;
            }
            counted_right = true;
            let wanted = |at: usize| {
                form.takes
                    .get(at)
                    .copied()
                    .or(form.rest)
                    .unwrap_or(Type::UNKNOWN)
            };
            match types
                .iter()
                .enumerate()
                .position(|(at, given)| !given.can_be(wanted(at)))
            {
                None => return form.gives,
                Some(at) if wrong.is_none_or(|(farthest, _)| at > farthest) => {
                    wrong = Some((at, wanted(at)))
                }
                Some(at) => {
                    wrong = wrong.map(|(farthest, known)| {
                        if farthest == at {
                            (at, known.or(wanted(at)))
                        } else {
                            (farthest, known)
                        }
                    });
                }
            }
        }
        if !counted_right {
            let (least, most) = function.arity();
            let message = format!(
                "`{shown}` takes {}, and gets {}",
                expected(
                    least.saturating_sub(own),
                    most.map(|most| most.saturating_sub(own))
                ),
                counted(types.len().saturating_sub(own), "argument")
            );
            self.say(Kind::Arguments, &name.span, message);
        } else if let Some((at, wanted)) = wrong
            && let (Some(node), Some(given)) = (nodes.get(at), types.get(at))
        {
            let what = if at < own { "is called on" } else { "takes" };
            let message = format!("`{shown}` {what} {wanted}, and this is {given}");
            self.say(Kind::Type, &node.span, message);
        }
        Type::UNKNOWN
    }

    pub(super) fn comprehension(
        &mut self,
        name: &Name,
        list: &'a Node,
        variable: &'a Name,
        bodies: &'a [Node],
    ) -> Type {
        let given = self.node(list);
        if !given.can_be(Type::LIST.or(Type::MAP)) {
            let message = format!(
                "`{}` goes over a list or the keys of a map, and this is {given}",
                name.text
            );
            self.say(Kind::Type, &list.span, message);
        }
        let element = if given.is(Type::LIST) {
            given.element()
        } else {
            Type::UNKNOWN
        };
        self.locals.push((&variable.text, element));
        let types: Vec<_> = bodies.iter().map(|body| self.node(body)).collect();
        self.locals.pop();
        let maps = name.text == "map";
        let asked = if maps && types.len() == 1 {
            None
        } else {
            bodies.first().zip(types.first())
        };
        if let Some((body, kind)) = asked
            && !kind.can_be(Type::BOOL)
        {
            let message = format!(
                "what `{}` asks of each element must be true or false, and this is {kind}",
                name.text
            );
            self.say(Kind::Type, &body.span, message);
        }
        match name.text.as_str() {
            "map" => types.last().copied().unwrap_or(Type::UNKNOWN).list_of(),
            "filter" => element.list_of(),
            _ => Type::BOOL,
        }
    }
}
