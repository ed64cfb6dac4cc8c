//! Literal and folded scalars.

use super::plain::scalar;
use super::scanner::Scanner;
use super::token::{Scan, Style, Text, short};

const CONTEXT: &str = "while scanning a block scalar";

/// What happens to the line breaks at the end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chomping {
    Strip,
    Clip,
    Keep,
}

impl Scanner<'_> {
    pub(super) fn scan_block_scalar(&mut self, is_literal: bool) -> Scan<()> {
        let start = self.pos;
        self.pos += 1;
        let (chomping, increment) = self.block_header(start)?;
        let mut indent = increment.map(|increment| self.indent.max(0) + increment);
        let at = self.strings.len();
        let mut end = self.pos;
        self.breaks.clear();
        self.block_breaks(&mut indent, start, &mut end)?;
        let indent = indent.unwrap_or(1);

        // The break behind the line before, and whether that line began with a blank.
        let mut last_break: Option<char> = None;
        let mut was_indented = false;
        while (self.pos - self.line_start) as isize == indent && !self.is_end() {
            let is_indented = self.is_blank(self.pos);
            let is_folded =
                !is_literal && last_break == Some('\n') && !was_indented && !is_indented;
            if !is_folded {
                self.strings.extend(last_break);
            } else if self.breaks.is_empty() {
                self.strings.push(' ');
            }
            last_break = None;
            self.strings.push_str(&self.breaks);
            self.breaks.clear();
            was_indented = is_indented;
            let from = self.pos;
            self.pos = self.line_end(from);
            self.keep(from, self.pos);
            let len = self.break_len(self.pos);
            if len > 0 {
                self.remember_break(len);
                last_break = self.breaks.pop();
            }
            self.block_breaks(&mut Some(indent), start, &mut end)?;
        }
        if chomping != Chomping::Strip {
            self.strings.extend(last_break);
        }
        if chomping == Chomping::Keep {
            self.strings.push_str(&self.breaks);
        }
        let text = Text::Apart {
            at: short(at),
            len: short(self.strings.len() - at),
        };
        let style = if is_literal {
            Style::Literal
        } else {
            Style::Folded
        };
        self.push_token(scalar(style, text, start, end));
        Ok(())
    }

    /// Goes behind the indicators, a comment and the end of their line.
    fn block_header(&mut self, start: usize) -> Scan<(Chomping, Option<isize>)> {
        let mut chomping = self.chomping();
        let mut increment = None;
        let digit = self.byte(self.pos);
        if digit.is_ascii_digit() {
            if digit == b'0' {
                return Err(self.error(
                    "found an indentation indicator equal to 0",
                    Some((CONTEXT, start)),
                ));
            }
            increment = Some(isize::from(digit - b'0'));
            self.pos += 1;
            chomping = chomping.or_else(|| self.chomping());
        }
        self.skip_blanks();
        self.skip_comment();
        let len = self.break_len(self.pos);
        if len == 0 && !self.is_end() {
            return Err(self.error(
                "did not find expected comment or line break",
                Some((CONTEXT, start)),
            ));
        }
        if len > 0 {
            self.next_line(len);
        }
        Ok((chomping.unwrap_or(Chomping::Clip), increment))
    }

    fn chomping(&mut self) -> Option<Chomping> {
        let chomping = match self.byte(self.pos) {
            b'+' => Chomping::Keep,
            b'-' => Chomping::Strip,
            _ => return None,
        };
        self.pos += 1;
        Some(chomping)
    }

    /// Goes behind empty lines, which it remembers, and the indentation, which the first line of text decides unless it is
    /// known. Moves `end` behind the last empty line.
    fn block_breaks(
        &mut self,
        indent: &mut Option<isize>,
        start: usize,
        end: &mut usize,
    ) -> Scan<()> {
        let mut widest = 0;
        *end = self.pos;
        loop {
            let column = |scanner: &Self| (scanner.pos - scanner.line_start) as isize;
            let is_inside = |scanner: &Self| indent.is_none_or(|indent| column(scanner) < indent);
            while is_inside(self) && self.byte(self.pos) == b' ' {
                self.pos += 1;
            }
            widest = column(self).max(widest);
            if is_inside(self) && self.byte(self.pos) == b'\t' {
                return Err(self.error(
                    "found a tab character where an indentation space is expected",
                    Some((CONTEXT, start)),
                ));
            }
            let len = self.break_len(self.pos);
            if len == 0 {
                break;
            }
            self.remember_break(len);
            *end = self.pos;
        }
        indent.get_or_insert(widest.max(self.indent + 1).max(1));
        Ok(())
    }
}
