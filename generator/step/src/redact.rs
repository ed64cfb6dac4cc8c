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
        let secrets = self
            .secrets
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut kept = Vec::with_capacity(bytes.len());
        let mut rest = bytes;
        while let Some((first, after)) = rest.split_first() {
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
        kept
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
    fn text_without_secrets_stays_as_it_is() {
        let redactor = Redactor::default();
        redactor.hide(&Secret::new("abc"));
        assert_eq!(redactor.text("abc äöü"), "abc äöü");
    }
}
