//! What a registry keeps, and what it refuses to keep.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::Digest;

/// What a registry keeps.
#[derive(Debug, Default)]
pub struct Store {
    /// By repository and digest.
    pub blobs: BTreeMap<(String, String), Vec<u8>>,
    /// Type and bytes, by repository and digest.
    pub manifests: BTreeMap<(String, String), (String, Vec<u8>)>,
    /// Digests, by repository and tag.
    pub tags: BTreeMap<(String, String), String>,
    pub uploads: BTreeSet<String>,
    pub(crate) counter: usize,
}

impl Store {
    /// Keeps an image of that platform with annotations, as if somebody had pushed it; gives its digest.
    pub fn add_image(
        &mut self,
        repository: &str,
        platform: &str,
        annotations: &[(&str, &str)],
    ) -> String {
        let (os, architecture) = platform.split_once('/').unwrap();
        let config = format!(r#"{{"architecture":"{architecture}","os":"{os}","rootfs":{{}}}}"#);
        let digest = self.add_blob(repository, config.as_bytes());
        let annotations: BTreeMap<_, _> = annotations.iter().copied().collect();
        let manifest = serde_json::json!({
            "schemaVersion": 2,
            "mediaType": crate::MANIFEST,
            "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": digest, "size": config.len()},
            "layers": [],
            "annotations": annotations,
        });
        self.add_manifest(repository, crate::MANIFEST, manifest.to_string().as_bytes())
    }

    pub fn add_blob(&mut self, repository: &str, bytes: &[u8]) -> String {
        let digest = Digest::of(bytes).to_string();
        let key = (repository.to_owned(), digest.clone());
        self.blobs.insert(key, bytes.to_vec());
        digest
    }

    pub fn add_manifest(&mut self, repository: &str, media_type: &str, bytes: &[u8]) -> String {
        let digest = Digest::of(bytes).to_string();
        let key = (repository.to_owned(), digest.clone());
        self.manifests
            .insert(key, (media_type.to_owned(), bytes.to_vec()));
        digest
    }

    pub fn set_tag(&mut self, repository: &str, tag: &str, digest: &str) {
        let key = (repository.to_owned(), tag.to_owned());
        self.tags.insert(key, digest.to_owned());
    }

    /// The digest that a tag has.
    pub fn tag(&self, repository: &str, tag: &str) -> Option<String> {
        let key = (repository.to_owned(), tag.to_owned());
        self.tags.get(&key).cloned()
    }

    /// The JSON of a manifest.
    pub fn json(&self, repository: &str, digest: &str) -> Value {
        let key = (repository.to_owned(), digest.to_owned());
        serde_json::from_slice(&self.manifests[&key].1).unwrap()
    }

    /// Why a manifest is refused: code and message of the error.
    pub(crate) fn refusal(
        &self,
        repository: &str,
        media_type: &str,
        bytes: &[u8],
    ) -> Option<(&'static str, String)> {
        let Ok(json) = serde_json::from_slice::<Value>(bytes) else {
            return Some(("MANIFEST_INVALID", "no JSON".to_owned()));
        };
        if json["schemaVersion"] != 2 || json["mediaType"] != media_type {
            return Some((
                "MANIFEST_INVALID",
                "another type than it is sent as".to_owned(),
            ));
        }
        let texts = |value: &Value, key: &str| {
            let all = value[key].as_array().cloned().unwrap_or_default();
            all.into_iter()
                .filter_map(|one| Some((one["digest"].as_str()?.to_owned(), one["size"].as_u64()?)))
                .collect::<Vec<_>>()
        };
        for (digest, size) in texts(&json, "manifests") {
            let key = (repository.to_owned(), digest.clone());
            let known = self
                .manifests
                .get(&key)
                .map(|(_, bytes)| bytes.len() as u64);
            if known != Some(size) {
                return Some(("MANIFEST_UNKNOWN", digest));
            }
        }
        let config = json["config"].is_object().then(|| &json["config"]);
        let config = config
            .and_then(|one| Some((one["digest"].as_str()?.to_owned(), one["size"].as_u64()?)));
        for (digest, size) in texts(&json, "layers").into_iter().chain(config) {
            let key = (repository.to_owned(), digest.clone());
            if self.blobs.get(&key).map(|bytes| bytes.len() as u64) != Some(size) {
                return Some(("MANIFEST_BLOB_UNKNOWN", digest));
            }
        }
        None
    }

    /// What refers to a manifest.
    pub(crate) fn referrers(&self, repository: &str, subject: &str) -> Vec<Value> {
        let mut all = Vec::new();
        for ((known, digest), (media_type, bytes)) in &self.manifests {
            let json: Value = serde_json::from_slice(bytes).unwrap();
            if known == repository && json["subject"]["digest"] == subject {
                all.push(serde_json::json!({
                    "mediaType": media_type,
                    "digest": digest,
                    "size": bytes.len(),
                    "artifactType": json["artifactType"],
                    "annotations": json["annotations"].as_object().cloned().unwrap_or_default(),
                }));
            }
        }
        all
    }
}
