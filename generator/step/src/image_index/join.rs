//! One index over the images of several platforms: the same images give the same bytes, in whatever order they come.

use std::collections::BTreeMap;

use luban_registry::{Descriptor, Digest, INDEX, Manifest, Platform};
use serde::{Deserialize, Serialize};

use crate::build_key;

/// The annotation of an index that lacks platforms that were asked for.
pub(super) const DEGRADED: &str = "dev.luban.degraded";
/// The annotation by which BuildKit marks what is no image but says something of one (`docs/attestations/attestation-storage.md`).
const REFERENCE_TYPE: &str = "vnd.docker.reference.type";

/// What the digest of one platform names.
#[derive(Debug)]
pub(super) struct Part {
    entries: Vec<Descriptor>,
    annotations: BTreeMap<String, String>,
    /// The configuration of the only entry, if it is an image and no index.
    config: Option<Digest>,
}

#[derive(Deserialize)]
struct Read {
    manifests: Option<Vec<Descriptor>>,
    config: Option<Descriptor>,
    #[serde(default)]
    annotations: BTreeMap<String, String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Index {
    schema_version: u8,
    media_type: &'static str,
    manifests: Vec<Descriptor>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    annotations: BTreeMap<String, String>,
}

impl Part {
    /// The entries of an index, or an image as an entry.
    pub(super) fn of(manifest: Manifest) -> Result<Self, String> {
        let read: Read = serde_json::from_slice(&manifest.bytes)
            .map_err(|error| format!("is neither image nor index: {error}"))?;
        match (manifest.is_index(), read.manifests, read.config) {
            (true, Some(entries), _) if !entries.is_empty() => Ok(Self {
                entries,
                annotations: read.annotations,
                config: None,
            }),
            (true, _, _) => Err("is an index of nothing".to_owned()),
            (false, _, Some(config)) => Ok(Self {
                config: Some(Digest::new(&config.digest).map_err(|error| error.to_string())?),
                entries: vec![manifest.descriptor()],
                annotations: read.annotations,
            }),
            (false, _, None) => Err("is neither image nor index".to_owned()),
        }
    }

    /// Images whose platform nobody has said, with their configuration where it is known.
    pub(super) fn without_platform(
        &mut self,
    ) -> impl Iterator<Item = (&mut Descriptor, Option<Digest>)> {
        let config = self.config.clone();
        self.entries
            .iter_mut()
            .filter(|entry| !is_attestation(entry) && entry.platform.is_none())
            .map(move |entry| (entry, config.clone()))
    }
}

fn is_attestation(entry: &Descriptor) -> bool {
    entry.annotations.contains_key(REFERENCE_TYPE)
}

/// The configuration that an image names.
pub(super) fn configuration(manifest: &Manifest) -> Option<Digest> {
    let read: Read = serde_json::from_slice(&manifest.bytes).ok()?;
    Digest::new(&read.config?.digest).ok()
}

/// The platform that a configuration names (OCI image specification 1.1, `config.md`).
pub(super) fn platform(configuration: &[u8]) -> Option<Platform> {
    let platform: Platform = serde_json::from_slice(configuration).ok()?;
    (!platform.os.is_empty() && !platform.architecture.is_empty()).then_some(platform)
}

/// The index over `parts`: images in the order of their platforms, then what says something of them. Annotations that all parts
/// have alike are the index's too, but for the key of one build.
pub(super) fn join(parts: Vec<Part>, notes: BTreeMap<String, String>) -> Result<Manifest, String> {
    let mut annotations = common(&parts);
    annotations.remove(build_key::ANNOTATION);
    annotations.remove(DEGRADED);
    annotations.extend(notes);
    let mut manifests: Vec<Descriptor> = parts.into_iter().flat_map(|part| part.entries).collect();
    manifests.sort_by_cached_key(|entry| {
        (
            is_attestation(entry),
            entry.platform.clone(),
            entry.digest.clone(),
        )
    });
    manifests.dedup_by(|one, other| one.digest == other.digest);
    let images = manifests.iter().filter(|entry| !is_attestation(entry));
    let images: Vec<&Descriptor> = images.collect();
    for pair in images.windows(2) {
        if let [one, other] = pair
            && one.platform == other.platform
        {
            let name = one
                .platform
                .as_ref()
                .map(|platform| format!("{}/{}", platform.os, platform.architecture));
            return Err(format!(
                "`{}` and `{}` are both for {}",
                one.digest,
                other.digest,
                name.unwrap_or_default()
            ));
        }
    }
    let index = Index {
        schema_version: 2,
        media_type: INDEX,
        manifests,
        annotations,
    };
    let bytes = serde_json::to_vec(&index).map_err(|error| error.to_string())?;
    Ok(Manifest::new(INDEX, bytes))
}

fn common(parts: &[Part]) -> BTreeMap<String, String> {
    let Some((first, rest)) = parts.split_first() else {
        return BTreeMap::new();
    };
    let is_in_all = |key: &String, value: &String| {
        rest.iter()
            .all(|part| part.annotations.get(key) == Some(value))
    };
    let mut common = first.annotations.clone();
    common.retain(|key, value| is_in_all(key, value));
    common
}
