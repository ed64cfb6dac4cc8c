//! Values of jq: fields, objects, calls, conditions and folds.

use std::ops::Range;

use super::super::token::{self, Token};
use super::{Parsed, Parser};
use crate::path::{Path, Segment, Step};
use crate::problem::Problem;

impl<'a> Parser<'a> {
    pub(super) fn term(&mut self) -> Parsed<()> {
        let mut path: Option<Vec<Segment>> = None;
        match self.word.token {
            Token::Field => {
                let span = self.advance()?;
                path = Some(vec![self.field(span)]);
            }
            Token::Number => {
                self.advance()?;
            }
            Token::Format => {
                let (name, span) = self.take(Token::Format, "a format")?;
                self.check_format(&name, span);
                if self.word.token == Token::Quote {
                    self.text()?;
                }
            }
            Token::Quote => {
                self.text()?;
            }
            Token::Variable => {
                let (name, span) = self.take(Token::Variable, "a variable")?;
                self.check_variable(&name, span);
            }
            Token::Name => self.call()?,
            Token::Keyword => self.keyword()?,
            Token::Sign => match self.shown() {
                ".." => {
                    self.advance()?;
                }
                "." => {
                    self.advance()?;
                    path = Some(Vec::new());
                    if self.word.token == Token::Quote {
                        let key = self.text()?;
                        path = self.picked(path, key);
                    } else if self.is("[") {
                        path = self.bracket(path)?;
                    }
                }
                "+" | "-" => {
                    self.advance()?;
                    return self.deeper(Self::term);
                }
                "(" => {
                    self.advance()?;
                    self.query()?;
                    self.expect(")")?;
                }
                "[" => {
                    self.advance()?;
                    if !self.is("]") {
                        self.query()?;
                    }
                    self.expect("]")?;
                }
                "{" => self.object()?,
                _ => return Err(self.unexpected(": a value belongs here")),
            },
            Token::End => return Err(self.unexpected(": a value belongs here")),
        }
        self.suffixes(path)
    }

    pub(super) fn field(&self, span: Range<usize>) -> Segment {
        let name = self.text.get(span.start + 1..span.end).unwrap_or_default();
        Segment::name(span.start + 1..span.end, name)
    }

    pub(super) fn suffixes(&mut self, mut path: Option<Vec<Segment>>) -> Parsed<()> {
        let mut guarded = false;
        loop {
            if self.word.token == Token::Field {
                let span = self.advance()?;
                let segment = self.field(span);
                if let Some(path) = &mut path {
                    path.push(segment);
                }
            } else if self.is("[") {
                path = self.bracket(path)?;
            } else if self.eat("?")? {
                guarded = true;
            } else if self.is(".") {
                self.advance()?;
                if self.word.token == Token::Quote {
                    let key = self.text()?;
                    path = self.picked(path, key);
                } else if self.is("[") {
                    path = self.bracket(path)?;
                } else {
                    return Err(self.unexpected(": a name belongs behind a dot"));
                }
            } else {
                break;
            }
        }
        if let Some(segments) = path.filter(|it| self.at_input && !it.is_empty()) {
            self.found.reads.push(Path { segments, guarded });
        }
        Ok(())
    }

    pub(super) fn picked(
        &self,
        path: Option<Vec<Segment>>,
        key: Option<(String, Range<usize>)>,
    ) -> Option<Vec<Segment>> {
        let mut path = path?;
        let end = self.behind..self.behind;
        path.push(match key {
            Some((name, span)) => Segment::name(span, name),
            None => Segment {
                span: end,
                step: Step::Computed,
            },
        });
        Some(path)
    }

    /// `[]`, `["a"]`, `[1:2]`.
    pub(super) fn bracket(&mut self, path: Option<Vec<Segment>>) -> Parsed<Option<Vec<Segment>>> {
        let open = self.advance()?;
        let start = self.word.span.clone();
        let mut step = Step::Computed;
        let mut span = open.end..open.end;
        if self.is("]") {
            step = Step::All;
        } else if self.eat(":")? {
            self.query()?;
        } else {
            let constant = self.word.token;
            let inside = self.text.get(start.start..).unwrap_or_default();
            self.query()?;
            span = start.start..self.behind.max(start.start);
            let written = inside.get(..span.len()).unwrap_or_default();
            match constant {
                Token::Number => {
                    if let Ok(number) = written.parse() {
                        step = Step::Index(number);
                    }
                }
                Token::Quote => {
                    let inner = written
                        .get(1..written.len().saturating_sub(1))
                        .unwrap_or_default();
                    if written.ends_with('"') && !inner.contains(['"', '\\']) {
                        step = Step::Key(inner.to_owned());
                        span = span.start + 1..span.end - 1;
                    }
                }
                _ => {}
            }
            if self.eat(":")? {
                step = Step::All;
                if !self.is("]") {
                    self.query()?;
                }
            }
        }
        self.expect("]")?;
        Ok(path.map(|mut path| {
            path.push(Segment { span, step });
            path
        }))
    }

