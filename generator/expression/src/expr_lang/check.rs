//! Names, calls and types of an expression, after `checker/checker.go` at v1.17.8.

mod calls;

use super::ast::{Form, Name, Node, Operator};
use super::builtins;
use super::operations;
use super::{Checked, Environment};
use crate::path::{Path, Segment, Step};
use crate::problem::{Kind, Problem, suggestion};
use crate::types::Type;

pub(super) struct Checker<'a> {
    environment: &'a Environment<'a>,
    pub(super) found: Checked,
    locals: Vec<(&'a str, Type)>,
    elements: Vec<Type>,
    guarded: bool,
}

impl<'a> Checker<'a> {
    pub(super) fn new(environment: &'a Environment<'a>) -> Self {
        Self {
            environment,
            found: Checked::default(),
            locals: Vec::new(),
            elements: Vec::new(),
            guarded: false,
        }
    }

    fn say(&mut self, kind: Kind, span: &std::ops::Range<usize>, message: String) {
        self.found
            .problems
            .push(Problem::new(kind, span.clone(), message));
    }

    pub(super) fn node(&mut self, node: &'a Node) -> Type {
        match &node.form {
            Form::Nil => Type::NIL,
            Form::Bool(_) => Type::BOOL,
            Form::Integer(_) => Type::INTEGER,
            Form::Float(_) => Type::FLOAT,
            Form::Text(_) => Type::TEXT,
            Form::Bytes => Type::BYTES,
            Form::Name(name) => self.name(node, name),
            Form::Pointer(word) => self.pointer(node, word),
            Form::Unary { operator, operand } => self.unary(operator, operand),
            Form::Binary {
                operator,
                left,
                right,
                ..
            } => self.binary(operator, left, right),
            Form::Compare { first, rest } => {
                let mut left = self.node(first);
                for (operator, right) in rest {
                    let right = self.node(right);
                    self.operation(operator, left, right);
                    left = right;
                }
                Type::BOOL
            }
            Form::Member {
                object, property, ..
            } => self.member(node, object, property),
            Form::Slice { object, from, to } => {
                let given = self.node(object);
                for bound in [from, to].into_iter().flatten() {
                    self.index(bound);
                }
                if !given.can_be(Type::LIST.or(Type::TEXT).or(Type::BYTES)) {
                    let message = format!("{given} cannot be cut: only lists and texts can");
                    self.say(Kind::Type, &object.span, message);
                }
                given
            }
            Form::Call { callee, arguments } => self.call(callee, arguments),
            Form::Builtin { name, arguments } => self.builtin(name, arguments),
            Form::Predicate(body) => self.node(body),
            Form::Conditional { condition, yes, no } => {
                let tested = self.condition(condition, "a condition");
                let yes = yes.as_ref().map_or(tested, |yes| self.node(yes));
                let no = self.node(no);
                if yes.is(Type::NIL) {
                    no
                } else if no.is(Type::NIL) {
                    yes
                } else {
                    yes.or(no)
                }
            }
            Form::Let { name, value, body } => self.variable(name, value, body),
            Form::Sequence(nodes) => nodes.iter().fold(Type::UNKNOWN, |_, node| self.node(node)),
            Form::Array(nodes) => {
                let types: Vec<_> = nodes.iter().map(|node| self.node(node)).collect();
                match types.as_slice() {
                    [] => Type::LIST,
                    // Elements of one kind make a list of it; of several, a list of anything.
                    [first, rest @ ..] if rest.iter().all(|it| it == first) => first.list_of(),
                    _ => Type::LIST,
                }
            }
            Form::Map(pairs) => {
                for (key, value) in pairs {
                    self.node(key);
                    self.node(value);
                }
                Type::MAP
            }
        }
    }

    fn name(&mut self, node: &'a Node, name: &'a str) -> Type {
        if let Some((_, known)) = self.locals.iter().rev().find(|(local, _)| local == &name) {
            return *known;
        }
        if name == "$env" {
            return Type::UNKNOWN;
        }
        let path = Path::new(vec![Segment::name(node.span.clone(), name)]);
        let function = builtins::is_builtin(name) || self.environment.function(name).is_some();
        // A variable hides a function of its name.
        if function && (self.environment.variable)(&path).is_unknown() {
            return Type::FUNCTION;
        }
        self.read(path)
    }

    fn read(&mut self, mut path: Path) -> Type {
        path.guarded |= self.guarded;
        let known = (self.environment.variable)(&path);
        self.found.reads.push(path);
        known
    }

    fn pointer(&mut self, node: &Node, word: &str) -> Type {
        match word {
            "" => self.elements.last().copied().unwrap_or(Type::UNKNOWN),
            "index" => Type::INTEGER,
            "acc" => Type::UNKNOWN,
            other => {
                let near = suggestion(other, ["index", "acc"]);
                let message = format!(
                    "`#{other}` is unknown: there are `#`, `#index` and in `reduce` `#acc`{near}"
                );
                self.say(Kind::Name, &node.span, message);
                Type::UNKNOWN
            }
        }
    }

