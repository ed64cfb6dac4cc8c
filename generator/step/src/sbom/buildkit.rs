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

/// The bill of materials that BuildKit attests; none if it does not.
pub(super) fn bill(image: &Image<'_>, part: &Part) -> Result<Option<Bill>, Failure> {
    for attestation in &part.attestations {
        let manifest = image.listed(attestation)?;
        let unread = |what: &str, error: serde_json::Error| {
            let name = image.reference(attestation);
            let message = format!("cannot read the {what} of the attestation `{name}`: {error}");
            Failure::new(Exit::Failed, message)
        };
        let manifest: Manifest =
            serde_json::from_slice(&manifest.bytes).map_err(|error| unread("manifest", error))?;
        for (kind, format) in KINDS {
            let layer = manifest.layers.iter().find(|layer| {
                layer
                    .annotations
                    .get(PREDICATE_TYPE)
                    .is_some_and(|it| it == kind)
            });
            if let Some(layer) = layer {
                let blob = image.blob(&layer.digest, LARGEST)?;
                let statement: Statement =
                    serde_json::from_slice(&blob).map_err(|error| unread("statement", error))?;
                return Ok(Some(Bill {
                    format,
                    documents: vec![statement.predicate.to_string().into_bytes()],
                }));
            }
        }
    }
    Ok(None)
}
