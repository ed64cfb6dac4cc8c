//! Keeps from libyaml-safer 0.3 the one input that it panics on: in a flow collection, a tag with a comma directly behind it
//! (`[!a, b]`; `scan_tag`, 'TODO: What is expected here?').

use libyaml_safer::{Encoding, Scanner, TokenData};

use super::events::SyntaxError;

/// An error if `text` has a tag in a flow collection with a comma directly behind it.
///
/// Whether a `!a,` is a tag or part of a text only a scanner knows, so it scans the text with those commas as spaces, which the
/// bug cannot see. In a flow collection the comma of a plain text ends that text: then it is put back, and the scan begins anew.
pub(super) fn check(text: &str) -> Result<(), SyntaxError> {
    let mut commas = candidates(text);
    // Nobody writes so many in earnest; a hostile file shall not make the scan quadratic.
    const RETRIES: usize = 64;
    for _ in 0..RETRIES {
        match scan(text, &commas) {
            Scanned::Clean => return Ok(()),
            Scanned::Tag(at) => return Err(error(at)),
            Scanned::Text(index) => commas.drain(..=index),
        };
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
    let bytes = text.as_bytes();
    let mut commas = Vec::new();
    let mut after_mark = false;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'!' => after_mark = true,
            b',' if after_mark => {
                commas.push(at);
                after_mark = false;
            }
            byte if byte.is_ascii_whitespace()
                || matches!(byte, b',' | b'[' | b']' | b'{' | b'}') =>
            {
                after_mark = false
            }
            _ => {}
        }
    }
    commas
}

enum Scanned {
    Clean,
    /// A tag before the comma at this byte.
    Tag(usize),
    /// The comma of this index ends a plain text in a flow collection.
    Text(usize),
}

fn scan(text: &str, commas: &[usize]) -> Scanned {
    if commas.is_empty() {
        return Scanned::Clean;
    }
    let mut bytes = text.as_bytes().to_vec();
    for comma in commas {
        if let Some(byte) = bytes.get_mut(*comma) {
            *byte = b' ';
        }
    }
    let mut input = bytes.as_slice();
    let mut scanner = Scanner::new();
    scanner.set_input_string(&mut input);
    scanner.set_encoding(Encoding::Utf8);
    let mut depth = 0_usize;
    let mut next = 0;
    // An error here is the parser's to report.
    while let Some(Ok(token)) = scanner.next() {
        let start = usize::try_from(token.start_mark.index).unwrap_or(usize::MAX);
        let end = usize::try_from(token.end_mark.index).unwrap_or(usize::MAX);
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
                style: libyaml_safer::ScalarStyle::Plain,
                ..
            } if depth > 0 && commas.get(next).is_some_and(|comma| *comma <= end) => {
                return Scanned::Text(next);
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
        ] {
            assert!(check(text).is_ok(), "{text}");
        }
    }
}
