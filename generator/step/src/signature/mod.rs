//! Signatures of images as cosign keeps them beside an image, in its `legacy` format.
//!
//! An image with digest `sha256:HEX` has its signatures in the manifest that the tag `sha256-HEX.sig` of its repository names: each
//! layer is a payload that names the digest, each layer's annotation the signature over the payload's bytes (cosign 3.0
//! `specs/SIGNATURE_SPEC.md`). What is here verifies; cosign itself signs, in the pod that has the key.

mod key;
#[cfg(test)]
pub(crate) mod testing;

pub(crate) use key::PublicKeys;

use base64::Engine as _;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use thiserror::Error;

/// The media type of payloads.
const PAYLOAD: &str = "application/vnd.dev.cosign.simplesigning.v1+json";
/// The annotation that holds the signature, in base64.
const ANNOTATION: &str = "dev.cosignproject.cosign/signature";
/// The payload's own type.
const TYPE: &str = "cosign container image signature";
/// So many signatures of an image are looked at: who can push could add thousands.
const MOST: usize = 100;
/// The largest payload; cosign's have some hundred bytes.
pub(crate) const LARGEST_PAYLOAD: u64 = 64 << 10;

/// Why a signature does not count.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub(crate) enum SignatureError {
    /// What stands under the tag is not cosign's.
    #[error("what stands under the signature's tag is no manifest of signatures: {0}")]
    Manifest(String),
    /// The payload is not the one that the manifest names.
    #[error("its payload is not the one that the manifest names")]
    Payload,
    /// The annotation is no base64.
    #[error("it is no base64")]
    Encoding,
    /// Another key, or other bytes.
    #[error("it was not made with this key")]
    Key,
    /// A payload of something else.
    #[error("it is not a signature of this image but of {0}")]
    Other(String),
}

/// A signature that a manifest lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Signature {
    /// Digest of the payload, a blob of the image's repository.
    pub(crate) payload: String,
    /// Its size in bytes.
    pub(crate) size: u64,
    /// The signature, in base64.
    signature: String,
}

/// The tag that has the signatures of an image: `sha256-HEX.sig`.
pub(crate) fn tag(digest: &str) -> String {
    format!("{}.sig", digest.replacen(':', "-", 1))
}

/// The tag that has the attestations of an image: `sha256-HEX.att`.
pub(crate) fn attestation_tag(digest: &str) -> String {
    format!("{}.att", digest.replacen(':', "-", 1))
}

#[derive(Deserialize)]
struct Manifest {
    layers: Vec<Layer>,
}

#[derive(Deserialize)]
struct Layer {
    #[serde(rename = "mediaType")]
    media_type: String,
    digest: String,
    size: u64,
    #[serde(default)]
    annotations: serde_json::Map<String, serde_json::Value>,
}

/// The signatures that a manifest lists, the newest first: cosign adds at the end. Layers of another kind are none.
///
/// # Errors
/// When it is no manifest.
pub(crate) fn signatures(manifest: &[u8]) -> Result<Vec<Signature>, SignatureError> {
    let manifest: Manifest = serde_json::from_slice(manifest)
        .map_err(|error| SignatureError::Manifest(error.to_string()))?;
    let found = manifest.layers.into_iter().rev().filter_map(|layer| {
        let signature = layer.annotations.get(ANNOTATION)?.as_str()?.to_owned();
        let counts = layer.media_type == PAYLOAD && layer.size <= LARGEST_PAYLOAD;
        counts.then_some(Signature {
            payload: layer.digest,
            size: layer.size,
            signature,
        })
    });
    Ok(found.take(MOST).collect())
}

#[derive(Deserialize)]
struct Payload {
    critical: Critical,
}

#[derive(Deserialize)]
struct Critical {
    image: Image,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Deserialize)]
struct Image {
    #[serde(rename = "docker-manifest-digest")]
    digest: String,
}

impl Signature {
    /// Whether it is one of the image with `digest`, made with one of `keys`; `payload` is the blob that it names.
    ///
    /// # Errors
    /// Why it does not count.
    pub(crate) fn verify(
        &self,
        keys: &PublicKeys,
        digest: &str,
        payload: &[u8],
    ) -> Result<(), SignatureError> {
        if format!("sha256:{:x}", Sha256::digest(payload)) != self.payload {
            return Err(SignatureError::Payload);
        }
        let signature = base64::engine::general_purpose::STANDARD
            .decode(&self.signature)
            .map_err(|_| SignatureError::Encoding)?;
        // Before it is read: what nobody signed is nothing to be parsed.
        if !keys.verify(payload, &signature) {
            return Err(SignatureError::Key);
        }
        let payload: Payload = serde_json::from_slice(payload)
            .map_err(|error| SignatureError::Other(format!("something else: {error}")))?;
        if payload.critical.kind != TYPE {
            let kind = payload.critical.kind;
            return Err(SignatureError::Other(format!("something else: `{kind}`")));
        }
        if payload.critical.image.digest != digest {
            let other = payload.critical.image.digest;
            return Err(SignatureError::Other(format!("the image `{other}`")));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
