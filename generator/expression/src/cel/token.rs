//! Words of CEL, after `parser/gen/CEL.g4` of cel-go v0.30.

use std::ops::Range;

use crate::problem::Problem;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Name,
    /// A name of a field between backticks; the name.
    Escaped(String),
    Integer,
    Unsigned,
    Float,
    Text(String),
    Bytes,
    Sign,
    End,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    pub(super) token: Token,
    pub(super) span: Range<usize>,
}

const SIGNS: [&str; 26] = [
    "==", "!=", "<=", ">=", "&&", "||", "<", ">", "[", "]", "{", "}", "(", ")", ".", ",", "-", "!",
    "?", ":", "+", "*", "/", "%", "=", "&",
];

pub(super) fn lex(text: &str) -> Result<Vec<Word>, Problem> {
    let mut lexer = Lexer { text, at: 0 };
    let mut words = Vec::new();
    while let Some(word) = lexer.word()? {
        words.push(word);
    }
    let end = text.len();
    words.push(Word {
        token: Token::End,
        span: end..end,
    });
    Ok(words)
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

    fn space(&mut self) {
        loop {
            self.take(|letter| matches!(letter, '\t' | ' ' | '\r' | '\n' | '\u{c}'));
            if !self.rest().starts_with("//") {
                return;
            }
            self.take(|letter| letter != '\n');
        }
    }

    fn word(&mut self) -> Result<Option<Word>, Problem> {
        self.space();
        let start = self.at;
        let rest = self.rest();
        let Some(first) = rest.chars().next() else {
            return Ok(None);
        };
        let token = if let Some(token) = self.text_literal()? {
            token
        } else if first.is_ascii_digit()
            || (first == '.'
                && rest
                    .get(1..)
                    .is_some_and(|it| it.starts_with(|it: char| it.is_ascii_digit())))
        {
            self.number()
        } else if first == '`' {
            self.escaped(start)?
        } else if first.is_ascii_alphabetic() || first == '_' {
            self.take(|letter| letter.is_ascii_alphanumeric() || letter == '_');
            Token::Name
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            self.at += sign.len();
            if matches!(*sign, "=" | "&") {
                let message = format!("`{sign}` is no operator: `{sign}{sign}` is");
                return Err(Problem::syntax(start..self.at, message));
            }
            Token::Sign
        } else {
            let end = start + first.len_utf8();
            let hint = match first {
                '|' => ": `||` is",
                '$' => ": a variable of Tekton stands in quotes, `'$(params.x)'`",
                _ => "",
            };
            let message = format!("`{first}` has no meaning in CEL{hint}");
            return Err(Problem::syntax(start..end, message));
        };
        Ok(Some(Word {
            token,
            span: start..self.at,
        }))
    }

    fn escaped(&mut self, start: usize) -> Result<Token, Problem> {
        self.at += 1;
        let of_name = |letter: char| letter.is_ascii_alphanumeric() || "_.-/ ".contains(letter);
        let length = self.take(of_name);
        let name = self
            .text
            .get(start + 1..start + 1 + length)
            .unwrap_or_default();
        if length == 0 || !self.rest().starts_with('`') {
            let message =
                "a name between backticks is letters, digits, `_`, `.`, `-`, `/` and spaces";
            return Err(Problem::syntax(start..self.at, message));
        }
        self.at += 1;
        Ok(Token::Escaped(name.to_owned()))
    }

    fn number(&mut self) -> Token {
        let digit = |letter: char| letter.is_ascii_digit();
        let unsigned = |lexer: &mut Self| {
            let found = lexer.rest().starts_with(['u', 'U']);
            lexer.at += usize::from(found);
            found
        };
        let hex = self
            .rest()
            .strip_prefix("0x")
            .is_some_and(|it| it.starts_with(|it: char| it.is_ascii_hexdigit()));
        if hex {
            self.at += 2;
            self.take(|letter| letter.is_ascii_hexdigit());
            return if unsigned(self) {
                Token::Unsigned
            } else {
                Token::Integer
            };
        }
        self.take(digit);
        let mut float = false;
        if self
            .rest()
            .strip_prefix('.')
            .is_some_and(|it| it.starts_with(digit))
        {
            self.at += 1;
            self.take(digit);
            float = true;
        }
        let rest = self.rest();
        if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
            let sign = usize::from(exponent.starts_with(['+', '-']));
            if exponent.get(sign..).is_some_and(|it| it.starts_with(digit)) {
                self.at += 1 + sign;
                self.take(digit);
                float = true;
            }
        }
        if float {
            Token::Float
        } else if unsigned(self) {
            Token::Unsigned
        } else {
            Token::Integer
        }
    }

    /// `'…'`, `"…"`, three of each, with `r` and `b` before.
    fn text_literal(&mut self) -> Result<Option<Token>, Problem> {
        let rest = self.rest();
        let bytes = rest.starts_with(['b', 'B']);
        let behind = rest.get(usize::from(bytes)..).unwrap_or_default();
        let raw = behind.starts_with(['r', 'R']);
        let prefix = usize::from(bytes) + usize::from(raw);
        let quoted = rest.get(prefix..).unwrap_or_default();
        let quote = match quoted.as_bytes() {
            [b'\'', b'\'', b'\'', ..] => "'''",
            [b'"', b'"', b'"', ..] => "\"\"\"",
            [b'\'', ..] => "'",
            [b'"', ..] => "\"",
            _ => return Ok(None),
        };
        let start = self.at;
        let body = start + prefix + quote.len();
        let Some(length) = closing(self.text.get(body..).unwrap_or_default(), quote, raw) else {
            let message = format!("the text is never closed: end it with `{quote}`");
            return Err(Problem::syntax(start..body, message));
        };
        self.at = body + length + quote.len();
        let inside = self.text.get(body..body + length).unwrap_or_default();
        let value = if raw {
            Ok(inside.to_owned())
        } else {
            decode(inside, bytes)
        };
        match value {
            Ok(value) if !bytes => Ok(Some(Token::Text(value))),
            Ok(_) => Ok(Some(Token::Bytes)),
            Err(at) => {
                let escape = inside.get(at..).unwrap_or_default();
                let length = escape.chars().take(2).map(char::len_utf8).sum::<usize>();
                let written = escape.get(..length).unwrap_or_default();
                let message = format!(
                    "`{written}` is no escape: a backslash itself is written `\\\\`, or the text begins with `r'`"
                );
                Err(Problem::syntax(body + at..body + at + length, message))
            }
        }
    }
}

