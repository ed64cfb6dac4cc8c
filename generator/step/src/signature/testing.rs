//! Key pairs and signatures for tests, made as cosign makes them.
#![allow(clippy::unwrap_used)]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::json;
use sha2::{Digest as _, Sha256};

/// A key pair.
pub(crate) struct TestKey {
    pair: EcdsaKeyPair,
    random: SystemRandom,
}

impl TestKey {
    pub(crate) fn new() -> Self {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
        let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).unwrap();
        Self { pair, random }
    }

    /// `cosign.pub`.
    pub(crate) fn public(&self) -> String {
        let der = [
            &[
                0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06,
                0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
            ],
            self.pair.public_key().as_ref(),
        ]
        .concat();
        let text = STANDARD.encode(der);
        let (first, second) = text.split_at(64);
        format!("-----BEGIN PUBLIC KEY-----\n{first}\n{second}\n-----END PUBLIC KEY-----\n")
    }

    /// The payload for an image, as cosign writes it.
    pub(crate) fn payload(image: &str, digest: &str) -> Vec<u8> {
        let payload = json!({
            "critical": {
                "identity": { "docker-reference": image },
                "image": { "docker-manifest-digest": digest },
                "type": "cosign container image signature",
            },
            "optional": null,
        });
        payload.to_string().into_bytes()
    }

    /// The layer of a manifest of signatures that has `payload`.
    pub(crate) fn layer(&self, payload: &[u8]) -> serde_json::Value {
        let signature = self.pair.sign(&self.random, payload).unwrap();
        json!({
            "mediaType": "application/vnd.dev.cosign.simplesigning.v1+json",
            "digest": format!("sha256:{:x}", Sha256::digest(payload)),
            "size": payload.len(),
            "annotations": { "dev.cosignproject.cosign/signature": STANDARD.encode(signature) },
        })
    }

    /// Signs an image: the manifest of its signatures, and the payload with its digest.
    pub(crate) fn sign(&self, image: &str, digest: &str) -> (String, String, String) {
        let payload = Self::payload(image, digest);
        let layer = self.layer(&payload);
        let of_payload = layer["digest"].as_str().unwrap().to_owned();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(Self::manifest(&[layer])), of_payload, text(payload))
    }

    /// The manifest under the tag of signatures with `layers`.
    pub(crate) fn manifest(layers: &[serde_json::Value]) -> Vec<u8> {
        let manifest = json!({
            "schemaVersion": 2,
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": {
                "mediaType": "application/vnd.oci.image.config.v1+json",
                "digest": format!("sha256:{:x}", Sha256::digest(b"{}")),
                "size": 2,
            },
            "layers": layers,
        });
        manifest.to_string().into_bytes()
    }
}
