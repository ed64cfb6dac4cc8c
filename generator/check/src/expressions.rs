//! What is wrong with an expression, as a finding at its exact characters.

use std::ops::Range;

use luban_diagnostic::Place;
use luban_yaml::Scalar;

/// The place of the bytes `span` of an expression that begins at byte `offset` of a scalar's text. A problem at the end of an
/// expression, where something is missing, is shown at what stands before it.
pub(crate) fn place(scalar: &Scalar<'_>, offset: usize, span: &Range<usize>) -> Place {
    let text = scalar.text();
    let end = (offset + span.end).min(text.len());
    let start = (offset + span.start).min(end);
    if start < end {
        return scalar.place_of(start..end);
    }
    let before = text.get(..start).unwrap_or_default().trim_end();
    match before.char_indices().next_back() {
        Some((last, letter)) => scalar.place_of(last..last + letter.len_utf8()),
        None => scalar.place(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use luban_yaml::{Budget, Path, parse};

    use super::place;

    #[test]
    fn what_is_missing_at_the_end_of_an_expression_is_shown_at_what_stands_before_it() {
        let source = "a: \"x == {{y}} && \"\n";
        let documents = parse("a.yaml", source.as_bytes(), &Budget::default()).unwrap();
        let path = Path::root().key("a");
        let scalar = documents[0].scalar(&path).unwrap();
        for (offset, span, shown) in [
            (0, 5..10, "{{y}}"),
            (2, 0..2, "=="),
            (0, 13..13, "&"),
            (5, 99..99, "&"),
        ] {
            let span = place(&scalar, offset, &span).span;
            let bytes = span.start.offset as usize..span.end.offset as usize;
            assert_eq!(&source[bytes], shown);
        }
    }
}
