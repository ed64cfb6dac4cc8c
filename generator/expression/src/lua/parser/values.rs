//! Expressions of Lua.

use super::super::token::Token;
use super::{OPERATORS, Parsed, Parser, UNARY, Use};
use crate::path::{Path, Segment};
use crate::problem::Problem;

impl<'a> Parser<'a> {
    pub(super) fn expressions(&mut self) -> Parsed<()> {
        self.expression(0)?;
        while self.eat(",") {
            self.expression(0)?;
        }
        Ok(())
    }

    pub(super) fn expression(&mut self, tightness: u8) -> Parsed<()> {
        self.deeper(|it| it.operators(tightness))
    }

    pub(super) fn operators(&mut self, tightness: u8) -> Parsed<()> {
        if self.eat("not") || self.eat("-") || self.eat("#") {
            self.expression(UNARY)?;
        } else {
            self.simple()?;
        }
        while matches!(self.token(), Token::Sign | Token::Keyword) {
            let word = self.word();
            let Some((_, left, right)) = OPERATORS.iter().find(|(sign, ..)| *sign == word) else {
                break;
            };
            if *left < tightness {
                break;
            }
            self.advance();
            self.expression(*right)?;
        }
        Ok(())
    }

    pub(super) fn simple(&mut self) -> Parsed<()> {
        match self.token() {
            Token::Number | Token::Text => {
                self.advance();
                Ok(())
            }
            _ if self.eat("nil") || self.eat("true") || self.eat("false") => Ok(()),
            _ if self.is("...") => {
                if self.variadic.last() == Some(&false) {
                    let message = "`...` has no value here: the function does not take it";
                    return Err(Problem::syntax(self.span(), message));
                }
                self.advance();
                Ok(())
            }
            _ if self.eat("function") => self.function(),
            _ if self.is("{") => self.table(),
            _ => self.prefixed().map(|_| ()),
        }
    }

    /// A name or something in parentheses, with fields, elements and calls.
    pub(super) fn prefixed(&mut self) -> Parsed<Use> {
        let span = self.span();
        let mut path = None;
        let mut used = if self.token() == Token::Name {
            let name = self.name()?;
            path = Some(Path::new(vec![Segment::name(span, name)]));
            Use::Variable
        } else if self.eat("(") {
            // A call in parentheses is a call for the engine.
            let call = self.parenthesised()?;
            if call { Use::Call } else { Use::Value }
        } else {
            let hint = if self.is("=") {
                ": `==` compares"
            } else {
                ": a value belongs here"
            };
            return Err(self.unexpected(hint));
        };
        loop {
            if self.eat(".") {
                let span = self.span();
                let name = self.name()?;
                if let Some(path) = &mut path {
                    path.segments.push(Segment::name(span, name));
                }
                used = Use::Variable;
            } else if self.eat("[") {
                let span = self.span();
                let constant = self.token() == Token::Text;
                let word = self.word();
                self.expression(0)?;
                let alone = self
                    .words
                    .get(self.at.saturating_sub(1))
                    .is_some_and(|it| it.span == span);
                if let Some(read) = &mut path {
                    if constant && alone && !word.starts_with('[') && !word.contains('\\') {
                        let key = word.get(1..word.len() - 1).unwrap_or_default();
                        read.segments
                            .push(Segment::name(span.start + 1..span.end - 1, key));
                    } else if let Some(read) = path.take() {
                        self.read(read);
                    }
                }
                self.expect("]")?;
                used = Use::Variable;
            } else if self.eat(":") {
                self.name()?;
                if !self.arguments()? {
                    return Err(self.unexpected(": the arguments of a call belong here"));
                }
                used = Use::Call;
                if let Some(path) = path.take() {
                    self.read(path);
                }
            } else if self.starts_arguments() {
                if let Some(path) = path.take() {
                    self.read(path);
                }
                self.arguments()?;
                used = Use::Call;
            } else {
                break;
            }
        }
        if let Some(path) = path {
            self.read(path);
        }
        Ok(used)
    }

    /// Behind `(`; whether it is one call.
    pub(super) fn parenthesised(&mut self) -> Parsed<bool> {
        let call = self.deeper(|it| {
            let callable = it.token() == Token::Name || it.is("(");
            if !callable {
                it.operators(0)?;
                return Ok(false);
            }
            let used = it.prefixed()?;
            if it.is(")") {
                return Ok(used == Use::Call);
            }
            it.rest_of_operators()?;
            Ok(false)
        })?;
        self.expect(")")?;
        Ok(call)
    }

    /// Operators behind a value that was read.
    pub(super) fn rest_of_operators(&mut self) -> Parsed<()> {
        while matches!(self.token(), Token::Sign | Token::Keyword) {
            let word = self.word();
            let Some((.., right)) = OPERATORS.iter().find(|(sign, ..)| *sign == word) else {
                break;
            };
            self.advance();
            self.expression(*right)?;
        }
        Ok(())
    }

    pub(super) fn starts_arguments(&self) -> bool {
        self.token() == Token::Text || self.is("(") || self.is("{")
    }

    pub(super) fn arguments(&mut self) -> Parsed<bool> {
        if self.token() == Token::Text {
            self.advance();
            return Ok(true);
        }
        if self.is("{") {
            self.table()?;
            return Ok(true);
        }
        if !self.eat("(") {
            return Ok(false);
        }
        if !self.is(")") {
            self.expressions()?;
        }
        self.expect(")")?;
        Ok(true)
    }

    pub(super) fn table(&mut self) -> Parsed<()> {
        self.expect("{")?;
        while !self.eat("}") {
            let named = self.token() == Token::Name
                && self
                    .words
                    .get(self.at + 1)
                    .is_some_and(|it| self.text.get(it.span.clone()) == Some("="));
            if named {
                self.advance();
                self.advance();
                self.expression(0)?;
            } else if self.eat("[") {
                self.expression(0)?;
                self.expect("]")?;
                self.expect("=")?;
                self.expression(0)?;
            } else {
                self.expression(0)?;
            }
            let mut separated = false;
            while self.eat(",") || self.eat(";") {
                separated = true;
            }
            if !separated && !self.is("}") {
                return Err(self.unexpected(": `,` or `}` belongs here"));
            }
        }
        Ok(())
    }

    pub(super) fn function(&mut self) -> Parsed<()> {
        self.expect("(")?;
        let locals = self.locals.len();
        let mut variadic = false;
        if !self.is(")") {
            loop {
                if self.eat("...") {
                    variadic = true;
                    break;
                }
                let name = self.name()?;
                self.locals.push(name);
                if !self.eat(",") {
                    break;
                }
            }
        }
        self.expect(")")?;
        // A method has a value of its own.
        self.locals.push("self");
        self.variadic.push(variadic);
        let loops = std::mem::take(&mut self.loops);
        let result = self.block();
        self.loops = loops;
        self.variadic.pop();
        self.locals.truncate(locals);
        result?;
        self.expect("end")
    }
}
