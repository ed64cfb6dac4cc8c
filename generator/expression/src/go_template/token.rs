//! Words of Go's templates, after `text/template/parse/lex.go` of Go 1.26.

use std::ops::Range;

use crate::letters::{is_digit, is_letter};
use crate::problem::Problem;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    Text,
    Open,
    Close,
    Space,
    Assign,
    Declare,
    Pipe,
    Quoted,
    Raw,
    Variable,
    Sign,
    Dot,
    Field,
    Number,
    Complex,
    Letter,
    Name,
    Keyword,
    Nil,
    Bool,
    OpenParen,
    CloseParen,
    End,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    pub(super) token: Token,
    pub(super) span: Range<usize>,
}

const OPEN: &str = "{{";
const CLOSE: &str = "}}";
const KEYWORDS: [&str; 10] = [
    "block", "break", "continue", "define", "else", "end", "if", "range", "template", "with",
];

/// The words of `text`, the last one `End`; with the problem that stops the reading.
pub(super) fn lex(text: &str) -> (Vec<Word>, Option<Problem>) {
    let mut lexer = Lexer {
        text,
        at: 0,
        words: Vec::new(),
    };
    let problem = lexer.run().err();
    let end = lexer.at.min(text.len());
    lexer.words.push(Word {
        token: Token::End,
        span: end..end,
    });
    (lexer.words, problem)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    words: Vec<Word>,
}

fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\r' | '\n')
}

fn is_word(letter: char) -> bool {
    letter == '_' || is_letter(letter) || is_digit(letter)
}

