#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::fs;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use luban_registry::testing::{FakeRegistry, Settings};
use luban_registry::{Credentials, Digest, INDEX, MANIFEST};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::*;
use crate::fake_tool::FakeTool;
use crate::testing::{call, with_world};

const REPOSITORY: &str = "shop/web";

struct Place {
    registry: FakeRegistry,
    trivy: FakeTool,
    files: TempDir,
}

impl Place {
    fn new() -> Self {
        Self {
            registry: FakeRegistry::start(Settings::default()),
            trivy: FakeTool::new("trivy"),
            files: tempfile::tempdir().unwrap(),
        }
    }

    fn blob(&self, media_type: &str, bytes: &[u8]) -> Value {
        let digest = self
            .registry
            .with_store(|store| store.add_blob(REPOSITORY, bytes));
        json!({ "mediaType": media_type, "digest": digest, "size": bytes.len() })
    }

    /// An image of that configuration and those layers.
    fn image(&self, config: &Value, layers: &[Value]) -> String {
        let config = config.to_string();
        let config = self.blob(
            "application/vnd.oci.image.config.v1+json",
            config.as_bytes(),
        );
        let manifest = json!({ "schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": layers });
        self.manifest(MANIFEST, &manifest)
    }

    fn manifest(&self, media_type: &str, manifest: &Value) -> String {
        self.registry.with_store(|store| {
            store.add_manifest(REPOSITORY, media_type, manifest.to_string().as_bytes())
        })
    }

    /// An index as BuildKit writes one: an image, and a manifest of attestations for it with those layers.
    fn attested(&self, image: &str, layers: &[Value]) -> String {
        let config = self.blob(
            "application/vnd.oci.image.config.v1+json",
            b"{\"attests\":1}",
        );
        let attestation = json!({ "schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": layers });
        let attestation = self.manifest(MANIFEST, &attestation);
        let size = |digest: &str| {
            let key = (REPOSITORY.to_owned(), digest.to_owned());
            self.registry
                .with_store(|store| store.manifests[&key].1.len())
        };
        let index = json!({ "schemaVersion": 2, "mediaType": INDEX, "manifests": [
            { "mediaType": MANIFEST, "digest": image, "size": size(image), "platform": { "os": "linux", "architecture": "amd64" } },
            { "mediaType": MANIFEST, "digest": attestation, "size": size(&attestation), "platform": { "os": "unknown", "architecture": "unknown" },
              "annotations": { "vnd.docker.reference.type": "attestation-manifest", "vnd.docker.reference.digest": image } },
        ]});
        self.manifest(INDEX, &index)
    }

    fn statement(&self, kind: &str, predicate: &Value) -> Value {
        let statement = json!({
            "_type": "https://in-toto.io/Statement/v0.1", "predicateType": kind,
            "subject": [{ "name": "pkg:docker/shop/web", "digest": { "sha256": "00" } }],
            "predicate": predicate,
        });
        let mut layer = self.blob(
            "application/vnd.in-toto+json",
            statement.to_string().as_bytes(),
        );
        layer["annotations"] = json!({ "in-toto.io/predicate-type": kind });
        layer
    }

    fn sbom(&self, digest: &str) -> Result<(), Failure> {
        let image = format!("--image={}", self.registry.repository(REPOSITORY));
        let digest = format!("--digest={digest}");
        let path = self.files.path().join("sbomRef");
        let result = format!("--result=sbomRef={}", path.display());
        with_world(|world| {
            let registries = Registries::new(Credentials::default(), None, world)?;
            let trivy = Trivy::new(&self.trivy.program(), None)?;
            let call = call(&["sbom", &image, &digest, &result]);
            sbom(&call, &registries.client(), &trivy, world)
        })
    }

    /// Type of what was attached to the image, and type and text of each of its layers.
    fn attached(&self, digest: &str) -> (String, Vec<(String, String)>) {
        let reference = fs::read_to_string(self.files.path().join("sbomRef")).unwrap();
        let (repository, attached) = reference.split_once('@').unwrap();
        assert_eq!(repository, self.registry.repository(REPOSITORY).to_string());
        self.registry.with_store(|store| {
            let manifest = store.json(REPOSITORY, attached);
            assert_eq!(manifest["subject"]["digest"], digest);
            let layers = manifest["layers"].as_array().unwrap().iter().map(|layer| {
                let key = layer["digest"].as_str().unwrap().to_owned();
                let text = store.blobs[&(REPOSITORY.to_owned(), key)].clone();
                let media_type = layer["mediaType"].as_str().unwrap().to_owned();
                (media_type, String::from_utf8(text).unwrap())
            });
            let artifact_type = manifest["artifactType"].as_str().unwrap().to_owned();
            (artifact_type, layers.collect())
        })
    }
}

