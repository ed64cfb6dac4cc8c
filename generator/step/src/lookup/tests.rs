#![allow(clippy::unwrap_used)]

use super::*;
use crate::testing::{call, mounted, with_world};
use luban_registry::Credentials;
use luban_registry::testing::{FakeRegistry, Fault, Login, Settings};
use std::collections::BTreeMap;

const REVISION: &str = "0123456789abcdef0123456789abcdef01234567";
const FRONTEND: &str = "ghcr.io/railwayapp/railpack-frontend:v0.37.0";
const PLAN: &str = r#"{"steps": [], "secrets": ["TOKEN"]}"#;

struct Build {
    registry: FakeRegistry,
    plan: tempfile::TempDir,
    secrets: tempfile::TempDir,
    key: tempfile::TempDir,
}

impl Build {
    fn new() -> Self {
        let login = Login::Token {
            password: "s3cr3t",
            may_push: false,
        };
        Self {
            registry: FakeRegistry::start(Settings {
                login,
                ..Settings::default()
            }),
            plan: mounted(&[("railpack-plan.json", PLAN)]),
            secrets: mounted(&[("TOKEN", "t0psecret")]),
            key: mounted(&[("key", "project key")]),
        }
    }

    /// The key of what [`Build::look`] asks for.
    fn build_key(&self) -> String {
        let hash = crate::secrets_hash::secrets_hash(
            Some(&crate::Secret::new("project key")),
            &BTreeMap::from([("TOKEN".to_owned(), crate::Secret::new("t0psecret"))]),
        );
        BuildKey {
            revision: REVISION,
            context: "apps/web",
            plan: &serde_json::from_str(PLAN).unwrap(),
            frontend: FRONTEND,
            platform: "linux/amd64",
            secrets_hash: hash.unwrap().as_deref(),
            variables: &BTreeMap::from([("A".to_owned(), "1".to_owned())]),
        }
        .key()
    }

    /// Keeps an image with this platform and annotation under the tag of the key.
    fn keep(&self, platform: &str, annotation: &str) -> String {
        let tag = build_key::tag(&self.build_key());
        self.registry.with_store(|store| {
            let notes = [(build_key::ANNOTATION, annotation)];
            let digest = store.add_image("acme/app", platform, &notes);
            store.set_tag("acme/app", &tag, &digest);
            digest
        })
    }

    fn look_with(&self, credentials: Credentials, more: &[&str]) -> Result<String, Failure> {
        let results = tempfile::tempdir().unwrap();
        let path = results.path().join("digest");
        let arguments = [
            "lookup".to_owned(),
            format!("--repository={}/acme/app", self.registry.host()),
            format!("--revision={REVISION}"),
            "--context=./apps/web/".to_owned(),
            format!("--plan-directory={}", self.plan.path().display()),
            format!("--frontend={FRONTEND}"),
            "--platform=linux/amd64".to_owned(),
            "--secret=TOKEN".to_owned(),
            format!("--secrets-directory={}", self.secrets.path().display()),
            format!("--secrets-hash-key={}", self.key.path().display()),
            "--build-arg=A=1".to_owned(),
            format!("--result=digest={}", path.display()),
        ];
        let arguments = arguments
            .iter()
            .map(String::as_str)
            .chain(more.iter().copied());
        let arguments: Vec<&str> = arguments.collect();
        with_world(|world| {
            let registries = Registries::new(credentials, None, world)?;
            run_with(&call(&arguments), &registries, world)
        })?;
        // An empty result is written too: the build reads the file.
        Ok(std::fs::read_to_string(path).unwrap())
    }

    fn look(&self) -> String {
        let credentials = self.registry.credentials("s3cr3t");
        self.look_with(credentials, &[]).unwrap()
    }
}

#[test]
fn what_was_built_of_the_same_is_found() {
    let build = Build::new();
    assert_eq!(build.look(), "");
    let digest = build.keep("linux/amd64", &build.build_key());
    assert_eq!(build.look(), digest);
}

#[test]
fn what_was_built_of_something_else_is_not_found() {
    let build = Build::new();
    build.keep("linux/amd64", &build.build_key());
    let credentials = || build.registry.credentials("s3cr3t");
    for more in ["--build-arg=A=2", "--build-arg=B=1"] {
        assert_eq!(build.look_with(credentials(), &[more]).unwrap(), "");
    }
    std::fs::write(build.secrets.path().join("TOKEN"), "another").unwrap();
    assert_eq!(build.look(), "");
}

#[test]
fn an_image_that_somebody_moved_under_the_tag_is_not_believed() {
    let build = Build::new();
    build.keep("linux/amd64", "another key");
    assert_eq!(build.look(), "");
    build.keep("linux/arm64", &build.build_key());
    assert_eq!(build.look(), "");
}

