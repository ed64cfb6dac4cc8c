#![allow(clippy::unwrap_used)]

use super::*;
use crate::testing::{call, with_world};
use luban_registry::testing::{FakeRegistry, Fault, Login, Settings};
use serde_json::{Value, json};

/// What a run with these flags ends with, and the results `image` and `digest`.
fn index(
    registry: &FakeRegistry,
    digests: &[&str],
    tags: &[&str],
) -> (Result<(), Failure>, String) {
    let results = tempfile::tempdir().unwrap();
    let path = results.path().join("digest");
    let mut arguments = vec![
        "image-index".to_owned(),
        format!("--image={}/acme/app:v1", registry.host()),
        format!("--result=digest={}", path.display()),
    ];
    arguments.extend(digests.iter().map(|digest| format!("--digest={digest}")));
    arguments.extend(tags.iter().map(|tag| format!("--tag={tag}")));
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ended = with_world(|world| {
        let registries = Registries::new(registry.credentials("s3cr3t"), None, world)?;
        run_with(&call(&arguments), &registries, world)
    });
    (ended, std::fs::read_to_string(path).unwrap_or_default())
}

fn registry() -> FakeRegistry {
    FakeRegistry::start(Settings {
        login: Login::Token {
            password: "s3cr3t",
            may_push: true,
        },
        ..Settings::default()
    })
}

/// What BuildKit pushes with attestations: an index over the image and what says something of it.
fn attested(registry: &FakeRegistry, platform: &str, key: &str) -> String {
    registry.with_store(|store| {
        let image = store.add_image("acme/app", platform, &[]);
        let statement = store.add_image("acme/app", "unknown/unknown", &[("of", platform)]);
        let size = |digest: &str| {
            let key = ("acme/app".to_owned(), digest.to_owned());
            store.manifests.get(&key).unwrap().1.len()
        };
        let (os, architecture) = platform.split_once('/').unwrap();
        let index = json!({
            "schemaVersion": 2,
            "mediaType": luban_registry::INDEX,
            "manifests": [
                {"mediaType": luban_registry::MANIFEST, "digest": image, "size": size(&image),
                 "platform": {"os": os, "architecture": architecture}},
                {"mediaType": luban_registry::MANIFEST, "digest": statement, "size": size(&statement),
                 "platform": {"os": "unknown", "architecture": "unknown"},
                 "annotations": {"vnd.docker.reference.type": "attestation-manifest", "vnd.docker.reference.digest": image}},
            ],
            "annotations": {"org.opencontainers.image.revision": "abc", build_key(): key},
        });
        store.add_manifest("acme/app", luban_registry::INDEX, index.to_string().as_bytes())
    })
}

fn build_key() -> &'static str {
    crate::build_key::ANNOTATION
}

fn json_of(registry: &FakeRegistry, digest: &str) -> Value {
    registry.with_store(|store| store.json("acme/app", digest))
}

#[test]
fn images_of_two_platforms_become_one_index_whatever_their_order() {
    let registry = registry();
    let (amd, arm) = registry.with_store(|store| {
        (
            store.add_image("acme/app", "linux/amd64", &[]),
            store.add_image("acme/app", "linux/arm64", &[]),
        )
    });
    let (ended, digest) = index(&registry, &[&arm, &amd], &["stable"]);
    ended.unwrap();
    let json = json_of(&registry, &digest);
    assert_eq!(json["manifests"][0]["digest"], amd);
    assert_eq!(
        json["manifests"][0]["platform"],
        json!({"os": "linux", "architecture": "amd64"})
    );
    assert_eq!(json["manifests"][1]["platform"]["architecture"], "arm64");
    assert_eq!(json["annotations"], Value::Null);
    for tag in ["v1", "stable"] {
        assert_eq!(
            registry
                .with_store(|store| store.tag("acme/app", tag))
                .unwrap(),
            digest
        );
    }
    let writes = registry.count("PUT");
    let (ended, again) = index(&registry, &[&amd, &arm], &["stable"]);
    ended.unwrap();
    assert_eq!((again, registry.count("PUT")), (digest, writes));
}

