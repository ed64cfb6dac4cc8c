//! Values of CEL: constants, names, lists, maps, calls and macros.

use std::ops::Range;

use super::super::ast::{Form, Name, Node};
use super::super::token::Token;
use super::{Parsed, Parser, RESERVED};
use crate::problem::Problem;
use crate::types::Type;

impl<'a> Parser<'a> {
    pub(super) fn primary(&mut self) -> Parsed<Node> {
        let span = self.span();
        match self.token() {
            Token::Integer | Token::Unsigned | Token::Float => self.number(span, false),
            Token::Text(value) => {
                self.advance();
                Ok(Node {
                    span,
                    form: Form::Text(value.clone()),
                })
            }
            Token::Bytes => {
                self.advance();
                Ok(Node {
                    span,
                    form: Form::Constant(Type::BYTES),
                })
            }
            Token::Name => self.word_value(span),
            Token::Sign => match self.word() {
                "-" => {
                    self.advance();
                    self.number(span, true)
                }
                "." => {
                    self.advance();
                    if self.token() != &Token::Name {
                        return Err(self.unexpected(": a name belongs behind a dot"));
                    }
                    let name = self.span();
                    self.word_value(name)
                }
                "(" => {
                    self.advance();
                    let node = self.expression()?;
                    self.expect(")")?;
                    Ok(node)
                }
                "[" => {
                    self.advance();
                    let elements = self.list("]", true)?;
                    Ok(Node {
                        span: span.start..self.behind(),
                        form: Form::List(elements),
                    })
                }
                "{" => self.map(span.start),
                _ => Err(self.unexpected(": a value belongs here")),
            },
            Token::Escaped(_) | Token::End => Err(self.unexpected(": a value belongs here")),
        }
    }

    pub(super) fn word_value(&mut self, span: Range<usize>) -> Parsed<Node> {
        let name = self.name();
        let form = match name.text.as_str() {
            "true" | "false" => Form::Constant(Type::BOOL),
            "null" => Form::Constant(Type::NIL),
            "in" => return Err(self.unexpected(": a value belongs here")),
            word => {
                self.advance();
                if !RESERVED.contains(&word) && self.eat("(") {
                    let arguments = self.list(")", false)?;
                    return self.call(span.start, name, None, arguments);
                }
                if RESERVED.contains(&word) {
                    let message = format!("`{word}` is a reserved word: no variable is called so");
                    return Err(Problem::syntax(span, message));
                }
                return Ok(Node {
                    span,
                    form: Form::Name(name.text),
                });
            }
        };
        self.advance();
        Ok(Node { span, form })
    }

    pub(super) fn number(&mut self, span: Range<usize>, negative: bool) -> Parsed<Node> {
        let written = self.word();
        let text = if negative {
            format!("-{written}")
        } else {
            written.to_owned()
        };
        let span = span.start..self.span().end;
        let (fine, form) = match self.token() {
            Token::Integer => {
                let number = match written.strip_prefix("0x") {
                    Some(hex) => i64::from_str_radix(
                        &format!("{}{hex}", if negative { "-" } else { "" }),
                        16,
                    )
                    .ok(),
                    None => text.parse().ok(),
                };
                (number.is_some(), Form::Integer(number.unwrap_or(0)))
            }
            Token::Unsigned if !negative => {
                let digits = written.trim_end_matches(['u', 'U']);
                let fine = match digits.strip_prefix("0x") {
                    Some(hex) => u64::from_str_radix(hex, 16).is_ok(),
                    None => digits.parse::<u64>().is_ok(),
                };
                (fine, Form::Constant(Type::UNSIGNED))
            }
            Token::Float => {
                let fine = written.parse::<f64>().is_ok_and(f64::is_finite);
                (fine, Form::Constant(Type::FLOAT))
            }
            _ => return Err(self.unexpected(": a number belongs behind the sign")),
        };
        if !fine {
            let message = format!("`{text}` is larger than any number");
            return Err(Problem::syntax(span, message));
        }
        self.advance();
        Ok(Node { span, form })
    }

