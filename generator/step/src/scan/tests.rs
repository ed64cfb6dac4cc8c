#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::fs;

use luban_registry::Credentials;
use luban_registry::testing::{FakeRegistry, Fault, Settings};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::policy::Severity;
use super::report::Key;
use super::*;
use std::time::Duration;

use crate::fake_tool::FakeTool;
use crate::testing::{Waits, call};
use crate::{Redactor, Stop};

/// A vulnerability as Trivy writes one; fields that nobody here reads are there as well.
fn vulnerability(id: &str, package: &str, severity: &str, fixed: Option<&str>) -> Value {
    let mut one = json!({
        "VulnerabilityID": id,
        "PkgID": format!("{package}@1.0"),
        "PkgName": package,
        "PkgIdentifier": { "PURL": format!("pkg:deb/debian/{package}@1.0"), "UID": "3b4ec23b2a8e4c31" },
        "InstalledVersion": "1.0",
        "Status": if fixed.is_some() { "fixed" } else { "affected" },
        "Layer": { "DiffID": "sha256:89da7cc836da4b53ab1ceb572576458c005e7e444b8bb79abda196668a2f0c92" },
        "SeveritySource": "debian",
        "PrimaryURL": "https://example.org",
        "Severity": severity,
        "CVSS": { "nvd": { "V3Score": 9.8 } },
        "References": ["https://example.org"],
    });
    if let Some(fixed) = fixed {
        one["FixedVersion"] = fixed.into();
    }
    one
}

/// A report as Trivy 0.67 writes one of an image.
fn report_of(vulnerabilities: &[Value]) -> String {
    let report = json!({
        "SchemaVersion": 2,
        "CreatedAt": "2026-01-02T03:04:05.678Z",
        "ArtifactName": "registry.example.org/shop/web@sha256:1",
        "ArtifactType": "container_image",
        "Metadata": {
            "Size": 12_345_678,
            "OS": { "Family": "debian", "Name": "12.8" },
            "ImageID": "sha256:1",
            "RepoTags": [],
            "ImageConfig": { "architecture": "amd64", "os": "linux", "rootfs": { "type": "layers", "diff_ids": [] } },
        },
        "Results": [
            { "Target": "registry.example.org/shop/web (debian 12.8)", "Class": "os-pkgs", "Type": "debian", "Vulnerabilities": vulnerabilities },
            { "Target": "Python", "Class": "lang-pkgs", "Type": "python-pkg" },
        ],
    });
    report.to_string()
}

fn finding(id: &str, severity: Severity, fixed: bool) -> Finding {
    Finding {
        id: id.to_owned(),
        kind: "debian".to_owned(),
        package: "openssl".to_owned(),
        installed: "1.0".to_owned(),
        fixed: fixed.then(|| "1.1".to_owned()),
        severity,
    }
}

#[test]
fn the_policy_lets_pass_what_it_says() {
    use Severity::{Critical, High, Low, Medium, Unknown};
    let found = Report {
        findings: vec![
            finding("A", Low, true),
            finding("B", Medium, false),
            finding("C", High, true),
            finding("D", High, false),
            finding("E", Critical, true),
            finding("F", Critical, false),
            finding("G", Unknown, true),
        ],
        ended: Vec::new(),
    };
    // Severities that fail; whether what has no fix counts not; what the image before had; what is refused, none if it passes.
    let table: [(&str, bool, Option<&str>, &str); 15] = [
        ("", false, None, ""),
        ("critical", false, None, "EF"),
        ("critical", true, None, "E"),
        ("high,critical", false, None, "EFCD"),
        ("high,critical", true, None, "EC"),
        ("low", false, None, "A"),
        ("medium", true, None, ""),
        (" CRITICAL , High ", true, None, "EC"),
        ("critical", false, Some(""), "EF"),
        ("critical", false, Some("E"), "F"),
        ("critical", false, Some("EF"), ""),
        ("critical", false, Some("EFX"), ""),
        ("high,critical", false, Some("EF"), "CD"),
        // Nobody could fix it then, somebody can now: still nothing new.
        ("high,critical", true, Some("CE"), ""),
        ("low,medium,high,critical", false, Some("ABCDEF"), ""),
    ];
    for (fail_on, ignores_unfixed, before, refused) in table {
        let policy = Policy::new([fail_on].into_iter(), ignores_unfixed).unwrap();
        let before: Option<BTreeSet<Key>> = before.map(|before| {
            before
                .chars()
                .map(|id| finding(&id.to_string(), Low, false).key())
                .collect()
        });
        let counted = policy.counted(&found);
        let verdict = verdict(counted.clone(), before.as_ref());
        let expected = match (refused, counted.is_empty()) {
            ("", true) => Verdict::Passes,
            ("", false) => Verdict::AddsNothing(counted),
            _ => {
                let ids = refused.chars().map(|id| id.to_string());
                let by_id = |id: String| found.findings.iter().find(|one| one.id == id).cloned();
                Verdict::Refused(ids.filter_map(by_id).collect())
            }
        };
        assert_eq!(
            verdict, expected,
            "{fail_on} {ignores_unfixed} {before:?} {refused}"
        );
    }
}

