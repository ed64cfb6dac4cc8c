//! The way that most lines of most files take: `key: value`, `- item` and the ends of blocks, straight from the text to nodes.
//!
//! Tokens are queued because a key is known only at its `:`. Here a look at the line answers that, so nothing is queued. Each
//! function does what the tokens would have done, or nothing at all; then the scanner goes on as always.

use super::bytes::{IN_BLOCK, WORD, is};
use super::machine::{Machine, State};
use super::scanner::Scanner;
use super::simple_key::LONGEST_KEY;
use super::sink::{NO_PROPERTIES, Shape, Sink, Stretch};
use super::token::{Kind, Scan, Text, Token, short};

/// What a scanner goes back to.
struct Before {
    pos: usize,
    line_start: usize,
    column: (usize, usize),
    is_key_allowed: bool,
    strings: usize,
}

impl Scanner<'_> {
    /// Goes to the next token, if no other is queued and a key or an entry may stand here; its column.
    #[inline]
    fn head(&mut self) -> Option<isize> {
        if !self.is_queue_empty() || self.flow_level > 0 {
            return None;
        }
        self.skip_to_token();
        (self.is_key_allowed && self.may_drop_key()).then(|| self.column() as isize)
    }

    /// The end of the plain key that begins here, if a `:` follows it at once.
    #[inline]
    fn plain_key_end(&self) -> Option<usize> {
        let first = self.byte(self.pos);
        if !is(first, WORD) || first == b'-' {
            return None;
        }
        let mut at = self.pos + 1;
        loop {
            while !is(self.byte(at), IN_BLOCK) {
                at += 1;
            }
            match self.byte(at) {
                b':' if matches!(self.byte(at + 1), b' ' | b'\n') => break,
                b':' => at += 1,
                _ => return None,
            }
        }
        (at - self.pos <= LONGEST_KEY).then_some(at)
    }

    /// Takes a plain key and its `:`; where it began and ended.
    #[inline]
    fn take_key(&mut self, end: usize) -> Stretch {
        let start = self.pos;
        self.pos = end + 1;
        self.is_key_allowed = false;
        self.drop_key();
        Stretch {
            start: short(start),
            end: short(end),
        }
    }

    /// A scalar behind a `:` on its line.
    #[inline]
    fn value_on_line(&mut self) -> Scan<Option<Token>> {
        while self.byte(self.pos) == b' ' {
            self.pos += 1;
        }
        self.scalar_here()
    }

    #[inline]
    fn scalar_here(&mut self) -> Scan<Option<Token>> {
        match self.byte(self.pos) {
            quote @ (b'"' | b'\'') => self.quoted(quote).map(Some),
            b'-' if !self.is_blank_or_end(self.pos + 1) && !self.is_document_marker() => {
                self.plain().map(Some)
            }
            byte if byte != b'-' && is(byte, WORD) => self.plain().map(Some),
            b'/' | b'$' | b'.' | b'(' | b'<' | b'=' | b'~' if !self.is_document_marker() => {
                self.plain().map(Some)
            }
            _ => Ok(None),
        }
    }

    /// A scalar behind a `-` on its line, which is no key.
    fn item_on_line(&mut self) -> Scan<Option<Token>> {
        let before = Before {
            pos: self.pos,
            line_start: self.line_start,
            column: self.column_point(),
            is_key_allowed: self.is_key_allowed,
            strings: self.strings.len(),
        };
        self.is_key_allowed = false;
        let token = self.scalar_here();
        if let Ok(Some(_)) = token {
            let mut at = self.pos;
            while self.is_blank(at) {
                at += 1;
            }
            if self.byte(at) != b':' {
                return token;
            }
        }
        self.pos = before.pos;
        self.line_start = before.line_start;
        self.set_column_point(before.column);
        self.is_key_allowed = before.is_key_allowed;
        self.strings.truncate(before.strings);
        Ok(None)
    }
}

impl<'a, S: Sink<'a>> Machine<'a, '_, S> {
    /// The next key of the open mapping, or the mapping's end; whether it was taken.
    #[inline]
    pub(super) fn key_on_lane(&mut self) -> Result<bool, S::Stop> {
        let Some(column) = self.scanner.head() else {
            return Ok(false);
        };
        if column < self.scanner.indent {
            return self.end_on_lane().map(|()| true);
        }
        if column > self.scanner.indent {
            return Ok(false);
        }
        let Some(end) = self.scanner.plain_key_end() else {
            return Ok(false);
        };
        self.pair_on_lane(end)?;
        Ok(true)
    }

