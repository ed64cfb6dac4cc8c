//! Manifests and tags.

use std::collections::BTreeMap;

use reqwest::Method;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, HeaderName, LINK};
use serde::{Deserialize, Serialize};

use crate::error::RegistryError;
use crate::name::{Digest, Reference, Repository};
use crate::registry::{Access, Ask, Registry, header};
use crate::transport::Answer;

/// Manifests that are asked for: an index first, so that the digest serves every platform.
const ACCEPTED: &str = "application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, \
     application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json";
/// The largest manifest that registries must accept (distribution specification 1.1).
pub const LARGEST_MANIFEST: usize = 4 << 20;
/// Pages of a list that are asked for.
const PAGES: usize = 1000;

/// Media type of an index of the OCI image specification.
pub const INDEX: &str = "application/vnd.oci.image.index.v1+json";
/// Media type of Docker's index.
pub const DOCKER_INDEX: &str = "application/vnd.docker.distribution.manifest.list.v2+json";
/// Media type of a manifest of the OCI image specification.
pub const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";

/// A manifest or an index, with its bytes as the registry has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// Its media type.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The digest of the bytes.
    pub digest: Digest,
}

impl Manifest {
    /// A manifest of `bytes`.
    pub fn new(media_type: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self {
            media_type: media_type.into(),
            digest: Digest::of(&bytes),
            bytes,
        }
    }

    /// Whether it lists manifests.
    pub fn is_index(&self) -> bool {
        matches!(self.media_type.as_str(), INDEX | DOCKER_INDEX)
    }

    /// What names it in an index.
    pub fn descriptor(&self) -> Descriptor {
        Descriptor::new(
            self.media_type.clone(),
            &self.digest,
            self.bytes.len() as u64,
        )
    }
}

/// What names a manifest or blob (OCI image specification 1.1, `descriptor.md`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Descriptor {
    /// Media type.
    #[serde(default)]
    pub media_type: String,
    /// Type of an artifact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub artifact_type: Option<String>,
    /// Digest; of another algorithm than SHA-256 in what others wrote.
    pub digest: String,
    /// Size in bytes.
    pub size: u64,
    /// Platform of an image in an index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<Platform>,
    /// Annotations.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// What else others wrote.
    #[serde(flatten)]
    pub rest: BTreeMap<String, serde_json::Value>,
}

impl Descriptor {
    /// A descriptor of something of that type, digest and size.
    pub fn new(media_type: impl Into<String>, digest: &Digest, size: u64) -> Self {
        Self {
            media_type: media_type.into(),
            digest: digest.to_string(),
            size,
            ..Self::default()
        }
    }
}

/// A platform (OCI image specification 1.1, `image-index.md`).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Platform {
    /// Architecture, as Go names it.
    pub architecture: String,
    /// Operating system, as Go names it.
    pub os: String,
    /// Version of the operating system.
    #[serde(
        default,
        rename = "os.version",
        skip_serializing_if = "Option::is_none"
    )]
    pub os_version: Option<String>,
    /// Features of the operating system.
    #[serde(default, rename = "os.features", skip_serializing_if = "Vec::is_empty")]
    pub os_features: Vec<String>,
    /// Variant of the processor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
}

/// What the registry said of a manifest that was put there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Put {
    /// Whether it lists the manifest among what refers to its subject.
    pub has_referrers: bool,
}

#[derive(Deserialize)]
struct Tags {
    tags: Option<Vec<String>>,
}

