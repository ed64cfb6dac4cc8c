//! A source line and the marks under it, in columns of a terminal.

use unicode_width::UnicodeWidthChar;

use super::is_invisible;
use crate::Span;

/// Columns of a source line that are shown.
const WIDTH: usize = 140;
/// Columns that are kept before a mark when a long line is cut.
const LEAD: usize = 40;

/// What is shown of one line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Snippet {
    /// The line, tabs as spaces and control characters as escapes.
    pub(super) line: String,
    /// Columns before the marks.
    pub(super) before: usize,
    /// How many marks, at least one.
    pub(super) marks: usize,
}

/// The first line of `span` in `text`, if `text` has it.
pub(super) fn snippet(text: &str, span: Span) -> Option<Snippet> {
    // By the offset: counting lines would read the whole text for each finding.
    let (before, after) = text.split_at_checked(span.start.offset as usize)?;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = span.start.offset as usize + after.find('\n').unwrap_or(after.len());
    let line = text.get(start..end)?;
    let line = line.strip_suffix('\r').unwrap_or(line);
    let from = (span.start.column as usize).saturating_sub(1);
    let to = if span.end.line == span.start.line {
        (span.end.column as usize).saturating_sub(1)
    } else {
        usize::MAX
    };

    let mut cells: Vec<(String, usize)> = Vec::new();
    let (mut before, mut marks, mut column) = (0, 0, 0);
    for (at, character) in line.chars().enumerate() {
        // A megabyte on one line: what is past the window is not laid out.
        if at >= from && column > before + WIDTH {
            break;
        }
        let (shown, width) = cell(character);
        if at < from {
            before += width;
        } else if at < to {
            marks += width;
        }
        column += width;
        cells.push((shown, width));
    }
    let skip = if before > WIDTH - LEAD {
        before - LEAD
    } else {
        0
    };
    let mut shown = String::new();
    let (mut column, mut cut) = (0, 0);
    for (cell, width) in cells {
        if column < skip {
            cut = column + width;
        } else if column + width > skip + WIDTH {
            shown.push('…');
            break;
        } else {
            shown.push_str(&cell);
        }
        column += width;
    }
    if cut > 0 {
        shown.insert(0, '…');
        before = before + 1 - cut;
    }
    let room = (WIDTH + 1).saturating_sub(before).max(1);
    Some(Snippet {
        line: shown,
        before,
        marks: marks.clamp(1, room),
    })
}

/// How a character is shown, and in how many columns.
fn cell(character: char) -> (String, usize) {
    match character {
        '\t' => ("    ".to_owned(), 4),
        _ if is_invisible(character) => {
            let shown: String = character.escape_default().collect();
            let width = shown.len();
            (shown, width)
        }
        _ => (character.to_string(), character.width().unwrap_or(0)),
    }
}
