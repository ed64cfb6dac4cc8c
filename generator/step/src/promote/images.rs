//! What a promotion asks the registry.

use luban_registry::{Digest, NameError, Reference, Repository};

use crate::failure::{Exit, Failure};
use crate::registry::{Registries, failure};

/// The largest signed text that is read; cosign's are some hundred bytes.
const LARGEST: usize = 1 << 20;

/// A registry, as far as a promotion reads it.
pub(super) trait Images {
    /// Whether a repository has a digest.
    fn has(&self, image: &str, digest: &str) -> Result<bool, Failure>;

    /// The manifest of a tag; none if there is no such tag.
    fn manifest(&self, image: &str, tag: &str) -> Result<Option<Vec<u8>>, Failure>;

    /// The bytes of a layer.
    fn blob(&self, image: &str, digest: &str) -> Result<Vec<u8>, Failure>;
}

fn named<T>(name: Result<T, NameError>) -> Result<T, Failure> {
    name.map_err(|error| Failure::new(Exit::Failed, error.to_string()))
}

impl Images for Registries<'_> {
    fn has(&self, image: &str, digest: &str) -> Result<bool, Failure> {
        let repository = named(Repository::new(image))?;
        let reference = Reference::Digest(named(Digest::new(digest))?);
        let found = self
            .client()
            .head(&repository, &reference)
            .map_err(failure)?;
        Ok(found.is_some())
    }

    fn manifest(&self, image: &str, tag: &str) -> Result<Option<Vec<u8>>, Failure> {
        let repository = named(Repository::new(image))?;
        let reference = named(Reference::tag(tag))?;
        let found = self
            .client()
            .manifest(&repository, &reference)
            .map_err(failure)?;
        Ok(found.map(|manifest| manifest.bytes))
    }

    fn blob(&self, image: &str, digest: &str) -> Result<Vec<u8>, Failure> {
        let repository = named(Repository::new(image))?;
        let digest = named(Digest::new(digest))?;
        let blob = self
            .client()
            .blob(&repository, &digest, LARGEST)
            .map_err(failure)?;
        blob.ok_or_else(|| {
            Failure::new(
                Exit::Refused,
                format!("the registry has no blob `{image}@{}`", digest.as_str()),
            )
        })
    }
}
