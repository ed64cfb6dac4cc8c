//! The grammar of CEL, after `parser/gen/CEL.g4` and `parser/macro.go` of cel-go v0.30, without optional syntax.

mod values;

use std::ops::Range;

use super::ast::{Form, Name, Node};
use super::token::{Token, Word};
use crate::problem::Problem;

const DEEPEST: usize = 50;
const LONGEST: usize = 1_000;
/// Words that no variable may be called.
const RESERVED: [&str; 17] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
    "while",
];

type Parsed<T> = Result<T, Problem>;

pub(super) struct Parser<'a> {
    text: &'a str,
    words: &'a [Word],
    at: usize,
    depth: usize,
    links: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str, words: &'a [Word]) -> Self {
        Self {
            text,
            words,
            at: 0,
            depth: 0,
            links: 0,
        }
    }

    pub(super) fn run(&mut self) -> Parsed<Node> {
        let node = self.expression()?;
        if self.token() != &Token::End {
            return Err(self.unexpected(": an operator or the end belongs here"));
        }
        Ok(node)
    }

    fn token(&self) -> &'a Token {
        self.words.get(self.at).map_or(&Token::End, |it| &it.token)
    }

    fn span(&self) -> Range<usize> {
        let end = self.text.len()..self.text.len();
        self.words.get(self.at).map_or(end, |it| it.span.clone())
    }

    fn word(&self) -> &'a str {
        self.text.get(self.span()).unwrap_or_default()
    }

    fn advance(&mut self) {
        if self.token() != &Token::End {
            self.at += 1;
        }
    }

    fn behind(&self) -> usize {
        self.at
            .checked_sub(1)
            .and_then(|at| self.words.get(at))
            .map_or(0, |it| it.span.end)
    }

    fn is(&self, sign: &str) -> bool {
        self.token() == &Token::Sign && self.word() == sign
    }

    fn eat(&mut self, sign: &str) -> bool {
        let found = self.is(sign);
        if found {
            self.advance();
        }
        found
    }

    fn expect(&mut self, sign: &str) -> Parsed<()> {
        if self.eat(sign) {
            return Ok(());
        }
        Err(self.unexpected(&format!(": `{sign}` belongs here")))
    }

    fn unexpected(&self, hint: &str) -> Problem {
        if self.token() == &Token::End {
            return Problem::syntax(self.span(), format!("the expression ends too early{hint}"));
        }
        Problem::syntax(self.span(), format!("unexpected `{}`{hint}", self.word()))
    }

    fn link(&mut self) -> Parsed<()> {
        self.links += 1;
        if self.links > LONGEST {
            let message = format!("an expression may have at most {LONGEST} operators and fields");
            return Err(Problem::syntax(self.span(), message));
        }
        Ok(())
    }

    // Grammar.

    fn expression(&mut self) -> Parsed<Node> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let message = format!("an expression may be nested {DEEPEST} deep");
            return Err(Problem::syntax(self.span(), message));
        }
        let node = self.ternary();
        self.depth -= 1;
        node
    }

    fn ternary(&mut self) -> Parsed<Node> {
        let condition = self.binary(0)?;
        if !self.eat("?") {
            return Ok(condition);
        }
        let yes = self.binary(0)?;
        self.expect(":")?;
        let no = self.expression()?;
        let span = condition.span.start..no.span.end;
        let form = Form::Conditional(Box::new([condition, yes, no]));
        Ok(Node { span, form })
    }

    /// Values and operators that bind at least as tightly as `least`.
    fn binary(&mut self, least: u8) -> Parsed<Node> {
        let mut left = self.unary()?;
        loop {
            let Some(tightness) = self.tightness().filter(|it| *it >= least) else {
                return Ok(left);
            };
            self.link()?;
            let operator = self.name();
            self.advance();
            let right = self.binary(tightness + 1)?;
            let span = left.span.start..right.span.end;
            let sides = Box::new([left, right]);
            left = Node {
                span,
                form: Form::Binary { operator, sides },
            };
        }
    }

    /// How tightly the operator here binds.
    fn tightness(&self) -> Option<u8> {
        let word = self.word();
        match (self.token(), word) {
            (Token::Name, "in") => Some(2),
            (Token::Sign, "||") => Some(0),
            (Token::Sign, "&&") => Some(1),
            (Token::Sign, "<" | "<=" | ">=" | ">" | "==" | "!=") => Some(2),
            (Token::Sign, "+" | "-") => Some(3),
            (Token::Sign, "*" | "/" | "%") => Some(4),
            _ => None,
        }
    }

    fn name(&self) -> Name {
        Name {
            span: self.span(),
            text: self.word().to_owned(),
        }
    }

    /// The name of a field here, without backticks around it.
    fn field(&self) -> Option<Name> {
        let span = self.span();
        match self.token() {
            Token::Escaped(name) => Some(Name {
                span: span.start + 1..span.end - 1,
                text: name.clone(),
            }),
            Token::Name if !matches!(self.word(), "in" | "true" | "false" | "null") => {
                Some(self.name())
            }
            _ => None,
        }
    }

    fn unary(&mut self) -> Parsed<Node> {
        let start = self.span().start;
        let sign = if self.is("!") {
            "!"
        } else if self.is("-") {
            "-"
        } else {
            return self.member();
        };
        let operator = self.name();
        let mut count = 0_usize;
        while self.is(sign) {
            // A sign belongs to a number that follows it directly.
            let next = self.words.get(self.at + 1).map(|it| &it.token);
            if sign == "-" && matches!(next, Some(Token::Integer | Token::Float)) {
                break;
            }
            self.advance();
            count += 1;
        }
        let operand = self.member()?;
        if count == 0 {
            return Ok(operand);
        }
        Ok(Node {
            span: start..operand.span.end,
            form: Form::Unary {
                operator,
                operand: Box::new(operand),
            },
        })
    }

    fn member(&mut self) -> Parsed<Node> {
        let mut node = self.primary()?;
        let mut path = matches!(node.form, Form::Name(_));
        loop {
            let start = node.span.start;
            if self.eat(".") {
                self.link()?;
                if self.is("?") {
                    return Err(
                        self.unexpected(": optional values (`.?`) are not switched on here")
                    );
                }
                let Some(name) = self.field() else {
                    return Err(self.unexpected(": the name of a field belongs behind a dot"));
                };
                let callable = self.token() == &Token::Name;
                self.advance();
                if callable && self.eat("(") {
                    let arguments = self.list(")", false)?;
                    let receiver = Some(Box::new(node));
                    node = self.call(start, name, receiver, arguments)?;
                    path = false;
                } else {
                    let object = Box::new(node);
                    node = Node {
                        span: start..name.span.end,
                        form: Form::Select {
                            object,
                            field: name,
                        },
                    };
                }
            } else if self.eat("[") {
                self.link()?;
                if self.is("?") {
                    return Err(
                        self.unexpected(": optional values (`[?`) are not switched on here")
                    );
                }
                let index = self.expression()?;
                self.expect("]")?;
                let sides = Box::new([node, index]);
                node = Node {
                    span: start..self.behind(),
                    form: Form::Index(sides),
                };
                path = false;
            } else if path && self.is("{") {
                node = self.message(start)?;
                path = false;
            } else {
                return Ok(node);
            }
        }
    }
}