    pub(super) fn object(&mut self) -> Parsed<()> {
        self.expect("{")?;
        while !self.is("}") {
            let variable = self.word.token == Token::Variable;
            let query = self.is("(");
            if variable {
                let (name, span) = self.take(Token::Variable, "a variable")?;
                if !self.is(":") {
                    self.check_variable(&name, span);
                }
            } else {
                self.key()?;
            }
            if self.eat(":")? {
                self.expression(0)?;
                let at_input = self.at_input;
                while self.eat("|")? {
                    self.at_input = false;
                    self.expression(0)?;
                }
                self.at_input = at_input;
            } else if query {
                return Err(self.unexpected(": `:` and a value belong behind a key in parentheses"));
            }
            if !self.eat(",")? && !self.is("}") {
                return Err(self.unexpected(": `,` or `}` belongs here"));
            }
            if self.is(",") {
                return Err(self.unexpected(": a key belongs behind the comma"));
            }
        }
        self.expect("}")
    }

    pub(super) fn keyword(&mut self) -> Parsed<()> {
        match self.shown() {
            "null" | "true" | "false" => self.advance().map(|_| ()),
            "if" => {
                self.advance()?;
                loop {
                    self.query()?;
                    self.expect("then")?;
                    self.query()?;
                    if !self.eat("elif")? {
                        break;
                    }
                }
                if self.eat("else")? {
                    self.query()?;
                }
                self.expect("end")
            }
            "try" => {
                self.advance()?;
                self.deeper(Self::term)?;
                if self.eat("catch")? {
                    self.elsewhere(|it| it.deeper(Self::term))?;
                }
                Ok(())
            }
            "reduce" | "foreach" => self.fold(),
            "break" => {
                self.advance()?;
                let (name, span) = self.take(Token::Variable, "the name of a label")?;
                if !self.scope.labels.contains(&name) {
                    self.say(span, format!("there is no label `{name}` here"));
                }
                Ok(())
            }
            _ => Err(self.unexpected(": a value belongs here")),
        }
    }

    pub(super) fn fold(&mut self) -> Parsed<()> {
        let most = if self.is("foreach") { 3 } else { 2 };
        self.advance()?;
        self.expression(0)?;
        self.expect("as")?;
        let variables = self.scope.variables.len();
        self.pattern()?;
        self.expect("(")?;
        self.query()?;
        self.expect(";")?;
        self.elsewhere(Self::query)?;
        if most == 3 && self.eat(";")? {
            self.elsewhere(Self::query)?;
        }
        self.scope.variables.truncate(variables);
        self.expect(")")
    }

    pub(super) fn call(&mut self) -> Parsed<()> {
        let (name, span) = self.take(Token::Name, "a name")?;
        let mut arguments = 0;
        if self.eat("(")? {
            loop {
                // What a function does with its argument's `.` is its own affair.
                self.elsewhere(Self::query)?;
                arguments += 1;
                if !self.eat(";")? {
                    break;
                }
            }
            if self.is(",") {
                return Err(self.unexpected(": `;` stands between arguments"));
            }
            self.expect(")")?;
        }
        self.check_call(&name, arguments, span);
        Ok(())
    }

    /// A text; its value and place if no query stands in it.
    pub(super) fn text(&mut self) -> Parsed<Option<(String, Range<usize>)>> {
        let start = self.word.span.start;
        let mut constant = true;
        let mut at = start + 1;
        loop {
            let rest = self.text.get(at..).unwrap_or_default();
            let Some(distance) = rest.find(['"', '\\']) else {
                let message = "the text is never closed: end it with `\"`";
                return Err(Problem::syntax(start..start + 1, message));
            };
            at += distance;
            if rest.get(distance..).is_some_and(|it| it.starts_with('"')) {
                break;
            }
            let escape = rest.get(distance + 1..).unwrap_or_default();
            constant = false;
            match escape.chars().next() {
                Some('(') => at = self.interpolated(at)?,
                Some('"' | '/' | '\\' | 'b' | 'f' | 'n' | 'r' | 't') => at += 2,
                Some('u')
                    if escape
                        .get(1..5)
                        .is_some_and(|it| it.bytes().all(|it| it.is_ascii_hexdigit())) =>
                {
                    at += 6
                }
                other => {
                    let end = at + 1 + other.map_or(0, char::len_utf8);
                    let written = self.text.get(at..end).unwrap_or_default();
                    let message =
                        format!("`{written}` is no escape: a backslash itself is written `\\\\`");
                    return Err(Problem::syntax(at..end, message));
                }
            }
        }
        let inside = start + 1..at;
        self.behind = at + 1;
        self.word = token::next(self.text, at + 1)?;
        let value = self.text.get(inside.clone()).unwrap_or_default();
        Ok(constant.then(|| (value.to_owned(), inside)))
    }

    /// `\(query)` in a text; the place behind it.
    pub(super) fn interpolated(&mut self, at: usize) -> Parsed<usize> {
        self.word = token::next(self.text, at + 2)?;
        self.query()?;
        if !self.is(")") {
            return Err(self.unexpected(": `)` belongs here"));
        }
        Ok(self.word.span.end)
    }
}
