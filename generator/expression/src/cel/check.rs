//! Names, calls and types of an expression of CEL, after the checker of cel-go v0.30.

mod calls;

use std::ops::Range;

use super::Program;
use super::ast::{Form, Name, Node};
use crate::path::{Path, Segment, Step};
use crate::problem::{Kind, Problem, suggestion};
use crate::types::Type;

pub(super) struct Checker<'a> {
    program: Program,
    variables: &'a [(&'a str, Type)],
    locals: Vec<(&'a str, Type)>,
    pub(super) reads: Vec<Path>,
    pub(super) problems: Vec<Problem>,
}

/// Types of CEL that are values, too.
const TYPES: [&str; 12] = [
    "bool",
    "bytes",
    "double",
    "duration",
    "int",
    "list",
    "map",
    "null_type",
    "string",
    "timestamp",
    "type",
    "uint",
];

const SAME: [Type; 8] = [
    Type::INTEGER,
    Type::UNSIGNED,
    Type::FLOAT,
    Type::TEXT,
    Type::BYTES,
    Type::BOOL,
    Type::TIME,
    Type::DURATION,
];

impl<'a> Checker<'a> {
    pub(super) fn new(program: Program, variables: &'a [(&'a str, Type)]) -> Self {
        Self {
            program,
            variables,
            locals: Vec::new(),
            reads: Vec::new(),
            problems: Vec::new(),
        }
    }

    fn say(&mut self, kind: Kind, span: &Range<usize>, message: impl Into<String>) {
        self.problems
            .push(Problem::new(kind, span.clone(), message));
    }

    pub(super) fn node(&mut self, node: &'a Node) -> Type {
        match &node.form {
            Form::Constant(known) => *known,
            Form::Integer(_) => Type::INTEGER,
            Form::Text(_) => Type::TEXT,
            Form::Name(_) | Form::Select { .. } | Form::Index(_) => self.picked(node, false),
            Form::Has(field) => {
                if let Some(field) = field {
                    self.picked(field, true);
                }
                Type::BOOL
            }
            Form::Call {
                name,
                receiver,
                arguments,
            } => self.call(name, receiver.as_deref(), arguments),
            Form::Comprehension {
                name,
                list,
                variable,
                bodies,
            } => self.comprehension(name, list, variable, bodies),
            Form::Unary { operator, operand } => {
                let given = self.node(operand);
                let wanted = if operator.text == "!" {
                    Type::BOOL
                } else {
                    Type::NUMBER
                };
                if !given.can_be(wanted) {
                    let message =
                        format!("`{}` takes {wanted}, and this is {given}", operator.text);
                    self.say(Kind::Type, &operand.span, message);
                }
                if given.is_unknown() { wanted } else { given }
            }
            Form::Binary { operator, sides } => {
                let [left, right] = sides.as_ref();
                let (left, right) = (self.node(left), self.node(right));
                self.binary(operator, left, right)
            }
            Form::Conditional(parts) => {
                let [condition, yes, no] = parts.as_ref();
                let tested = self.node(condition);
                if !tested.can_be(Type::BOOL) {
                    let message =
                        format!("a condition must be true or false, and this is {tested}");
                    self.say(Kind::Type, &condition.span, message);
                }
                let (first, second) = (self.node(yes), self.node(no));
                if !first.can_be(second) {
                    let message = format!(
                        "both values must be of one type, and these are {first} and {second}: wrap one in `dyn()`"
                    );
                    self.say(Kind::Type, &no.span, message);
                }
                first.or(second)
            }
            Form::List(elements) => {
                let types: Vec<_> = elements.iter().map(|it| self.node(it)).collect();
                let mut types = types.into_iter();
                match types.next() {
                    Some(first) if types.all(|it| it == first) => first.list_of(),
                    _ => Type::LIST,
                }
            }
            Form::Map(entries) => {
                for (key, value) in entries {
                    self.node(key);
                    self.node(value);
                }
                Type::MAP
            }
            Form::Message { name, values } => {
                // Of the types with fields there are only protobuf's own.
                if !name.starts_with("google.protobuf.") {
                    let span = node.span.start..node.span.start + name.len();
                    let message =
                        format!("there is no type `{name}`: a map is written `{{'key': value}}`");
                    self.say(Kind::Name, &span, message);
                }
                for value in values {
                    self.node(value);
                }
                Type::OBJECT
            }
        }
    }

    // Values.

    /// A variable, a field or an element.
    fn picked(&mut self, node: &'a Node, guarded: bool) -> Type {
        let mut steps: Vec<(&'a Node, Step, Range<usize>)> = Vec::new();
        let mut at = node;
        loop {
            at = match &at.form {
                Form::Select { object, field } => {
                    steps.push((object, Step::Key(field.text.clone()), field.span.clone()));
                    object
                }
                Form::Index(sides) => {
                    let [object, index] = sides.as_ref();
                    let (step, span) = match &index.form {
                        // A quoted key is underlined without its quotes, unless escapes stand in it.
                        Form::Text(key) => {
                            let inside = index.span.len() - key.len().min(index.span.len());
                            let quotes = usize::from(inside == 2 && !key.is_empty());
                            let span = index.span.start + quotes..index.span.end - quotes;
                            (Step::Key(key.clone()), span)
                        }
                        Form::Integer(number) => (Step::Index(*number), index.span.clone()),
                        _ => (Step::Computed, index.span.clone()),
                    };
                    let given = self.node(index);
                    if !given.can_be(
                        Type::INTEGER
                            .or(Type::TEXT)
                            .or(Type::BOOL)
                            .or(Type::UNSIGNED),
                    ) {
                        let message =
                            format!("a key is a text or a whole number, and this is {given}");
                        self.say(Kind::Type, &index.span, message);
                    }
                    steps.push((object, step, span));
                    object
                }
                _ => break,
            };
        }
        steps.reverse();
        let mut known = match &at.form {
            Form::Name(root) => self.variable(at, root),
            _ => self.node(at),
        };
        let local = matches!(&at.form, Form::Name(root) if self.locals.iter().any(|(name, _)| name == root));
        let mut segments = match &at.form {
            Form::Name(root) => vec![Segment::name(at.span.clone(), root)],
            _ => Vec::new(),
        };
        for (_, step, span) in steps {
            let pickable = Type::MAP
                .or(Type::OBJECT)
                .or(if matches!(step, Step::Key(_)) {
                    Type::MAP
                } else {
                    Type::LIST
                });
            if !known.can_be(pickable) {
                let message = match &step {
                    Step::Key(name) => format!("{known} has no field `{name}`"),
                    _ => format!("nothing can be picked from {known}"),
                };
                self.say(Kind::Type, &span, message);
            }
            known = known.element();
            segments.push(Segment { span, step });
        }
        if !segments.is_empty() && matches!(at.form, Form::Name(_)) && !local {
            let google = segments.first().and_then(Segment::key) == Some("google");
            let is_type = google
                || segments.len() == 1
                    && segments
                        .first()
                        .and_then(Segment::key)
                        .is_some_and(|it| TYPES.contains(&it));
            if !is_type {
                self.reads.push(Path { segments, guarded });
            }
        }
        known
    }

    fn variable(&mut self, node: &Node, name: &str) -> Type {
        let local = self.locals.iter().rev().find(|(local, _)| *local == name);
        let given = self.program.variables().iter().chain(self.variables.iter());
        let known = local.or_else(|| given.into_iter().find(|(known, _)| *known == name));
        if let Some((_, known)) = known {
            return *known;
        }
        if TYPES.contains(&name) || name == "google" {
            return Type::OBJECT;
        }
        let known: Vec<&str> = self
            .program
            .variables()
            .iter()
            .chain(self.variables)
            .chain(&self.locals)
            .map(|(name, _)| *name)
            .collect();
        let hint = if self.program == Program::TektonWhen {
            format!(": a text stands in quotes, `'{name}'`, and so does `'$(params.x)'`")
        } else {
            let near = suggestion(name, known.iter().copied());
            if near.is_empty() && !known.is_empty() {
                format!(": there are `{}`", known.join("`, `"))
            } else {
                near
            }
        };
        let message = format!("there is no variable `{name}` here{hint}");
        self.say(Kind::Name, &node.span, message);
        Type::UNKNOWN
    }

    // Operators.

    fn binary(&mut self, operator: &Name, left: Type, right: Type) -> Type {
        let given = match operator.text.as_str() {
            "&&" | "||" => same(&[Type::BOOL], left, right).map(|_| Type::BOOL),
            "==" | "!=" => left.can_be(right).then_some(Type::BOOL),
            "<" | "<=" | ">" | ">=" => same(&SAME, left, right).map(|_| Type::BOOL),
            "in" => {
                let list = right.can_be(Type::LIST)
                    && (!right.is(Type::LIST) || left.can_be(right.element()));
                (list || right.can_be(Type::MAP)).then_some(Type::BOOL)
            }
            "+" => same(
                &[
                    Type::INTEGER,
                    Type::UNSIGNED,
                    Type::FLOAT,
                    Type::TEXT,
                    Type::BYTES,
                    Type::LIST,
                    Type::DURATION,
                ],
                left,
                right,
            )
            .or_else(|| times(left, right)),
            "-" => same(
                &[Type::INTEGER, Type::UNSIGNED, Type::FLOAT, Type::DURATION],
                left,
                right,
            )
            .or_else(|| same(&[Type::TIME], left, right).map(|_| Type::DURATION))
            .or_else(|| {
                (left.can_be(Type::TIME) && right.can_be(Type::DURATION)).then_some(Type::TIME)
            }),
            "%" => same(&[Type::INTEGER, Type::UNSIGNED], left, right),
            _ => same(&[Type::INTEGER, Type::UNSIGNED, Type::FLOAT], left, right),
        };
        given.unwrap_or_else(|| {
            let sign = &operator.text;
            let number = Type::NUMBER.or(Type::UNSIGNED);
            let hint = if left.is(number) && right.is(number) {
                ": numbers must be of one type, turn one with `int()`, `uint()` or `double()`"
            } else if left.is(number) || right.is(number) {
                ": turn one with `string()`, `int()` or `double()`"
            } else {
                ""
            };
            let message = match sign.as_str() {
                "==" | "!=" => format!("{left} cannot be compared with {right}{hint}"),
                "in" => format!("{left} cannot be in {right}"),
                _ => format!("`{sign}` cannot take {left} and {right}{hint}"),
            };
            self.say(Kind::Type, &operator.span, message);
            if matches!(sign.as_str(), "+" | "-" | "*" | "/" | "%") {
                Type::UNKNOWN
            } else {
                Type::BOOL
            }
        })
    }
}

/// What both can be, of these.
fn same(kinds: &[Type], left: Type, right: Type) -> Option<Type> {
    let mut fitting = kinds
        .iter()
        .filter(|kind| left.can_be(**kind) && right.can_be(**kind));
    let first = *fitting.next()?;
    Some(fitting.fold(first, |all, kind| all.or(*kind)))
}

fn times(left: Type, right: Type) -> Option<Type> {
    let either = (left.can_be(Type::TIME) && right.can_be(Type::DURATION))
        || (left.can_be(Type::DURATION) && right.can_be(Type::TIME));
    either.then_some(Type::TIME)
}
