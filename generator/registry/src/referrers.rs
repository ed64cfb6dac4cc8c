//! What refers to an image: signatures, reports, bills of materials.

use std::collections::BTreeMap;

use reqwest::header::CONTENT_TYPE;
use serde::{Deserialize, Serialize};

use crate::error::RegistryError;
use crate::manifests::{Descriptor, INDEX, MANIFEST, Manifest};
use crate::name::{Digest, Reference, Repository};
use crate::registry::{Registry, header};

/// Media type of the empty configuration (OCI image specification 1.1, `manifest.md`, `Guidance for an Empty Descriptor`).
const EMPTY: &str = "application/vnd.oci.empty.v1+json";
const EMPTY_BYTES: &[u8] = b"{}";
/// Tries to add to the list of a registry that lacks the API, while others do.
const TRIES: usize = 5;

/// An artifact that refers to an image.
#[derive(Clone, Debug, Default)]
pub struct Artifact {
    /// Its type.
    pub artifact_type: String,
    /// Type and bytes of each layer.
    pub layers: Vec<(String, Vec<u8>)>,
    /// Annotations of its manifest.
    pub annotations: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Index {
    schema_version: u8,
    #[serde(default)]
    media_type: String,
    #[serde(default)]
    manifests: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactManifest<'a> {
    schema_version: u8,
    media_type: &'static str,
    artifact_type: &'a str,
    config: Descriptor,
    layers: Vec<Descriptor>,
    subject: &'a Descriptor,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    annotations: &'a BTreeMap<String, String>,
}

impl Registry<'_> {
    /// What refers to a manifest, of one type or all: from the API, and where a registry lacks it from the tag that stands for
    /// it. In the order of the registry.
    ///
    /// # Errors
    /// When the registry cannot be reached, refuses, or answers nonsense.
    pub fn referrers(
        &self,
        repository: &Repository,
        subject: &Digest,
        artifact_type: Option<&str>,
    ) -> Result<Vec<Descriptor>, RegistryError> {
        let operation = format!("list what refers to `{repository}@{subject}`");
        let mut path = format!("referrers/{subject}");
        if let Some(artifact_type) = artifact_type {
            let encoded = artifact_type
                .replace('%', "%25")
                .replace('+', "%2B")
                .replace('&', "%26");
            path.push_str(&format!("?artifactType={encoded}"));
        }
        let mut all: Vec<Descriptor> = Vec::new();
        let is_there = self.pages(repository, &operation, &path, |answer| {
            // Registries that know nothing of it may show something else there.
            let is_index =
                header(answer, &CONTENT_TYPE).is_some_and(|text| text.starts_with(INDEX));
            let page: Index = serde_json::from_slice(&answer.body).ok()?;
            all.extend(page.manifests);
            is_index.then_some(())
        })?;
        if !is_there {
            all = self.tagged_referrers(repository, subject)?;
        }
        // The registry may leave the choice to who asks.
        all.retain(|one| {
            artifact_type.is_none_or(|wanted| one.artifact_type.as_deref() == Some(wanted))
        });
        Ok(all)
    }

    /// Lets an artifact refer to `subject`; the same artifact twice is one.
    ///
    /// # Errors
    /// When the registry cannot be reached, or refuses.
    pub fn attach(
        &self,
        repository: &Repository,
        subject: &Descriptor,
        artifact: &Artifact,
    ) -> Result<Descriptor, RegistryError> {
        let config = self.put_blob(repository, EMPTY, EMPTY_BYTES)?;
        let mut layers = Vec::new();
        for (media_type, bytes) in &artifact.layers {
            layers.push(self.put_blob(repository, media_type, bytes)?);
        }
        // A subject is named by type, digest and size alone.
        let subject = Descriptor {
            media_type: subject.media_type.clone(),
            digest: subject.digest.clone(),
            size: subject.size,
            ..Descriptor::default()
        };
        let manifest = Manifest::new(
            MANIFEST,
            json(&ArtifactManifest {
                schema_version: 2,
                media_type: MANIFEST,
                artifact_type: &artifact.artifact_type,
                config,
                layers,
                subject: &subject,
                annotations: &artifact.annotations,
            })?,
        );
        let own = manifest.digest.clone().into();
        let put = self.put_manifest(repository, &own, &manifest)?;
        let descriptor = Descriptor {
            artifact_type: Some(artifact.artifact_type.clone()),
            annotations: artifact.annotations.clone(),
            ..manifest.descriptor()
        };
        if !put.has_referrers {
            self.add_tagged(repository, &subject.digest, &descriptor)?;
        }
        Ok(descriptor)
    }

    /// Adds to the list of a registry that lacks the API, and looks whether it stayed there: others may write at the same time.
    fn add_tagged(
        &self,
        repository: &Repository,
        subject: &str,
        descriptor: &Descriptor,
    ) -> Result<(), RegistryError> {
        let operation = format!(
            "list `{}` among what refers to `{repository}@{subject}`",
            descriptor.digest
        );
        let nonsense = |why: String| RegistryError::Nonsense {
            operation: operation.clone(),
            host: repository.host().to_owned(),
            why,
        };
        let subject = Digest::new(subject).map_err(|error| nonsense(error.to_string()))?;
        for _ in 0..TRIES {
            let mut manifests = self.tagged_referrers(repository, &subject)?;
            if manifests.iter().any(|one| one.digest == descriptor.digest) {
                return Ok(());
            }
            manifests.push(descriptor.clone());
            let index = Index {
                schema_version: 2,
                media_type: INDEX.to_owned(),
                manifests,
            };
            let tag = Reference::Tag(subject.referrers_tag());
            self.put_manifest(repository, &tag, &Manifest::new(INDEX, json(&index)?))?;
        }
        Err(nonsense(
            "keeps another list: somebody else writes it all the time".to_owned(),
        ))
    }

    fn tagged_referrers(
        &self,
        repository: &Repository,
        subject: &Digest,
    ) -> Result<Vec<Descriptor>, RegistryError> {
        let tag = Reference::Tag(subject.referrers_tag());
        let Some(manifest) = self.manifest(repository, &tag)? else {
            return Ok(Vec::new());
        };
        let index: Option<Index> = serde_json::from_slice(&manifest.bytes).ok();
        index
            .map(|index| index.manifests)
            .ok_or_else(|| RegistryError::Nonsense {
                operation: format!("list what refers to `{repository}@{subject}`"),
                host: repository.host().to_owned(),
                why: format!("has no index under the tag `{}`", subject.referrers_tag()),
            })
    }
}

fn json(value: &impl Serialize) -> Result<Vec<u8>, RegistryError> {
    serde_json::to_vec(value).map_err(|error| RegistryError::Nonsense {
        operation: "write a manifest".to_owned(),
        host: "luban".to_owned(),
        why: error.to_string(),
    })
}
