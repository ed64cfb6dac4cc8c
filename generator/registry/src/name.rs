//! Names that registries know: repositories, digests, references.

use std::fmt;

use luban_platform::names::{ImageRef, ImageTag};
use reqwest::Url;
use sha2::{Digest as _, Sha256};
use thiserror::Error;

/// A text that is no name of that kind.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{0}")]
pub struct NameError(String);

/// A repository of a registry: host and path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Repository {
    host: String,
    path: String,
}

impl Repository {
    /// The repository called `host/path`.
    ///
    /// # Errors
    /// When it names no registry, or is not written as the distribution specification wants it.
    pub fn new(text: &str) -> Result<Self, NameError> {
        // Any tag will do: an image's grammar is that of its repository with a tag.
        let image = ImageRef::new(format!("{text}:x"));
        match (image, text.split_once('/')) {
            (Ok(image), Some((host, path))) if image.repository() == text => Ok(Self {
                host: host.to_owned(),
                path: path.to_owned(),
            }),
            _ => Err(NameError(format!(
                "`{text}` is no repository of a registry; write one such as `ghcr.io/acme/app`, in lower case"
            ))),
        }
    }

    /// The registry's host, with its port.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The path below the host.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The image of that tag or digest, as people write it.
    pub fn image(&self, reference: &Reference) -> String {
        match reference {
            Reference::Tag(tag) => format!("{self}:{tag}"),
            Reference::Digest(digest) => format!("{self}@{digest}"),
        }
    }

    /// The URL of something of this repository.
    pub(crate) fn url(&self, rest: &str) -> Result<Url, url::ParseError> {
        // Docker Hub's API is on another host than its images' names say.
        let host = match self.host.as_str() {
            "docker.io" => "registry-1.docker.io",
            host => host,
        };
        let scheme = if is_loopback(host) { "http" } else { "https" };
        Url::parse(&format!("{scheme}://{host}/v2/{}/{rest}", self.path))
    }
}

impl fmt::Display for Repository {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.host, self.path)
    }
}

/// The digest of a manifest or blob: `sha256:` and 64 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(String);

impl Digest {
    /// Reads a digest.
    ///
    /// # Errors
    /// When it is none.
    pub fn new(text: &str) -> Result<Self, NameError> {
        let is_hex = |hex: &str| {
            hex.len() == 64
                && hex
                    .bytes()
                    .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        };
        if text.strip_prefix("sha256:").is_some_and(is_hex) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NameError(format!(
                "`{text}` is no digest (`sha256:` and 64 hexadecimal digits)"
            )))
        }
    }

    /// The digest of bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(format!("sha256:{:x}", Sha256::digest(bytes)))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The digits alone.
    pub fn hex(&self) -> &str {
        self.0.strip_prefix("sha256:").unwrap_or(&self.0)
    }

    /// The tag that stands for what refers to this digest, where a registry lacks the API (distribution specification 1.1,
    /// `Referrers Tag Schema`).
    pub fn referrers_tag(&self) -> String {
        format!("sha256-{}", self.hex())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What names a manifest in its repository.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reference {
    /// A tag, which may move.
    Tag(String),
    /// A digest, which cannot.
    Digest(Digest),
}

impl Reference {
    /// A tag.
    ///
    /// # Errors
    /// When it is none (`[A-Za-z0-9_][A-Za-z0-9._-]{0,127}`).
    pub fn tag(text: &str) -> Result<Self, NameError> {
        ImageTag::new(text).map_err(|error| NameError(error.to_string()))?;
        Ok(Self::Tag(text.to_owned()))
    }

    /// As it stands in URLs.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Tag(tag) => tag,
            Self::Digest(digest) => digest.as_str(),
        }
    }
}

impl From<Digest> for Reference {
    fn from(digest: Digest) -> Self {
        Self::Digest(digest)
    }
}

/// The repository and the reference of an image: `host/path:tag`, or `host/path@digest`, which wins over a tag beside it.
///
/// # Errors
/// When it is neither.
pub fn image(text: &str) -> Result<(Repository, Reference), NameError> {
    let (rest, digest) = match text.split_once('@') {
        Some((rest, digest)) => (rest, Some(Digest::new(digest)?)),
        None => (text, None),
    };
    let (repository, tag) = match rest.rsplit_once(':') {
        Some((repository, tag)) if !tag.contains('/') => (repository, Some(tag)),
        _ => (rest, None),
    };
    let repository = Repository::new(repository)?;
    match (digest, tag) {
        (Some(digest), _) => Ok((repository, digest.into())),
        (None, Some(tag)) => Ok((repository, Reference::tag(tag)?)),
        (None, None) => Err(NameError(format!(
            "`{text}` has neither tag nor digest; write one such as `ghcr.io/acme/app:v1`"
        ))),
    }
}

/// Whether a registry is on this machine, where there is no TLS.
pub(crate) fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn repositories_are_read_as_the_specification_wants_them() {
        let repository = Repository::new("registry.internal:5000/acme/my_app").unwrap();
        assert_eq!(
            (repository.host(), repository.path()),
            ("registry.internal:5000", "acme/my_app")
        );
        for text in [
            "",
            "acme/app",
            "ghcr.io/",
            "ghcr.io/Acme",
            "ghcr.io/a//b",
            "ghcr.io/a/../b",
            "ghcr.io/a?b",
            "ghcr.io/a#b",
            "ghcr.io/a b",
            "ghcr.io/a:tag",
            "ghcr.io/a@sha256:0",
            "user:password@ghcr.io/a",
            "ghcr.io/ä",
            "ghcr.io/a\n",
        ] {
            assert!(Repository::new(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn an_image_is_named_by_tag_or_digest() {
        let hex = "0123456789abcdef".repeat(4);
        let (repository, reference) = image("localhost:5000/a/b:v1").unwrap();
        assert_eq!(repository.image(&reference), "localhost:5000/a/b:v1");
        let (repository, reference) = image(&format!("ghcr.io/a:v1@sha256:{hex}")).unwrap();
        assert_eq!(
            repository.image(&reference),
            format!("ghcr.io/a@sha256:{hex}")
        );
        // What was pushed under a floating tag can still be asked for.
        assert!(image("ghcr.io/a:latest").is_ok());
        for text in [
            "ghcr.io/a",
            "ghcr.io/a:",
            "ghcr.io/a:-x",
            "ghcr.io/a@sha256:0",
        ] {
            assert!(image(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn the_digest_of_bytes_is_known() {
        // FIPS 180-2, appendix B.1.
        assert_eq!(
            Digest::of(b"abc").as_str(),
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn only_this_machine_is_loopback() {
        for host in [
            "localhost",
            "localhost:5000",
            "127.0.0.1:1",
            "[::1]",
            "[::1]:80",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in ["localhost.example.org", "ghcr.io", "[::2]:80"] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
