//! Where something stands in a file.

use std::ops::Range;
use std::sync::Arc;

/// A point in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Bytes before it.
    pub offset: u32,
    /// Its line, from 1; lines end in `\n`.
    pub line: u32,
    /// Its column in characters, from 1.
    pub column: u32,
}

/// A stretch of a text; `end` is the point after its last character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Its first character.
    pub start: Position,
    /// The point after its last character.
    pub end: Position,
}

/// A stretch of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file's path as it is shown.
    pub file: Arc<str>,
    /// The stretch in it.
    pub span: Span,
}

/// Where each line of a text begins, to turn byte offsets into positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    starts: Vec<u32>,
}

impl Lines {
    /// The lines of `text`. What lies beyond 4 GiB counts as the last line.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = breaks.map_while(|(at, _)| u32::try_from(at + 1).ok());
        Self {
            starts: std::iter::once(0).chain(starts).collect(),
        }
    }

    /// The position of a byte offset in `text`, the text that these lines are of; an offset outside is its nearest point.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let short = u32::try_from(offset).unwrap_or(u32::MAX);
        let line = self.starts.partition_point(|start| *start <= short);
        let start = self
            .starts
            .get(line.saturating_sub(1))
            .map_or(0, |start| *start as usize);
        let characters = text
            .get(start..offset)
            .map_or(0, |before| before.chars().count());
        Position {
            offset: short,
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(characters + 1).unwrap_or(u32::MAX),
        }
    }

    /// The place of a stretch of bytes in `text`, which is shown as `file`.
    #[must_use]
    pub fn place(&self, file: impl Into<Arc<str>>, text: &str, bytes: Range<usize>) -> Place {
        let span = Span {
            start: self.position(text, bytes.start),
            end: self.position(text, bytes.end),
        };
        Place {
            file: file.into(),
            span,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let text = "äb\r\n\nc";
        let lines = Lines::new(text);
        let at = |offset| {
            let position = lines.position(text, offset);
            (position.line, position.column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(1), (1, 1), "inside a character");
        assert_eq!(at(2), (1, 2));
        assert_eq!(at(5), (2, 1));
        assert_eq!(at(6), (3, 1));
        assert_eq!(at(99), (3, 2));
    }
}
