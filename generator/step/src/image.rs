//! The image that a verb works on, by its digest: what it is for each platform, and what is attached to it.

use luban_registry::{Artifact, Descriptor, Digest, Manifest, Registry, RegistryError, Repository};
use serde::Deserialize;

use crate::failure::{Exit, Failure};
use crate::registry;

/// Manifests of images in an index; what else an index lists is no image.
const IMAGES: [&str; 2] = [
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
];
/// BuildKit's annotations on what an index lists beside the images (`docs/attestations/attestation-storage.md`).
const REFERENCE_TYPE: &str = "vnd.docker.reference.type";
const REFERENCE_DIGEST: &str = "vnd.docker.reference.digest";
const ATTESTATION: &str = "attestation-manifest";

/// An image in its registry.
pub(crate) struct Image<'a> {
    pub(crate) registry: &'a Registry<'a>,
    pub(crate) repository: Repository,
    /// An image's manifest, or an index of several.
    pub(crate) manifest: Manifest,
}

/// The image of one platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// `linux/amd64`; none where no index says it.
    pub(crate) platform: Option<String>,
    pub(crate) digest: Digest,
    /// Manifests of attestations that BuildKit wrote for it.
    pub(crate) attestations: Vec<Digest>,
}

#[derive(Deserialize)]
struct Index {
    manifests: Vec<Descriptor>,
}

impl<'a> Image<'a> {
    /// The image of that repository and digest.
    ///
    /// # Errors
    /// When the names are none, or the registry has no such image or does not give it.
    pub(crate) fn find(
        registry: &'a Registry<'a>,
        repository: &str,
        digest: &str,
    ) -> Result<Self, Failure> {
        let usage = |error: luban_registry::NameError| Failure::new(Exit::Usage, error.to_string());
        let repository = Repository::new(repository).map_err(usage)?;
        let digest = Digest::new(digest).map_err(usage)?;
        let found = Self::of(registry, repository.clone(), &digest)?;
        found.ok_or_else(|| {
            Failure::new(
                Exit::Failed,
                format!("there is no image `{repository}@{digest}`"),
            )
            .help("the registry may have removed it: build again, and look at its retention rules")
        })
    }

    /// The image of that digest; none if the registry has none.
    ///
    /// # Errors
    /// When the registry does not answer.
    pub(crate) fn of(
        registry: &'a Registry<'a>,
        repository: Repository,
        digest: &Digest,
    ) -> Result<Option<Self>, Failure> {
        let manifest = registry
            .manifest(&repository, &digest.clone().into())
            .map_err(registry::failure)?;
        Ok(manifest.map(|manifest| Self {
            registry,
            repository,
            manifest,
        }))
    }

    /// As tools take it: `host/path@digest`.
    pub(crate) fn reference(&self, digest: &Digest) -> String {
        format!("{}@{digest}", self.repository)
    }

    /// The images of the platforms, in the index' order.
    ///
    /// # Errors
    /// When there is none.
    pub(crate) fn parts(&self) -> Result<Vec<Part>, Failure> {
        if !self.manifest.is_index() {
            return Ok(vec![Part {
                platform: None,
                digest: self.manifest.digest.clone(),
                attestations: Vec::new(),
            }]);
        }
        parts(&self.manifest.bytes).map_err(|why| {
            let image = self.reference(&self.manifest.digest);
            Failure::new(Exit::Failed, format!("the index `{image}` {why}"))
                .help("the index must list images, as BuildKit, kpack and `luban step image-index` write it")
        })
    }

    /// Attaches an artifact to the image; given back is where it is.
    ///
    /// # Errors
    /// When the registry does not take it.
    pub(crate) fn attach(&self, artifact: &Artifact) -> Result<Digest, Failure> {
        let subject = self.manifest.descriptor();
        let attached = self
            .registry
            .attach(&self.repository, &subject, artifact)
            .map_err(registry::failure)?;
        Digest::new(&attached.digest).map_err(|error| Failure::new(Exit::Failed, error.to_string()))
    }

    /// A blob that a manifest of the image names.
    ///
    /// # Errors
    /// When the registry lacks it or does not give it.
    pub(crate) fn blob(&self, digest: &str, limit: usize) -> Result<Vec<u8>, Failure> {
        let missing = |why: String| {
            Failure::new(
                Exit::Failed,
                format!("the image `{}` {why}", self.repository),
            )
        };
        let digest = Digest::new(digest).map_err(|error| missing(format!("is broken: {error}")))?;
        self.registry
            .blob(&self.repository, &digest, limit)
            .map_err(registry::failure)?
            .ok_or_else(|| missing(format!("lacks its blob `{digest}`")))
    }

    /// What the registry lacks of the image; none if all of it is there.
    ///
    /// # Errors
    /// When the registry does not answer.
    pub(crate) fn missing(&self) -> Result<Option<String>, Failure> {
        for part in self.parts()? {
            let found = Self::of(self.registry, self.repository.clone(), &part.digest)?;
            let Some(part_of_it) = found else {
                return Ok(Some(part.digest.to_string()));
            };
            let missing = absent(self.registry, &self.repository, &part_of_it.manifest)
                .map_err(registry::failure)?;
            if missing.is_some() {
                return Ok(missing);
            }
        }
        Ok(None)
    }

