//! Pipelines of a template: variables, commands and their operands.

use std::ops::Range;

use super::super::literals;
use super::super::scope::{Operand, Place, further};
use super::super::token::Token;
use super::{MOST_COMPARED, Parsed, Parser};
use crate::path::{Path, Step};
use crate::problem::{Kind, Problem, suggestion};

impl<'a> Parser<'a> {
    pub(super) fn pipeline(&mut self, context: &str, end: Token, range: bool) -> Parsed<Place> {
        self.skip_space();
        let declared = self.declarations(context, range)?;
        let start = self.span();
        let before = self.found.reads.len();
        let mut place = None;
        let mut commands = 0;
        let mut guarded = false;
        loop {
            self.skip_space();
            let token = self.token();
            if token == end {
                break;
            }
            if !starts_operand(token) {
                return Err(self.unexpected(context));
            }
            let first = self.span();
            let operands = self.command(context)?;
            if commands > 0 {
                self.check_stage(&operands, &first)?;
            }
            place = self.called(&operands, commands > 0);
            guarded |= operands.iter().any(|(operand, _)| gives_default(operand));
            commands += 1;
        }
        let close = self.span();
        self.advance();
        if commands == 0 {
            let message = format!("a value is missing in {context}");
            return Err(Problem::syntax(start.start..close.end, message));
        }
        if guarded {
            self.guard(before);
        }
        self.declare(declared, &place, range);
        Ok(place)
    }

    /// Names of variables before `:=` or `=`, and whether they are new.
    pub(super) fn declarations(
        &mut self,
        context: &str,
        range: bool,
    ) -> Parsed<Vec<(String, Range<usize>, bool)>> {
        let mut declared = Vec::new();
        while self.token() == Token::Variable {
            let start = self.at;
            let (name, span) = (self.word().to_owned(), self.span());
            self.advance();
            self.skip_space();
            match self.token() {
                Token::Assign | Token::Declare => {
                    let new = self.token() == Token::Declare;
                    self.advance();
                    self.skip_space();
                    for (_, _, fresh) in &mut declared {
                        *fresh = new;
                    }
                    declared.push((name, span, new));
                    return Ok(declared);
                }
                Token::Sign if self.word() == "," => {
                    self.advance();
                    self.skip_space();
                    declared.push((name, span, true));
                    if !range || declared.len() > 1 {
                        let message = format!(
                            "too many variables in {context}: `range` can set two, others one"
                        );
                        return Err(Problem::syntax(self.span(), message));
                    }
                    match self.token() {
                        Token::Variable => {}
                        Token::Close | Token::CloseParen => return Ok(declared),
                        _ => {
                            let message = "a variable belongs behind the comma";
                            return Err(Problem::syntax(self.span(), message));
                        }
                    }
                }
                _ => {
                    self.at = start;
                    return Ok(declared);
                }
            }
        }
        Ok(declared)
    }

    pub(super) fn declare(
        &mut self,
        declared: Vec<(String, Range<usize>, bool)>,
        place: &Place,
        range: bool,
    ) {
        let count = declared.len();
        for (index, (name, span, new)) in declared.into_iter().enumerate() {
            let place = match (range, index + 1 == count) {
                (true, true) => further(place.clone(), span.clone(), Step::All),
                (true, false) => None,
                (false, _) => place.clone(),
            };
            if new {
                self.scope.declare(&name, place);
            } else if self.scope.variable(&name).is_some() {
                self.scope.assign(&name);
            } else {
                let message = format!("the variable `{name}` is not set yet: set it with `:=`");
                self.say(Kind::Name, span, message);
                self.scope.declare(&name, None);
            }
        }
    }

    pub(super) fn command(&mut self, context: &str) -> Parsed<Vec<(Operand, Range<usize>)>> {
        let mut operands = Vec::new();
        loop {
            self.skip_space();
            if let Some(operand) = self.operand(context)? {
                operands.push(operand);
            }
            match self.token() {
                Token::Space => {}
                Token::Close | Token::CloseParen => break,
                Token::Pipe => {
                    let pipe = self.span();
                    self.advance();
                    self.skip_space();
                    if matches!(self.token(), Token::Close | Token::CloseParen) {
                        self.say(
                            Kind::Never,
                            pipe,
                            "nothing stands behind `|`: a function belongs there",
                        );
                    }
                    break;
                }
                _ => return Err(self.unexpected(context)),
            }
        }
        if operands.is_empty() {
            return Err(self.unexpected(context));
        }
        Ok(operands)
    }

    pub(super) fn operand(&mut self, context: &str) -> Parsed<Option<(Operand, Range<usize>)>> {
        let start = self.span().start;
        let token = self.token();
        let Some(operand) = self.term(context)? else {
            return Ok(None);
        };
        if self.token() != Token::Field {
            let end = self
                .words
                .get(self.at.saturating_sub(1))
                .map_or(start, |it| it.span.end);
            self.read(&operand);
            return Ok(Some((operand, start..end)));
        }
        if matches!(
            token,
            Token::Bool
                | Token::Quoted
                | Token::Raw
                | Token::Number
                | Token::Complex
                | Token::Letter
                | Token::Nil
                | Token::Dot
        ) {
            let written = self.text.get(start..self.span().start).unwrap_or_default();
            let message = format!("no field can be picked from `{written}`");
            return Err(Problem::syntax(self.span(), message));
        }
        let mut place = match operand {
            Operand::Value(place) => place,
            Operand::Function(name) => {
                self.call(&name, start..self.span().start, 0);
                None
            }
            _ => None,
        };
        while self.token() == Token::Field {
            place = self.field(place);
        }
        let end = self
            .words
            .get(self.at.saturating_sub(1))
            .map_or(start, |it| it.span.end);
        let operand = Operand::Value(place);
        self.read(&operand);
        Ok(Some((operand, start..end)))
    }