fn plain() -> Value {
    json!({ "architecture": "amd64", "os": "linux", "rootfs": { "type": "layers", "diff_ids": [] } })
}

/// A layer with files, not packed.
fn layer(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (path, text) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        // Lifecycles write absolute paths, which the crate does not.
        let name = path.as_bytes();
        header.as_gnu_mut().unwrap().name[..name.len()].copy_from_slice(name);
        header.set_cksum();
        archive.append(&header, text.as_bytes()).unwrap();
    }
    archive.into_inner().unwrap()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn what_buildkit_attests_is_attached_and_nobody_looks_again() {
    let place = Place::new();
    let image = place.image(&plain(), &[]);
    let predicate = json!({ "spdxVersion": "SPDX-2.3", "packages": [{ "name": "openssl" }] });
    let layers = [
        place.statement(
            "https://slsa.dev/provenance/v1",
            &json!({ "buildDefinition": {} }),
        ),
        place.statement("https://spdx.dev/Document", &predicate),
        // Of a stage of the build.
        place.statement("https://spdx.dev/Document", &json!({ "packages": [] })),
    ];
    let index = place.attested(&image, &layers);
    place.sbom(&index).unwrap();
    let spdx = "application/spdx+json".to_owned();
    let documents = [predicate.to_string(), json!({ "packages": [] }).to_string()];
    let layers = documents.map(|document| (spdx.clone(), document));
    assert_eq!(place.attached(&index), (spdx, layers.to_vec()));
    assert_eq!(place.trivy.file("arguments"), "");
}

#[test]
fn a_large_bill_of_materials_is_attached_whole() {
    let place = Place::new();
    let image = place.image(&plain(), &[]);
    let predicate = json!({ "packages": "x".repeat(20 << 20) });
    let index = place.attested(
        &image,
        &[place.statement("https://spdx.dev/Document", &predicate)],
    );
    place.sbom(&index).unwrap();
    let (_, layers) = place.attached(&index);
    let whole = predicate.to_string();
    assert!(layers[0].1 == whole);
}

#[test]
fn one_that_is_too_large_is_said_and_no_part_of_it_is_attached() {
    let place = Place::new();
    let image = place.image(&plain(), &[]);
    let predicate = json!({ "packages": "x".repeat(LARGEST) });
    let index = place.attested(
        &image,
        &[place.statement("https://spdx.dev/Document", &predicate)],
    );
    let failure = place.sbom(&index).unwrap_err();
    assert_eq!(failure.exit, Exit::Failed);
    assert!(failure.message.contains("64 MiB"), "{}", failure.message);
    assert_eq!(place.registry.count("PUT"), 0);
}

/// Defect B2: images had no bill of materials.
#[test]
fn what_buildpacks_wrote_is_attached_in_its_best_format() {
    let place = Place::new();
    let layers_of = |bytes: &[u8]| {
        let other = packed(&layer(&[(
            "/workspace/app/sbom.cdx.json",
            "an application's own",
        )]));
        [
            place.blob("application/vnd.docker.image.rootfs.diff.tar.gzip", &other),
            place.blob("application/vnd.docker.image.rootfs.diff.tar.gzip", bytes),
        ]
    };
    let documents = layer(&[
        (
            "/layers/sbom/launch/acme_python/deps/sbom.spdx.json",
            "SPDX",
        ),
        (
            "/layers/sbom/launch/buildpacksio_lifecycle/launcher/sbom.cdx.json",
            "launcher",
        ),
        (
            "/layers/sbom/launch/acme_python/deps/sbom.cdx.json",
            "dependencies",
        ),
        (
            "/layers/sbom/launch/acme_python/deps/sbom.syft.json",
            "Syft",
        ),
        ("/layers/sbom/build/acme_python/sbom.cdx.json", "build only"),
        ("/layers/sbom/launch/acme_python/deps/notes.txt", "notes"),
        // One that knows another format alone.
        ("/layers/sbom/launch/acme_node/sbom.syft.json", "modules"),
    ]);
    let cyclone = "application/vnd.cyclonedx+json".to_owned();
    for bytes in [packed(&documents), documents.clone()] {
        let diff = Digest::of(&documents).to_string();
        let lifecycle = json!({ "app": [], "sbom": { "sha": diff }, "runImage": {} }).to_string();
        let config = json!({
            "architecture": "amd64", "os": "linux",
            "config": { "Labels": { "io.buildpacks.lifecycle.metadata": lifecycle } },
            "rootfs": { "type": "layers", "diff_ids": ["sha256:0", diff] },
        });
        let image = place.image(&config, &layers_of(&bytes));
        place.sbom(&image).unwrap();
        let expected = [
            ("application/vnd.syft+json", "modules"),
            (&cyclone, "dependencies"),
            (&cyclone, "launcher"),
        ];
        let expected = expected.map(|(kind, text)| (kind.to_owned(), text.to_owned()));
        assert_eq!(place.attached(&image), (cyclone.clone(), expected.to_vec()));
    }
    assert_eq!(place.trivy.file("arguments"), "");
}

