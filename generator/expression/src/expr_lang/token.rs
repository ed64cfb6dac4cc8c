//! Words of expr-lang, after its `parser/lexer` at v1.17.8.

use std::ops::Range;

use super::text;
use crate::letters::{is_digit, is_letter};
use crate::problem::Problem;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Identifier,
    Number,
    Text(String),
    Bytes,
    Operator,
    Bracket,
    End,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lexed {
    pub(super) token: Token,
    pub(super) span: Range<usize>,
}

const WORD_OPERATORS: [&str; 11] = [
    "not",
    "in",
    "or",
    "and",
    "matches",
    "contains",
    "startsWith",
    "endsWith",
    "let",
    "if",
    "else",
];

pub(super) fn is_word(letter: char) -> bool {
    letter == '_' || letter == '$' || is_letter(letter) || is_digit(letter)
}

/// The words of `text`, the last one `End`; with the problem that stops the reading, if any, `End` standing at it.
pub(super) fn lex(text: &str) -> (Vec<Lexed>, Option<Problem>) {
    let mut lexer = Lexer {
        text,
        at: 0,
        words: Vec::new(),
    };
    let problem = lexer.run().err();
    // Where the problem is, or behind the last character.
    let end = problem.as_ref().map_or(text.len(), |it| it.span.start);
    lexer.words.push(Lexed {
        token: Token::End,
        span: end..end,
    });
    (lexer.words, problem)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    words: Vec<Lexed>,
}

