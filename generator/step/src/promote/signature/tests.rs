#![allow(clippy::unwrap_used)]

use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};

use super::*;

/// Made with OpenSSL 3: `openssl ecparam -name prime256v1 -genkey`, `openssl dgst -sha256 -sign`.
const KNOWN_KEY: &str = "-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEk9XdNtkPPH1TYLKO5rnhjHVoH/Dn
vkniGalNRRHzph8D3zu80jxn95b5tl7Um78OM4AQbwu/EqX6JsuWOC4vcw==
-----END PUBLIC KEY-----
";
const KNOWN_SIGNATURE: &str = "MEUCIF1tRvivfg1V7eCgRCh3wtzKYenEpvnvoaiweTU5kFMyAiEAzfLYYL453YdRtAbZfR5sgn3saPyQrc06O9/t2hDrQC4=";
const OTHER_CURVE: &str = "-----BEGIN PUBLIC KEY-----
MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEs13DNbrnMZDOhU4bFvF1snCn2EiBteiE
nVqvTX4wezFdEOphP3DI2F0Qhu2VNI/awKChTNjh5gRchrfPg/V6IkZJH25aAGib
lWQT4VQPOo+78wyAm+ZfR6xFD8jmminM
-----END PUBLIC KEY-----
";

/// What cosign signs of an image (`pkg/cosign/payload` of cosign 2).
pub(crate) fn payload(digest: &str) -> String {
    format!(
        r#"{{"critical":{{"identity":{{"docker-reference":"harbor.acme.dev/payments/api"}},"image":{{"docker-manifest-digest":"{digest}"}},"type":"cosign container image signature"}},"optional":null}}"#
    )
}

fn digest() -> String {
    format!("sha256:{}", "a".repeat(64))
}

/// A key pair of tests.
pub(crate) struct Signer {
    pair: EcdsaKeyPair,
    random: SystemRandom,
}

impl Signer {
    pub(crate) fn new() -> Self {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
        let key = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, key.as_ref(), &random).unwrap();
        Self { pair, random }
    }

    /// The public key in PEM.
    pub(crate) fn public_key(&self) -> String {
        let der = [&P256[..], self.pair.public_key().as_ref()].concat();
        let text = STANDARD.encode(der);
        format!("-----BEGIN PUBLIC KEY-----\n{text}\n-----END PUBLIC KEY-----\n")
    }

    /// Manifest of the signatures of a digest, and the signed text with its digest.
    pub(crate) fn sign(&self, digest: &str) -> (String, String, String) {
        let text = payload(digest);
        let signature = self.pair.sign(&self.random, text.as_bytes()).unwrap();
        let of_text = crate::promote::verify::sha256(text.as_bytes());
        let manifest = serde_json::json!({
            "schemaVersion": 2,
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "size": 233, "digest": "sha256:0"},
            "layers": [{
                "mediaType": PAYLOAD, "size": text.len(), "digest": of_text,
                "annotations": {SIGNATURE: STANDARD.encode(signature)},
            }],
        });
        (manifest.to_string(), of_text, text)
    }
}

fn known() -> Signature {
    Signature {
        payload: String::new(),
        signature: STANDARD.decode(KNOWN_SIGNATURE).unwrap(),
    }
}

#[test]
fn a_signature_that_openssl_made_is_good() {
    let key = PublicKey::parse(KNOWN_KEY).unwrap();
    assert_eq!(
        verify(&key, &known(), payload(&digest()).as_bytes(), &digest()),
        Ok(())
    );
}

#[test]
fn a_changed_text_another_key_another_image_and_another_kind_are_not_good() {
    let key = PublicKey::parse(KNOWN_KEY).unwrap();
    let text = payload(&digest());
    let changed = text.replace("harbor", "evil");
    assert!(verify(&key, &known(), changed.as_bytes(), &digest()).is_err());
    let other = PublicKey::parse(&Signer::new().public_key()).unwrap();
    assert!(verify(&other, &known(), text.as_bytes(), &digest()).is_err());
    let image = format!("sha256:{}", "b".repeat(64));
    let why = verify(&key, &known(), text.as_bytes(), &image).unwrap_err();
    assert!(why.contains("it signs `sha256:aaaa"), "{why}");
    let signer = Signer::new();
    let own = PublicKey::parse(&signer.public_key()).unwrap();
    for text in [
        "{}",
        "",
        &text.replace("cosign container", "atomic container"),
    ] {
        let signature = signer.pair.sign(&signer.random, text.as_bytes()).unwrap();
        let signature = Signature {
            payload: String::new(),
            signature: signature.as_ref().to_vec(),
        };
        assert!(
            verify(&own, &signature, text.as_bytes(), &digest()).is_err(),
            "{text}"
        );
    }
}

#[test]
fn only_a_public_key_of_the_curve_that_cosign_uses_is_taken() {
    for pem in [
        "",
        "key",
        "-----BEGIN PUBLIC KEY-----\n*\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
        OTHER_CURVE,
        &KNOWN_KEY.replace("PUBLIC", "PRIVATE"),
    ] {
        assert!(PublicKey::parse(pem).is_err(), "{pem}");
    }
}

#[test]
fn signatures_are_found_among_other_layers() {
    let (manifest, payload, _) = Signer::new().sign(&digest());
    let found = signatures(manifest.as_bytes()).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].payload, payload);
    let other = manifest.replace("simplesigning", "dsse");
    assert_eq!(signatures(other.as_bytes()).unwrap(), []);
    assert!(signatures(b"<html>").is_err());
    assert_eq!(tag("sha256:abc"), "sha256-abc.sig");
}
