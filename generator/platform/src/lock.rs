//! `luban.lock`: the digests that images' tags had, or why one is not known.

use crate::names::ImageRef;
use indexmap::IndexMap;
use luban_diagnostic::Finding;
use luban_yaml::{Budget, Path, WriteError, parse, read};
use serde::{Deserialize, Serialize};

/// The first lines of a lock file.
const HEAD: &str = "\
# Images that the platform uses and the digests that their tags had; `luban lock` writes this file.
# An image without digest has a reason; without that, `luban generate` warns of it.
";

/// What is known of the images that a platform uses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    images: IndexMap<String, Locked>,
}

/// What is known of one image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Locked {
    /// The digest that its tag had.
    Digest(String),
    /// Why its digest is not known.
    Reason(String),
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct LockFile {
    version: u32,
    images: Vec<Entry>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Entry {
    image: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl Lock {
    /// Reads a lock file.
    ///
    /// # Errors
    /// Findings when it is not one.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, Vec<Finding>> {
        let documents = parse(file, bytes, &Budget::default())?;
        let Some(document) = documents.first() else {
            return Ok(Self::default());
        };
        let (typed, mut findings) = read::<LockFile>(document);
        let typed = typed.unwrap_or_default();
        let mut lock = Self::default();
        let error = |rule, path: &Path, message: String| {
            Finding::error(rule, message).at(document.locate(path))
        };
        if typed.version != 1 {
            let path = Path::root().key("version");
            findings.push(error(
                "wrong-kind",
                &path,
                format!(
                    "version {} of the lock file; this luban reads 1",
                    typed.version
                ),
            ));
        }
        for (i, entry) in typed.images.iter().enumerate() {
            let path = Path::root().key("images").index(i);
            if let Err(why) = ImageRef::new(entry.image.as_str()) {
                findings.push(error("image", &path.key("image"), why.to_string()));
            }
            let locked = match (&entry.digest, &entry.reason) {
                (Some(digest), None) if ImageRef::new(format!("x.io/y@{digest}")).is_ok() => {
                    Locked::Digest(digest.clone())
                }
                (Some(digest), None) => {
                    findings.push(error(
                        "image",
                        &path.key("digest"),
                        format!("`{digest}` is no digest (`sha256:` and 64 hexadecimal digits)"),
                    ));
                    continue;
                }
                (None, Some(reason)) if !reason.trim().is_empty() => Locked::Reason(reason.clone()),
                _ => {
                    findings.push(error(
                        "exactly-one",
                        &path,
                        "write exactly one of `digest` and `reason`".to_owned(),
                    ));
                    continue;
                }
            };
            if lock.images.insert(entry.image.clone(), locked).is_some() {
                findings.push(error(
                    "duplicate-name",
                    &path,
                    format!("image `{}` is there twice", entry.image),
                ));
            }
        }
        if findings.is_empty() {
            Ok(lock)
        } else {
            Err(findings)
        }
    }

    /// What is known of `image`.
    pub fn get(&self, image: &ImageRef) -> Option<&Locked> {
        self.images.get(image.as_str())
    }

    /// Records what is known of `image`.
    pub fn set(&mut self, image: &ImageRef, locked: Locked) {
        self.images.insert(image.to_string(), locked);
    }

    /// The text of the file, images sorted.
    ///
    /// # Errors
    /// When it cannot be written as YAML.
    pub fn write(&self) -> Result<String, WriteError> {
        let mut images: Vec<Entry> = self
            .images
            .iter()
            .map(|(image, locked)| {
                let (digest, reason) = match locked {
                    Locked::Digest(digest) => (Some(digest.clone()), None),
                    Locked::Reason(reason) => (None, Some(reason.clone())),
                };
                Entry {
                    image: image.clone(),
                    digest,
                    reason,
                }
            })
            .collect();
        images.sort_by(|a, b| a.image.cmp(&b.image));
        Ok(format!(
            "{HEAD}{}",
            luban_yaml::to_string(&LockFile { version: 1, images })?
        ))
    }
}
