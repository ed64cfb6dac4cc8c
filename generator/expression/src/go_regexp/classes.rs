//! Escapes and classes of characters.

use super::{Parser, fail};
use crate::problem::Problem;

impl<'a> Parser<'a> {
    pub(super) fn escape_outside(&mut self) -> Result<(), Problem> {
        let start = self.at;
        let rest = self.rest();
        if rest.starts_with("\\Q") {
            let inside = rest.get(2..).unwrap_or_default();
            let length = inside.find("\\E");
            self.at += 2 + length.map_or(inside.len(), |length| length + 2);
            if length != Some(0) && !inside.is_empty() {
                self.operand(1);
            }
            return Ok(());
        }
        match rest.chars().nth(1) {
            Some('A' | 'b' | 'B' | 'z') => self.at += 2,
            _ if self.shorthand()? => {}
            _ => {
                self.at = start;
                self.escape()?;
            }
        }
        self.operand(1);
        Ok(())
    }

    /// `\d`, `\pL`, `\p{Greek}`: classes that may stand in brackets too.
    pub(super) fn shorthand(&mut self) -> Result<bool, Problem> {
        let start = self.at;
        let mut letters = self.rest().chars().skip(1);
        match letters.next() {
            Some('d' | 'D' | 's' | 'S' | 'w' | 'W') => {
                self.at += 2;
                Ok(true)
            }
            Some('p' | 'P') => {
                self.at += 2;
                let known = match self.next() {
                    Some('{') => match self.rest().split_once('}') {
                        Some((name, _)) => {
                            self.at += name.len() + 1;
                            let name = name.strip_prefix('^').unwrap_or(name);
                            let of_name =
                                |it: char| it.is_ascii_alphanumeric() || "_- ".contains(it);
                            !name.is_empty() && name.chars().all(of_name)
                        }
                        None => false,
                    },
                    Some(letter) => "CLMNPSZ".contains(letter.to_ascii_uppercase()),
                    None => false,
                };
                if known {
                    return Ok(true);
                }
                fail(
                    start..self.at,
                    "there is no such class of characters: `\\p{Greek}`, `\\pL` are",
                )
            }
            _ => Ok(false),
        }
    }

    /// One character that is written with a backslash.
    pub(super) fn escape(&mut self) -> Result<char, Problem> {
        let start = self.at;
        self.at += 1;
        let letter = self.next();
        let value = match letter {
            None => {
                let message =
                    "nothing stands behind the backslash: write `\\\\` for the sign itself";
                return fail(start..self.at, message);
            }
            Some(digit @ '0'..='7') if digit == '0' || matches!(self.peek(), Some('0'..='7')) => {
                let mut value = digit.to_digit(8).unwrap_or(0);
                for _ in 0..2 {
                    if let Some(digit) = self.peek().and_then(|it| it.to_digit(8)) {
                        value = value * 8 + digit;
                        self.at += 1;
                    }
                }
                char::from_u32(value)
            }
            Some('x') => self.hex(),
            Some('a') => Some('\u{7}'),
            Some('f') => Some('\u{c}'),
            Some('n') => Some('\n'),
            Some('r') => Some('\r'),
            Some('t') => Some('\t'),
            Some('v') => Some('\u{b}'),
            Some(sign) if sign.is_ascii() && !sign.is_ascii_alphanumeric() => Some(sign),
            Some(_) => None,
        };
        match value {
            Some(value) => Ok(value),
            None => {
                let written = self.text.get(start..self.at).unwrap_or_default();
                let why = match letter {
                    Some('1'..='9') => "Go has no references to groups".to_owned(),
                    Some('Z') => "Go has `\\z` for the end of the text".to_owned(),
                    _ => format!("Go has no `{written}`"),
                };
                fail(start..self.at, why)
            }
        }
    }

    pub(super) fn hex(&mut self) -> Option<char> {
        let digits = if self.eat("{") {
            let digits = self.rest().split_once('}')?.0;
            self.at += digits.len() + 1;
            digits
        } else {
            let digits = self.rest().get(..2)?;
            self.at += 2;
            digits
        };
        let plain = !digits.is_empty() && digits.chars().all(|it| it.is_ascii_hexdigit());
        let value = u32::from_str_radix(digits, 16).ok().filter(|_| plain)?;
        (value <= 0x0010_FFFF).then(|| char::from_u32(value).unwrap_or('\u{FFFD}'))
    }

    pub(super) fn class(&mut self) -> Result<(), Problem> {
        let start = self.at;
        self.at += 1;
        self.eat("^");
        let mut first = true;
        loop {
            match self.peek() {
                None => return self.unclosed(start),
                Some(']') if !first => {
                    self.at += 1;
                    return Ok(());
                }
                _ => {}
            }
            first = false;
            if self.named()? || (self.rest().starts_with('\\') && self.shorthand()?) {
                continue;
            }
            let from = self.at;
            let low = self.in_class(start)?;
            let rest = self.rest();
            if rest.len() >= 2 && rest.starts_with('-') && !rest.starts_with("-]") {
                self.at += 1;
                let high = self.in_class(start)?;
                if high < low {
                    let written = self.text.get(from..self.at).unwrap_or_default();
                    let message = format!("`{written}` ends before it begins");
                    return fail(from..self.at, message);
                }
            }
        }
    }

    pub(super) fn unclosed<T>(&self, start: usize) -> Result<T, Problem> {
        fail(
            start..start + 1,
            "the bracket is never closed: end it with `]`, or write `\\[`",
        )
    }

    pub(super) fn in_class(&mut self, start: usize) -> Result<char, Problem> {
        match self.peek() {
            None => self.unclosed(start),
            Some('\\') => self.escape(),
            Some(letter) => {
                self.at += letter.len_utf8();
                Ok(letter)
            }
        }
    }

    /// `[:alpha:]` in brackets.
    pub(super) fn named(&mut self) -> Result<bool, Problem> {
        const NAMES: [&str; 14] = [
            "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print",
            "punct", "space", "upper", "word", "xdigit",
        ];
        let Some((name, _)) = self.rest().strip_prefix("[:").and_then(|rest| {
            // No class has a longer name; a far `:]` belongs to something else.
            let end = rest.char_indices().nth(64).map_or(rest.len(), |(at, _)| at);
            rest.get(..end)?.split_once(":]")
        }) else {
            return Ok(false);
        };
        let span = self.at..self.at + name.len() + 4;
        self.at = span.end;
        if NAMES.contains(&name.strip_prefix('^').unwrap_or(name)) {
            return Ok(true);
        }
        let near = crate::problem::suggestion(name, NAMES);
        fail(span, format!("there is no class `[:{name}:]`{near}"))
    }
}
