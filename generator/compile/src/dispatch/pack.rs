//! How much goes into one ConfigMap.

/// Bytes of entries in one ConfigMap. A ConfigMap holds 1 MiB, but `kubectl apply` and Argo CD's default way of applying keep a copy
/// of the whole object in an annotation, and annotations hold 256 KiB; a quarter of that is left for what is not entries.
pub(super) const MAX_BYTES: usize = 192 << 10;

/// Bytes of `text` as a JSON string of Go's encoder, which is how that copy is written.
pub(super) fn json_bytes(text: &str) -> usize {
    // So few at once that their sum is a byte, and all of them are added in one step.
    let (chunks, rest) = text.as_bytes().as_chunks::<32>();
    let chunks = chunks.iter().map(|chunk| escapes(chunk));
    2 + text.len() + chunks.sum::<usize>() + escapes(rest)
}

/// Bytes that at most 32 bytes of a text have more in JSON.
fn escapes(bytes: &[u8]) -> usize {
    let more = bytes.iter().map(|byte| {
        let is_short = matches!(byte, b'"' | b'\\' | b'\n' | b'\r' | b'\t');
        // `\u003c`
        let is_long = matches!(byte, b'<' | b'>' | b'&' | 0..=0x1f) & !is_short;
        u8::from(is_short) + 5 * u8::from(is_long)
    });
    usize::from(more.sum::<u8>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_counted_as_it_is_written_in_json() {
        let text = "key: \"value\"\n\tpath: C:\\x\r\n";
        assert_eq!(json_bytes(text), serde_json::to_string(text).unwrap().len());
        assert_eq!(json_bytes("a<b"), r#""a\u003cb""#.len());
    }
}