impl Registry<'_> {
    /// What the registry says of a manifest; none if it is not there.
    ///
    /// # Errors
    /// When the registry cannot be reached, refuses, or answers nonsense.
    pub fn head(
        &self,
        repository: &Repository,
        reference: &Reference,
    ) -> Result<Option<Descriptor>, RegistryError> {
        let operation = format!("look up `{}`", repository.image(reference));
        let ask = self.of_manifest(&operation, Method::HEAD, repository, reference)?;
        let answer = self.ask(repository, &ask)?;
        if answer.status == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        let size = header(&answer, &reqwest::header::CONTENT_LENGTH)
            .and_then(|size| size.parse::<u64>().ok())
            .filter(|size| *size > 0);
        match (said_digest(&answer), size, media_type(&answer)) {
            (Some(digest), Some(size), Some(media_type)) => {
                if let Reference::Digest(asked) = reference
                    && *asked != digest
                {
                    let why = format!("answered with `{digest}`");
                    return Err(self.nonsense(repository, &ask, why));
                }
                Ok(Some(Descriptor::new(media_type, &digest, size)))
            }
            // Not every registry says all of it without the body.
            _ => Ok(self
                .manifest(repository, reference)?
                .map(|manifest| manifest.descriptor())),
        }
    }

    /// The digest of a manifest: all that is asked for where the registry says it without the body.
    ///
    /// # Errors
    /// As [`Registry::head`].
    pub fn digest(
        &self,
        repository: &Repository,
        reference: &Reference,
    ) -> Result<Option<Digest>, RegistryError> {
        let operation = format!("look up `{}`", repository.image(reference));
        let ask = self.of_manifest(&operation, Method::HEAD, repository, reference)?;
        let answer = self.ask(repository, &ask)?;
        if answer.status == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        match said_digest(&answer) {
            Some(digest) => Ok(Some(digest)),
            None => Ok(self
                .manifest(repository, reference)?
                .map(|manifest| manifest.digest)),
        }
    }

    /// A manifest, its digest checked; none if it is not there.
    ///
    /// # Errors
    /// When the registry cannot be reached, refuses, or answers nonsense.
    pub fn manifest(
        &self,
        repository: &Repository,
        reference: &Reference,
    ) -> Result<Option<Manifest>, RegistryError> {
        let operation = format!("fetch `{}`", repository.image(reference));
        let ask = self.of_manifest(&operation, Method::GET, repository, reference)?;
        let answer = self.ask(repository, &ask)?;
        if answer.status == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        let nonsense = |why: &str| Err(self.nonsense(repository, &ask, why));
        if answer.body.len() > LARGEST_MANIFEST {
            return nonsense("gave a manifest of more than 4 MiB");
        }
        let digest = Digest::of(&answer.body);
        let expected = match reference {
            Reference::Digest(digest) => Some(digest.clone()),
            Reference::Tag(_) => said_digest(&answer),
        };
        if expected.is_some_and(|expected| expected != digest) {
            return nonsense("gave a manifest that is not the one that its digest names");
        }
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Typed {
            media_type: Option<String>,
        }
        let Ok(typed) = serde_json::from_slice::<Typed>(&answer.body) else {
            return nonsense("gave a manifest that is no JSON");
        };
        let Some(media_type) = typed.media_type.or_else(|| media_type(&answer)) else {
            return nonsense("gave a manifest without media type");
        };
        Ok(Some(Manifest {
            media_type,
            bytes: answer.body,
            digest,
        }))
    }

    /// Puts a manifest there, under a tag or its own digest. What it names must be there already.
    ///
    /// # Errors
    /// When the registry cannot be reached, refuses, or stores something else.
    pub fn put_manifest(
        &self,
        repository: &Repository,
        reference: &Reference,
        manifest: &Manifest,
    ) -> Result<Put, RegistryError> {
        let operation = format!("push `{}`", repository.image(reference));
        let mut ask = self.of_manifest(&operation, Method::PUT, repository, reference)?;
        ask.access = Access::Push;
        ask.accept = None;
        ask.body = Some((&manifest.media_type, &manifest.bytes));
        let answer = self.ask(repository, &ask)?;
        if answer.status == StatusCode::NOT_FOUND {
            return Err(RegistryError::Status {
                operation: operation.clone(),
                host: repository.host().to_owned(),
                status: answer.status,
                message: crate::error::message(&answer.body),
            });
        }
        match said_digest(&answer) {
            Some(digest) if digest != manifest.digest => {
                let why = format!("stored `{digest}` in place of `{}`", manifest.digest);
                Err(self.nonsense(repository, &ask, why))
            }
            _ => Ok(Put {
                has_referrers: answer.headers.contains_key("oci-subject"),
            }),
        }
    }

    /// Lets a tag point to a manifest that is in the repository; nothing is written if it does already, so that registries
    /// which let no tag move accept it twice.
    ///
    /// # Errors
    /// When the registry cannot be reached, or refuses.
    pub fn tag(
        &self,
        repository: &Repository,
        tag: &Reference,
        manifest: &Manifest,
    ) -> Result<(), RegistryError> {
        let now = self.head(repository, tag)?;
        if now.is_some_and(|now| now.digest == manifest.digest.as_str()) {
            return Ok(());
        }
        self.put_manifest(repository, tag, manifest).map(|_| ())
    }

    /// All tags of a repository; none if there is no such repository.
    ///
    /// # Errors
    /// When the registry cannot be reached, refuses, or answers nonsense.
    pub fn tags(&self, repository: &Repository) -> Result<Vec<String>, RegistryError> {
        let operation = format!("list the tags of `{repository}`");
        let mut all = Vec::new();
        self.pages(repository, &operation, "tags/list", |answer| {
            let page: Tags = serde_json::from_slice(&answer.body).ok()?;
            all.extend(page.tags.unwrap_or_default());
            Some(())
        })?;
        Ok(all)
    }

    /// Asks for all pages of a list; false if there is no such list.
    pub(crate) fn pages(
        &self,
        repository: &Repository,
        operation: &str,
        path: &str,
        mut read: impl FnMut(&Answer) -> Option<()>,
    ) -> Result<bool, RegistryError> {
        let url = url(repository, operation, path)?;
        let mut ask = Ask::new(operation, Access::Pull, Method::GET, url);
        for page in 0..PAGES {
            let answer = self.ask(repository, &ask)?;
            if answer.status == StatusCode::NOT_FOUND {
                return Ok(page > 0);
            }
            if read(&answer).is_none() {
                return Err(self.nonsense(repository, &ask, "gave a list that is none"));
            }
            let Some(link) = header(&answer, &LINK).and_then(next) else {
                return Ok(true);
            };
            match ask.url.join(link) {
                Ok(url) if url.origin() == ask.url.origin() && url != ask.url => ask.url = url,
                _ => return Err(self.nonsense(repository, &ask, "gave no next page")),
            }
        }
        Err(self.nonsense(repository, &ask, "gave a list without end"))
    }

    fn of_manifest<'b>(
        &self,
        operation: &'b str,
        method: Method,
        repository: &Repository,
        reference: &Reference,
    ) -> Result<Ask<'b>, RegistryError> {
        let url = url(
            repository,
            operation,
            &format!("manifests/{}", reference.as_str()),
        )?;
        let mut ask = Ask::new(operation, Access::Pull, method, url);
        ask.accept = Some(ACCEPTED);
        Ok(ask)
    }
}