impl<'a> Lexer<'a> {
    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.at += letter.len_utf8();
        Some(letter)
    }

    fn accept(&mut self, letters: &str) -> bool {
        let found = self.peek().is_some_and(|it| letters.contains(it));
        if found {
            self.next();
        }
        found
    }

    fn push(&mut self, token: Token, start: usize) {
        self.words.push(Lexed {
            token,
            span: start..self.at,
        });
    }

    fn run(&mut self) -> Result<(), Problem> {
        loop {
            let start = self.at;
            let Some(letter) = self.next() else {
                return Ok(());
            };
            match letter {
                space if space.is_whitespace() => {}
                '\'' | '"' => self.quoted(start, letter)?,
                '`' => self.raw(start)?,
                'b' | 'B' if matches!(self.peek(), Some('\'' | '"')) => self.bytes(start)?,
                '0'..='9' => self.number(start)?,
                '?' => {
                    self.accept(".?");
                    self.push(Token::Operator, start);
                }
                '/' => {
                    if self.accept("/") {
                        let rest = self.rest();
                        self.at += rest.find('\n').map_or(rest.len(), |it| it + 1);
                    } else if self.accept("*") {
                        self.comment(start)?;
                    } else {
                        self.push(Token::Operator, start);
                    }
                }
                '#' => self.pointer(start),
                '|' | ':' => {
                    self.accept(if letter == '|' { "|" } else { ":" });
                    self.push(Token::Operator, start);
                }
                '(' | '[' | '{' | ')' | ']' | '}' => self.push(Token::Bracket, start),
                ',' | ';' | '%' | '+' | '-' | '^' => self.push(Token::Operator, start),
                '&' | '!' | '=' | '*' | '<' | '>' => {
                    self.accept("&=*");
                    self.push(Token::Operator, start);
                }
                '.' => {
                    if self.peek().is_some_and(|it| it.is_ascii_digit()) {
                        self.number(start)?;
                    } else {
                        self.accept(".");
                        self.push(Token::Operator, start);
                    }
                }
                word if is_word(word) => {
                    self.word();
                    let word = self.text.get(start..self.at).unwrap_or_default();
                    let token = if WORD_OPERATORS.contains(&word) {
                        Token::Operator
                    } else {
                        Token::Identifier
                    };
                    self.push(token, start);
                }
                other => {
                    let message = format!("`{other}` has no meaning in an expression");
                    return Err(Problem::syntax(start..self.at, message));
                }
            }
        }
    }

    fn word(&mut self) {
        while self.peek().is_some_and(is_word) {
            self.next();
        }
    }

    fn pointer(&mut self, start: usize) {
        self.accept("#");
        self.push(Token::Operator, start);
        let start = self.at;
        self.word();
        if self.at > start {
            self.push(Token::Identifier, start);
        }
    }

    fn comment(&mut self, start: usize) -> Result<(), Problem> {
        let Some(length) = self.rest().find("*/") else {
            let message = "the comment is never closed: end it with `*/`";
            return Err(Problem::syntax(start..start + 2, message));
        };
        self.at += length + 2;
        Ok(())
    }

    /// A quoted text from its first quote on; leaves the position behind its last.
    fn quoted_end(&mut self, start: usize, quote: char) -> Result<(), Problem> {
        loop {
            match self.next() {
                None | Some('\n') => {
                    self.at = start;
                    let message = format!("the text is never closed: end it with `{quote}`");
                    let line = self.rest().find('\n').unwrap_or(self.rest().len());
                    return Err(Problem::syntax(start..start + line, message));
                }
                Some('\\') => {
                    let escape = self.at - 1;
                    match self.next() {
                        // A quote of the other kind needs no escape, and must not have one.
                        Some(other @ ('\'' | '"')) if other != quote => {
                            return Err(text::bad_escape(escape..self.at, self.text));
                        }
                        // Refused when the text is decoded.
                        Some('\n') | None => self.at = escape + 1,
                        Some(_) => {}
                    }
                }
                Some(letter) if letter == quote => return Ok(()),
                Some(_) => {}
            }
        }
    }

    fn quoted(&mut self, start: usize, quote: char) -> Result<(), Problem> {
        self.quoted_end(start, quote)?;
        let value = text::decode(self.text, start + 1..self.at - 1)?;
        self.push(Token::Text(value), start);
        Ok(())
    }

    fn bytes(&mut self, start: usize) -> Result<(), Problem> {
        let quote = self.next().unwrap_or('"');
        self.quoted_end(start, quote)?;
        text::check_bytes(self.text, start + 2..self.at - 1)?;
        self.push(Token::Bytes, start);
        Ok(())
    }

    fn raw(&mut self, start: usize) -> Result<(), Problem> {
        let mut value = String::new();
        loop {
            match self.next() {
                Some('`') if self.accept("`") => value.push('`'),
                Some('`') => break,
                Some(letter) => value.push(letter),
                None => {
                    let message = "the text is never closed: end it with a backtick";
                    return Err(Problem::syntax(start..start + 1, message));
                }
            }
        }
        self.push(Token::Text(value), start);
        Ok(())
    }

    fn digits(&mut self, letters: &str) {
        while self.accept(letters) {}
    }

    fn number(&mut self, start: usize) -> Result<(), Problem> {
        self.at = start;
        let mut digits = "0123456789_";
        if self.accept("0") {
            if self.accept("xX") {
                digits = "0123456789abcdefABCDEF_";
            } else if self.accept("oO") {
                digits = "01234567_";
            } else if self.accept("bB") {
                digits = "01_";
            }
        }
        self.digits(digits);
        let whole = self.at;
        if self.accept(".") {
            if self.peek() == Some('.') {
                self.at = whole;
                self.push(Token::Number, start);
                return Ok(());
            }
            self.digits(digits);
        }
        if self.accept("eE") {
            self.accept("+-");
            self.digits(digits);
        }
        if self.peek().is_some_and(is_word) {
            self.word();
            let written = self.text.get(start..self.at).unwrap_or_default();
            let name = written.trim_start_matches('.');
            let message = format!(
                "`{written}` is no number; a name that begins with a digit is written `['{name}']` in a path"
            );
            return Err(Problem::syntax(start..self.at, message));
        }
        self.push(Token::Number, start);
        Ok(())
    }
}
