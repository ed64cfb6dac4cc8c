//! Words of Lua, after `parse/lexer.go` of gopher-lua v1.1.2.

use std::ops::Range;

use crate::problem::Problem;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    Name,
    Keyword,
    Number,
    Text,
    Sign,
    End,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    pub(super) token: Token,
    pub(super) span: Range<usize>,
}

const KEYWORDS: [&str; 22] = [
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in",
    "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
];

const SIGNS: [&str; 30] = [
    "...", "..", "==", "~=", "<=", ">=", "::", "+", "-", "*", "/", "%", "^", "#", "(", ")", "{",
    "}", "[", "]", ";", ",", "<", ">", "=", ":", ".", "~", "!", "&",
];

pub(super) fn lex(text: &str) -> Result<Vec<Word>, Problem> {
    let mut lexer = Lexer { text, at: 0 };
    let mut words = Vec::new();
    loop {
        lexer.space()?;
        let start = lexer.at;
        let token = lexer.token()?;
        words.push(Word {
            token,
            span: start..lexer.at,
        });
        if token == Token::End {
            return Ok(words);
        }
    }
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn take(&mut self, wanted: impl Fn(char) -> bool) -> usize {
        let rest = self.rest();
        let length = rest.find(|letter| !wanted(letter)).unwrap_or(rest.len());
        self.at += length;
        length
    }

    fn space(&mut self) -> Result<(), Problem> {
        loop {
            self.take(|letter| matches!(letter, ' ' | '\t' | '\n' | '\r'));
            if !self.rest().starts_with("--") {
                return Ok(());
            }
            let comment = self.at;
            self.at += 2;
            if self.rest().starts_with("[[") || self.rest().starts_with("[=") {
                self.long(comment)?;
            } else {
                self.take(|letter| letter != '\n' && letter != '\r');
            }
        }
    }

    fn token(&mut self) -> Result<Token, Problem> {
        let start = self.at;
        let rest = self.rest();
        let Some(first) = rest.chars().next() else {
            return Ok(Token::End);
        };
        let digit = |it: char| it.is_ascii_digit();
        if first.is_ascii_alphabetic() || first == '_' {
            self.take(|letter| letter.is_ascii_alphanumeric() || letter == '_');
            let word = self.text.get(start..self.at).unwrap_or_default();
            let keyword = KEYWORDS.contains(&word);
            return Ok(if keyword { Token::Keyword } else { Token::Name });
        }
        if digit(first) || (first == '.' && rest.get(1..).is_some_and(|it| it.starts_with(digit))) {
            return self.number();
        }
        if matches!(first, '\'' | '"') {
            return self.quoted(first);
        }
        if rest.starts_with("[[") || rest.starts_with("[=") {
            self.long(start)?;
            return Ok(Token::Text);
        }
        let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign)).copied();
        let hint = match sign {
            Some("~") => ": `~=` asks whether values differ",
            Some("!") => ": `not` negates, `~=` asks whether values differ",
            Some("&") => ": both are asked with `and`",
            Some(sign) => {
                self.at += sign.len();
                return Ok(Token::Sign);
            }
            None if first == '|' => ": either is asked with `or`",
            None => "",
        };
        let end = start + first.len_utf8();
        Err(Problem::syntax(
            start..end,
            format!("`{first}` has no meaning in Lua{hint}"),
        ))
    }

    fn number(&mut self) -> Result<Token, Problem> {
        let start = self.at;
        let digit = |it: char| it.is_ascii_digit();
        if self.rest().starts_with("0x") || self.rest().starts_with("0X") {
            self.at += 2;
            if self.take(|it| it.is_ascii_hexdigit()) == 0 {
                return Err(Problem::syntax(start..self.at, "digits belong behind `0x`"));
            }
            return Ok(Token::Number);
        }
        self.take(digit);
        if self.rest().starts_with('.') {
            self.at += 1;
            self.take(digit);
        }
        if self.rest().starts_with(['e', 'E']) {
            self.at += 1;
            if self.rest().starts_with(['+', '-']) {
                self.at += 1;
            }
            // The first character of the exponent may be anything.
            self.at += self.rest().chars().next().map_or(0, char::len_utf8);
            self.take(digit);
        }
        Ok(Token::Number)
    }

    fn quoted(&mut self, quote: char) -> Result<Token, Problem> {
        let start = self.at;
        let mut letters = self.rest().char_indices().skip(1);
        while let Some((at, letter)) = letters.next() {
            match letter {
                '\\' => {
                    // A line may end behind a backslash, with both its characters.
                    if let Some((_, '\r')) = letters.next()
                        && self
                            .rest()
                            .get(at + 2..)
                            .is_some_and(|it| it.starts_with('\n'))
                    {
                        letters.next();
                    }
                }
                '\n' | '\r' => break,
                letter if letter == quote => {
                    self.at = start + at + 1;
                    return Ok(Token::Text);
                }
                _ => {}
            }
        }
        let message = format!("the text is never closed: end it with `{quote}`");
        Err(Problem::syntax(start..start + 1, message))
    }

    /// `[[…]]`, `[==[…]==]`.
    fn long(&mut self, start: usize) -> Result<(), Problem> {
        self.at += 1;
        let level = self.take(|letter| letter == '=');
        if !self.rest().starts_with('[') {
            let message = "`[` belongs behind `[=`";
            return Err(Problem::syntax(start..self.at, message));
        }
        self.at += 1;
        let close = format!("]{}]", "=".repeat(level));
        let Some(length) = self.rest().find(&close) else {
            let message = format!("this is never closed: end it with `{close}`");
            return Err(Problem::syntax(start..self.at, message));
        };
        self.at += length + close.len();
        Ok(())
    }
}