/// The URL of something of a repository; its name is checked, so that there is one.
pub(crate) fn url(
    repository: &Repository,
    operation: &str,
    path: &str,
) -> Result<reqwest::Url, RegistryError> {
    repository
        .url(path)
        .map_err(|error| RegistryError::Nonsense {
            operation: operation.to_owned(),
            host: repository.host().to_owned(),
            why: format!("has a name that is no URL: {error}"),
        })
}

/// The digest that the registry says; none if it says none of SHA-256.
fn said_digest(answer: &Answer) -> Option<Digest> {
    let name = HeaderName::from_static("docker-content-digest");
    Digest::new(header(answer, &name)?).ok()
}

/// The media type without its parameters.
fn media_type(answer: &Answer) -> Option<String> {
    let text = header(answer, &CONTENT_TYPE)?;
    let media_type = text.split(';').next().unwrap_or_default().trim();
    (!media_type.is_empty()).then(|| media_type.to_owned())
}

/// The target of `<target>; rel="next"` (RFC 8288).
fn next(link: &str) -> Option<&str> {
    let (target, rest) = link.trim().strip_prefix('<')?.split_once('>')?;
    let is_next = rest.split(';').any(|part| {
        part.trim()
            .trim_end_matches(',')
            .replace('"', "")
            .eq_ignore_ascii_case("rel=next")
    });
    is_next.then_some(target)
}
