//! The grammar of expr-lang, after `parser/parser.go` at v1.17.8: precedences, calls, predicates and what may follow a value.

mod values;

use std::ops::Range;

use super::ast::{Form, Name, Node, Operator};
use super::operators::{self, Binary};
use super::token::{Lexed, Token, is_word};
use crate::problem::Problem;

/// Upstream stops at 10,000 parts; what is nested deeper, or chained longer, stops us first, for the stack's sake.
const DEEPEST: usize = 50;
const LONGEST: usize = 1_000;
const MOST_PARTS: usize = 10_000;

pub(super) type Parsed<T> = Result<T, Problem>;

pub(super) struct Parser<'a> {
    text: &'a str,
    words: &'a [Lexed],
    at: usize,
    predicates: usize,
    depth: usize,
    parts: usize,
    links: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str, words: &'a [Lexed]) -> Self {
        Self {
            text,
            words,
            at: 0,
            predicates: 0,
            depth: 0,
            parts: 0,
            links: 0,
        }
    }

    pub(super) fn run(&mut self) -> Parsed<Node> {
        let node = self.sequence()?;
        if !self.at_end() {
            return Err(self.unexpected(""));
        }
        Ok(node)
    }

    // Words.

    fn current(&self) -> Option<&'a Lexed> {
        self.words.get(self.at)
    }

    pub(super) fn span(&self) -> Range<usize> {
        self.current()
            .map_or(self.text.len()..self.text.len(), |it| it.span.clone())
    }

    fn word(&self) -> &'a str {
        self.text.get(self.span()).unwrap_or_default()
    }

    fn at_end(&self) -> bool {
        self.current().is_none_or(|it| it.token == Token::End)
    }

    fn advance(&mut self) {
        if !self.at_end() {
            self.at += 1;
        }
    }

    /// The end of the word before this one.
    fn behind(&self) -> usize {
        self.at
            .checked_sub(1)
            .and_then(|at| self.words.get(at))
            .map_or(0, |it| it.span.end)
    }

    pub(super) fn is(&self, token: &Token, written: &str) -> bool {
        self.current().is_some_and(|it| it.token == *token) && self.word() == written
    }

    pub(super) fn is_operator(&self, written: &str) -> bool {
        self.is(&Token::Operator, written)
    }

    pub(super) fn is_bracket(&self, written: &str) -> bool {
        self.is(&Token::Bracket, written)
    }

    fn expect(&mut self, token: &Token, written: &str) -> Parsed<()> {
        if self.is(token, written) {
            self.advance();
            return Ok(());
        }
        Err(self.unexpected(&format!(": `{written}` belongs here")))
    }

    fn identifier(&mut self) -> Parsed<Name> {
        if self
            .current()
            .is_none_or(|it| it.token != Token::Identifier)
        {
            return Err(self.unexpected(": a name belongs here"));
        }
        let name = self.name();
        self.advance();
        Ok(name)
    }

    fn name(&self) -> Name {
        Name {
            span: self.span(),
            text: self.word().to_owned(),
        }
    }

    fn operator(&mut self) -> Operator {
        let operator = Operator {
            span: self.span(),
            text: self.word().to_owned(),
        };
        self.advance();
        operator
    }

    pub(super) fn unexpected(&self, hint: &str) -> Problem {
        let span = self.span();
        if self.at_end() {
            return Problem::syntax(span, format!("the expression ends too early{hint}"));
        }
        let word = self.word();
        let hint = if !hint.is_empty() {
            hint
        } else {
            match word {
                "=" => ": `==` compares, and only `let` sets a name",
                "&" | "|" => ": and, or are written `&&`, `||`",
                "'" | "\"" => ": an operator belongs before a text",
                _ => ": an operator or the end belongs here",
            }
        };
        Problem::syntax(span, format!("unexpected `{word}`{hint}"))
    }

    fn node(&mut self, span: Range<usize>, form: Form) -> Parsed<Node> {
        self.parts += 1;
        if self.parts > MOST_PARTS {
            let message = format!("an expression may have at most {MOST_PARTS} parts");
            return Err(Problem::syntax(span, message));
        }
        Ok(Node::new(span, form))
    }

    /// One more operator, field or index around what was read, wherever it is.
    fn link(&mut self) -> Parsed<()> {
        self.links += 1;
        if self.links > LONGEST {
            let message = format!("an expression may have at most {LONGEST} operators and fields");
            return Err(Problem::syntax(self.span(), message));
        }
        Ok(())
    }

    // Grammar.

    fn sequence(&mut self) -> Parsed<Node> {
        let first = self.expression(0)?;
        let start = first.span.start;
        let mut nodes = vec![first];
        while self.is_operator(";") {
            self.advance();
            if self.at_end() {
                break;
            }
            nodes.push(self.expression(0)?);
        }
        if let [_] = nodes.as_slice() {
            return nodes.pop().ok_or_else(|| self.unexpected(""));
        }
        let span = start..self.behind();
        self.node(span, Form::Sequence(nodes))
    }

    fn expression(&mut self, precedence: u16) -> Parsed<Node> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let message = format!("an expression may be nested {DEEPEST} deep");
            return Err(Problem::syntax(self.span(), message));
        }
        let node = if precedence == 0 && self.is_operator("let") {
            self.variable()
        } else if precedence == 0 && self.is_operator("if") {
            self.if_else()
        } else {
            self.operators(precedence)
        };
        self.depth -= 1;
        node
    }

    fn operators(&mut self, precedence: u16) -> Parsed<Node> {
        let mut left = self.primary()?;
        let mut previous = "";
        while self.current().is_some_and(|it| it.token == Token::Operator) {
            let not = self.at;
            let negated = self.is_operator("not");
            if negated {
                self.advance();
                if !operators::may_be_negated(self.word()) {
                    return Err(self.unexpected(
                        ": behind a value `not` must be followed by `in`, `contains`, `matches`, `startsWith` or `endsWith`",
                    ));
                }
            }
            let written = self.word();
            let Some(binary) = operators::binary(written).filter(|it| it.precedence >= precedence)
            else {
                self.at = not;
                break;
            };
            self.link()?;
            let operator = self.operator();
            if written == "|" {
                let name = self.identifier()?;
                left = self.call(name, vec![left])?;
            } else if previous == "??" && written != "??" {
                let message =
                    format!("`{written}` cannot stand beside `??`: put one of them in parentheses");
                return Err(Problem::syntax(operator.span, message));
            } else if binary.compares {
                left = self.comparison(left, operator, &binary)?;
            } else {
                let right = self.expression(binary.precedence + u16::from(!binary.right))?;
                let span = left.span.start..right.span.end;
                left = self.node(
                    span,
                    Form::Binary {
                        operator,
                        negated,
                        left: Box::new(left),
                        right: Box::new(right),
                    },
                )?;
            }
            previous = written;
        }
        if precedence == 0 {
            left = self.ternary(left)?;
        }
        Ok(left)
    }

    fn comparison(&mut self, first: Node, operator: Operator, binary: &Binary) -> Parsed<Node> {
        let start = first.span.start;
        let mut rest = Vec::new();
        let mut operator = operator;
        loop {
            let right = self.expression(binary.precedence + 1)?;
            rest.push((operator, right));
            let compares = operators::binary(self.word()).is_some_and(|it| it.compares);
            if !compares || self.current().is_none_or(|it| it.token != Token::Operator) {
                break;
            }
            operator = self.operator();
        }
        let span = start..self.behind();
        self.node(
            span,
            Form::Compare {
                first: Box::new(first),
                rest,
            },
        )
    }

    fn variable(&mut self) -> Parsed<Node> {
        let start = self.span().start;
        self.advance();
        let name = self.identifier()?;
        self.expect(&Token::Operator, "=")?;
        let value = Box::new(self.expression(0)?);
        self.expect(&Token::Operator, ";")?;
        let body = Box::new(self.sequence()?);
        let span = start..self.behind();
        self.node(span, Form::Let { name, value, body })
    }

    fn if_else(&mut self) -> Parsed<Node> {
        let start = self.span().start;
        self.advance();
        let condition = Box::new(self.expression(0)?);
        let yes = self.block()?;
        self.expect(&Token::Operator, "else")?;
        let no = if self.is_operator("if") {
            // Chains of `else if` nest too.
            self.expression(0)?
        } else {
            self.block()?
        };
        let span = start..self.behind();
        self.node(
            span,
            Form::Conditional {
                condition,
                yes: Some(Box::new(yes)),
                no: Box::new(no),
            },
        )
    }

    fn block(&mut self) -> Parsed<Node> {
        self.expect(&Token::Bracket, "{")?;
        let node = self.sequence()?;
        self.expect(&Token::Bracket, "}")?;
        Ok(node)
    }

    fn ternary(&mut self, mut node: Node) -> Parsed<Node> {
        while self.is_operator("?") {
            self.link()?;
            self.advance();
            let yes = if self.is_operator(":") {
                None
            } else {
                Some(Box::new(self.expression(0)?))
            };
            self.expect(&Token::Operator, ":")?;
            let no = Box::new(self.expression(0)?);
            let span = node.span.start..no.span.end;
            let condition = Box::new(node);
            node = self.node(span, Form::Conditional { condition, yes, no })?;
        }
        Ok(node)
    }

    fn postfix(&mut self, mut node: Node) -> Parsed<Node> {
        loop {
            let optional = self.is_operator("?.");
            if optional || self.is_operator(".") {
                self.link()?;
                self.advance();
                if optional && self.is_bracket("[") {
                    node = self.index(node, true)?;
                } else {
                    node = self.field(node, optional)?;
                }
            } else if self.is_bracket("[") {
                self.link()?;
                node = self.index(node, false)?;
            } else {
                return Ok(node);
            }
        }
    }

    fn field(&mut self, object: Node, optional: bool) -> Parsed<Node> {
        let span = self.span();
        let word = self.word();
        // Operators that are words may be names of fields.
        let name = match self.current().map(|it| &it.token) {
            Some(Token::Identifier) => true,
            Some(Token::Operator) => {
                let first = word.chars().next();
                first.is_some_and(|it| is_word(it) && !it.is_numeric())
            }
            _ => false,
        };
        if !name {
            return Err(self.unexpected(": a name belongs behind a dot"));
        }
        self.advance();
        let property = self.node(span.clone(), Form::Text(word.to_owned()))?;
        let start = object.span.start;
        let member = Form::Member {
            object: Box::new(object),
            property: Box::new(property),
            optional,
        };
        let member = self.node(start..span.end, member)?;
        if !self.is_bracket("(") {
            return Ok(member);
        }
        let mut arguments = Vec::new();
        self.arguments(&mut arguments)?;
        let callee = Box::new(member);
        let span = start..self.behind();
        self.node(span, Form::Call { callee, arguments })
    }

    fn index(&mut self, object: Node, optional: bool) -> Parsed<Node> {
        let start = object.span.start;
        self.advance();
        let object = Box::new(object);
        let mut from = None;
        if !self.is_operator(":") {
            from = Some(Box::new(self.expression(0)?));
        }
        let form = if self.is_operator(":") {
            self.advance();
            let to = if self.is_bracket("]") {
                None
            } else {
                Some(Box::new(self.expression(0)?))
            };
            Form::Slice { object, from, to }
        } else {
            match from {
                Some(property) => Form::Member {
                    object,
                    property,
                    optional,
                },
                None => return Err(self.unexpected("")),
            }
        };
        self.expect(&Token::Bracket, "]")?;
        let span = start..self.behind();
        self.node(span, form)
    }
}
