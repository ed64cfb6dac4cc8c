//! Scalars without quotes.

use super::bytes::{IN_BLOCK, IN_FLOW, is};
use super::scanner::Scanner;
use super::token::{Kind, Scan, Style, Text, Token, short};

const CONTEXT: &str = "while scanning a plain scalar";

impl Scanner<'_> {
    pub(super) fn plain(&mut self) -> Scan<Token> {
        let start = self.pos;
        let mut end = self.plain_line(start)?;
        let mut text = Text::Source {
            at: short(start),
            len: short(end - start),
        };
        // A text of one line stays where it is.
        let mut apart = None;
        let mut line = start;
        while self.break_len(self.pos) > 0 {
            self.breaks.clear();
            let is_over = self.plain_breaks(start)?;
            if is_over || !self.is_plain_continued(start)? {
                self.is_key_allowed = true;
                break;
            }
            let at = *apart.get_or_insert(self.strings.len());
            self.keep(line, end);
            self.fold();
            line = self.pos;
            end = self.plain_line(start)?;
            text = Text::Apart {
                at: short(at),
                len: 0,
            };
        }
        if let Text::Apart { at, len } = &mut text {
            self.keep(line, end);
            *len = short(self.strings.len()) - *at;
        }
        Ok(scalar(Style::Plain, text, start, end))
    }

    /// Puts a stretch of the source into the strings.
    pub(super) fn keep(&mut self, from: usize, to: usize) {
        self.strings
            .push_str(self.text.get(from..to).unwrap_or_default());
    }

    /// Goes behind the text of this line and the blanks that follow it; where the text ends.
    #[inline]
    pub(super) fn plain_line(&mut self, start: usize) -> Scan<usize> {
        let is_flow = self.flow_level > 0;
        let class = if is_flow { IN_FLOW } else { IN_BLOCK };
        let mut at = self.pos;
        // The blanks before here, if nothing has come behind them.
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
                    if self.byte(at) == b'#' {
                        break;
                    }
                }
                b':' => {
                    let next = self.byte(at + 1);
                    if is_flow && matches!(next, b',' | b'?' | b'[' | b']' | b'{' | b'}') {
                        self.pos = at;
                        return Err(self.error("found unexpected ':'", Some((CONTEXT, start))));
                    }
                    if self.is_blank_or_end(at + 1) {
                        break;
                    }
                    at += 1;
                }
                0xc2 | 0xe2 if self.break_len(at) == 0 => at += 1,
                _ => break,
            }
        }
        self.pos = at;
        Ok(if blanks.end == at { blanks.start } else { at })
    }

    /// Goes behind line breaks and blanks, and remembers the breaks; whether a block's indentation ends the scalar here.
    fn plain_breaks(&mut self, start: usize) -> Scan<bool> {
        let indent = self.indent + 1;
        let is_outside = |scanner: &Self| ((scanner.pos - scanner.line_start) as isize) < indent;
        loop {
            let len = self.break_len(self.pos);
            if len > 0 {
                self.remember_break(len);
                continue;
            }
            match self.byte(self.pos) {
                b'\t' if is_outside(self) => {
                    return Err(self.error(
                        "found a tab character that violates indentation",
                        Some((CONTEXT, start)),
                    ));
                }
                b' ' => self.skip_indentation(),
                b'\t' => self.pos += 1,
                _ => return Ok(self.flow_level == 0 && is_outside(self)),
            }
        }
    }

    /// Whether what stands here belongs to a plain scalar that began on a line before.
    fn is_plain_continued(&mut self, start: usize) -> Scan<bool> {
        if self.is_document_marker() {
            return Ok(false);
        }
        let is_flow = self.flow_level > 0;
        Ok(match self.byte(self.pos) {
            0 | b'#' => false,
            b':' => {
                if is_flow
                    && matches!(
                        self.byte(self.pos + 1),
                        b',' | b'?' | b'[' | b']' | b'{' | b'}'
                    )
                {
                    return Err(self.error("found unexpected ':'", Some((CONTEXT, start))));
                }
                !self.is_blank_or_end(self.pos + 1)
            }
            b',' | b'[' | b']' | b'{' | b'}' => !is_flow,
            _ => true,
        })
    }

    /// Goes behind a line break and remembers it as a scalar has it: only LS and PS stay what they are.
    pub(super) fn remember_break(&mut self, len: usize) {
        match (len, self.byte(self.pos + 2)) {
            (3, 0xa8) => self.breaks.push('\u{2028}'),
            (3, _) => self.breaks.push('\u{2029}'),
            _ => self.breaks.push('\n'),
        }
        self.next_line(len);
    }

    /// Writes the remembered breaks between two lines of a flow scalar: the first is a space, if it is the only one.
    pub(super) fn fold(&mut self) {
        match self.breaks.strip_prefix('\n') {
            Some("") => self.strings.push(' '),
            Some(rest) => self.strings.push_str(rest),
            None => self.strings.push_str(&self.breaks),
        }
    }
}

#[inline]
pub(super) fn scalar(style: Style, text: Text, start: usize, end: usize) -> Token {
    Token {
        start: short(start),
        end: short(end),
        kind: Kind::Scalar { style, text },
    }
}