#[test]
fn trivy_looks_where_nobody_wrote_it() {
    let place = Place::new();
    let image = place.image(&plain(), &[]);
    place
        .trivy
        .give(&image, "spdx-json", "{\"spdxVersion\":\"SPDX-2.3\"}");
    let provenance = place.statement("https://slsa.dev/provenance/v1", &json!({}));
    for digest in [place.attested(&image, &[provenance]), image] {
        place.sbom(&digest).unwrap();
        let (artifact_type, layers) = place.attached(&digest);
        assert_eq!(artifact_type, "application/spdx+json");
        assert_eq!(layers[0].1, "{\"spdxVersion\":\"SPDX-2.3\"}");
    }
}

#[test]
fn a_pod_without_a_scanner_says_what_is_missing() {
    let place = Place::new();
    let image = place.image(&plain(), &[]);
    let failure = with_world(|world| {
        let registries = Registries::new(Credentials::default(), None, world)?;
        let trivy = Trivy::new(Path::new("/nowhere/trivy"), None)?;
        let repository = format!("--image={}", place.registry.repository(REPOSITORY));
        let call = call(&["sbom", &repository, &format!("--digest={image}")]);
        sbom(&call, &registries.client(), &trivy, world)
    })
    .unwrap_err();
    assert!(
        failure
            .help
            .unwrap()
            .contains("no bill of materials is in the image")
    );
}

#[test]
fn broken_images_are_said_and_nothing_is_attached() {
    let place = Place::new();
    let label = |label: &str, diff_ids: Value| {
        json!({
            "config": { "Labels": { "io.buildpacks.lifecycle.metadata": label } },
            "rootfs": { "diff_ids": diff_ids },
        })
    };
    let sbom = r#"{"sbom":{"sha":"sha256:1"}}"#;
    let blob = place.blob(
        "application/vnd.docker.image.rootfs.diff.tar.gzip",
        b"no archive",
    );
    let broken = packed(&[1; 2048]);
    let broken = place.blob(
        "application/vnd.docker.image.rootfs.diff.tar.gzip",
        &broken[..20],
    );
    for (config, layers, why) in [
        (json!([[], {}, 1]), vec![], "cannot read the configuration"),
        (label("no JSON", json!([])), vec![], "the label"),
        (
            label(sbom, json!([])),
            vec![],
            "names a layer that is not there",
        ),
        (
            label(sbom, json!(["sha256:1"])),
            vec![],
            "lists fewer layers",
        ),
        (
            label(sbom, json!(["sha256:1"])),
            vec![blob],
            "cannot read the bill of materials",
        ),
        (
            label(sbom, json!(["sha256:1"])),
            vec![broken],
            "cannot read the bill of materials",
        ),
    ] {
        let image = place.image(&config, &layers);
        let failure = place.sbom(&image).unwrap_err();
        assert!(failure.message.contains(why), "{why}: {}", failure.message);
        assert_eq!(failure.exit, Exit::Failed);
    }
    let image = place.image(&plain(), &[]);
    let mut layer = place.statement("https://spdx.dev/Document", &json!({}));
    let digest = layer["digest"].as_str().unwrap().to_owned();
    place
        .registry
        .with_store(|store| store.blobs.remove(&(REPOSITORY.to_owned(), digest)));
    let failure = place
        .sbom(&place.attested(&image, &[layer.take()]))
        .unwrap_err();
    assert!(
        failure.message.contains("lacks its blob"),
        "{}",
        failure.message
    );
    assert!(!place.files.path().join("sbomRef").exists());
    assert_eq!(place.registry.count("PUT"), 0);
}