#[test]
fn the_same_vulnerability_in_another_package_is_new_and_in_another_version_is_not() {
    let before = finding("A", Severity::Critical, true);
    let newer = Finding {
        installed: "1.0.1".to_owned(),
        ..before.clone()
    };
    let elsewhere = Finding {
        package: "libssl3".to_owned(),
        ..before.clone()
    };
    let keys = BTreeSet::from([before.key()]);
    assert!(matches!(
        verdict(vec![newer], Some(&keys)),
        Verdict::AddsNothing(_)
    ));
    assert_eq!(
        verdict(vec![elsewhere.clone()], Some(&keys)),
        Verdict::Refused(vec![elsewhere])
    );
}

#[test]
fn what_trivy_writes_is_read() {
    let text = json!({
        "SchemaVersion": 2,
        "Metadata": { "OS": { "Family": "alpine", "Name": "3.10.2", "EOSL": true } },
        "Results": [
            { "Target": "a", "Class": "os-pkgs", "Type": "alpine", "Vulnerabilities": [
                // As Trivy wrote it before it had a status.
                { "VulnerabilityID": "CVE-2019-1549", "PkgName": "openssl", "InstalledVersion": "1.1.1c-r0", "FixedVersion": "1.1.1d-r0", "Severity": "MEDIUM" },
                { "VulnerabilityID": "CVE-2019-1", "PkgName": "musl", "InstalledVersion": "1", "Severity": "NEGLIGIBLE" },
                { "VulnerabilityID": "CVE-2019-2", "PkgName": "musl", "InstalledVersion": "1", "FixedVersion": "2", "Status": "will_not_fix", "Severity": "HIGH" },
            ]},
            { "Target": "b", "Class": "lang-pkgs", "Vulnerabilities": null },
            { "Target": "c", "Class": "secret" },
        ],
    });
    let report = Report::parse(text.to_string().as_bytes()).unwrap();
    assert_eq!(report.ended, ["alpine 3.10.2"]);
    let said: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "CVE-2019-1549 (medium) in openssl 1.1.1c-r0, fixed in 1.1.1d-r0",
            "CVE-2019-1 (unknown) in musl 1, not fixed yet",
            "CVE-2019-2 (high) in musl 1, not fixed yet",
        ]
    );
    // An image in which nothing was found has no results at all.
    let empty = Report::parse(br#"{"SchemaVersion":2,"Results":null}"#).unwrap();
    assert_eq!(empty, Report::default());
}

