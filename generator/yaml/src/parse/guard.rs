//! Keeps from libyaml-safer 0.3 the one input that it panics on: in a flow collection, a tag with a comma directly behind it
//! (`[!a, b]`; `scan_tag`, 'TODO: What is expected here?').

use libyaml_safer::{Encoding, Mark, ScalarStyle, Scanner, TokenData};

use super::events::{SyntaxError, with_line_break};

/// An error if `text` has a tag in a flow collection with a comma directly behind it.
///
/// Whether a `!a,` is a tag or part of a text only a scanner knows, so it scans the text with those commas as spaces, which the
/// bug cannot see. In a flow collection a comma that is no tag's matters to what follows: then it is put back, and the scan
/// begins anew.
pub(super) fn check(text: &str) -> Result<(), SyntaxError> {
    // Nobody writes so many in earnest; a hostile file shall not make the scan quadratic.
    const RETRIES: usize = 64;
    let mut commas = candidates(text);
    for _ in 0..RETRIES {
        match scan(text, &commas) {
            Scanned::Clean => return Ok(()),
            Scanned::Tag(at) => return Err(error(at)),
            Scanned::Unsure(index) => {
                let comma = commas.get(index).copied().unwrap_or(text.len());
                // Up to the comma the text is as it was. If even that is no YAML, nothing more can be told.
                match scan(text.get(..comma).unwrap_or(text), &[comma]) {
                    Scanned::Clean => {}
                    Scanned::Tag(_) | Scanned::Unsure(_) => return Err(error(comma)),
                }
                commas.drain(..=index);
            }
        }
    }
    Err(error(commas.first().copied().unwrap_or_default()))
}

fn error(at: usize) -> SyntaxError {
    SyntaxError {
        message: "a tag must not stand directly before `,`".to_owned(),
        at,
        context: None,
    }
}

/// Where a comma stands directly behind what could be a tag.
fn candidates(text: &str) -> Vec<usize> {
    let mut commas = Vec::new();
    let mut is_tag = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'!' => is_tag = true,
            b',' if is_tag => {
                commas.push(at);
                is_tag = false;
            }
            // What scan_tag takes into a tag.
            b'<'
            | b'>'
            | b'-'
            | b'_'
            | b';'
            | b'/'
            | b'?'
            | b':'
            | b'@'
            | b'&'
            | b'='
            | b'+'
            | b'$'
            | b'.'
            | b'%'
            | b'~'
            | b'*'
            | b'\''
            | b'('
            | b')'
            | b'['
            | b']'
            | b'0'..=b'9'
            | b'A'..=b'Z'
            | b'a'..=b'z' => {}
            _ => is_tag = false,
        }
    }
    commas
}

enum Scanned {
    Clean,
    /// A tag before the comma at this byte.
    Tag(usize),
    /// The comma of this index is in a flow collection, and what it is there the scan cannot tell.
    Unsure(usize),
}

/// Scans `text` with `commas` as spaces; a comma may also be the text's end.
fn scan(text: &str, commas: &[usize]) -> Scanned {
    if commas.is_empty() {
        return Scanned::Clean;
    }
    let mut bytes = with_line_break(text).into_owned().into_bytes();
    for comma in commas {
        if let Some(byte) = bytes.get_mut(*comma).filter(|byte| **byte == b',') {
            *byte = b' ';
        }
    }
    let mut input = bytes.as_slice();
    let mut scanner = Scanner::new();
    scanner.set_input_string(&mut input);
    scanner.set_encoding(Encoding::Utf8);
    let offset = |mark: Mark| usize::try_from(mark.index).unwrap_or(usize::MAX);
    let mut depth = 0_usize;
    let mut next = 0;
    for token in scanner {
        let token = match token {
            Ok(token) => token,
            // Tokens that the scanner was not yet sure of are lost with the error.
            Err(_) if next < commas.len() => return Scanned::Unsure(next),
            Err(_) => return Scanned::Clean,
        };
        let (start, end) = (offset(token.start_mark), offset(token.end_mark));
        while commas.get(next).is_some_and(|comma| *comma < start) {
            next += 1;
        }
        match token.data {
            TokenData::StreamEnd => break,
            TokenData::FlowSequenceStart | TokenData::FlowMappingStart => depth += 1,
            TokenData::FlowSequenceEnd | TokenData::FlowMappingEnd => {
                depth = depth.saturating_sub(1)
            }
            TokenData::Tag { .. } if depth > 0 && commas.get(next) == Some(&end) => {
                return Scanned::Tag(end);
            }
            TokenData::Scalar {
                style: ScalarStyle::Plain,
                ..
            } if depth > 0
                && commas
                    .get(next)
                    .is_some_and(|comma| *comma <= end && *comma < text.len()) =>
            {
                return Scanned::Unsure(next);
            }
            _ => {}
        }
    }
    Scanned::Clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_tag_before_a_comma_in_a_flow_collection_is_refused() {
        for text in [
            "[!a, b]",
            "{a: !b, c: d}",
            "- [x !y, !z, 1]",
            "[\n  !<a:b>, 1]",
            "{!a , !b, c}",
        ] {
            assert!(check(text).is_err(), "{text}");
        }
        for text in [
            "a: hello !world, x",
            "a: 'x !y, z'",
            "[\"!a, b\"]",
            "[x !y, z]",
            "a: |\n  [!a, b]\n",
            "# [!a, b]",
            "!a b",
            "{\"!\":null,\"\":[]}",
            "[!a [b], c]",
            "[x !y, \"z\": 1]",
            "[a !b, \"x !a, y\"]",
        ] {
            assert!(check(text).is_ok(), "{text}");
        }
    }
}