#[test]
fn what_buildkit_attests_of_each_image_stays_with_it() {
    let registry = registry();
    let (amd, arm) = (
        attested(&registry, "linux/amd64", "k1"),
        attested(&registry, "linux/arm64", "k2"),
    );
    let (ended, digest) = index(&registry, &[&amd, &arm], &[]);
    ended.unwrap();
    let json = json_of(&registry, &digest);
    let manifests = json["manifests"].as_array().unwrap();
    assert_eq!(manifests.len(), 4);
    for (at, part) in [(0, &amd), (1, &arm)] {
        let known = json_of(&registry, part);
        assert_eq!(manifests[at], known["manifests"][0]);
        assert!(manifests[2..].contains(&known["manifests"][1]));
    }
    assert_eq!(
        json["annotations"],
        json!({"org.opencontainers.image.revision": "abc"})
    );
}

#[test]
fn one_image_is_only_tagged() {
    let registry = registry();
    let image = attested(&registry, "linux/amd64", "k");
    let (ended, digest) = index(&registry, &[&image], &["stable", "v1", ""]);
    ended.unwrap();
    assert_eq!(digest, image);
    assert_eq!(
        registry
            .with_store(|store| store.tag("acme/app", "stable"))
            .unwrap(),
        image
    );
    // The first was asked for its login.
    assert_eq!(registry.count("PUT"), 3);
}

#[test]
fn a_platform_whose_build_failed_leaves_an_index_that_is_marked_degraded() {
    let registry = registry();
    let image = attested(&registry, "linux/amd64", "k");
    let (ended, digest) = index(&registry, &[&image, ""], &[]);
    ended.unwrap();
    let json = json_of(&registry, &digest);
    assert_eq!(json["manifests"].as_array().unwrap().len(), 2);
    assert_eq!(
        json["annotations"]["dev.luban.degraded"],
        "1 of 2 platforms are missing"
    );
    assert_eq!(json["annotations"][build_key()], Value::Null);
    let (ended, digest) = index(&registry, &["", ""], &[]);
    assert_eq!(
        (ended.unwrap_err().exit, digest.as_str()),
        (Exit::Failed, "")
    );
}

#[test]
fn two_images_of_one_platform_are_refused() {
    let registry = registry();
    let (one, two) = registry.with_store(|store| {
        (
            store.add_image("acme/app", "linux/amd64", &[("a", "1")]),
            store.add_image("acme/app", "linux/amd64", &[("a", "2")]),
        )
    });
    let (ended, digest) = index(&registry, &[&one, &two], &[]);
    let failure = ended.unwrap_err();
    assert!(
        failure.message.contains("both for linux/amd64"),
        "{}",
        failure.message
    );
    assert_eq!(digest, "");
    assert_eq!(
        registry.with_store(|store| store.tag("acme/app", "v1")),
        None
    );
}

#[test]
fn what_is_wrong_is_said_and_nothing_is_tagged() {
    let registry = registry();
    let gone = Digest::of(b"gone").to_string();
    let artifact = registry.with_store(|store| {
        store.add_manifest(
            "acme/app",
            luban_registry::MANIFEST,
            br#"{"mediaType":"application/vnd.oci.image.manifest.v1+json","schemaVersion":2}"#,
        )
    });
    let image = registry.with_store(|store| store.add_image("acme/app", "linux/amd64", &[]));
    for (digests, tags, words) in [
        (vec![gone.as_str()], vec![], "there is no image"),
        (
            vec![image.as_str(), &artifact],
            vec![],
            "neither image nor index",
        ),
        (vec!["sha256:1"], vec![], "is no digest"),
        (vec![image.as_str()], vec!["-x"], "is no image tag"),
        (vec![image.as_str()], vec!["$(id)"], "is no image tag"),
    ] {
        let (ended, digest) = index(&registry, &digests, &tags);
        let failure = ended.unwrap_err();
        assert!(failure.message.contains(words), "{}", failure.message);
        assert_eq!(digest, "");
    }
    assert_eq!(registry.count("PUT"), 0);
}

#[test]
fn a_busy_registry_is_waited_for_and_a_dead_one_is_transient() {
    let registry = registry();
    let image = registry.with_store(|store| store.add_image("acme/app", "linux/amd64", &[]));
    registry.fail("GET /v2/", Fault::Status(429, Some(0)));
    registry.fail("PUT /v2/", Fault::Status(503, Some(0)));
    index(&registry, &[&image], &[]).0.unwrap();
    for _ in 0..10 {
        registry.fail("GET /v2/", Fault::Status(503, Some(0)));
    }
    let failure = index(&registry, &[&image], &[]).0.unwrap_err();
    assert_eq!(failure.exit, Exit::Transient);
    assert!(
        failure.message.contains("cannot fetch `127.0.0.1"),
        "{}",
        failure.message
    );
}
