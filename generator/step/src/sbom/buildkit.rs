//! What BuildKit attests: statements of in-toto in a manifest beside the image, one a layer.

use serde::Deserialize;
use serde_json::Value;

use super::{Bill, Format, LARGEST};
use crate::failure::{Exit, Failure};
use crate::image::{Image, Part};

/// The annotation of a layer that says what its statement is about.
const PREDICATE_TYPE: &str = "in-toto.io/predicate-type";
/// Predicates that are bills of materials.
const KINDS: [(&str, Format); 2] = [
    ("https://spdx.dev/Document", Format::Spdx),
    ("https://cyclonedx.org/bom", Format::CycloneDx),
];

#[derive(Deserialize)]
struct Manifest {
    #[serde(default)]
    layers: Vec<luban_registry::Descriptor>,
}

#[derive(Deserialize)]
struct Statement {
    predicate: Value,
}

/// The bill of materials that BuildKit attests, of the image and of each stage that it was told to look at; none if it does not.
pub(super) fn bill(image: &Image<'_>, part: &Part) -> Result<Option<Bill>, Failure> {
    let mut documents = Bill::new();
    for attestation in &part.attestations {
        let manifest = image.listed(attestation)?;
        let unread = |what: &str, error: serde_json::Error| {
            let name = image.reference(attestation);
            let message = format!("cannot read the {what} of the attestation `{name}`: {error}");
            Failure::new(Exit::Failed, message)
        };
        let manifest: Manifest =
            serde_json::from_slice(&manifest.bytes).map_err(|error| unread("manifest", error))?;
        for layer in &manifest.layers {
            let kind = layer.annotations.get(PREDICATE_TYPE);
            let Some((_, format)) = KINDS
                .iter()
                .find(|(name, _)| kind.is_some_and(|kind| kind == name))
            else {
                continue;
            };
            let blob = image.blob(&layer.digest, LARGEST)?;
            let statement: Statement =
                serde_json::from_slice(&blob).map_err(|error| unread("statement", error))?;
            documents.push((*format, statement.predicate.to_string().into_bytes()));
        }
    }
    Ok((!documents.is_empty()).then_some(documents))
}
