//! What nobody may see is cut out of all that is printed.

use std::sync::RwLock;

use crate::secret::Secret;

/// What stands for a secret in a log.
const MARK: &str = "***";
/// Shorter secrets, and shorter lines of long ones, are in too much that is no secret.
const SHORTEST: usize = 4;

/// The secrets that this process has read so far.
#[derive(Debug, Default)]
pub struct Redactor {
    /// Longest first, so that no secret is cut in the middle by one that begins like it.
    secrets: RwLock<Vec<Secret>>,
}

impl Redactor {
    /// Cuts `secret` out of all that is printed from now on: as it is, each of its lines, and as URLs hold it.
    pub fn hide(&self, secret: &Secret) {
        let bytes = secret.expose();
        let mut forms = vec![bytes.to_vec()];
        forms.extend(
            bytes
                .split(|byte| *byte == b'\n')
                .map(|line| line.trim_ascii().to_vec()),
        );
        forms.push(percent_encoded(bytes));
        let mut secrets = self
            .secrets
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        secrets.extend(
            forms
                .into_iter()
                .filter(|form| form.len() >= SHORTEST)
                .map(Secret::new),
        );
        secrets.sort_by(|a, b| {
            b.expose()
                .len()
                .cmp(&a.expose().len())
                .then_with(|| a.expose().cmp(b.expose()))
        });
        secrets.dedup();
    }

    /// A text without secrets.
    #[must_use]
    pub fn text(&self, text: &str) -> String {
        String::from_utf8_lossy(&self.bytes(text.as_bytes())).into_owned()
    }

    /// Bytes without secrets.
    #[must_use]
    pub fn bytes(&self, bytes: &[u8]) -> Vec<u8> {
        self.cut(bytes, true).0
    }

    /// Bytes without secrets, and how many of them were looked at: what more bytes might make a secret of is left, unless these are
    /// the last.
    fn cut(&self, bytes: &[u8], are_last: bool) -> (Vec<u8>, usize) {
        let secrets = self
            .secrets
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut kept = Vec::with_capacity(bytes.len());
        let mut rest = bytes;
        while let Some((first, after)) = rest.split_first() {
            let begins_one = |secret: &Secret| {
                let secret = secret.expose();
                secret.len() > rest.len() && secret.starts_with(rest)
            };
            if !are_last && secrets.iter().any(begins_one) {
                break;
            }
            match secrets
                .iter()
                .find(|secret| rest.starts_with(secret.expose()))
            {
                Some(secret) => {
                    kept.extend_from_slice(MARK.as_bytes());
                    rest = rest.get(secret.expose().len()..).unwrap_or_default();
                }
                None => {
                    kept.push(*first);
                    rest = after;
                }
            }
        }
        (kept, bytes.len().saturating_sub(rest.len()))
    }
}

/// Bytes that come in pieces, without secrets: one that lies across two pieces is cut out as well.
pub(crate) struct Pieces<'r> {
    redactor: &'r Redactor,
    /// What may be the beginning of a secret.
    held: Vec<u8>,
}

impl<'r> Pieces<'r> {
    pub(crate) fn new(redactor: &'r Redactor) -> Self {
        Self {
            redactor,
            held: Vec::new(),
        }
    }

    /// What can be shown now that `piece` has come too; all of it if this is the last.
    pub(crate) fn next(&mut self, piece: &[u8], is_last: bool) -> Vec<u8> {
        self.held.extend_from_slice(piece);
        let (shown, looked_at) = self.redactor.cut(&self.held, is_last);
        self.held.drain(..looked_at);
        shown
    }
}

/// How a URL holds the bytes.
fn percent_encoded(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(bytes.len());
    for byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(byte) {
            text.push(*byte);
        } else {
            text.extend_from_slice(format!("%{byte:02X}").as_bytes());
        }
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_secret_is_cut_out_in_every_form_it_is_printed_in() {
        let redactor = Redactor::default();
        redactor.hide(&Secret::new("s3cr3t/pass"));
        redactor.hide(&Secret::new("first line\nsecond line\n"));
        assert_eq!(
            redactor.text("https://luban:s3cr3t%2Fpass@host, s3cr3t/pass; second line"),
            "https://luban:***@host, ***; ***"
        );
    }

    #[test]
    fn the_longer_of_two_secrets_is_cut_out_whole() {
        let redactor = Redactor::default();
        redactor.hide(&Secret::new("token"));
        redactor.hide(&Secret::new("token-with-more"));
        assert_eq!(redactor.text("a token-with-more b"), "a *** b");
    }

    #[test]
    fn a_secret_across_pieces_is_cut_out_wherever_they_are_parted() {
        let redactor = Redactor::default();
        redactor.hide(&Secret::new("token"));
        redactor.hide(&Secret::new("token-with-more"));
        for (text, shown) in [
            ("a token b", "a *** b"),
            ("a token-with-more b", "a *** b"),
            ("a token-with-les", "a ***-with-les"),
            ("tok", "tok"),
            ("tokentoken-with-more", "******"),
        ] {
            for first in 0..=text.len() {
                for second in first..=text.len() {
                    let mut pieces = Pieces::new(&redactor);
                    let parts = [&text[..first], &text[first..second], &text[second..]];
                    let mut got = Vec::new();
                    for (number, part) in parts.iter().enumerate() {
                        got.extend(pieces.next(part.as_bytes(), number == 2));
                    }
                    assert_eq!(String::from_utf8(got).unwrap(), shown, "{parts:?}");
                }
            }
        }
    }

    #[test]
    fn text_without_secrets_stays_as_it_is() {
        let redactor = Redactor::default();
        redactor.hide(&Secret::new("abc"));
        assert_eq!(redactor.text("abc äöü"), "abc äöü");
    }
}
