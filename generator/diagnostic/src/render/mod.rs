//! Findings as text, one form a file.

pub(crate) mod concise;
pub(crate) mod github;
pub(crate) mod human;
pub(crate) mod json;
pub(crate) mod sarif;
mod snippet;

use std::borrow::Cow;
use std::collections::HashSet;

use crate::Finding;

/// Whether a terminal would act on this character, or show nothing for it.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// `text` on one line, with what a terminal would act on as escapes: messages quote files that may be hostile.
fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(is_invisible) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_invisible(character) {
            shown.extend(character.escape_default())
        } else {
            shown.push(character)
        }
    }
    Cow::Owned(shown)
}

/// Lines that may hold a secret: no finding shows them.
fn redacted_lines(findings: &[Finding]) -> HashSet<(&str, u32)> {
    let redacted = findings.iter().filter(|finding| finding.is_redacted);
    let places = redacted.filter_map(|finding| finding.place.as_ref());
    places
        .flat_map(|place| {
            let lines = place.span.start.line..=place.span.end.line;
            lines.map(|line| (&*place.file, line))
        })
        .collect()
}
