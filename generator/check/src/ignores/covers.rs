//! What a comment is about.

use std::ops::Range;

use luban_yaml::{Comment, Document, Path, PathSegment};

use crate::objects::Entry;

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Covers {
    /// What begins in these lines.
    Lines(Range<u32>),
    /// What begins in these bytes.
    Object(Range<u32>),
}

impl Covers {
    /// What a comment of a document is about, whose objects are `entries`.
    pub(super) fn of(document: &Document, comment: &Comment<'_>, entries: &[&Entry]) -> Self {
        let object = if comment.is_trailing {
            is_behind_marker(document, comment).then(Path::root)
        } else {
            object_below(document, &comment.about, entries)
        };
        if let Some(place) = object.and_then(|path| document.locate(&path)) {
            return Self::Object(place.span.start.offset..place.span.end.offset);
        }
        let line = comment.place.span.start.line;
        let Some(key) = head(document, &comment.about).filter(|_| !comment.about.is_empty()) else {
            return Self::Lines(line..line + 1);
        };
        let first = if comment.is_trailing {
            line
        } else {
            key.start.line
        };
        // A text of several lines has no room for comments inside.
        let value = document
            .text_at(&comment.about)
            .and_then(|_| document.locate(&comment.about))
            .map(|place| place.span)
            .filter(|value| value.start.line <= first && first <= value.end.line);
        let lines = value.map_or(first..first + 1, |value| {
            key.start.line.min(first)..value.end.line.max(first) + 1
        });
        Self::Lines(lines)
    }
}

/// Whether a comment stands behind `---`.
fn is_behind_marker(document: &Document, comment: &Comment<'_>) -> bool {
    let at = comment.place.span.start.offset as usize;
    let before = document.file_text().get(..at).unwrap_or_default();
    let line = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    before
        .get(line..)
        .is_some_and(|before| before.trim() == "---")
}

/// The object that begins with what stands at `about`.
fn object_below(document: &Document, about: &Path, entries: &[&Entry]) -> Option<Path> {
    if about.is_empty() {
        return None;
    }
    let start = head(document, about)?.start.offset;
    let entry = entries.iter().rev().find(|entry| {
        entry.path == *about
            || about.get(..about.len() - 1) == entry.path.get(..)
                && document
                    .locate_head(&entry.path)
                    .is_some_and(|first| first.span.start.offset == start)
    })?;
    Some(entry.path.clone())
}

/// Where a key, or an item of a list, begins.
fn head(document: &Document, path: &Path) -> Option<luban_diagnostic::Span> {
    let place = match path.last() {
        Some(PathSegment::Index(_)) => document.locate(path),
        _ => document.locate_key(path),
    };
    place.map(|place| place.span)
}
