//! Which token begins with which character, and what that does to blocks and keys.

use super::scanner::Scanner;
use super::simple_key::{NO_KEY, SimpleKey};
use super::token::{Kind, Scan, SyntaxError, Token, short};

impl Scanner<'_> {
    /// Puts the next token, with the ends of blocks before it, into the queue.
    pub(super) fn fetch(&mut self) -> Scan<()> {
        self.skip_to_token();
        self.check_block_key()?;
        if self.flow_level == 0 {
            let column = self.column() as isize;
            self.unroll_indent(column);
        }
        if self.is_end() {
            self.unroll_indent(-1);
            self.remove_key()?;
            // What flow collections that are still open began with is no key either.
            self.keys.clear();
            self.is_key_allowed = false;
            self.push(Kind::StreamEnd, self.pos);
            return Ok(());
        }
        let is_flow = self.flow_level > 0;
        let byte = self.byte(self.pos);
        if self.pos == self.line_start {
            if byte == b'%' {
                self.end_blocks()?;
                return self.scan_directive();
            }
            if self.is_document_marker() {
                self.end_blocks()?;
                let kind = if byte == b'-' {
                    Kind::DocumentStart
                } else {
                    Kind::DocumentEnd
                };
                return self.indicator(kind, 3);
            }
        }
        let is_alone = is_flow || self.is_blank_or_end(self.pos + 1);
        match byte {
            b'[' => self.flow_start(Kind::FlowSequenceStart),
            b'{' => self.flow_start(Kind::FlowMappingStart),
            b']' => self.flow_end(Kind::FlowSequenceEnd),
            b'}' => self.flow_end(Kind::FlowMappingEnd),
            b',' => {
                self.remove_key()?;
                self.is_key_allowed = true;
                self.indicator(Kind::FlowEntry, 1)
            }
            b'-' if self.is_blank_or_end(self.pos + 1) => self.block_entry(),
            b'?' if is_alone => self.explicit_key(),
            b':' if is_alone => self.value(),
            b'*' | b'&' | b'!' => {
                self.save_key()?;
                self.is_key_allowed = false;
                match byte {
                    b'*' => self.scan_anchor(Kind::Alias),
                    b'&' => self.scan_anchor(Kind::Anchor),
                    _ => self.scan_tag(),
                }
            }
            b'|' | b'>' if !is_flow => {
                self.remove_key()?;
                self.is_key_allowed = true;
                self.scan_block_scalar(byte == b'|')
            }
            b'\'' | b'"' => {
                self.save_key()?;
                self.is_key_allowed = false;
                let token = self.quoted(byte)?;
                self.push_token(token);
                Ok(())
            }
            b'#' | b'|' | b'>' | b'%' | b'@' | b'`' | b'\t' => Err(self.no_token()),
            _ => {
                self.save_key()?;
                self.is_key_allowed = false;
                let token = self.plain()?;
                self.push_token(token);
                Ok(())
            }
        }
    }

    pub(super) fn no_token(&self) -> Box<SyntaxError> {
        self.error("found character that cannot start any token", None)
    }

    pub(super) fn end_blocks(&mut self) -> Scan<()> {
        self.unroll_indent(-1);
        self.remove_key()?;
        self.is_key_allowed = false;
        Ok(())
    }

    pub(super) fn indicator(&mut self, kind: Kind, len: usize) -> Scan<()> {
        let start = self.pos;
        self.pos += len;
        self.push(kind, start);
        Ok(())
    }

    pub(super) fn flow_start(&mut self, kind: Kind) -> Scan<()> {
        self.save_key()?;
        self.keys.push(SimpleKey {
            token: self.taken + self.queue.len(),
            ..NO_KEY
        });
        self.flow_level += 1;
        self.is_key_allowed = true;
        self.indicator(kind, 1)
    }

    pub(super) fn flow_end(&mut self, kind: Kind) -> Scan<()> {
        self.remove_key()?;
        if self.flow_level > 0 {
            self.flow_level -= 1;
            self.keys.pop();
        }
        self.is_key_allowed = false;
        self.indicator(kind, 1)
    }

    /// What `-`, `?` and `:` do in a block where no key stands before them.
    pub(super) fn block_indicator(&mut self, kind: Kind, refusal: &'static str) -> Scan<()> {
        if self.flow_level == 0 {
            if !self.is_key_allowed {
                return Err(self.error(refusal, None));
            }
            let column = self.column();
            self.roll_indent(column, None, kind, self.pos);
        }
        Ok(())
    }

    pub(super) fn block_entry(&mut self) -> Scan<()> {
        let refusal = "block sequence entries are not allowed in this context";
        self.block_indicator(Kind::BlockSequenceStart, refusal)?;
        self.remove_key()?;
        self.is_key_allowed = true;
        self.indicator(Kind::BlockEntry, 1)
    }

    pub(super) fn explicit_key(&mut self) -> Scan<()> {
        let refusal = "mapping keys are not allowed in this context";
        self.block_indicator(Kind::BlockMappingStart, refusal)?;
        self.remove_key()?;
        self.is_key_allowed = self.flow_level == 0;
        self.indicator(Kind::Key, 1)
    }

    pub(super) fn value(&mut self) -> Scan<()> {
        let key = self.keys.last().copied().unwrap_or(NO_KEY);
        if key.is_possible && !self.is_stale(&key) {
            if let Some(last) = self.keys.last_mut() {
                last.is_possible = false;
            }
            let token = Token {
                start: short(key.at),
                end: short(key.at),
                kind: Kind::Key,
            };
            self.insert(key.token, token);
            self.roll_indent(key.column, Some(key.token), Kind::BlockMappingStart, key.at);
            self.is_key_allowed = false;
        } else {
            let refusal = "mapping values are not allowed in this context";
            self.block_indicator(Kind::BlockMappingStart, refusal)?;
            self.is_key_allowed = self.flow_level == 0;
        }
        self.indicator(Kind::Value, 1)
    }
}
