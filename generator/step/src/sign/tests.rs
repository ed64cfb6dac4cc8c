#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::fs;

use luban_registry::Credentials;
use luban_registry::testing::{FakeRegistry, Settings};
use serde_json::Value;
use tempfile::TempDir;

use super::*;
use crate::fake_tool::FakeTool;
use crate::testing::{Waits, call, mounted};
use crate::{Redactor, Stop};

const COMMIT: &str = "0123456789012345678901234567890123456789";
const KEY: &str = "-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\nc2VjcmV0IGtleQ==\n-----END ENCRYPTED SIGSTORE PRIVATE KEY-----\n";
const PASSWORD: &str = "pass $(id) word";

struct Place {
    registry: FakeRegistry,
    cosign: FakeTool,
    key: TempDir,
    digest: String,
    waits: Waits,
    redactor: Redactor,
}

impl Place {
    /// An image, and what cosign would leave beside it.
    fn new() -> Self {
        let registry = FakeRegistry::start(Settings::default());
        let digest = registry.with_store(|store| {
            let digest = store.add_image("shop/web", "linux/amd64", &[]);
            let other = store.add_image("shop/web", "linux/amd64", &[("signatures", "1")]);
            store.set_tag("shop/web", &signature::tag(&digest), &other);
            store.set_tag("shop/web", &signature::attestation_tag(&digest), &other);
            digest
        });
        Self {
            registry,
            cosign: FakeTool::new("cosign"),
            key: mounted(&[
                ("cosign.key", KEY),
                ("cosign.password", "pass $(id) word\n"),
            ]),
            digest,
            waits: Waits::default(),
            redactor: Redactor::default(),
        }
    }

    fn sign_with(&self, program: &Path, more: &[&str]) -> Result<(), Failure> {
        let image = format!("--image={}", self.registry.repository("shop/web"));
        let digest = format!("--digest={}", self.digest);
        let key = format!("--key={}", self.key.path().display());
        let revision = format!("--revision={COMMIT}");
        let arguments: Vec<&str> = ["sign", &image, &digest, &key, &revision]
            .into_iter()
            .chain([
                "--source=https://git.example.org/shop/web.git",
                "--signature-format=legacy",
            ])
            .chain(more.iter().copied())
            .collect();
        let stop = Stop::default();
        let world = World {
            clock: &self.waits,
            redactor: &self.redactor,
            stop: &stop,
        };
        let call = call(&arguments);
        let registries = Registries::new(Credentials::default(), None, &world)?;
        let cosign = Cosign::new(program, None, &call, &world)?;
        sign(&call, &registries.client(), &cosign, &world)
    }

    fn sign(&self, more: &[&str]) -> Result<(), Failure> {
        self.sign_with(&self.cosign.program(), more)
    }

    fn predicate(&self, kind: &str) -> Value {
        serde_json::from_str(&self.cosign.file(&format!("{kind}.json"))).unwrap()
    }
}

/// Defect B2: images had no signature and no provenance.
#[test]
fn an_image_is_signed_by_digest_and_its_origin_attested() {
    let place = Place::new();
    place.sign(&[]).unwrap();
    let image = format!("{}@{}", place.registry.repository("shop/web"), place.digest);
    let arguments = place.cosign.file("arguments");
    assert_eq!(arguments.matches(&image).count(), 2, "{arguments}");
    let origin = place.predicate("slsaprovenance1");
    let build = &origin["buildDefinition"];
    assert_eq!(
        build["externalParameters"]["source"],
        serde_json::json!({ "repository": "https://git.example.org/shop/web.git", "revision": COMMIT })
    );
    assert_eq!(
        build["resolvedDependencies"][0]["uri"],
        format!("git+https://git.example.org/shop/web.git@{COMMIT}")
    );
    assert_eq!(
        build["resolvedDependencies"][0]["digest"]["gitCommit"],
        COMMIT
    );
    assert_eq!(
        origin["runDetails"]["builder"]["id"],
        "https://luban.dev/builder"
    );
}

#[test]
fn the_password_is_in_no_argument_and_no_log_and_only_in_the_environment_of_cosign() {
    let place = Place::new();
    place.sign(&[]).unwrap();
    assert!(!place.cosign.file("arguments").contains("pass"));
    let environment = place.cosign.file("environment");
    assert!(
        environment.contains(&format!("COSIGN_PASSWORD={PASSWORD}\n")),
        "{environment}"
    );
    assert!(!environment.contains("CARGO_"), "{environment}");
    assert_eq!(place.redactor.text(PASSWORD), "***");
    assert_eq!(place.redactor.text("c2VjcmV0IGtleQ=="), "***");
    place
        .cosign
        .fail(&["error during command execution: cannot use pass $(id) word"]);
    let failure = place.sign(&[]).unwrap_err();
    assert!(
        failure.message.ends_with("cannot use ***"),
        "{}",
        failure.message
    );
}

#[test]
fn a_wrong_password_fails_and_a_registry_in_trouble_is_asked_again() {
    let place = Place::new();
    place
        .cosign
        .fail(&["error: signing: reading key: decrypt: encrypted: decryption failed"]);
    let failure = place.sign(&[]).unwrap_err();
    assert_eq!(failure.exit, Exit::Failed);
    assert!(failure.help.unwrap().contains("cosign.password"));
    place
        .cosign
        .fail(&["Error: PUT https://r/v2/: unexpected status code 503 Service Unavailable"]);
    place.sign(&[]).unwrap();
    place.cosign.fail(&["connection refused"; 4]);
    assert_eq!(place.sign(&[]).unwrap_err().exit, Exit::Transient);
}