    /// A manifest that the index of the image lists.
    ///
    /// # Errors
    /// When the registry lacks it or does not give it.
    pub(crate) fn listed(&self, digest: &Digest) -> Result<Manifest, Failure> {
        let found = Self::of(self.registry, self.repository.clone(), digest)?;
        found.map(|image| image.manifest).ok_or_else(|| {
            let image = self.reference(digest);
            Failure::new(
                Exit::Failed,
                format!("there is no `{image}`, which the index lists"),
            )
        })
    }
}

#[derive(Deserialize)]
struct Blobs {
    config: Option<Descriptor>,
    #[serde(default)]
    layers: Vec<Descriptor>,
}

/// The first of the blobs of an image's manifest that the registry lacks; none if all of them are there. Each is asked for by
/// itself: registries remove blobs and keep the manifest.
///
/// # Errors
/// When the registry does not answer.
pub(crate) fn absent(
    registry: &Registry<'_>,
    repository: &Repository,
    manifest: &Manifest,
) -> Result<Option<String>, RegistryError> {
    let Ok(blobs) = serde_json::from_slice::<Blobs>(&manifest.bytes) else {
        return Ok(None);
    };
    for blob in blobs.config.iter().chain(&blobs.layers) {
        // Layers of a base that may not be distributed are elsewhere (OCI image specification 1.1, `layer.md`).
        if blob.rest.contains_key("urls") {
            continue;
        }
        let is_there = match Digest::new(&blob.digest) {
            Ok(digest) => registry.has_blob(repository, &digest)?,
            Err(_) => false,
        };
        if !is_there {
            return Ok(Some(blob.digest.clone()));
        }
    }
    Ok(None)
}

/// The images that an index lists, with their attestations, or why there are none.
fn parts(index: &[u8]) -> Result<Vec<Part>, String> {
    let index: Index =
        serde_json::from_slice(index).map_err(|error| format!("cannot be read: {error}"))?;
    let (attestations, images): (Vec<_>, Vec<_>) = index
        .manifests
        .into_iter()
        .filter(|one| IMAGES.contains(&one.media_type.as_str()))
        .partition(|one| {
            one.annotations
                .get(REFERENCE_TYPE)
                .is_some_and(|kind| kind == ATTESTATION)
        });
    let digest = |text: &str| Digest::new(text).map_err(|error| format!("is broken: {error}"));
    let mut parts = Vec::new();
    for image in images {
        // What is for no platform is no image that runs.
        let platform = image.platform.as_ref();
        if platform.is_some_and(|platform| platform.os == "unknown") {
            continue;
        }
        let of_it = attestations
            .iter()
            .filter(|one| one.annotations.get(REFERENCE_DIGEST) == Some(&image.digest));
        parts.push(Part {
            platform: platform.map(|platform| {
                let variant = platform.variant.as_ref();
                let variant = variant.map_or_else(String::new, |variant| format!("/{variant}"));
                format!("{}/{}{variant}", platform.os, platform.architecture)
            }),
            digest: digest(&image.digest)?,
            attestations: of_it
                .map(|one| digest(&one.digest))
                .collect::<Result<_, _>>()?,
        });
    }
    match parts.is_empty() {
        true => Err("lists no image".to_owned()),
        false => Ok(parts),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use serde_json::{Value, json};

    fn digest(of: &str) -> String {
        Digest::of(of.as_bytes()).to_string()
    }

    fn listed(of: &str, platform: Value, annotations: Value) -> Value {
        json!({
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "digest": digest(of),
            "size": 1,
            "platform": platform,
            "annotations": annotations,
        })
    }

    #[test]
    fn an_index_of_buildkit_is_its_images_each_with_its_attestations() {
        let unknown = json!({ "os": "unknown", "architecture": "unknown" });
        let attests = |of: &str| {
            json!({
                "vnd.docker.reference.type": "attestation-manifest",
                "vnd.docker.reference.digest": digest(of),
            })
        };
        let index = json!({ "manifests": [
            listed("amd", json!({ "os": "linux", "architecture": "amd64" }), json!({})),
            listed("arm", json!({ "os": "linux", "architecture": "arm64", "variant": "v8" }), json!({})),
            listed("amd attestation", unknown.clone(), attests("amd")),
            listed("arm attestation", unknown.clone(), attests("arm")),
            listed("something", unknown, json!({})),
            { "mediaType": "application/vnd.oci.image.index.v1+json", "digest": digest("nested"), "size": 1 },
        ]});
        let found = parts(index.to_string().as_bytes()).unwrap();
        let part = |platform: &str, of: &str| Part {
            platform: Some(platform.to_owned()),
            digest: Digest::of(of.as_bytes()),
            attestations: vec![Digest::of(format!("{of} attestation").as_bytes())],
        };
        assert_eq!(
            found,
            [part("linux/amd64", "amd"), part("linux/arm64/v8", "arm")]
        );
    }

    #[test]
    fn an_index_without_images_is_none() {
        for (index, why) in [
            ("{}", "cannot be read"),
            ("[]", "cannot be read"),
            (r#"{"manifests":[]}"#, "lists no image"),
            (
                r#"{"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"md5:1","size":1}]}"#,
                "is broken",
            ),
        ] {
            let error = parts(index.as_bytes()).unwrap_err();
            assert!(error.contains(why), "{error}");
        }
    }
}