    pub(super) fn field(&mut self, place: Place) -> Place {
        let span = self.span();
        let name = self.word().get(1..).unwrap_or_default().to_owned();
        self.advance();
        further(place, span.start + 1..span.end, Step::Key(name))
    }

    pub(super) fn read(&mut self, operand: &Operand) {
        if let Operand::Value(Some(segments)) = operand
            && !segments.is_empty()
        {
            self.found.reads.push(Path::new(segments.clone()));
        }
    }

    pub(super) fn term(&mut self, context: &str) -> Parsed<Option<Operand>> {
        let span = self.span();
        let operand = match self.token() {
            Token::Name => {
                let name = self.word().to_owned();
                self.advance();
                if self.program.function(&name).is_none() {
                    let known = self.program.functions().map(|it| it.name);
                    let near = self.suggestions.for_name(&name, known);
                    let field = if near.is_empty() {
                        format!(": a field of what is given is `.{name}`")
                    } else {
                        near
                    };
                    self.say(
                        Kind::Name,
                        span,
                        format!("there is no function `{name}`{field}"),
                    );
                }
                Operand::Function(name)
            }
            Token::Dot => {
                self.advance();
                Operand::Value(self.scope.dot.clone())
            }
            Token::Field => {
                let dot = self.scope.dot.clone();
                Operand::Value(self.field(dot))
            }
            Token::Variable => {
                let name = self.word();
                self.advance();
                match self.scope.variable(name) {
                    Some(variable) => Operand::Value(variable.place.clone()),
                    None => {
                        let known = self.scope.variables.iter().take(MOST_COMPARED);
                        let near = suggestion(name, known.map(|it| it.name.as_str()));
                        let message = format!("there is no variable `{name}` here{near}");
                        self.say(Kind::Name, span, message);
                        Operand::Value(None)
                    }
                }
            }
            Token::Nil | Token::Bool => {
                self.advance();
                Operand::Other { constant: true }
            }
            Token::Number | Token::Complex | Token::Letter => self.number()?,
            Token::Quoted | Token::Raw => Operand::Text(self.constant_text()?),
            Token::OpenParen => {
                self.advance();
                let inside =
                    self.deeper(|it| it.pipeline("parentheses", Token::CloseParen, false))?;
                match inside {
                    Some(place) => Operand::Value(Some(place)),
                    None => Operand::Other { constant: false },
                }
            }
            _ => {
                let _ = context;
                return Ok(None);
            }
        };
        Ok(Some(operand))
    }

    pub(super) fn number(&mut self) -> Parsed<Operand> {
        let (span, written, token) = (self.span(), self.word(), self.token());
        let fine = match token {
            Token::Letter => {
                let inside = written
                    .get(1..written.len().saturating_sub(1))
                    .unwrap_or_default();
                literals::unquote(inside, '\'').is_some_and(|it| it.chars().count() == 1)
            }
            // The reader has seen that both halves are numbers.
            Token::Complex => true,
            _ => literals::is_number(written),
        };
        if !fine {
            let message = match written {
                "-" | "+" => {
                    format!("`{written}` is no operator: numbers are worked with `add`, `sub`")
                }
                _ if token == Token::Letter => {
                    format!("{written} is no letter: a text stands in double quotes")
                }
                _ => format!("`{written}` is no number"),
            };
            return Err(Problem::syntax(span, message));
        }
        self.advance();
        Ok(match written.parse() {
            Ok(number) => Operand::Number(number),
            Err(_) => Operand::Other { constant: true },
        })
    }

    pub(super) fn constant_text(&mut self) -> Parsed<String> {
        let (span, written) = (self.span(), self.word());
        let inside = written
            .get(1..written.len().saturating_sub(1))
            .unwrap_or_default();
        let value = if self.token() == Token::Raw {
            Some(inside.replace('\r', ""))
        } else {
            literals::unquote(inside, '"')
        };
        let Some(value) = value else {
            let message = "there is an escape in the text that Go does not know: a backslash itself is written `\\\\`, or the text is put between backticks";
            return Err(Problem::syntax(span, message));
        };
        self.advance();
        Ok(value)
    }
}

fn starts_operand(token: Token) -> bool {
    matches!(
        token,
        Token::Bool
            | Token::Letter
            | Token::Complex
            | Token::Dot
            | Token::Field
            | Token::Name
            | Token::Number
            | Token::Nil
            | Token::Raw
            | Token::Quoted
            | Token::Variable
            | Token::OpenParen
    )
}

fn gives_default(operand: &Operand) -> bool {
    matches!(operand, Operand::Function(name) if matches!(name.as_str(), "default" | "coalesce" | "empty" | "hasKey" | "dig" | "ternary"))
}
