//! Text to tokens, as libyaml has them: what is a key is known only at its `:`, so tokens wait in a queue while they may be
//! part of one.

use std::collections::VecDeque;

use super::bytes::{MARK, WORD, is};
use super::simple_key::{NO_KEY, SimpleKey};
use super::token::{Kind, Scan, SyntaxError, Token, short};

pub(super) struct Scanner<'a> {
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) pos: usize,
    pub(super) line_start: usize,
    /// A point on this line, and the characters before it.
    pub(super) column_at: usize,
    pub(super) column: usize,
    pub(super) flow_level: usize,
    /// The column of the open block collection, -1 outside of all.
    pub(super) indent: isize,
    pub(super) indents: Vec<isize>,
    pub(super) is_key_allowed: bool,
    /// One for each flow collection that is open, and one for the block around them.
    pub(super) keys: Vec<SimpleKey>,
    pub(super) queue: VecDeque<Token>,
    /// Tokens that have left the queue.
    pub(super) taken: usize,
    /// Whether the first token of the queue is certain.
    pub(super) is_certain: bool,
    /// Texts of scalars that differ from the source.
    pub(super) strings: String,
    /// Line breaks that may be part of a scalar.
    pub(super) breaks: String,
    /// Where each comment begins and ends.
    pub(super) comments: Vec<(u32, u32)>,
    /// Bytes and tokens that were looked at, each as often as it was.
    #[cfg(test)]
    pub(super) steps: std::cell::Cell<usize>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let start = if text.starts_with(MARK) {
            MARK.len()
        } else {
            0
        };
        Self {
            text,
            bytes: text.as_bytes(),
            pos: start,
            line_start: start,
            column_at: start,
            column: 0,
            flow_level: 0,
            indent: -1,
            indents: Vec::new(),
            is_key_allowed: true,
            keys: vec![NO_KEY],
            queue: VecDeque::with_capacity(16),
            taken: 0,
            is_certain: false,
            strings: String::new(),
            breaks: String::new(),
            comments: Vec::new(),
            #[cfg(test)]
            steps: std::cell::Cell::new(0),
        }
    }

    /// Counts work, for a test that it grows no faster than the text.
    #[cfg(test)]
    pub(super) fn count(&self, steps: usize) {
        self.steps.set(self.steps.get() + steps);
    }

    #[cfg(not(test))]
    #[inline]
    #[allow(clippy::unused_self, reason = "only tests count")]
    pub(super) fn count(&self, _: usize) {}

    /// The next token, which stays the next one.
    #[inline]
    pub(super) fn peek(&mut self) -> Scan<Token> {
        if !self.is_certain {
            self.fetch_certain()?;
        }
        match self.queue.front() {
            Some(token) => Ok(*token),
            None => Err(self.error("the file ends here", None)),
        }
    }

    /// Takes the token that was peeked at.
    #[inline]
    pub(super) fn skip(&mut self) {
        self.queue.pop_front();
        self.taken += 1;
        self.is_certain = false;
    }

    pub(super) fn error(
        &self,
        message: &'static str,
        context: Option<(&'static str, usize)>,
    ) -> Box<SyntaxError> {
        Box::new(SyntaxError {
            message,
            at: self.pos,
            context,
        })
    }

    /// The byte at an offset, 0 behind the end: no text holds it.
    #[inline]
    pub(super) fn byte(&self, at: usize) -> u8 {
        self.count(1);
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// Bytes of the line break at an offset, 0 if there is none.
    #[inline]
    pub(super) fn break_len(&self, at: usize) -> usize {
        match self.byte(at) {
            b'\n' => 1,
            b'\r' => 1 + usize::from(self.byte(at + 1) == b'\n'),
            0xc2 if self.byte(at + 1) == 0x85 => 2,
            0xe2 if self.byte(at + 1) == 0x80 && matches!(self.byte(at + 2), 0xa8 | 0xa9) => 3,
            _ => 0,
        }
    }

    #[inline]
    pub(super) fn is_blank(&self, at: usize) -> bool {
        matches!(self.byte(at), b' ' | b'\t')
    }

    /// Whether a blank, a line break or the end is at an offset.
    #[inline]
    pub(super) fn is_blank_or_end(&self, at: usize) -> bool {
        matches!(self.byte(at), 0 | b' ' | b'\t') || self.break_len(at) > 0
    }

    #[inline]
    pub(super) fn is_end(&self) -> bool {
        self.pos >= self.bytes.len()
    }

    /// Goes behind a line break of `len` bytes.
    #[inline]
    pub(super) fn next_line(&mut self, len: usize) {
        self.pos += len;
        self.line_start = self.pos;
        self.column_at = self.pos;
        self.column = 0;
    }

    /// Characters between the beginning of the line and here.
    #[inline]
    pub(super) fn column(&mut self) -> usize {
        if self.column_at < self.pos {
            let between = self.bytes.get(self.column_at..self.pos).unwrap_or_default();
            self.count(between.len());
            self.column += between.iter().filter(|byte| !is_inner(**byte)).count();
            self.column_at = self.pos;
        }
        self.column
    }

    /// Goes behind spaces, and keeps the column known if it is known here.
    #[inline]
    pub(super) fn skip_indentation(&mut self) {
        let start = self.pos;
        while self.byte(self.pos) == b' ' {
            self.pos += 1;
        }
        if self.column_at == start {
            self.column += self.pos - start;
            self.column_at = self.pos;
        }
    }

    /// Whether `---` or `...` stands here alone at the beginning of a line.
    #[inline]
    pub(super) fn is_document_marker(&self) -> bool {
        self.pos == self.line_start
            && matches!(self.byte(self.pos), b'-' | b'.')
            && matches!(
                self.bytes.get(self.pos..self.pos + 3),
                Some(b"---" | b"...")
            )
            && self.is_blank_or_end(self.pos + 3)
    }

    pub(super) fn skip_blanks(&mut self) {
        while self.is_blank(self.pos) {
            self.pos += 1;
        }
    }

    /// The end of the line that an offset is on.
    pub(super) fn line_end(&self, from: usize) -> usize {
        let mut at = from;
        loop {
            let rest = self.bytes.get(at..).unwrap_or_default();
            let Some(next) = memchr::memchr2(b'\n', b'\r', rest) else {
                return self.wide_break(at, self.bytes.len());
            };
            self.count(next);
            let end = self.wide_break(at, at + next);
            if end >= at {
                return end;
            }
            at += next + 1;
        }
    }

    /// The first line break beyond ASCII in a stretch, or its end.
    fn wide_break(&self, from: usize, to: usize) -> usize {
        let stretch = self.bytes.get(from..to).unwrap_or_default();
        memchr::memchr2_iter(0xc2, 0xe2, stretch)
            .map(|at| from + at)
            .find(|at| self.break_len(*at) > 0)
            .unwrap_or(to)
    }

    /// Skips a comment, if one begins here.
    #[inline]
    pub(super) fn skip_comment(&mut self) {
        if self.byte(self.pos) == b'#' {
            let end = self.line_end(self.pos);
            self.comments.push((short(self.pos), short(end)));
            self.pos = end;
        }
    }

    pub(super) fn push(&mut self, kind: Kind, start: usize) {
        self.queue.push_back(Token {
            start: short(start),
            end: short(self.pos),
            kind,
        });
    }

    pub(super) fn push_token(&mut self, token: Token) {
        self.queue.push_back(token);
    }

    /// Opens a block collection at a column, if none is open there; its token goes before token `before`.
    pub(super) fn roll_indent(
        &mut self,
        column: usize,
        before: Option<usize>,
        kind: Kind,
        at: usize,
    ) {
        let column = column as isize;
        if self.flow_level > 0 || self.indent >= column {
            return;
        }
        self.indents.push(self.indent);
        self.indent = column;
        let token = Token {
            start: short(at),
            end: short(at),
            kind,
        };
        match before {
            Some(number) => self.insert(number, token),
            None => self.queue.push_back(token),
        }
    }

    pub(super) fn insert(&mut self, number: usize, token: Token) {
        let index = number.saturating_sub(self.taken).min(self.queue.len());
        self.count(index.min(self.queue.len() - index));
        self.queue.insert(index, token);
    }

    /// Closes block collections that are further right than a column.
    pub(super) fn unroll_indent(&mut self, column: isize) {
        if self.flow_level > 0 {
            return;
        }
        while self.indent > column {
            self.push(Kind::BlockEnd, self.pos);
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }

    #[inline]
    pub(super) fn skip_to_token(&mut self) {
        loop {
            if self.pos == self.line_start && self.byte(self.pos) == 0xef {
                let rest = self.bytes.get(self.pos..).unwrap_or_default();
                self.pos += if rest.starts_with(MARK.as_bytes()) {
                    MARK.len()
                } else {
                    0
                };
            }
            self.skip_indentation();
            let are_tabs_blank = self.flow_level > 0 || !self.is_key_allowed;
            while are_tabs_blank && self.is_blank(self.pos) {
                self.pos += 1;
            }
            self.skip_comment();
            let len = self.break_len(self.pos);
            if len == 0 {
                return;
            }
            self.next_line(len);
            if self.flow_level == 0 {
                self.is_key_allowed = true;
            }
        }
    }

    #[inline]
    pub(super) fn is_queue_empty(&self) -> bool {
        self.queue.is_empty()
    }

    /// A point on this line, and the characters before it.
    pub(super) fn column_point(&self) -> (usize, usize) {
        (self.column_at, self.column)
    }

    pub(super) fn set_column_point(&mut self, (at, column): (usize, usize)) {
        self.column_at = at;
        self.column = column;
    }

    #[inline]
    pub(super) fn is_dash(&self) -> bool {
        self.byte(self.pos) == b'-' && matches!(self.byte(self.pos + 1), b' ' | b'\n')
    }

    #[inline]
    pub(super) fn enter_block(&mut self, column: isize) {
        self.indents.push(self.indent);
        self.indent = column;
    }

    #[inline]
    pub(super) fn leave_block(&mut self) {
        self.indent = self.indents.pop().unwrap_or(-1);
    }

    /// Goes behind letters, digits, `-` and `_`.
    pub(super) fn skip_word(&mut self) {
        while is(self.byte(self.pos), WORD) {
            self.pos += 1;
        }
    }
}

/// Whether a byte is not the first of its character.
#[inline]
pub(super) fn is_inner(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}
