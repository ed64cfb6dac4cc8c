//! The image that the scanned one replaces: the last one of its repository that was let pass to be released.
//!
//! Its report stands under a tag of the repository beside the image; what the report refers to is that image. The pod that scans
//! reads it without a credential for the GitOps repository, and no branch build moves it.

use luban_registry::{Digest, Manifest, Reference, Registry, Repository};
use serde::Deserialize;

use super::{ARTIFACT_TYPE, report::Report};
use crate::failure::{Exit, Failure};
use crate::image::Image;
use crate::registry;

/// The tag.
pub(crate) const TAG: &str = "luban-scan";
/// The largest report that is read back.
const LARGEST: usize = 64 << 20;

/// The image that is replaced.
pub(super) struct Before {
    pub(super) digest: Digest,
    /// Digest of the report that was attached to it.
    report: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Attached {
    #[serde(default)]
    artifact_type: String,
    subject: Option<Named>,
    #[serde(default)]
    layers: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    digest: String,
}

fn tag() -> Result<Reference, Failure> {
    Reference::tag(TAG).map_err(|error| Failure::new(Exit::Failed, error.to_string()))
}

/// The image that is replaced; none if there is none yet.
///
/// # Errors
/// When the registry does not answer.
pub(super) fn find(
    registry: &Registry<'_>,
    repository: &Repository,
) -> Result<Option<Before>, Failure> {
    let found = registry
        .manifest(repository, &tag()?)
        .map_err(registry::failure)?;
    Ok(found.and_then(|manifest| read(&manifest)))
}

/// What somebody else put there is no report.
fn read(manifest: &Manifest) -> Option<Before> {
    let attached: Attached = serde_json::from_slice(&manifest.bytes).ok()?;
    let digest = Digest::new(&attached.subject?.digest).ok()?;
    (attached.artifact_type == ARTIFACT_TYPE).then(|| Before {
        digest,
        report: attached.layers.into_iter().next().map(|layer| layer.digest),
    })
}

impl Before {
    /// The report that was attached to it then; none if it cannot be read.
    ///
    /// # Errors
    /// When the registry does not answer.
    pub(super) fn attached(&self, image: &Image<'_>) -> Result<Option<Report>, Failure> {
        let Some(digest) = &self.report else {
            return Ok(None);
        };
        match image.blob(digest, LARGEST) {
            Ok(bytes) => Ok(Report::parse(&bytes).ok()),
            Err(failure) if failure.exit == Exit::Failed => Ok(None),
            Err(failure) => Err(failure),
        }
    }
}

/// Lets the image that `report` refers to be the one that later ones replace.
///
/// # Errors
/// When the registry does not answer, or lets the tag not move.
pub(super) fn set(image: &Image<'_>, report: &Digest) -> Result<(), Failure> {
    let manifest = image.listed(report)?;
    image
        .registry
        .tag(&image.repository, &tag()?, &manifest)
        .map_err(registry::failure)
}
