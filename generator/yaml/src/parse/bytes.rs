//! What bytes are to YAML 1.1, and which texts may be scanned at all.

/// Ends a stretch of plain text in a block, or might.
pub(super) const IN_BLOCK: u8 = 1;
/// Ends a stretch of plain text in a flow collection, or might.
pub(super) const IN_FLOW: u8 = 2;
/// Ends a stretch of text between single quotes.
pub(super) const IN_SINGLE: u8 = 4;
/// Ends a stretch of text between double quotes.
pub(super) const IN_DOUBLE: u8 = 8;
/// A letter, digit, `-` or `_`.
pub(super) const WORD: u8 = 16;

const CLASSES: [u8; 256] = {
    let mut classes = [0_u8; 256];
    let mut byte = 0;
    while byte < 256 {
        let b = byte as u8;
        classes[byte] = match b {
            // What is at the end of the text, breaks, and the first bytes of the breaks beyond ASCII.
            0 | b'\n' | b'\r' | 0xc2 | 0xe2 => IN_BLOCK | IN_FLOW | IN_SINGLE | IN_DOUBLE,
            b' ' | b'\t' => IN_BLOCK | IN_FLOW | IN_SINGLE | IN_DOUBLE,
            b':' => IN_BLOCK | IN_FLOW,
            b',' | b'[' | b']' | b'{' | b'}' => IN_FLOW,
            b'\'' => IN_SINGLE,
            b'"' | b'\\' => IN_DOUBLE,
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'_' => WORD,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

#[inline]
pub(super) fn is(byte: u8, class: u8) -> bool {
    CLASSES[byte as usize] & class != 0
}

pub(super) const MARK: &str = "\u{feff}";

/// What a text may not hold.
pub(super) enum Refused {
    /// Bytes up to here are UTF-8.
    NotUtf8(usize),
    /// A character that YAML does not allow is here.
    Control(usize),
}

/// The text of `bytes`, if YAML may stand in it.
pub(super) fn checked(bytes: &[u8]) -> Result<Box<str>, Refused> {
    let text = std::str::from_utf8(bytes).map_err(|error| Refused::NotUtf8(error.valid_up_to()))?;
    match control_character(text) {
        Some(at) => Err(Refused::Control(at)),
        None => Ok(text.into()),
    }
}

/// Where the first character stands that YAML does not allow.
fn control_character(text: &str) -> Option<usize> {
    const CHUNK: usize = 64;
    // Without branches, so that it is done for many bytes at once.
    let is_suspect = |chunk: &[u8]| {
        chunk.iter().fold(false, |suspect, byte| {
            suspect | ((*byte < b' ') & (*byte != b'\n')) | (*byte >= 0x7f)
        })
    };
    let mut suspects = text
        .as_bytes()
        .chunks(CHUNK)
        .enumerate()
        .filter(|(_, chunk)| is_suspect(chunk));
    suspects.find_map(|(index, _)| {
        let mut from = index * CHUNK;
        while !text.is_char_boundary(from) {
            from -= 1;
        }
        let mut to = (index * CHUNK + CHUNK).min(text.len());
        while !text.is_char_boundary(to) {
            to += 1;
        }
        let mut characters = text.get(from..to).unwrap_or_default().char_indices();
        let refused = characters.find(|(_, character)| !is_allowed(*character));
        refused.map(|(at, _)| from + at)
    })
}

/// YAML 1.1, `c-printable`.
fn is_allowed(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{a0}'..='\u{fffd}' | '\u{10000}'..)
}

/// A stretch of a text by offsets of 32 bits.
#[inline]
pub(super) fn short_slice(text: &str, start: u32, end: u32) -> &str {
    text.get(start as usize..end as usize).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_that_yaml_does_not_allow_is_found_wherever_it_stands() {
        for (character, is_refused) in [
            ('\0', true),
            ('\u{1}', true),
            ('\u{1f}', true),
            ('\u{7f}', true),
            ('\u{80}', true),
            ('\u{9f}', true),
            ('\u{fffe}', true),
            ('\u{ffff}', true),
            ('\t', false),
            ('\r', false),
            ('\u{85}', false),
            ('\u{a0}', false),
            ('\u{feff}', false),
            ('\u{10ffff}', false),
        ] {
            for before in 0..130 {
                let text = format!("{}{character}x", "ä".repeat(before));
                let found = control_character(&text);
                assert_eq!(found, is_refused.then_some(2 * before), "{text:?}");
            }
        }
    }
}