#[test]
fn what_is_no_report_is_said() {
    for (text, why) in [
        ("", "EOF"),
        ("[]", "expected struct Document"),
        ("{}", "no `SchemaVersion`"),
        (r#"{"SchemaVersion":3}"#, "is 3, not 2"),
        (r#"{"SchemaVersion":2,"Results":{}}"#, "invalid type"),
        (
            r#"{"SchemaVersion":2,"Results":[{"Vulnerabilities":[{}]}]}"#,
            "VulnerabilityID",
        ),
    ] {
        let error = Report::parse(text.as_bytes()).unwrap_err();
        assert!(error.contains(why), "{text}: {error}");
    }
}

/// A registry, a scanner, and a pod's files.
struct Place {
    registry: FakeRegistry,
    trivy: FakeTool,
    files: TempDir,
    waits: Waits,
}

impl Place {
    fn new() -> Self {
        Self::with(Settings::default())
    }

    fn with(settings: Settings) -> Self {
        Self {
            registry: FakeRegistry::start(settings),
            trivy: FakeTool::new("trivy"),
            files: tempfile::tempdir().unwrap(),
            waits: Waits::default(),
        }
    }

    /// An image, of which Trivy finds these.
    fn image(&self, name: &str, vulnerabilities: &[Value]) -> String {
        let digest = self
            .registry
            .with_store(|store| store.add_image("shop/web", "linux/amd64", &[("name", name)]));
        let report = report_of(vulnerabilities);
        self.trivy.give(&digest, "json", &report);
        digest
    }

    fn scan(&self, digest: &str, more: &[&str]) -> Result<(), Failure> {
        let repository = self.registry.repository("shop/web");
        let path = |name: &str| self.files.path().join(name).display().to_string();
        let image = format!("--image={repository}");
        let digest = format!("--digest={digest}");
        let report = format!("--report={}", path("report.json"));
        let result = format!("--result=reportRef={}", path("reportRef"));
        let own = [&image, &digest, &report, &result].map(String::as_str);
        let arguments: Vec<&str> = ["scan"]
            .into_iter()
            .chain(own)
            .chain(["--attach=true", "--fail-on=high,critical"])
            .chain(more.iter().copied())
            .collect();
        let (redactor, stop) = (Redactor::default(), Stop::default());
        let world = World {
            clock: &self.waits,
            redactor: &redactor,
            stop: &stop,
        };
        let registries = Registries::new(Credentials::default(), None, &world)?;
        let trivy = Trivy::new(&self.trivy.program(), None)?;
        scan(&call(&arguments), &registries.client(), &trivy, &world)
    }

    fn file(&self, name: &str) -> String {
        fs::read_to_string(self.files.path().join(name)).unwrap_or_default()
    }
}

#[test]
fn an_image_that_passes_has_its_report_attached_and_named() {
    let place = Place::new();
    let digest = place.image("one", &[vulnerability("A", "openssl", "LOW", None)]);
    place.scan(&digest, &[]).unwrap();
    let reference = place.file("reportRef");
    let (repository, report) = reference.split_once('@').unwrap();
    assert_eq!(
        repository,
        place.registry.repository("shop/web").to_string()
    );
    let manifest = place
        .registry
        .with_store(|store| store.json("shop/web", report));
    assert_eq!(manifest["artifactType"], ARTIFACT_TYPE);
    assert_eq!(manifest["subject"]["digest"], digest.as_str());
    let layer = manifest["layers"][0]["digest"].as_str().unwrap().to_owned();
    let attached = place
        .registry
        .with_store(|store| store.blobs[&("shop/web".to_owned(), layer)].clone());
    assert_eq!(attached, place.file("report.json").into_bytes());
    assert_eq!(Report::parse(&attached).unwrap().findings.len(), 1);
}

/// Defect B2: nobody scanned images.
#[test]
fn the_first_image_is_refused_for_all_that_the_policy_names_and_its_report_is_there() {
    let place = Place::new();
    let digest = place.image("one", &[vulnerability("A", "openssl", "CRITICAL", None)]);
    let failure = place.scan(&digest, &["--release=true"]).unwrap_err();
    assert_eq!(failure.exit, Exit::Refused);
    assert!(
        failure
            .message
            .contains("A (critical) in openssl 1.0, not fixed yet"),
        "{}",
        failure.message
    );
    assert!(place.file("reportRef").contains("@sha256:"));
    let failure = place.scan(&digest, &["--release=true"]).unwrap_err();
    assert_eq!(failure.exit, Exit::Refused, "twice is not better");
    place.scan(&digest, &["--ignore-unfixed=true"]).unwrap();
}

#[test]
fn a_rebuild_that_adds_nothing_passes_though_more_is_known_by_now() {
    let place = Place::new();
    let first = place.image("one", &[]);
    place.scan(&first, &["--release=true"]).unwrap();
    // What nobody knew then: the report that is attached to the first image lacks it.
    let known = vulnerability("A", "openssl", "CRITICAL", Some("1.1"));
    place
        .trivy
        .give(&first, "json", &report_of(std::slice::from_ref(&known)));
    let second = place.image("two", std::slice::from_ref(&known));
    place.scan(&second, &["--release=true"]).unwrap();
    let more = vulnerability("B", "zlib", "HIGH", Some("1.1"));
    let third = place.image("three", &[known, more]);
    let failure = place.scan(&third, &["--release=true"]).unwrap_err();
    assert_eq!(failure.exit, Exit::Refused);
    assert!(
        failure.message.contains("has 1 vulnerabilities"),
        "{}",
        failure.message
    );
    assert!(failure.message.contains(&second), "{}", failure.message);
    assert!(
        failure.message.contains("B (high) in zlib"),
        "{}",
        failure.message
    );
}

#[test]
fn a_branch_build_is_compared_with_what_is_released_and_does_not_take_its_place() {
    let place = Place::new();
    let known = vulnerability("A", "openssl", "CRITICAL", Some("1.1"));
    // It became known after the image was let pass.
    let released = place.image("released", &[]);
    place.scan(&released, &["--release=true"]).unwrap();
    place
        .trivy
        .give(&released, "json", &report_of(std::slice::from_ref(&known)));
    // A branch that fixes it changes nothing for the next release build.
    let branch = place.image("branch", &[]);
    place.scan(&branch, &["--release=false"]).unwrap();
    let next = place.image("next", &[known]);
    place.scan(&next, &["--release=true"]).unwrap();
}

#[test]
fn an_image_that_is_gone_is_known_by_its_report() {
    let place = Place::new();
    let known = vulnerability("A", "openssl", "CRITICAL", None);
    let first = place.image("one", std::slice::from_ref(&known));
    place
        .scan(&first, &["--release=true", "--ignore-unfixed=true"])
        .unwrap();
    place.registry.with_store(|store| {
        store
            .manifests
            .remove(&("shop/web".to_owned(), first.clone()));
    });
    let second = place.image("two", &[known]);
    place.scan(&second, &["--release=true"]).unwrap();
    let third = place.image("three", &[vulnerability("B", "zlib", "HIGH", None)]);
    let failure = place.scan(&third, &["--release=true"]).unwrap_err();
    assert_eq!(failure.exit, Exit::Refused);
}

#[test]
fn that_the_image_before_cannot_be_scanned_does_not_mean_that_it_is_gone() {
    let place = Place::new();
    let clean = place.image("clean", &[]);
    place
        .scan(&clean, &["--fail-on=critical", "--release=true"])
        .unwrap();
    let new = place.image("new", &[vulnerability("B", "zlib", "CRITICAL", None)]);
    // The new image is scanned well, the one before is not.
    let refused = "FATAL unable to find the specified image: UNAUTHORIZED: authentication required";
    place.trivy.take(&clean, "json");
    place.trivy.give(&clean, "fault", refused);
    let failure = place.scan(&new, &["--fail-on=critical"]).unwrap_err();
    assert_eq!(failure.exit, Exit::Failed, "{}", failure.message);
    assert!(
        failure.message.contains("UNAUTHORIZED"),
        "{}",
        failure.message
    );
}

#[test]
fn each_platform_of_an_index_is_scanned_and_attestations_are_not() {
    let place = Place::new();
    let amd = place.image("amd", &[vulnerability("A", "openssl", "LOW", None)]);
    let arm = place.image("arm", &[vulnerability("B", "zlib", "CRITICAL", None)]);
    let index = place.registry.with_store(|store| {
        let listed = |digest: &str, os: &str, architecture: &str, annotations: Value| {
            let size = store.manifests[&("shop/web".to_owned(), digest.to_owned())].1.len();
            json!({
                "mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": digest, "size": size,
                "platform": { "os": os, "architecture": architecture }, "annotations": annotations,
            })
        };
        let attests = json!({ "vnd.docker.reference.type": "attestation-manifest", "vnd.docker.reference.digest": amd });
        let manifests = [
            listed(&amd, "linux", "amd64", json!({})),
            listed(&arm, "linux", "arm64", json!({})),
            listed(&amd, "unknown", "unknown", attests),
        ];
        let index = json!({ "schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": manifests });
        store.add_manifest("shop/web", "application/vnd.oci.image.index.v1+json", index.to_string().as_bytes())
    });
    let failure = place.scan(&index, &[]).unwrap_err();
    assert_eq!(failure.exit, Exit::Refused);
    let report: Value = serde_json::from_str(&place.file("report.json")).unwrap();
    let targets: Vec<&str> = report["Results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| result["Target"].as_str().unwrap())
        .collect();
    assert_eq!(
        targets,
        [
            "linux/amd64: registry.example.org/shop/web (debian 12.8)",
            "linux/amd64: Python",
            "linux/arm64: registry.example.org/shop/web (debian 12.8)",
            "linux/arm64: Python",
        ]
    );
    assert_eq!(
        report["ArtifactName"],
        format!("{}@{index}", place.registry.repository("shop/web"))
    );
    assert_eq!(place.trivy.file("arguments").matches("image\n").count(), 2);
}

#[test]
fn a_database_that_is_limited_is_asked_for_again_and_then_the_run_may_be() {
    let limited = "FATAL init error: DB error: failed to download vulnerability DB: GET https://ghcr.io/v2/: TOOMANYREQUESTS: allowed: 44000/minute";
    let place = Place::new();
    let digest = place.image("one", &[]);
    place.trivy.fail(&[limited, limited]);
    place.scan(&digest, &[]).unwrap();
    let waited: Duration = place.waits.0.lock().unwrap().iter().sum();
    assert_eq!(waited, Duration::from_secs(15));
    place.trivy.fail(&[limited; 4]);
    let failure = place.scan(&digest, &[]).unwrap_err();
    assert_eq!(failure.exit, Exit::Transient);
    assert!(
        failure.message.contains("TOOMANYREQUESTS"),
        "{}",
        failure.message
    );
}

#[test]
fn what_trivy_cannot_do_is_a_failure_and_no_refusal() {
    let place = Place::new();
    let digest = place.image("one", &[]);
    place
        .trivy
        .fail(&["FATAL unable to find the specified image: UNAUTHORIZED: authentication required"]);
    let failure = place.scan(&digest, &[]).unwrap_err();
    assert_eq!(failure.exit, Exit::Failed);
    assert!(failure.help.unwrap().contains("config.json"));
    place.trivy.give(&digest, "json", "{\"SchemaVersion\":1}");
    let failure = place.scan(&digest, &[]).unwrap_err();
    assert_eq!(failure.exit, Exit::Failed);
    assert!(
        failure.message.contains("SchemaVersion"),
        "{}",
        failure.message
    );
    assert_eq!(place.file("reportRef"), "");
}

#[test]
fn wrong_calls_and_images_that_are_not_there_are_said() {
    let place = Place::new();
    let digest = place.image("one", &[]);
    let failure = place.scan(&digest, &["--fail-on=severe"]).unwrap_err();
    assert_eq!(failure.exit, Exit::Usage);
    assert!(
        failure.message.contains("`severe` is no severity"),
        "{}",
        failure.message
    );
    let failure = place.scan(&digest, &["--fail-on=unknown"]).unwrap_err();
    assert_eq!(failure.exit, Exit::Usage);
    let other = Digest::of(b"other").to_string();
    let failure = place.scan(&other, &[]).unwrap_err();
    assert_eq!(failure.exit, Exit::Failed);
    assert!(
        failure.message.contains("there is no image"),
        "{}",
        failure.message
    );
    place
        .registry
        .fail("GET /v2/shop/web/manifests", Fault::Status(403, None));
    let failure = place.scan(&digest, &[]).unwrap_err();
    assert_eq!(failure.exit, Exit::Failed);
}

#[test]
fn a_full_or_missing_directory_leaves_nothing_half_written() {
    let place = Place::new();
    let digest = place.image("one", &[]);
    let failure = place
        .scan(&digest, &["--result=reportRef=/nowhere/reportRef"])
        .unwrap_err();
    assert_eq!(failure.exit, Exit::Failed);
    assert!(
        failure.message.contains("/nowhere/reportRef"),
        "{}",
        failure.message
    );
    assert_eq!(fs::read_dir("/nowhere").ok().map(|_| ()), None);
}

#[test]
fn a_registry_that_lets_no_tag_move_fails_no_image_that_passes() {
    let place = Place::with(Settings {
        keeps_tags: true,
        ..Settings::default()
    });
    for name in ["one", "two"] {
        let digest = place.image(name, &[]);
        place.scan(&digest, &["--release=true"]).unwrap();
    }
    let digest = place.image("three", &[]);
    // What may pass is no reason to forget the image.
    for _ in 0..5 {
        let fault = Fault::Status(503, None);
        place
            .registry
            .fail("HEAD /v2/shop/web/manifests/luban-scan", fault);
    }
    let failure = place.scan(&digest, &["--release=true"]).unwrap_err();
    assert_eq!(failure.exit, Exit::Transient);
}