    fn unary(&mut self, operator: &Operator, operand: &'a Node) -> Type {
        let given = self.node(operand);
        let wanted = if matches!(operator.text.as_str(), "!" | "not") {
            Type::BOOL
        } else {
            Type::NUMBER
        };
        if !given.can_be(wanted) {
            let message = format!("`{}` takes {wanted}, and this is {given}", operator.text);
            self.say(Kind::Type, &operand.span, message);
        }
        if wanted == Type::BOOL || given.is_unknown() {
            wanted
        } else {
            given
        }
    }

    fn binary(&mut self, operator: &Operator, left: &'a Node, right: &'a Node) -> Type {
        let outer = self.guarded;
        self.guarded |= operator.text == "??";
        let given = self.node(left);
        self.guarded = outer;
        let taken = self.node(right);
        if operator.text == "matches"
            && let Some(pattern) = right.text()
            && let Err(problem) = crate::go_regexp::check(pattern)
        {
            let message = format!("this is no regular expression of Go: {}", problem.message);
            self.say(Kind::Syntax, &right.span, message);
        }
        if operator.text == "%" && right.form == Form::Integer(0) {
            let message = "nothing can be divided by zero".to_owned();
            self.say(Kind::Type, &right.span, message);
        }
        self.operation(operator, given, taken)
    }

    fn operation(&mut self, operator: &Operator, left: Type, right: Type) -> Type {
        operations::binary(&operator.text, left, right).unwrap_or_else(|| {
            let message = operations::mismatch(&operator.text, left, right);
            self.say(Kind::Type, &operator.span, message);
            Type::UNKNOWN
        })
    }

    fn condition(&mut self, node: &'a Node, what: &str) -> Type {
        let given = self.node(node);
        if !given.can_be(Type::BOOL) {
            let message = format!("{what} must be true or false, and this is {given}");
            self.say(Kind::Type, &node.span, message);
        }
        given
    }

    fn index(&mut self, node: &'a Node) {
        let given = self.node(node);
        if !given.can_be(Type::INTEGER) {
            let message = format!("a place in a list is a whole number, and this is {given}");
            self.say(Kind::Type, &node.span, message);
        }
    }

    fn member(&mut self, node: &'a Node, object: &'a Node, property: &'a Node) -> Type {
        if let Some(path) = self.path(node) {
            return self.read(path);
        }
        let given = self.node(object);
        let picked = self.node(property);
        if given.is(Type::LIST) {
            if !picked.can_be(Type::INTEGER) {
                let message =
                    format!("an element is picked with a whole number, and this is {picked}");
                self.say(Kind::Type, &property.span, message);
            }
            return given.element();
        }
        let scalars = Type::TEXT
            .or(Type::NUMBER)
            .or(Type::BOOL)
            .or(Type::BYTES)
            .or(Type::NIL);
        // An index into bytes is a number.
        let indexed = given.can_be(Type::BYTES) && picked.can_be(Type::INTEGER);
        if given.is(scalars) && !indexed {
            let field = property.text().unwrap_or("…");
            let message = format!("{given} has no field `{field}`");
            self.say(Kind::Type, &property.span, message);
        }
        if given.is(Type::MAP) && !picked.can_be(Type::TEXT) {
            let message = format!("a value of a map is picked with a text, and this is {picked}");
            self.say(Kind::Type, &property.span, message);
        }
        Type::UNKNOWN
    }

    /// The names of `a.b['c'][0]`, if it begins with a variable of the environment. Looks at what is computed in brackets.
    fn path(&mut self, node: &'a Node) -> Option<Path> {
        let mut steps = Vec::new();
        let mut at = node;
        let mut guarded = false;
        while let Form::Member {
            object,
            property,
            optional,
        } = &at.form
        {
            guarded |= optional;
            steps.push(property.as_ref());
            at = object;
        }
        let Form::Name(root) = &at.form else {
            return None;
        };
        if self.locals.iter().any(|(local, _)| local == root) {
            return None;
        }
        let mut segments = Vec::new();
        if root != "$env" {
            segments.push(Segment::name(at.span.clone(), root));
        }
        for property in steps.into_iter().rev() {
            let (span, step) = match &property.form {
                Form::Text(name) => {
                    // A quoted name is underlined without its quotes, unless escapes stand in it.
                    let inside = property.span.len() - name.len().min(property.span.len());
                    let quotes = usize::from(inside == 2 && !name.is_empty());
                    let span = property.span.start + quotes..property.span.end - quotes;
                    (span, Step::Key(name.clone()))
                }
                Form::Integer(number) => (property.span.clone(), Step::Index(*number)),
                _ => {
                    self.node(property);
                    (property.span.clone(), Step::Computed)
                }
            };
            segments.push(Segment { span, step });
        }
        Some(Path { segments, guarded })
    }

    fn variable(&mut self, name: &'a Name, value: &'a Node, body: &'a Node) -> Type {
        let taken = if builtins::is_builtin(&name.text) {
            Some("the name of a built-in function")
        } else if self.environment.function(&name.text).is_some() {
            Some("the name of a function")
        } else if self.locals.iter().any(|(local, _)| *local == name.text) {
            Some("set already")
        } else {
            None
        };
        if let Some(what) = taken {
            let message = format!("`{}` is {what}: take another name", name.text);
            self.say(Kind::Name, &name.span, message);
        }
        let value = self.node(value);
        self.locals.push((&name.text, value));
        let given = self.node(body);
        self.locals.pop();
        given
    }
}