#[test]
fn a_cosign_that_writes_another_format_is_found_out() {
    let place = Place::new();
    place.registry.with_store(|store| store.tags.clear());
    let failure = place.sign(&[]).unwrap_err();
    assert_eq!(failure.exit, Exit::Failed);
    assert!(failure.message.contains(".sig"), "{}", failure.message);
}

#[test]
fn the_report_of_the_scan_is_attested_where_it_is_given() {
    let place = Place::new();
    let report = place.key.path().join("report.json");
    fs::write(
        &report,
        r#"{"SchemaVersion":2,"CreatedAt":"2026-01-02T03:04:05Z"}"#,
    )
    .unwrap();
    place
        .sign(&[&format!("--report={}", report.display())])
        .unwrap();
    let predicate = place.predicate("vuln");
    assert_eq!(predicate["scanner"]["result"]["SchemaVersion"], 2);
    assert_eq!(
        predicate["metadata"]["scanFinishedOn"],
        "2026-01-02T03:04:05Z"
    );
}

#[test]
fn files_that_are_missing_or_wrong_are_said_before_anything_is_signed() {
    let wrong = [
        ("cosign.key", "", "is empty"),
        (
            "cosign.key",
            "-----BEGIN PRIVATE KEY-----\n",
            "is no private key of cosign",
        ),
        ("cosign.password", "", "is empty"),
        ("cosign.password", "a\0b", "zero byte"),
    ];
    for (file, text, why) in wrong {
        let place = Place::new();
        fs::write(place.key.path().join(file), text).unwrap();
        let failure = place.sign(&[]).unwrap_err();
        assert_eq!(failure.exit, Exit::Usage);
        assert!(failure.message.contains(why), "{}", failure.message);
        fs::remove_file(place.key.path().join(file)).unwrap();
        let failure = place.sign(&[]).unwrap_err();
        assert!(
            failure.message.contains("No such file"),
            "{}",
            failure.message
        );
        assert_eq!(place.cosign.file("arguments"), "");
    }
    let place = Place::new();
    let report = place.key.path().join("report.json");
    for text in ["", "[]", "{}"] {
        fs::write(&report, text).unwrap();
        let failure = place
            .sign(&[&format!("--report={}", report.display())])
            .unwrap_err();
        assert_eq!(failure.exit, Exit::Usage);
    }
    assert_eq!(place.cosign.file("arguments"), "");
    let failure = place
        .sign_with(Path::new("/nowhere/cosign"), &[])
        .unwrap_err();
    assert!(
        failure.message.contains("cannot run `/nowhere/cosign`"),
        "{}",
        failure.message
    );
}

/// What cosign itself makes of what it was told: `LUBAN_COSIGN` names the program that `make conformance` builds.
#[test]
#[ignore = "needs cosign: make conformance"]
fn cosign_signs_and_its_own_verification_and_ours_accept_it() {
    let program = PathBuf::from(std::env::var_os("LUBAN_COSIGN").unwrap());
    let place = Place::new();
    place.registry.with_store(|store| store.tags.clear());
    let cosign = |arguments: &[&str]| {
        let output = std::process::Command::new(&program)
            .args(arguments)
            .env("COSIGN_PASSWORD", PASSWORD)
            .current_dir(place.key.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {said}");
    };
    fs::remove_file(place.key.path().join("cosign.key")).unwrap();
    cosign(&["generate-key-pair"]);
    // Twice: a step that runs again leaves one of each.
    for _ in 0..2 {
        place.sign_with(&program, &[]).unwrap();
    }
    let image = format!("{}@{}", place.registry.repository("shop/web"), place.digest);
    let flags = [
        "--key=cosign.pub",
        "--insecure-ignore-tlog",
        "--new-bundle-format=false",
    ];
    cosign(&[&["verify"], &flags[..], &[&image]].concat());
    let attestation = ["verify-attestation", "--type=slsaprovenance1"];
    cosign(&[&attestation[..], &flags[..], &[&image]].concat());
    let keys = signature::PublicKeys::read(&place.key.path().join("cosign.pub")).unwrap();
    let manifest = |tag: &str| {
        place.registry.with_store(|store| {
            let digest = store.tag("shop/web", tag).unwrap();
            store.manifests[&("shop/web".to_owned(), digest)].1.clone()
        })
    };
    let signatures = manifest(&signature::tag(&place.digest));
    let found = signature::signatures(&signatures).unwrap();
    assert_eq!(found.len(), 1);
    let payload = place.registry.with_store(|store| {
        store.blobs[&("shop/web".to_owned(), found[0].payload.clone())].clone()
    });
    assert_eq!(found[0].verify(&keys, &place.digest, &payload), Ok(()));
    let attestations: Value =
        serde_json::from_slice(&manifest(&signature::attestation_tag(&place.digest))).unwrap();
    assert_eq!(attestations["layers"].as_array().unwrap().len(), 1);
    if let Some(directory) = std::env::var_os("LUBAN_KEEP") {
        let directory = PathBuf::from(directory);
        fs::write(directory.join("manifest.json"), &signatures).unwrap();
        fs::write(directory.join("payload.json"), &payload).unwrap();
        fs::write(directory.join("digest"), &place.digest).unwrap();
        fs::copy(
            place.key.path().join("cosign.pub"),
            directory.join("cosign.pub"),
        )
        .unwrap();
    }
}
