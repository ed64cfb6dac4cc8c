//! Values of expr-lang: constants, names, calls, lists and maps.

use super::super::ast::{Form, Name, Node};
use super::super::token::Token;
use super::super::{builtins, number, operators};
use super::{Parsed, Parser};
use crate::problem::Problem;

impl<'a> Parser<'a> {
    pub(super) fn primary(&mut self) -> Parsed<Node> {
        let start = self.span().start;
        if self.current().is_some_and(|it| it.token == Token::Operator) {
            if let Some(precedence) = operators::unary(self.word()) {
                let operator = self.operator();
                let operand = Box::new(self.expression(precedence)?);
                let span = start..operand.span.end;
                let node = self.node(span, Form::Unary { operator, operand })?;
                return self.postfix(node);
            }
            if self.predicates > 0 && self.is_operator("#") {
                self.advance();
                let named = self
                    .current()
                    .is_some_and(|it| it.token == Token::Identifier);
                let name = if named {
                    self.word().to_owned()
                } else {
                    String::new()
                };
                if named {
                    self.advance();
                }
                let node = self.node(start..self.behind(), Form::Pointer(name))?;
                return self.postfix(node);
            }
            if self.predicates > 0 && self.is_operator(".") {
                let node = self.node(start..start, Form::Pointer(String::new()))?;
                return self.postfix(node);
            }
            if self.is_operator("::") {
                self.advance();
                let name = self.identifier()?;
                let node = self.call(name, Vec::new())?;
                return self.postfix(node);
            }
            if self.is_operator("#") || self.is_operator(".") {
                let hint = ": it stands for an element only inside `filter`, `map` and the like";
                return Err(self.unexpected(hint));
            }
        }
        if self.is_bracket("(") {
            self.advance();
            let node = self.sequence()?;
            self.expect(&Token::Bracket, ")")?;
            return self.postfix(node);
        }
        self.secondary()
    }

    pub(super) fn secondary(&mut self) -> Parsed<Node> {
        let Some(lexed) = self.current() else {
            return Err(self.unexpected(": a value belongs here"));
        };
        let span = lexed.span.clone();
        let node = match &lexed.token {
            Token::Identifier => {
                let name = self.name();
                self.advance();
                let form = match name.text.as_str() {
                    // Nothing may follow these directly.
                    "true" => return self.node(span, Form::Bool(true)),
                    "false" => return self.node(span, Form::Bool(false)),
                    "nil" => return self.node(span, Form::Nil),
                    _ if self.is_bracket("(") => None,
                    _ => Some(Form::Name(name.text.clone())),
                };
                match form {
                    Some(form) => self.node(span, form)?,
                    None => self.call(name, Vec::new())?,
                }
            }
            Token::Number => {
                let number = number::read(self.word(), &span)?;
                self.advance();
                return self.node(span, number);
            }
            Token::Text(value) => {
                self.advance();
                self.node(span, Form::Text(value.clone()))?
            }
            Token::Bytes => {
                self.advance();
                self.node(span, Form::Bytes)?
            }
            Token::Bracket if self.is_bracket("[") => self.array()?,
            Token::Bracket if self.is_bracket("{") => self.map()?,
            _ => return Err(self.unexpected(": a value belongs here")),
        };
        self.postfix(node)
    }

    pub(super) fn call(&mut self, name: Name, mut arguments: Vec<Node>) -> Parsed<Node> {
        let start = arguments
            .first()
            .map_or(name.span.start, |it| it.span.start);
        let predicate = builtins::predicate(&name.text);
        if let Some(form) = predicate {
            self.predicate_arguments(&name, form, &mut arguments)?;
        } else {
            self.arguments(&mut arguments)?;
        }
        let span = start..self.behind();
        if builtins::is_builtin(&name.text) {
            return self.node(span, Form::Builtin { name, arguments });
        }
        let callee = self.node(name.span.clone(), Form::Name(name.text))?;
        let callee = Box::new(callee);
        self.node(span, Form::Call { callee, arguments })
    }