    /// Values with commas between them, behind the bracket that opens them; `trailing` allows one comma more.
    pub(super) fn list(&mut self, end: &str, trailing: bool) -> Parsed<Vec<Node>> {
        let mut nodes = Vec::new();
        if trailing && self.eat(",") {
            self.expect(end)?;
            return Ok(nodes);
        }
        while !self.eat(end) {
            if self.is("?") {
                return Err(self.unexpected(": optional values are not switched on here"));
            }
            nodes.push(self.expression()?);
            if self.eat(",") {
                if self.is(end) && !trailing {
                    return Err(self.unexpected(": a value belongs behind the comma"));
                }
            } else if !self.is(end) {
                return Err(self.unexpected(&format!(": `,` or `{end}` belongs here")));
            }
        }
        Ok(nodes)
    }

    pub(super) fn map(&mut self, start: usize) -> Parsed<Node> {
        self.advance();
        let mut entries = Vec::new();
        if self.eat(",") {
            self.expect("}")?;
        } else {
            while !self.eat("}") {
                let key = self.expression()?;
                self.expect(":")?;
                let value = self.expression()?;
                entries.push((key, value));
                if !self.eat(",") && !self.is("}") {
                    return Err(self.unexpected(": `,` or `}` belongs here"));
                }
            }
        }
        Ok(Node {
            span: start..self.behind(),
            form: Form::Map(entries),
        })
    }

    /// `Name{field: value}`; which messages there are is not known.
    pub(super) fn message(&mut self, start: usize) -> Parsed<Node> {
        let name = self
            .text
            .get(start..self.behind())
            .unwrap_or_default()
            .to_owned();
        self.advance();
        let mut values = Vec::new();
        if self.eat(",") {
            self.expect("}")?;
        } else {
            while !self.eat("}") {
                if self.field().is_none() {
                    return Err(self.unexpected(": the name of a field belongs here"));
                }
                self.advance();
                self.expect(":")?;
                values.push(self.expression()?);
                if !self.eat(",") && !self.is("}") {
                    return Err(self.unexpected(": `,` or `}` belongs here"));
                }
            }
        }
        Ok(Node {
            span: start..self.behind(),
            form: Form::Message { name, values },
        })
    }

    /// A call, or one of the macros that look like calls.
    pub(super) fn call(
        &mut self,
        start: usize,
        name: Name,
        receiver: Option<Box<Node>>,
        mut arguments: Vec<Node>,
    ) -> Parsed<Node> {
        let span = start..self.behind();
        let count = arguments.len();
        if receiver.is_none() && name.text == "has" && count == 1 {
            let Some(Node {
                form: Form::Select { .. },
                ..
            }) = arguments.first()
            else {
                let message = "`has` takes a field, `has(body.ref)`: a key in brackets is asked for with `in`";
                return Err(Problem::syntax(span, message));
            };
            return Ok(Node {
                span,
                form: Form::Has(arguments.into_iter().next().map(Box::new)),
            });
        }
        let is_macro = match name.text.as_str() {
            "all" | "exists" | "exists_one" | "existsOne" | "filter" => count == 2,
            "map" => count == 2 || count == 3,
            _ => false,
        };
        match receiver {
            Some(list) if is_macro => {
                let variable = arguments.remove(0);
                let Form::Name(variable_name) = variable.form else {
                    let message = format!(
                        "`{}` needs a new name first, `list.{}(x, …)`",
                        name.text, name.text
                    );
                    return Err(Problem::syntax(variable.span, message));
                };
                if variable_name == "__result__" && name.text != "existsOne" {
                    let message = "this name is the engine's own: take another";
                    return Err(Problem::syntax(variable.span, message));
                }
                let variable = Name {
                    span: variable.span,
                    text: variable_name,
                };
                Ok(Node {
                    span,
                    form: Form::Comprehension {
                        name,
                        list,
                        variable,
                        bodies: arguments,
                    },
                })
            }
            receiver => Ok(Node {
                span,
                form: Form::Call {
                    name,
                    receiver,
                    arguments,
                },
            }),
        }
    }
}
