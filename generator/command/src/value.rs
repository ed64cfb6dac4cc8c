//! Kinds of values that flags take, each with a check.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt;
use thiserror::Error;

/// What a flag's value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// Any text without NUL, from the platform itself.
    Text,
    /// Base64 of UTF-8 text: free text of an event, which no template engine may see.
    Base64,
    /// A commit: 40 or 64 hexadecimal digits; empty or all zero where there is none.
    Commit,
    /// A digest, `sha256:` and 64 hexadecimal digits.
    Digest,
    /// An image's repository, `host/path`.
    Repository,
    /// An image with a tag or digest.
    Image,
    /// An http or https URL.
    Url,
    /// The URL of a Git repository: https, http, ssh, or a directory of this machine.
    GitUrl,
    /// A path in the container, or below a directory that another flag names.
    Path,
    /// A DNS label or another name of letters, digits, `-`, `_` and `.`.
    Name,
    /// `key=value`.
    Pair,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// One of these words.
    OneOf(&'static [&'static str]),
}

/// Why a text is not what its flag takes.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("expected {expected}")]
pub struct ValueError {
    expected: String,
}

impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => formatter.write_str("text"),
            Self::Base64 => formatter.write_str("text in base64"),
            Self::Commit => formatter.write_str("a commit (40 or 64 hexadecimal digits)"),
            Self::Digest => formatter.write_str("a digest (`sha256:` and 64 hexadecimal digits)"),
            Self::Repository => formatter.write_str("an image's repository (`host/path`)"),
            Self::Image => formatter.write_str("an image (`host/path:tag` or `host/path@digest`)"),
            Self::Url => formatter.write_str("an http or https URL"),
            Self::GitUrl => formatter.write_str("an https, ssh or file URL of a Git repository"),
            Self::Path => formatter.write_str("a path"),
            Self::Name => formatter.write_str("a name (letters, digits, `-`, `_` and `.`)"),
            Self::Pair => formatter.write_str("`key=value`"),
            Self::Integer => formatter.write_str("a whole number"),
            Self::Boolean => formatter.write_str("`true` or `false`"),
            Self::OneOf(words) => write!(formatter, "one of {}", words.join(", ")),
        }
    }
}

impl Value {
    /// Checks `text`. Parameters that a run leaves empty are empty here too: a flag that is not required accepts that.
    pub fn check(self, text: &str) -> Result<(), ValueError> {
        if self.accepts(text) {
            Ok(())
        } else {
            Err(ValueError {
                expected: self.to_string(),
            })
        }
    }

    fn accepts(self, text: &str) -> bool {
        let is_hex = |text: &str| {
            text.bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        };
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let is_reference = |text: &str| {
            text.contains('/')
                && text.len() <= 512
                && text
                    .chars()
                    .all(|c| is_plain(c) || matches!(c, '/' | ':' | '@'))
        };
        match self {
            Self::Text => !text.contains('\0'),
            Self::Base64 => STANDARD
                .decode(text)
                .is_ok_and(|bytes| String::from_utf8(bytes).is_ok_and(|text| !text.contains('\0'))),
            Self::Commit => matches!(text.len(), 40 | 64) && is_hex(text),
            Self::Digest => text
                .strip_prefix("sha256:")
                .is_some_and(|hex| hex.len() == 64 && is_hex(hex)),
            Self::Repository => {
                is_reference(text) && !text.contains('@') && !text.starts_with(['-', '/', '.'])
            }
            Self::Image => {
                is_reference(text)
                    && text
                        .rsplit('/')
                        .next()
                        .is_some_and(|last| last.contains([':', '@']))
                    && !text.starts_with(['-', '/', '.'])
            }
            Self::Url => is_url(text, &["https://", "http://"]),
            Self::GitUrl => is_url(text, &["https://", "http://", "ssh://", "file:///"]),
            Self::Path => {
                !text.is_empty()
                    && !text.contains('\0')
                    && !text.split('/').any(|part| part == "..")
            }
            Self::Name => {
                !text.is_empty()
                    && text.len() <= 253
                    && text.chars().all(is_plain)
                    && !text.starts_with('-')
            }
            Self::Pair => {
                text.split_once('=').is_some_and(|(key, _)| {
                    !key.is_empty() && key.chars().all(|c| is_plain(c) || c == '/')
                }) && !text.contains('\0')
            }
            Self::Integer => {
                !text.is_empty()
                    && text.len() < 19
                    && text.bytes().all(|byte| byte.is_ascii_digit())
            }
            Self::Boolean => matches!(text, "true" | "false"),
            Self::OneOf(words) => words.contains(&text),
        }
    }

    /// A value of this kind, for tests that render compiled containers.
    pub fn sample(self) -> &'static str {
        match self {
            Self::Text => "text with spaces, 'quotes' and $(dollars)",
            Self::Base64 => "cmVmcy9oZWFkcy9tYWlu",
            Self::Commit => "0123456789abcdef0123456789abcdef01234567",
            Self::Digest => {
                "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            }
            Self::Repository => "registry.example.com/acme/web",
            Self::Image => "registry.example.com/acme/web:1.0",
            Self::Url | Self::GitUrl => "https://example.com/acme/web.git",
            Self::Path => "apps/web",
            Self::Name => "web",
            Self::Pair => "KEY=value, with a comma",
            Self::Integer => "42",
            Self::Boolean => "true",
            Self::OneOf(words) => words[0],
        }
    }
}

/// Whether a text is a URL that begins so, without anything that a shell or a log would take for more.
fn is_url(text: &str, beginnings: &[&str]) -> bool {
    let rest = beginnings
        .iter()
        .find_map(|beginning| text.strip_prefix(beginning));
    rest.is_some_and(|rest| {
        let is_plain =
            |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '\'' | '`' | '\\' | '<' | '>');
        !rest.is_empty() && rest.chars().all(is_plain)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_accepts_its_sample() {
        let kinds = [
            Value::Text,
            Value::Base64,
            Value::Commit,
            Value::Digest,
            Value::Repository,
            Value::Image,
            Value::Url,
            Value::GitUrl,
            Value::Path,
            Value::Name,
            Value::Pair,
            Value::Integer,
            Value::Boolean,
            Value::OneOf(&["a", "b"]),
        ];
        for kind in kinds {
            assert_eq!(kind.check(kind.sample()), Ok(()), "{kind}");
        }
    }

    #[test]
    fn typed_values_reject_what_could_mean_something_else() {
        for (kind, text) in [
            (Value::Commit, "main"),
            (Value::Commit, "--upload-pack=x"),
            (Value::Name, "-o"),
            (Value::Name, "a b"),
            (Value::Path, "../../etc/passwd"),
            (Value::Image, "web,push=false:1"),
            (Value::Repository, "-x/y"),
            (Value::Url, "ssh://host/x"),
            (Value::GitUrl, "ext::sh -c id"),
            (Value::GitUrl, "file://host/x"),
            (Value::GitUrl, "ssh://host/$(id)`"),
            (Value::Base64, "refs/heads/$(x)"),
            (Value::Digest, "unknown"),
            (Value::Integer, "-1"),
        ] {
            assert!(kind.check(text).is_err(), "{kind} accepts {text}");
        }
    }
}