    pub(super) fn predicate_arguments(
        &mut self,
        name: &Name,
        form: builtins::PredicateForm,
        arguments: &mut Vec<Node>,
    ) -> Parsed<()> {
        self.expect(&Token::Bracket, "(")?;
        let piped = arguments.len();
        for index in piped..form.most {
            let optional = index >= form.least;
            if self.is_bracket(")") {
                if optional {
                    break;
                }
                let wanted = if index == 0 {
                    "a list"
                } else {
                    "what to do with each element"
                };
                let message = format!("`{}` needs {wanted} as well", name.text);
                return Err(Problem::syntax(name.span.start..self.span().end, message));
            }
            if index > piped {
                self.expect(&Token::Operator, ",")?;
                // Upstream wants an argument behind a comma unless the rest may be missing.
            }
            let argument = if index == 1 {
                self.predicate()?
            } else {
                self.expression(0)?
            };
            arguments.push(argument);
        }
        if self.is_operator(",") {
            self.advance();
        }
        self.expect(&Token::Bracket, ")")
    }

    pub(super) fn predicate(&mut self) -> Parsed<Node> {
        let start = self.span().start;
        let braces = self.is_bracket("{");
        self.predicates += 1;
        let node = if braces {
            self.block()
        } else {
            self.expression(0)
        };
        self.predicates -= 1;
        let node = node?;
        if !braces && self.is_operator(";") {
            let hint = ": several expressions for each element belong in `{` and `}`";
            return Err(self.unexpected(hint));
        }
        let span = start..self.behind();
        self.node(span, Form::Predicate(Box::new(node)))
    }

    pub(super) fn arguments(&mut self, arguments: &mut Vec<Node>) -> Parsed<()> {
        self.expect(&Token::Bracket, "(")?;
        arguments.extend(self.list(")")?);
        self.expect(&Token::Bracket, ")")
    }

    pub(super) fn array(&mut self) -> Parsed<Node> {
        let start = self.span().start;
        self.advance();
        let nodes = self.list("]")?;
        self.expect(&Token::Bracket, "]")?;
        let span = start..self.behind();
        self.node(span, Form::Array(nodes))
    }

    /// Values with commas between them, up to the bracket `end`; one more comma may stand before it.
    pub(super) fn list(&mut self, end: &str) -> Parsed<Vec<Node>> {
        let mut nodes = Vec::new();
        while !self.is_bracket(end) {
            if !nodes.is_empty() {
                if !self.is_operator(",") {
                    return Err(self.unexpected(&format!(": `,` or `{end}` belongs here")));
                }
                self.advance();
                if self.is_bracket(end) {
                    break;
                }
            }
            nodes.push(self.expression(0)?);
        }
        Ok(nodes)
    }

    pub(super) fn map(&mut self) -> Parsed<Node> {
        let start = self.span().start;
        self.advance();
        let mut pairs = Vec::new();
        while !self.is_bracket("}") {
            if !pairs.is_empty() {
                if !self.is_operator(",") {
                    return Err(self.unexpected(": `,` or `}` belongs here"));
                }
                self.advance();
                if self.is_bracket("}") {
                    break;
                }
            }
            let span = self.span();
            let key = match self.current().map(|it| &it.token) {
                Some(Token::Text(text)) => {
                    self.advance();
                    self.node(span, Form::Text(text.clone()))?
                }
                Some(Token::Identifier | Token::Number) => {
                    let word = self.word().to_owned();
                    self.advance();
                    self.node(span, Form::Text(word))?
                }
                Some(Token::Bracket) if self.is_bracket("(") => self.expression(0)?,
                _ => {
                    let hint =
                        ": a key is a word, a text, a number or an expression in parentheses";
                    return Err(self.unexpected(hint));
                }
            };
            self.expect(&Token::Operator, ":")?;
            let value = self.expression(0)?;
            self.parts += 1;
            pairs.push((key, value));
        }
        self.expect(&Token::Bracket, "}")?;
        let span = start..self.behind();
        self.node(span, Form::Map(pairs))
    }
}