#[test]
fn an_image_of_which_parts_are_gone_is_not_found() {
    let build = Build::new();
    build.keep("linux/amd64", &build.build_key());
    build.registry.with_store(|store| store.blobs.clear());
    assert_eq!(build.look(), "");
}

#[test]
fn an_image_that_has_lost_a_layer_is_not_found() {
    let build = Build::new();
    let key = build.build_key();
    let (own, foreign) = (Digest::of(b"a layer"), Digest::of(b"a base of Windows"));
    let (digest, layer) = build.registry.with_store(|store| {
        let image = store.add_image("acme/app", "linux/amd64", &[(build_key::ANNOTATION, &key)]);
        let mut manifest = store.json("acme/app", &image);
        let layer = store.add_blob("acme/app", b"a layer");
        manifest["layers"] = serde_json::json!([
            {"mediaType": "a/b", "digest": own.as_str(), "size": 7},
            {"mediaType": "a/b", "digest": foreign.as_str(), "size": 17, "urls": ["https://example.org/layer"]},
        ]);
        let digest = store.add_manifest(
            "acme/app",
            luban_registry::MANIFEST,
            manifest.to_string().as_bytes(),
        );
        store.set_tag("acme/app", &build_key::tag(&key), &digest);
        (digest, layer)
    });
    assert_eq!(build.look(), digest);
    let removed = build
        .registry
        .with_store(|store| store.blobs.remove(&("acme/app".to_owned(), layer)));
    assert!(removed.is_some());
    assert_eq!(build.look(), "");
}

#[test]
fn an_index_with_attestations_is_found_as_a_whole() {
    let build = Build::new();
    let key = build.build_key();
    let of = |platform: &str| {
        build.registry.with_store(|store| {
            let image = store.add_image("acme/app", platform, &[]);
            let index = format!(
                r#"{{"schemaVersion":2,"mediaType":"{}","manifests":[{{"mediaType":"{}","digest":"{image}","size":1,"platform":{{"os":"linux","architecture":"{}"}}}}],"annotations":{{"{}":"{key}"}}}}"#,
                luban_registry::INDEX,
                luban_registry::MANIFEST,
                platform.trim_start_matches("linux/"),
                build_key::ANNOTATION,
            );
            let digest = store.add_manifest("acme/app", luban_registry::INDEX, index.as_bytes());
            store.set_tag("acme/app", &build_key::tag(&key), &digest);
            (image, digest)
        })
    };
    let (image, digest) = of("linux/amd64");
    assert_eq!(build.look(), digest);
    build
        .registry
        .with_store(|store| store.manifests.remove(&("acme/app".to_owned(), image)));
    assert_eq!(build.look(), "");
    of("linux/arm64");
    assert_eq!(build.look(), "");
}

#[test]
fn a_registry_that_is_down_or_refuses_costs_a_build_and_no_run() {
    let build = Build::new();
    build.keep("linux/amd64", &build.build_key());
    for _ in 0..5 {
        build.registry.fail("GET /v2/", Fault::Status(503, Some(0)));
    }
    assert_eq!(build.look(), "");
    let wrong = build.registry.credentials("wr0ng");
    assert_eq!(build.look_with(wrong, &[]).unwrap(), "");
    // The first is asked for its login.
    for _ in 0..2 {
        let html = Fault::Body(b"<html>".to_vec());
        build.registry.fail("GET /v2/acme/app/manifests", html);
    }
    assert_eq!(build.look(), "");
}

#[test]
fn what_is_missing_here_is_an_error_and_no_secret_is_shown() {
    let build = Build::new();
    let credentials = || build.registry.credentials("s3cr3t");
    let failure = build
        .look_with(credentials(), &["--secret=NONE"])
        .unwrap_err();
    assert!(failure.message.contains("NONE"), "{}", failure.message);
    assert!(!format!("{failure:?}").contains("t0psecret"));
    std::fs::write(build.plan.path().join("railpack-plan.json"), "{").unwrap();
    let failure = build.look_with(credentials(), &[]).unwrap_err();
    assert!(
        failure.message.contains("is no JSON"),
        "{}",
        failure.message
    );
    std::fs::remove_file(build.plan.path().join("railpack-plan.json")).unwrap();
    assert!(build.look_with(credentials(), &[]).is_err());
    std::fs::write(build.plan.path().join("railpack-plan.json"), PLAN).unwrap();
    std::fs::remove_file(build.key.path().join("key")).unwrap();
    let failure = build.look_with(credentials(), &[]).unwrap_err();
    assert_eq!(failure.exit, Exit::Usage);
}