/// How far it is to the closing quote.
fn closing(text: &str, quote: &str, raw: bool) -> Option<usize> {
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        if text.get(at..)?.starts_with(quote) {
            return Some(at);
        }
        match letter {
            '\\' if !raw => {
                letters.next();
            }
            '\n' | '\r' if quote.len() == 1 => return None,
            _ => {}
        }
    }
    None
}

/// The text without escapes, or where a wrong one is.
fn decode(inside: &str, bytes: bool) -> Result<String, usize> {
    let mut value = String::with_capacity(inside.len());
    let mut rest = inside;
    while let Some(letter) = rest.chars().next() {
        let at = inside.len() - rest.len();
        rest = rest.get(letter.len_utf8()..).unwrap_or_default();
        if letter != '\\' {
            value.push(letter);
            continue;
        }
        let (decoded, length) = escape(rest, bytes).ok_or(at)?;
        value.push(decoded);
        rest = rest.get(length..).unwrap_or_default();
    }
    Ok(value)
}

fn escape(rest: &str, bytes: bool) -> Option<(char, usize)> {
    let simple = |letter| Some((letter, 1));
    match rest.bytes().next()? {
        b'a' => simple('\u{7}'),
        b'b' => simple('\u{8}'),
        b'f' => simple('\u{c}'),
        b'n' => simple('\n'),
        b'r' => simple('\r'),
        b't' => simple('\t'),
        b'v' => simple('\u{b}'),
        sign @ (b'"' | b'\'' | b'\\' | b'?' | b'`') => simple(char::from(sign)),
        b'0'..=b'3' => Some((scalar(rest.get(..3)?, 8)?, 3)),
        b'x' | b'X' => Some((scalar(rest.get(1..3)?, 16)?, 3)),
        b'u' if !bytes => Some((scalar(rest.get(1..5)?, 16)?, 5)),
        b'U' if !bytes => Some((scalar(rest.get(1..9)?, 16)?, 9)),
        _ => None,
    }
}

fn scalar(digits: &str, base: u32) -> Option<char> {
    let plain = digits.chars().all(|digit| digit.is_digit(base));
    u32::from_str_radix(digits, base)
        .ok()
        .filter(|_| plain)
        .and_then(char::from_u32)
}
