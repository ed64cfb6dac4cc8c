//! Signatures in cosign's older format, `legacy`: cosign's SIGNATURE_SPEC.md, 'Storage' and 'Simple Signing'.
//!
//! They are an image beside the signed one: a layer for each, which is the signed text; the signature stands in its annotations.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};
use serde::Deserialize;

/// Media type of a layer that is signed text.
const PAYLOAD: &str = "application/vnd.dev.cosign.simplesigning.v1+json";
/// Annotation with the signature of a layer.
const SIGNATURE: &str = "dev.cosignproject.cosign/signature";
/// What the signed text must say it is.
const TYPE: &str = "cosign container image signature";
/// The tag of a digest's signatures.
const SUFFIX: &str = ".sig";
/// A public key of P-256 in DER (RFC 5480), up to the point: SEQUENCE, id-ecPublicKey, prime256v1, BIT STRING.
const P256: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];
/// The length of an uncompressed point.
const POINT: usize = 65;
/// So many signatures are looked at.
const MOST: usize = 100;

/// The tag of the image with a digest's signatures.
pub(super) fn tag(digest: &str) -> String {
    format!("{}{SUFFIX}", digest.replace(':', "-"))
}

/// A public key that cosign made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PublicKey(Vec<u8>);

impl PublicKey {
    /// Reads a key in PEM.
    ///
    /// # Errors
    /// When it is none of P-256: says what is wrong with it.
    pub(super) fn parse(pem: &str) -> Result<Self, String> {
        const LINES: (&str, &str) = ("-----BEGIN PUBLIC KEY-----", "-----END PUBLIC KEY-----");
        let inner = pem
            .split_once(LINES.0)
            .and_then(|(_, rest)| rest.split_once(LINES.1));
        let (inner, _) = inner.ok_or("it is no public key in PEM")?;
        let inner: String = inner.split_whitespace().collect();
        let der = STANDARD
            .decode(inner)
            .map_err(|error| format!("it is no public key in PEM: {error}"))?;
        let point = der.strip_prefix(&P256[..]).unwrap_or_default();
        if point.len() != POINT || point.first() != Some(&4) {
            return Err("it is no key of ECDSA P-256, which cosign makes".to_owned());
        }
        Ok(Self(point.to_vec()))
    }

    fn has_signed(&self, text: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, &self.0)
            .verify(text, signature)
            .is_ok()
    }
}

/// A signature: the text's digest, and what signs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Signature {
    /// Digest of the layer with the text.
    pub(super) payload: String,
    signature: Vec<u8>,
}

#[derive(Deserialize)]
struct Manifest {
    #[serde(default)]
    layers: Vec<Layer>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Layer {
    #[serde(default)]
    media_type: String,
    digest: String,
    #[serde(default)]
    annotations: std::collections::BTreeMap<String, String>,
}

/// The signatures that an image of signatures holds.
///
/// # Errors
/// When it is no manifest of an image.
pub(super) fn signatures(manifest: &[u8]) -> Result<Vec<Signature>, String> {
    let manifest: Manifest = serde_json::from_slice(manifest)
        .map_err(|error| format!("no manifest of an image: {error}"))?;
    let layers = manifest.layers.into_iter();
    let signatures = layers
        .filter(|layer| layer.media_type == PAYLOAD)
        .filter_map(|layer| {
            let signature = STANDARD
                .decode(layer.annotations.get(SIGNATURE)?.trim())
                .ok()?;
            Some(Signature {
                payload: layer.digest,
                signature,
            })
        });
    Ok(signatures.take(MOST).collect())
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
    /// Cosign writes it in this way; its parser is one that does not mind case.
    #[serde(rename = "docker-manifest-digest", alias = "Docker-manifest-digest")]
    digest: String,
}

/// Whether `key` signed, with `text`, the image of that digest.
///
/// # Errors
/// Says what is wrong with it.
pub(super) fn verify(
    key: &PublicKey,
    signature: &Signature,
    text: &[u8],
    digest: &str,
) -> Result<(), String> {
    // First of all: what nobody signed is not read.
    if !key.has_signed(text, &signature.signature) {
        return Err("it was made with another key".to_owned());
    }
    let payload: Payload = serde_json::from_slice(text)
        .map_err(|error| format!("what it signs is no simple signing: {error}"))?;
    if payload.critical.kind != TYPE {
        return Err(format!("it signs a `{}`", payload.critical.kind));
    }
    if payload.critical.image.digest != digest {
        return Err(format!("it signs `{}`", payload.critical.image.digest));
    }
    Ok(())
}

#[cfg(test)]
pub(super) mod tests;
