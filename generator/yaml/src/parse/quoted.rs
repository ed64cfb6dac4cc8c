//! Scalars between quotes.

use super::bytes::{IN_DOUBLE, IN_SINGLE, is};
use super::plain::scalar;
use super::scanner::Scanner;
use super::token::{Scan, Style, Text, Token, short};

const CONTEXT: &str = "while scanning a quoted scalar";
const ESCAPE_CONTEXT: &str = "while parsing a quoted scalar";

impl Scanner<'_> {
    pub(super) fn quoted(&mut self, quote: u8) -> Scan<Token> {
        let style = if quote == b'\'' {
            Style::SingleQuoted
        } else {
            Style::DoubleQuoted
        };
        let start = self.pos;
        self.pos += 1;
        let from = self.pos;
        let to = self.quoted_stretch(quote);
        let is_whole =
            self.byte(self.pos) == quote && (quote == b'"' || self.byte(self.pos + 1) != b'\'');
        let text = if is_whole {
            Text::Source {
                at: short(from),
                len: short(to - from),
            }
        } else {
            let at = self.strings.len();
            self.pos = from;
            self.quoted_apart(quote, start)?;
            Text::Apart {
                at: short(at),
                len: short(self.strings.len() - at),
            }
        };
        self.pos += 1;
        let end = self.pos;
        Ok(scalar(style, text, start, end))
    }

    /// Goes behind text that stands as it is meant, up to a quote, an escape or a line break; where it ends without the blanks
    /// before a break.
    fn quoted_stretch(&mut self, quote: u8) -> usize {
        let class = if quote == b'\'' { IN_SINGLE } else { IN_DOUBLE };
        let mut at = self.pos;
        let mut blanks = at..at;
        loop {
            while !is(self.byte(at), class) {
                at += 1;
            }
            match self.byte(at) {
                b' ' | b'\t' => {
                    let from = at;
                    while self.is_blank(at) {
                        at += 1;
                    }
                    blanks = from..at;
                }
                0xc2 | 0xe2 if self.break_len(at) == 0 => at += 1,
                _ => break,
            }
        }
        self.pos = at;
        if blanks.end == at && self.break_len(at) > 0 {
            blanks.start
        } else {
            at
        }
    }

    /// Reads the scalar into the strings, up to its closing quote.
    fn quoted_apart(&mut self, quote: u8, start: usize) -> Scan<()> {
        loop {
            if self.is_document_marker() {
                return Err(self.error(
                    "found unexpected document indicator",
                    Some((CONTEXT, start)),
                ));
            }
            let from = self.pos;
            let to = self.quoted_stretch(quote);
            self.keep(from, to);
            if self.is_end() {
                return Err(self.error("found unexpected end of stream", Some((CONTEXT, start))));
            }
            match self.byte(self.pos) {
                b'\'' if quote == b'\'' && self.byte(self.pos + 1) == b'\'' => {
                    self.strings.push('\'');
                    self.pos += 2;
                }
                byte if byte == quote => return Ok(()),
                b'\\' if quote == b'"' => {
                    let len = self.break_len(self.pos + 1);
                    if len > 0 {
                        self.pos += 1;
                        self.next_line(len);
                        self.breaks.clear();
                        self.quoted_breaks();
                        let breaks = std::mem::take(&mut self.breaks);
                        self.strings.push_str(&breaks);
                        self.breaks = breaks;
                    } else {
                        self.escape(start)?;
                    }
                }
                _ => {
                    self.breaks.clear();
                    self.quoted_breaks();
                    self.fold();
                }
            }
        }
    }

    /// Goes behind line breaks and the blanks around them, and remembers the breaks.
    fn quoted_breaks(&mut self) {
        loop {
            let len = self.break_len(self.pos);
            if len > 0 {
                self.remember_break(len);
            } else if self.is_blank(self.pos) {
                self.pos += 1;
            } else {
                return;
            }
        }
    }

    fn escape(&mut self, start: usize) -> Scan<()> {
        let character = match self.byte(self.pos + 1) {
            b'0' => '\0',
            b'a' => '\x07',
            b'b' => '\x08',
            b't' | b'\t' => '\t',
            b'n' => '\n',
            b'v' => '\x0b',
            b'f' => '\x0c',
            b'r' => '\r',
            b'e' => '\x1b',
            b' ' => ' ',
            b'"' => '"',
            b'/' => '/',
            b'\\' => '\\',
            b'N' => '\u{85}',
            b'_' => '\u{a0}',
            b'L' => '\u{2028}',
            b'P' => '\u{2029}',
            b'x' => return self.code_escape(2, start),
            b'u' => return self.code_escape(4, start),
            b'U' => return self.code_escape(8, start),
            _ => {
                return Err(self.error(
                    "found unknown escape character",
                    Some((ESCAPE_CONTEXT, start)),
                ));
            }
        };
        self.strings.push(character);
        self.pos += 2;
        Ok(())
    }

    /// `\x41`, `\u0041`, `\U00000041`; two `\u` may be the halves of one character, as in JSON.
    fn code_escape(&mut self, digits: usize, start: usize) -> Scan<()> {
        let first = self.hexadecimal(self.pos + 2, digits);
        let mut len = 2 + digits;
        let mut code = first;
        if let Some(high @ 0xd800..=0xdbff) = first
            && digits == 4
            && self.byte(self.pos + 6) == b'\\'
            && self.byte(self.pos + 7) == b'u'
            && let Some(low @ 0xdc00..=0xdfff) = self.hexadecimal(self.pos + 8, 4)
        {
            code = Some(0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00));
            len += 6;
        }
        let Some(code) = code else {
            self.pos += 2;
            return Err(self.error(
                "did not find expected hexdecimal number",
                Some((ESCAPE_CONTEXT, start)),
            ));
        };
        let Some(character) = char::from_u32(code) else {
            self.pos += 2;
            return Err(self.error(
                "found invalid Unicode character escape code",
                Some((ESCAPE_CONTEXT, start)),
            ));
        };
        self.strings.push(character);
        self.pos += len;
        Ok(())
    }

    pub(super) fn hexadecimal(&self, at: usize, digits: usize) -> Option<u32> {
        (at..at + digits).try_fold(0, |code: u32, at| {
            let digit = char::from(self.byte(at)).to_digit(16)?;
            Some((code << 4) | digit)
        })
    }
}