    /// A key that ends at a byte, and its value.
    fn pair_on_lane(&mut self, end: usize) -> Result<(), S::Stop> {
        let key = self.scanner.take_key(end);
        self.plain(key)?;
        self.state = State::BlockKey;
        match self.scanner.value_on_line()? {
            Some(token) => self.scalar(token),
            None => {
                let indicator = short(end + 1);
                self.block_pair_half(indicator, State::BlockKey)
            }
        }
    }

    fn plain(&mut self, at: Stretch) -> Result<(), S::Stop> {
        let text = Text::Source {
            at: at.start,
            len: at.end - at.start,
        };
        let style = super::token::Style::Plain;
        self.sink.scalar(&NO_PROPERTIES, style, text, at, "")
    }

    fn scalar(&mut self, token: Token) -> Result<(), S::Stop> {
        let Kind::Scalar { style, text } = token.kind else {
            return Ok(());
        };
        let at = Stretch {
            start: token.start,
            end: token.end,
        };
        let strings = &self.scanner.strings;
        self.sink.scalar(&NO_PROPERTIES, style, text, at, strings)
    }

    /// The end of a block collection that is further right than what comes next.
    fn end_on_lane(&mut self) -> Result<(), S::Stop> {
        self.scanner.leave_block();
        self.marks.pop();
        self.end_here()
    }

    fn end_here(&mut self) -> Result<(), S::Stop> {
        self.pop();
        let at = short(self.scanner.pos);
        let at = Stretch { start: at, end: at };
        self.sink.end(at, &self.scanner.strings)
    }

    /// The next item of the open list, or the list's end; whether it was taken.
    pub(super) fn entry_on_lane(&mut self, is_indentless: bool) -> Result<bool, S::Stop> {
        let Some(column) = self.scanner.head() else {
            return Ok(false);
        };
        if column < self.scanner.indent {
            if is_indentless {
                self.end_here()?;
            } else {
                self.end_on_lane()?;
            }
            return Ok(true);
        }
        if column > self.scanner.indent || !self.scanner.is_dash() {
            return Ok(false);
        }
        self.item_on_lane(if is_indentless {
            State::IndentlessEntry
        } else {
            State::BlockSequenceEntry
        })?;
        Ok(true)
    }

    /// A `-` and the item behind it.
    fn item_on_lane(&mut self, list: State) -> Result<(), S::Stop> {
        let dash = self.scanner.pos;
        self.scanner.pos += 1;
        self.scanner.drop_key();
        while self.scanner.byte(self.scanner.pos) == b' ' {
            self.scanner.pos += 1;
        }
        self.state = list;
        if let Some(end) = self.scanner.plain_key_end() {
            self.states.push(list);
            return self.mapping_on_lane(end);
        }
        match self.scanner.item_on_line()? {
            Some(token) => self.scalar(token),
            None => self.item_behind(short(dash + 1), list),
        }
    }

    /// A mapping whose first key ends at a byte.
    fn mapping_on_lane(&mut self, end: usize) -> Result<(), S::Stop> {
        let column = self.scanner.column() as isize;
        self.begin_on_lane(Shape::Mapping, column)?;
        self.pair_on_lane(end)
    }

    fn begin_on_lane(&mut self, shape: Shape, column: isize) -> Result<(), S::Stop> {
        self.scanner.enter_block(column);
        let at = short(self.scanner.pos);
        self.marks.push(at);
        let at = Stretch { start: at, end: at };
        self.sink.begin(&NO_PROPERTIES, shape, at)
    }

    /// A mapping or a list that begins on the line behind a `:`, with `next` behind it; whether there was one.
    #[inline]
    pub(super) fn block_on_lane(&mut self, next: State) -> Result<bool, S::Stop> {
        let Some(column) = self.scanner.head() else {
            return Ok(false);
        };
        if self.scanner.is_dash() && column >= self.scanner.indent {
            self.states.push(next);
            let list = if column > self.scanner.indent {
                self.begin_on_lane(Shape::Sequence, column)?;
                State::BlockSequenceEntry
            } else {
                let at = short(self.scanner.pos);
                let at = Stretch { start: at, end: at };
                self.sink.begin(&NO_PROPERTIES, Shape::Sequence, at)?;
                State::IndentlessEntry
            };
            self.item_on_lane(list)?;
            return Ok(true);
        }
        if column <= self.scanner.indent {
            return Ok(false);
        }
        let Some(end) = self.scanner.plain_key_end() else {
            return Ok(false);
        };
        self.states.push(next);
        self.mapping_on_lane(end)?;
        Ok(true)
    }
}
