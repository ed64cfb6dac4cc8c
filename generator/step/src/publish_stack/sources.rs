//! The stack's sources: three Dockerfiles and `builder.toml`, which names the images.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use luban_registry::Digest;
use sha2::{Digest as _, Sha256};

use crate::failure::{Exit, Failure};
use crate::hmac::hex;
use crate::secrets_hash::append;

/// The largest source that is read; a ConfigMap holds no more.
const LARGEST: u64 = 1 << 20;
/// The version of what the key is made of.
const VERSION: &[u8] = b"luban.dev/stack-key/v1";

/// The sources.
#[derive(Debug)]
pub(super) struct Sources {
    base: String,
    pub(super) build: String,
    pub(super) run: String,
    /// Image with tag that builds run in.
    pub(super) build_image: String,
    /// Image with tag that applications run on.
    pub(super) run_image: String,
    /// Platform of the images.
    pub(super) platform: String,
}

impl Sources {
    /// Reads the sources in a directory.
    ///
    /// # Errors
    /// When one is missing, or is not what `luban generate` writes.
    pub(super) fn read(directory: &Path) -> Result<Self, Failure> {
        let toml = read(directory, "builder.toml")?;
        let value = |section, key| {
            value(&toml, section, key).ok_or_else(|| {
                refused(
                    directory,
                    "builder.toml",
                    &format!("has no `{key}` in `[{section}]`"),
                )
            })
        };
        let sources = Self {
            base: read(directory, "base.Dockerfile")?,
            build: read(directory, "build.Dockerfile")?,
            run: read(directory, "run.Dockerfile")?,
            build_image: value("stack", "build-image")?.to_owned(),
            run_image: value("stack", "run-image")?.to_owned(),
            platform: format!(
                "{}/{}",
                value("[targets]", "os")?,
                value("[targets]", "arch")?
            ),
        };
        if sources.bases().next().is_none() {
            return Err(refused(
                directory,
                "base.Dockerfile",
                "is made from no image",
            ));
        }
        Ok(sources)
    }

    /// The images that the base is made from.
    pub(super) fn bases(&self) -> impl Iterator<Item = &str> {
        self.base.lines().filter_map(base_of)
    }

    /// The base's Dockerfile with the digests of what it is made from: what was looked at is what is built on.
    pub(super) fn base_pinned(&self, digests: &BTreeMap<String, Digest>) -> String {
        let mut text = String::new();
        for line in self.base.lines() {
            let digest = base_of(line).and_then(|base| Some((base, digests.get(base)?)));
            match digest {
                Some((base, digest)) if !base.contains('@') => {
                    text.push_str(&line.replacen(base, &format!("{base}@{digest}"), 1));
                }
                _ => text.push_str(line),
            }
            text.push('\n');
        }
        text
    }

    /// The key of what the images are made of: 64 hexadecimal digits over all parts, each with its length before it.
    pub(super) fn key(&self, digests: &BTreeMap<String, Digest>) -> String {
        let mut bytes = Vec::new();
        for part in [&self.base, &self.build, &self.run, &self.platform] {
            append(&mut bytes, part.as_bytes());
        }
        for (base, digest) in digests {
            append(&mut bytes, base.as_bytes());
            append(&mut bytes, digest.as_str().as_bytes());
        }
        let mut whole = Vec::new();
        append(&mut whole, VERSION);
        whole.extend(bytes);
        hex(&Sha256::digest(&whole))
    }
}

/// The image of a line `FROM image`; options before it and a name behind it are left out.
fn base_of(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace();
    words
        .next()
        .filter(|word| word.eq_ignore_ascii_case("from"))?;
    words.find(|word| !word.starts_with("--"))
}

/// The text of a key in a section of a TOML file that Luban compiles: one pair a line.
fn value<'a>(toml: &'a str, section: &str, key: &str) -> Option<&'a str> {
    let head = format!("[{section}]");
    let mut lines = toml.lines().map(str::trim);
    lines.find(|line| *line == head)?;
    lines
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once('='))
        .find(|(found, _)| found.trim() == key)
        .and_then(|(_, value)| value.trim().strip_prefix('"')?.strip_suffix('"'))
}

fn read(directory: &Path, name: &str) -> Result<String, Failure> {
    let mut text = String::new();
    let file = std::fs::File::open(directory.join(name))
        .map_err(|error| refused(directory, name, &format!("cannot be read: {error}")))?;
    file.take(LARGEST + 1)
        .read_to_string(&mut text)
        .map_err(|error| refused(directory, name, &format!("cannot be read: {error}")))?;
    if text.len() as u64 > LARGEST {
        return Err(refused(directory, name, "is larger than 1 MiB"));
    }
    Ok(text)
}

fn refused(directory: &Path, name: &str, why: &str) -> Failure {
    let message = format!("`{}` {why}", directory.join(name).display());
    Failure::new(Exit::Usage, message).help(
        "`luban generate` writes the sources, and Argo CD mounts them as the ConfigMap `stack`",
    )
}
