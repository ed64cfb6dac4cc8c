//! What is between the quotes of a text: escapes, after `parser/lexer/{lexer,utils}.go` at v1.17.8. Two functions of upstream
//! look at each text and both must accept it; their union of rules is here.

use std::ops::Range;

use crate::problem::Problem;

pub(super) fn bad_escape(span: Range<usize>, text: &str) -> Problem {
    let written = text.get(span.clone()).unwrap_or_default();
    let message = format!(
        "`{written}` is no escape: a backslash itself is written `\\\\`, or the text is put between backticks"
    );
    Problem::syntax(span, message)
}

/// The value of what is between two quotes.
pub(super) fn decode(text: &str, span: Range<usize>) -> Result<String, Problem> {
    let inside = text.get(span.clone()).unwrap_or_default();
    if !inside.contains(['\\', '\r']) {
        return Ok(inside.to_owned());
    }
    let mut value = String::with_capacity(inside.len());
    let mut letters = inside.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            // Line ends become `\n`.
            '\r' => {
                if letters.peek().is_some_and(|(_, next)| *next == '\n') {
                    letters.next();
                }
                value.push('\n');
            }
            '\\' => {
                let rest = inside.get(at + 1..).unwrap_or_default();
                let Some((decoded, length)) = escape(rest) else {
                    let end = at + 1 + rest.chars().next().map_or(0, char::len_utf8);
                    let escape = span.start + at..span.start + end;
                    return Err(bad_escape(escape, text));
                };
                value.push(decoded);
                while letters
                    .peek()
                    .is_some_and(|(next, _)| *next < at + 1 + length)
                {
                    letters.next();
                }
            }
            other => value.push(other),
        }
    }
    Ok(value)
}

/// What the escape says that begins behind a backslash, and its length.
fn escape(rest: &str) -> Option<(char, usize)> {
    let simple = |letter| Some((letter, 1));
    match rest.bytes().next()? {
        b'a' => simple('\u{7}'),
        b'b' => simple('\u{8}'),
        b'f' => simple('\u{c}'),
        b'n' => simple('\n'),
        b'r' => simple('\r'),
        b't' => simple('\t'),
        b'v' => simple('\u{b}'),
        b'\\' => simple('\\'),
        b'\'' => simple('\''),
        b'"' => simple('"'),
        b'0'..=b'3' => Some((scalar(rest.get(..3)?, 8)?, 3)),
        b'x' => Some((scalar(rest.get(1..3)?, 16)?, 3)),
        b'u' if rest.get(1..2) == Some("{") => {
            let length = rest.find('}')?;
            let digits = rest.get(2..length)?;
            (digits.len() <= 6).then(|| Some((scalar(digits, 16)?, length + 1)))?
        }
        b'u' => Some((scalar(rest.get(1..5)?, 16)?, 5)),
        b'U' => Some((scalar(rest.get(1..9)?, 16)?, 9)),
        _ => None,
    }
}

fn scalar(digits: &str, base: u32) -> Option<char> {
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(base)) {
        return None;
    }
    let value = u32::from_str_radix(digits, base).ok()?;
    // Go writes half a surrogate pair as the replacement character.
    (value <= 0x0010_FFFF).then(|| char::from_u32(value).unwrap_or('\u{FFFD}'))
}

/// Whether the escapes between the quotes of `b'…'` are such that bytes may have.
pub(super) fn check_bytes(text: &str, span: Range<usize>) -> Result<(), Problem> {
    let inside = text.get(span.clone()).unwrap_or_default();
    let mut at = 0;
    while let Some(distance) = inside.get(at..).and_then(|rest| rest.find('\\')) {
        let start = at + distance;
        let rest = inside.get(start + 1..).unwrap_or_default();
        let first = rest.chars().next();
        match escape(rest) {
            Some((value, length))
                if !matches!(first, Some('u' | 'U')) && u32::from(value) <= 0xFF =>
            {
                at = start + 1 + length;
            }
            _ => {
                let end = start + 1 + first.map_or(0, char::len_utf8);
                return Err(bad_escape(span.start + start..span.start + end, text));
            }
        }
    }
    Ok(())
}
