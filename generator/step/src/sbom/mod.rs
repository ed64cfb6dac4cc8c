//! `luban step sbom`: what is in an image, attached to it.
//!
//! Who built an image knows best what went in: BuildKit attests it beside the image, buildpacks write it into a layer. Where neither
//! did, Trivy looks, in pods that have it.

mod buildkit;
mod buildpacks;
#[cfg(test)]
mod tests;

use std::path::Path;

use luban_command::{Parsed, sbom as flag};
use luban_registry::{Artifact, Registry};

use crate::failure::{Exit, Failure};
use crate::image::{Image, Part};
use crate::registry::Registries;
use crate::results::Results;
use crate::trivy::Trivy;
use crate::world::World;

/// The largest document, and the largest layer of documents.
const LARGEST: usize = 64 << 20;

/// How a bill of materials is written. The better one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Format {
    CycloneDx,
    Spdx,
    Syft,
}

impl Format {
    fn media_type(self) -> &'static str {
        match self {
            Self::CycloneDx => "application/vnd.cyclonedx+json",
            Self::Spdx => "application/spdx+json",
            Self::Syft => "application/vnd.syft+json",
        }
    }
}

/// What is in an image: a document, or several, each of a part of it and in the best format that there is of that part.
type Bill = Vec<(Format, Vec<u8>)>;

/// Attaches the bill of materials to an image.
pub(crate) fn run(call: &Parsed, world: &World<'_>) -> Result<(), Failure> {
    let trusted = call.get(&flag::CERTIFICATE_AUTHORITY).map(Path::new);
    let registries = Registries::of_docker(trusted, world)?;
    let trivy = Trivy::new(Path::new("trivy"), trusted)?;
    sbom(call, &registries.client(), &trivy, world)
}

fn sbom(
    call: &Parsed,
    registry: &Registry<'_>,
    trivy: &Trivy,
    world: &World<'_>,
) -> Result<(), Failure> {
    let results = Results::of(call, &["sbomRef"])?;
    let image = Image::find(
        registry,
        call.get(&flag::IMAGE).unwrap_or_default(),
        call.get(&flag::DIGEST).unwrap_or_default(),
    )?;
    let mut documents = Bill::new();
    for part in image.parts()? {
        documents.extend(bill(&image, &part, trivy, world)?);
    }
    // Buildpacks need not agree on a format: each layer says what it is.
    let Some(format) = documents.iter().map(|(format, _)| *format).min() else {
        return Err(Failure::new(Exit::Failed, "there is no image"));
    };
    let layers = documents
        .into_iter()
        .map(|(format, document)| (format.media_type().to_owned(), document));
    let digest = image.attach(&Artifact {
        artifact_type: format.media_type().to_owned(),
        layers: layers.collect(),
        ..Artifact::default()
    })?;
    let reference = image.reference(&digest);
    world.say(format!("attached the bill of materials: `{reference}`"));
    results.write("sbomRef", &reference)
}

/// What is in the image of one platform.
fn bill(image: &Image<'_>, part: &Part, trivy: &Trivy, world: &World<'_>) -> Result<Bill, Failure> {
    let name = image.reference(&part.digest);
    if let Some(bill) = buildkit::bill(image, part)? {
        world.say(format!("`{name}`: BuildKit attests what is in it"));
        return Ok(bill);
    }
    if let Some(bill) = buildpacks::bill(image, part)? {
        world.say(format!("`{name}`: buildpacks wrote what is in it"));
        return Ok(bill);
    }
    let document = trivy.bill(&name, world).map_err(|failure| match failure.exit {
        // Pods of kpack builds have no scanner: what buildpacks build has its bill of materials.
        Exit::Usage => failure.help(
            "no bill of materials is in the image: let its buildpacks write one (`sbom-formats`), or run this step where Trivy is",
        ),
        _ => failure,
    })?;
    world.say(format!("`{name}`: Trivy looked what is in it"));
    Ok(vec![(Format::Spdx, document)])
}
