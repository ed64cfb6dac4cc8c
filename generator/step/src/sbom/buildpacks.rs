//! What buildpacks say: a layer of the image with the folder `sbom/launch`, which a label names (buildpack API 0.7, platform API
//! 0.8 of buildpacks.io: `Bill-of-Materials`).

use std::collections::BTreeMap;
use std::io::Read;

use flate2::read::GzDecoder;
use serde::Deserialize;

use super::{Bill, Format, LARGEST};
use crate::failure::{Exit, Failure};
use crate::image::{Image, Part};

/// The label with what the lifecycle knows of the image.
const LABEL: &str = "io.buildpacks.lifecycle.metadata";
/// The folder of the documents, below the layers' own.
const FOLDER: &str = "sbom/launch/";
/// File names and what is in them.
const FILES: [(&str, Format); 3] = [
    ("sbom.cdx.json", Format::CycloneDx),
    ("sbom.spdx.json", Format::Spdx),
    ("sbom.syft.json", Format::Syft),
];
/// The largest configuration of an image.
const LARGEST_CONFIG: usize = 8 << 20;
/// All documents together, and how many.
const LARGEST_LAYER: u64 = 256 << 20;
const MOST: usize = 1000;

#[derive(Deserialize)]
struct Manifest {
    config: luban_registry::Descriptor,
    #[serde(default)]
    layers: Vec<luban_registry::Descriptor>,
}

#[derive(Default, Deserialize)]
struct Config {
    #[serde(default)]
    config: Option<Labelled>,
    #[serde(default)]
    rootfs: Layers,
}

#[derive(Deserialize)]
struct Labelled {
    #[serde(rename = "Labels", default)]
    labels: Option<serde_json::Map<String, serde_json::Value>>,
}

#[derive(Default, Deserialize)]
struct Layers {
    #[serde(default)]
    diff_ids: Vec<String>,
}

#[derive(Deserialize)]
struct Lifecycle {
    #[serde(default)]
    sbom: Option<Layer>,
}

#[derive(Deserialize)]
struct Layer {
    #[serde(default)]
    sha: String,
}

/// The bill of materials that buildpacks wrote; none if the image is none of theirs, or they wrote none.
pub(super) fn bill(image: &Image<'_>, part: &Part) -> Result<Option<Bill>, Failure> {
    let manifest = match part.digest == image.manifest.digest {
        true => image.manifest.clone(),
        false => image.listed(&part.digest)?,
    };
    let unread = |what: &str, why: String| {
        let name = image.reference(&part.digest);
        Failure::new(
            Exit::Failed,
            format!("cannot read {what} of `{name}`: {why}"),
        )
    };
    let manifest: Manifest = serde_json::from_slice(&manifest.bytes)
        .map_err(|error| unread("the manifest", error.to_string()))?;
    let config = image.blob(&manifest.config.digest, LARGEST_CONFIG)?;
    let Some(wanted) = layer_of(&config).map_err(|why| unread("the configuration", why))? else {
        return Ok(None);
    };
    let layer = manifest.layers.get(wanted).ok_or_else(|| {
        let why = "it lists fewer layers than its configuration".to_owned();
        unread("the manifest", why)
    })?;
    let blob = image.blob(&layer.digest, LARGEST)?;
    documents(&blob).map_err(|why| unread("the bill of materials", why))
}

/// Which layer has the bill of materials, by the image's configuration.
fn layer_of(config: &[u8]) -> Result<Option<usize>, String> {
    let config: Config = serde_json::from_slice(config).map_err(|error| error.to_string())?;
    let labels = config.config.and_then(|config| config.labels);
    let label = labels.as_ref().and_then(|labels| labels.get(LABEL));
    let Some(label) = label.and_then(serde_json::Value::as_str) else {
        return Ok(None);
    };
    let lifecycle: Lifecycle =
        serde_json::from_str(label).map_err(|error| format!("the label `{LABEL}`: {error}"))?;
    let Some(layer) = lifecycle.sbom.filter(|layer| !layer.sha.is_empty()) else {
        return Ok(None);
    };
    let place = config
        .rootfs
        .diff_ids
        .iter()
        .position(|id| *id == layer.sha);
    place
        .map(Some)
        .ok_or_else(|| format!("the label `{LABEL}` names a layer that is not there"))
}

/// The documents in a layer: of each folder, which is of one part of the image, the one in the best format. By path, so that the
/// same layer gives the same.
fn documents(layer: &[u8]) -> Result<Option<Bill>, String> {
    let reader: Box<dyn Read> = match layer.starts_with(&[0x1f, 0x8b]) {
        true => Box::new(GzDecoder::new(layer)),
        false => Box::new(layer),
    };
    let mut archive = tar::Archive::new(reader.take(LARGEST_LAYER));
    let mut found: BTreeMap<String, (Format, Vec<u8>)> = BTreeMap::new();
    for entry in archive.entries().map_err(|error| error.to_string())? {
        let mut entry = entry.map_err(|error| error.to_string())?;
        let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", &path));
        let format = FILES.iter().find(|(name, _)| *name == file);
        let is_one = path.contains(FOLDER) && entry.header().entry_type().is_file();
        let Some((_, format)) = format.filter(|_| is_one) else {
            continue;
        };
        let is_better = |(known, _): &(Format, Vec<u8>)| known <= format;
        if found.get(folder).is_some_and(is_better) {
            continue;
        }
        let mut document = Vec::new();
        entry
            .by_ref()
            .take(LARGEST as u64 + 1)
            .read_to_end(&mut document)
            .map_err(|error| error.to_string())?;
        if document.len() > LARGEST {
            return Err(format!("`{path}` is larger than {} MiB", LARGEST >> 20));
        }
        found.insert(folder.to_owned(), (*format, document));
        if found.len() > MOST {
            return Err(format!("there are more than {MOST} documents in it"));
        }
    }
    let documents: Bill = found.into_values().collect();
    Ok((!documents.is_empty()).then_some(documents))
}
