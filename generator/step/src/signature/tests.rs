#![allow(clippy::unwrap_used)]

use super::testing::TestKey;
use super::*;

const IMAGE: &str = "registry.example.org/shop/web";
const DIGEST: &str = "sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
const OTHER: &str = "sha256:fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9";

fn keys(key: &TestKey) -> PublicKeys {
    PublicKeys::parse(key.public().as_bytes()).unwrap()
}

fn only(manifest: &[u8]) -> Signature {
    let mut found = signatures(manifest).unwrap();
    assert_eq!(found.len(), 1);
    found.remove(0)
}

#[test]
fn the_tag_of_signatures_is_cosigns() {
    assert_eq!(
        tag(DIGEST),
        "sha256-2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae.sig"
    );
}

#[test]
fn a_signature_of_this_image_with_this_key_counts() {
    let key = TestKey::new();
    let payload = TestKey::payload(IMAGE, DIGEST);
    let signature = only(&TestKey::manifest(&[key.layer(&payload)]));
    assert_eq!(signature.verify(&keys(&key), DIGEST, &payload), Ok(()));
}

/// Made by cosign 3.0.2: `cosign generate-key-pair`, `cosign sign --new-bundle-format=false --use-signing-config=false
/// --tlog-upload=false`.
#[test]
fn a_signature_that_cosign_made_counts() {
    let manifest = include_bytes!("../../tests/cosign/manifest.json");
    let payload = include_bytes!("../../tests/cosign/payload.json");
    let keys = PublicKeys::parse(include_bytes!("../../tests/cosign/cosign.pub")).unwrap();
    let digest = include_str!("../../tests/cosign/digest").trim();
    let signature = only(manifest);
    assert_eq!(signature.size, payload.len() as u64);
    assert_eq!(signature.verify(&keys, digest, payload), Ok(()));
    let mut changed = payload.to_vec();
    changed.push(b' ');
    assert_eq!(
        signature.verify(&keys, digest, &changed),
        Err(SignatureError::Payload)
    );
}

#[test]
fn a_signature_with_another_key_does_not_count() {
    let (key, other) = (TestKey::new(), TestKey::new());
    let payload = TestKey::payload(IMAGE, DIGEST);
    let signature = only(&TestKey::manifest(&[other.layer(&payload)]));
    assert_eq!(
        signature.verify(&keys(&key), DIGEST, &payload),
        Err(SignatureError::Key)
    );
    let both = [key.public(), other.public()].concat();
    let both = PublicKeys::parse(both.as_bytes()).unwrap();
    assert_eq!(signature.verify(&both, DIGEST, &payload), Ok(()));
}

#[test]
fn a_signature_of_another_image_under_this_images_tag_does_not_count() {
    let key = TestKey::new();
    let payload = TestKey::payload(IMAGE, OTHER);
    let signature = only(&TestKey::manifest(&[key.layer(&payload)]));
    let error = signature.verify(&keys(&key), DIGEST, &payload).unwrap_err();
    assert_eq!(error, SignatureError::Other(format!("the image `{OTHER}`")));
}

#[test]
fn a_payload_that_was_changed_does_not_count() {
    let key = TestKey::new();
    let payload = TestKey::payload(IMAGE, OTHER);
    let mut layer = key.layer(&payload);
    let changed = TestKey::payload(IMAGE, DIGEST);
    layer["digest"] = format!("sha256:{:x}", Sha256::digest(&changed)).into();
    let signature = only(&TestKey::manifest(&[layer]));
    assert_eq!(
        signature.verify(&keys(&key), DIGEST, &changed),
        Err(SignatureError::Key)
    );
}

#[test]
fn what_was_signed_as_something_else_is_no_signature_of_an_image() {
    let key = TestKey::new();
    for payload in [
        String::from_utf8(TestKey::payload(IMAGE, DIGEST))
            .unwrap()
            .replace("cosign container image", "atomic container"),
        "[]".to_owned(),
        "no JSON".to_owned(),
    ] {
        let signature = only(&TestKey::manifest(&[key.layer(payload.as_bytes())]));
        let error = signature
            .verify(&keys(&key), DIGEST, payload.as_bytes())
            .unwrap_err();
        assert!(matches!(error, SignatureError::Other(_)), "{error}");
    }
}

#[test]
fn a_manifest_may_hold_other_layers_and_need_not_be_one() {
    let key = TestKey::new();
    let payload = TestKey::payload(IMAGE, DIGEST);
    let mut unsigned = key.layer(&payload);
    unsigned.as_object_mut().unwrap().remove("annotations");
    let mut huge = key.layer(&payload);
    huge["size"] = (1u64 << 40).into();
    let mut other = key.layer(&payload);
    other["mediaType"] = "application/octet-stream".into();
    let all = [unsigned, huge, other, key.layer(&payload)];
    assert_eq!(signatures(&TestKey::manifest(&all)).unwrap().len(), 1);
    for text in ["", "[]", "{}", "{\"layers\":[{}]}"] {
        let error = signatures(text.as_bytes()).unwrap_err();
        assert!(matches!(error, SignatureError::Manifest(_)), "{error}");
    }
}

#[test]
fn a_thousand_added_signatures_do_not_hide_the_newest_and_are_not_all_read() {
    let (key, other) = (TestKey::new(), TestKey::new());
    let payload = TestKey::payload(IMAGE, DIGEST);
    let mut layers = vec![other.layer(&payload); 1000];
    layers.push(key.layer(&payload));
    let found = signatures(&TestKey::manifest(&layers)).unwrap();
    assert_eq!(found.len(), MOST);
    assert_eq!(found[0].verify(&keys(&key), DIGEST, &payload), Ok(()));
}

#[test]
fn what_is_no_public_key_is_said() {
    let directory = crate::testing::mounted(&[
        (
            "empty.pub",
            "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n",
        ),
        ("text.pub", "not a key"),
        (
            "ed25519.pub",
            "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n",
        ),
    ]);
    for (file, why) in [
        ("empty.pub", "no ECDSA key on P-256"),
        ("text.pub", "there is no `PUBLIC KEY` in it"),
        ("ed25519.pub", "no ECDSA key on P-256"),
        ("none.pub", "No such file"),
    ] {
        let failure = PublicKeys::read(&directory.path().join(file)).unwrap_err();
        assert!(failure.message.contains(why), "{}", failure.message);
        assert_eq!(failure.exit, crate::Exit::Usage);
    }
}