fn fail<T>(span: Range<usize>, message: impl Into<String>) -> Result<T, Problem> {
    Err(Problem::syntax(span, message))
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.at += letter.len_utf8();
        Some(letter)
    }

    fn push(&mut self, token: Token, start: usize) {
        self.words.push(Word {
            token,
            span: start..self.at,
        });
    }

    fn run(&mut self) -> Result<(), Problem> {
        loop {
            let start = self.at;
            let Some(length) = self.rest().find(OPEN) else {
                self.at = self.text.len();
                if self.at > start {
                    self.push(Token::Text, start);
                }
                return Ok(());
            };
            self.at += length;
            if length > 0 {
                self.push(Token::Text, start);
            }
            self.action()?;
        }
    }

    fn action(&mut self) -> Result<(), Problem> {
        let start = self.at;
        let inside = self.text.get(start + 2..).unwrap_or_default();
        let trims =
            inside.starts_with('-') && inside.get(1..).is_some_and(|it| it.starts_with(is_space));
        self.at += 2 + 2 * usize::from(trims);
        if self.rest().starts_with("/*") {
            return self.comment(start);
        }
        self.push(Token::Open, start);
        let mut parens: Vec<usize> = Vec::new();
        loop {
            if self.closes() {
                if let Some(open) = parens.last() {
                    return fail(
                        *open..*open + 1,
                        "the parenthesis is never closed: end it with `)`",
                    );
                }
                self.close();
                return Ok(());
            }
            let word = self.at;
            match self.next() {
                None => {
                    return fail(
                        start..start + 2,
                        "the action is never closed: end it with `}}`",
                    );
                }
                Some(space) if is_space(space) => self.space(word),
                Some('=') => self.push(Token::Assign, word),
                Some(':') => {
                    if self.next() != Some('=') {
                        return fail(
                            word..word + 1,
                            "unexpected `:`: a variable is set with `:=`",
                        );
                    }
                    self.push(Token::Declare, word);
                }
                Some('|') => self.push(Token::Pipe, word),
                Some('"') => self.quoted(word, '"', Token::Quoted)?,
                Some('\'') => self.quoted(word, '\'', Token::Letter)?,
                Some('`') => {
                    let Some(length) = self.rest().find('`') else {
                        return fail(
                            word..word + 1,
                            "the text is never closed: end it with a backtick",
                        );
                    };
                    self.at += length + 1;
                    self.push(Token::Raw, word);
                }
                Some('$') => self.field(word, Token::Variable)?,
                Some('.') if !self.peek().is_some_and(|it| it.is_ascii_digit()) => {
                    self.field(word, Token::Field)?;
                }
                Some('.' | '+' | '-' | '0'..='9') => self.number(word)?,
                Some('(') => {
                    parens.push(word);
                    self.push(Token::OpenParen, word);
                }
                Some(')') => {
                    if parens.pop().is_none() {
                        return fail(word..word + 1, "no parenthesis is open here");
                    }
                    self.push(Token::CloseParen, word);
                }
                Some(letter) if is_word(letter) => self.name(word)?,
                Some(letter) if letter.is_ascii_graphic() => self.push(Token::Sign, word),
                Some(letter) => {
                    let message = format!("`{letter}` has no meaning in an action");
                    return fail(word..self.at, message);
                }
            }
        }
    }

    /// Whether the action ends here, with or without a mark that trims.
    fn closes(&self) -> bool {
        let rest = self.rest();
        rest.starts_with(CLOSE) || trims_right(rest)
    }

    fn close(&mut self) {
        let start = self.at;
        self.at += if self.rest().starts_with(CLOSE) { 2 } else { 4 };
        self.push(Token::Close, start);
    }

    fn comment(&mut self, start: usize) -> Result<(), Problem> {
        self.at += 2;
        let Some(length) = self.rest().find("*/") else {
            return fail(
                start..self.at,
                "the comment is never closed: end it with `*/}}`",
            );
        };
        self.at += length + 2;
        if !self.closes() {
            return fail(
                self.at - 2..self.at,
                "`}}` belongs directly behind the comment",
            );
        }
        self.at += if self.rest().starts_with(CLOSE) { 2 } else { 4 };
        Ok(())
    }

    fn space(&mut self, start: usize) {
        loop {
            // The last space before `-}}` belongs to it.
            if trims_right(
                self.text
                    .get(self.at.saturating_sub(1)..)
                    .unwrap_or_default(),
            ) {
                self.at -= 1;
                if self.at == start {
                    return;
                }
                break;
            }
            match self.peek() {
                Some(letter) if is_space(letter) => {
                    self.next();
                }
                _ => break,
            }
        }
        self.push(Token::Space, start);
    }

    fn quoted(&mut self, start: usize, quote: char, token: Token) -> Result<(), Problem> {
        loop {
            match self.next() {
                Some('\\') if !matches!(self.peek(), None | Some('\n')) => {
                    self.next();
                }
                Some(letter) if letter == quote => break,
                None | Some('\n' | '\\') => {
                    let message = format!("the text is never closed: end it with `{quote}`");
                    return fail(start..start + 1, message);
                }
                Some(_) => {}
            }
        }
        self.push(token, start);
        Ok(())
    }

    fn ends_word(&self) -> bool {
        match self.peek() {
            None | Some('.' | ',' | '|' | ':' | '(' | ')') => true,
            Some(letter) => is_space(letter) || self.rest().starts_with(CLOSE),
        }
    }

    fn word(&mut self, start: usize) -> Result<(), Problem> {
        while self.peek().is_some_and(is_word) {
            self.next();
        }
        if self.ends_word() {
            return Ok(());
        }
        let bad = self.at;
        let letter = self.next().unwrap_or(' ');
        let written = self.text.get(start..bad).unwrap_or_default();
        let message = match letter {
            '-' if written.starts_with(['.', '$']) => {
                let name = written.trim_start_matches(['.', '$']);
                format!("`-` cannot stand in a name: write `index . \"{name}-…\"`")
            }
            '[' => "an element is picked with `index`: `index .list 0`".to_owned(),
            '=' => "`=` cannot stand here: values are compared with `eq`".to_owned(),
            _ => format!("`{letter}` cannot follow `{written}`: put a space between them"),
        };
        fail(bad..self.at, message)
    }

    fn field(&mut self, start: usize, token: Token) -> Result<(), Problem> {
        if self.ends_word() {
            let token = if token == Token::Field {
                Token::Dot
            } else {
                token
            };
            self.push(token, start);
            return Ok(());
        }
        self.word(start)?;
        self.push(token, start);
        Ok(())
    }

    fn name(&mut self, start: usize) -> Result<(), Problem> {
        self.word(start)?;
        let token = match self.text.get(start..self.at).unwrap_or_default() {
            "true" | "false" => Token::Bool,
            "nil" => Token::Nil,
            word if KEYWORDS.contains(&word) => Token::Keyword,
            _ => Token::Name,
        };
        self.push(token, start);
        Ok(())
    }

    fn accept(&mut self, letters: &str) -> bool {
        let found = self.peek().is_some_and(|it| letters.contains(it));
        if found {
            self.next();
        }
        found
    }

    fn digits(&mut self, letters: &str) {
        while self.accept(letters) {}
    }

    fn scan_number(&mut self) -> bool {
        self.accept("+-");
        let mut digits = "0123456789_";
        let mut exponent = "eE";
        if self.accept("0") {
            if self.accept("xX") {
                digits = "0123456789abcdefABCDEF_";
                exponent = "pP";
            } else if self.accept("oO") {
                (digits, exponent) = ("01234567_", "");
            } else if self.accept("bB") {
                (digits, exponent) = ("01_", "");
            }
        }
        self.digits(digits);
        if self.accept(".") {
            self.digits(digits);
        }
        if self.accept(exponent) {
            self.accept("+-");
            self.digits("0123456789_");
        }
        self.accept("i");
        !self.peek().is_some_and(is_word)
    }

    fn number(&mut self, start: usize) -> Result<(), Problem> {
        self.at = start;
        let mut token = Token::Number;
        let mut fine = self.scan_number();
        if fine && matches!(self.peek(), Some('+' | '-')) {
            fine = self.scan_number();
            let read = self.text.get(start..self.at).unwrap_or_default();
            fine = fine && read.ends_with('i');
            token = Token::Complex;
        }
        if !fine {
            while self.peek().is_some_and(is_word) {
                self.next();
            }
            let written = self.text.get(start..self.at).unwrap_or_default();
            return fail(start..self.at, format!("`{written}` is no number"));
        }
        self.push(token, start);
        Ok(())
    }
}

fn trims_right(rest: &str) -> bool {
    rest.starts_with(is_space) && rest.get(1..).is_some_and(|it| it.starts_with("-}}"))
}
