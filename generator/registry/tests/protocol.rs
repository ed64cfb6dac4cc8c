//! The protocol, against a registry that keeps what is pushed and refuses what the specification does not allow.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test")]

use std::collections::BTreeMap;

use luban_registry::testing::{FakeRegistry, Fault, Login, Settings};
use luban_registry::{
    Artifact, Credentials, Descriptor, Digest, INDEX, MANIFEST, Manifest, Reference, Registry,
    RegistryError,
};

mod plain;
use plain::Plain;

fn token() -> Settings {
    let login = Login::Token {
        password: "s3cr3t",
        may_push: true,
    };
    Settings {
        login,
        ..Settings::default()
    }
}

fn with<T>(settings: Settings, test: impl FnOnce(&FakeRegistry, &Registry<'_>) -> T) -> T {
    let server = FakeRegistry::start(settings);
    let (plain, credentials) = (Plain::new(), server.credentials("s3cr3t"));
    test(&server, &Registry::new(&plain, &credentials))
}

fn tag(text: &str) -> Reference {
    Reference::tag(text).unwrap()
}

/// Pushes an image that is nothing but its configuration.
fn push(registry: &Registry<'_>, server: &FakeRegistry, note: &str) -> Manifest {
    let repository = server.repository("acme/app");
    let config = registry
        .put_blob(
            &repository,
            "application/vnd.oci.image.config.v1+json",
            note.as_bytes(),
        )
        .unwrap();
    let json = serde_json::json!({"schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": []});
    let manifest = Manifest::new(MANIFEST, json.to_string().into_bytes());
    let own = manifest.digest.clone().into();
    registry.put_manifest(&repository, &own, &manifest).unwrap();
    manifest
}

#[test]
fn an_image_that_is_pushed_is_there_to_the_byte() {
    for login in [Login::None, Login::Basic("s3cr3t"), token().login] {
        for says_digests in [true, false] {
            let settings = Settings {
                login: login.clone(),
                says_digests,
                ..Settings::default()
            };
            with(settings, |server, registry| {
                let repository = server.repository("acme/app");
                let manifest = push(registry, server, "one");
                registry.tag(&repository, &tag("v1"), &manifest).unwrap();
                let fetched = registry.manifest(&repository, &tag("v1")).unwrap();
                assert_eq!(fetched.as_ref(), Some(&manifest));
                let seen = registry.head(&repository, &tag("v1")).unwrap();
                assert_eq!(seen, Some(manifest.descriptor()));
                let config = registry.blob(&repository, &Digest::of(b"one"), 3).unwrap();
                assert_eq!(config.as_deref(), Some(&b"one"[..]));
                assert_eq!(registry.head(&repository, &tag("v2")).unwrap(), None);
                assert_eq!(registry.manifest(&repository, &tag("v2")).unwrap(), None);
                assert_eq!(
                    registry.blob(&repository, &Digest::of(b"two"), 3).unwrap(),
                    None
                );
            });
        }
    }
}

#[test]
fn a_token_is_asked_for_once_and_again_when_it_expires() {
    with(token(), |server, registry| {
        let repository = server.repository("acme/app");
        for _ in 0..3 {
            registry.head(&repository, &tag("v1")).unwrap();
        }
        assert_eq!(server.count("GET /token"), 1);
        server.expire();
        registry.head(&repository, &tag("v1")).unwrap();
        assert_eq!(server.count("GET /token"), 2);
    });
}

#[test]
fn who_may_only_pull_is_told_that_pushing_takes_more() {
    let login = Login::Token {
        password: "s3cr3t",
        may_push: false,
    };
    let settings = Settings {
        login,
        ..Settings::default()
    };
    with(settings, |server, registry| {
        let repository = server.repository("acme/app");
        assert_eq!(registry.head(&repository, &tag("v1")).unwrap(), None);
        let error = registry.put_blob(&repository, "x", b"x").unwrap_err();
        let text = error.to_string();
        assert!(matches!(error, RegistryError::Refused { .. }), "{text}");
        assert!(text.contains("may not push to `acme/app`"), "{text}");
        assert!(text.contains("cannot push the blob"), "{text}");
        assert!(
            !text.contains("s3cr3t") && !text.contains("token-"),
            "{text}"
        );
    });
}

#[test]
fn wrong_and_missing_credentials_are_told_apart() {
    for login in [Login::Basic("s3cr3t"), token().login] {
        let server = FakeRegistry::start(Settings {
            login,
            ..Settings::default()
        });
        let (plain, repository) = (Plain::new(), server.repository("acme/app"));
        for (credentials, words) in [
            (server.credentials("wr0ng"), "are wrong there"),
            (Credentials::default(), "has no credentials"),
        ] {
            let registry = Registry::new(&plain, &credentials);
            let error = registry
                .head(&repository, &tag("v1"))
                .unwrap_err()
                .to_string();
            assert!(error.contains(words), "{error}");
            assert!(
                error.contains(&server.host()) && !error.contains("wr0ng"),
                "{error}"
            );
        }
    }
}

#[test]
fn a_manifest_whose_blobs_are_missing_is_refused_with_the_registrys_words() {
    with(token(), |server, registry| {
        let repository = server.repository("acme/app");
        let config = Descriptor::new("x", &Digest::of(b"none"), 4);
        let json = serde_json::json!({"schemaVersion": 2, "mediaType": MANIFEST, "config": config});
        let manifest = Manifest::new(MANIFEST, json.to_string().into_bytes());
        let error = registry
            .put_manifest(&repository, &tag("v1"), &manifest)
            .unwrap_err();
        assert!(
            error
                .to_string()
                .contains("400 Bad Request: MANIFEST_BLOB_UNKNOWN"),
            "{error}"
        );
        assert!(!error.is_transient());
    });
}

#[test]
fn bytes_that_are_not_what_their_digest_names_are_refused() {
    with(Settings::default(), |server, registry| {
        let repository = server.repository("acme/app");
        let manifest = push(registry, server, "one");
        registry.tag(&repository, &tag("v1"), &manifest).unwrap();
        let forged = || Fault::Body(br#"{"mediaType":"x"}"#.to_vec());
        for reference in [tag("v1"), manifest.digest.clone().into()] {
            server.fail("GET /v2/acme/app/manifests/", forged());
            let error = registry.manifest(&repository, &reference).unwrap_err();
            assert!(matches!(error, RegistryError::Nonsense { .. }), "{error}");
        }
        server.fail("GET /v2/acme/app/blobs/", forged());
        let error = registry
            .blob(&repository, &Digest::of(b"one"), 100)
            .unwrap_err();
        assert!(matches!(error, RegistryError::Nonsense { .. }), "{error}");
        let error = registry
            .blob(&repository, &Digest::of(b"one"), 2)
            .unwrap_err();
        assert!(error.to_string().contains("more than 2 bytes"), "{error}");
        server.fail(
            "GET /v2/acme/app/manifests/",
            Fault::Body(vec![b' '; (4 << 20) + 1]),
        );
        let error = registry.manifest(&repository, &tag("v1")).unwrap_err();
        assert!(error.to_string().contains("more than 4 MiB"), "{error}");
    });
}

#[test]
fn a_blob_on_another_host_is_fetched_without_the_registrys_credentials() {
    let settings = Settings {
        redirects_blobs: true,
        ..token()
    };
    with(settings, |server, registry| {
        let repository = server.repository("acme/app");
        registry.put_blob(&repository, "x", b"far away").unwrap();
        let bytes = registry
            .blob(&repository, &Digest::of(b"far away"), 100)
            .unwrap();
        assert_eq!(bytes.as_deref(), Some(&b"far away"[..]));
        assert!(
            server
                .asked()
                .iter()
                .any(|line| line.starts_with("GET /store/"))
        );
    });
}

#[test]
fn a_blob_that_is_there_is_not_pushed_again() {
    with(Settings::default(), |server, registry| {
        let repository = server.repository("acme/app");
        registry.put_blob(&repository, "x", b"x").unwrap();
        registry.put_blob(&repository, "x", b"x").unwrap();
        assert_eq!(server.count("POST"), 1);
    });
}

#[test]
fn a_blob_whose_answer_was_lost_is_found_there() {
    with(token(), |server, registry| {
        let repository = server.repository("acme/app");
        server.fail("PUT /v2/acme/app/blobs/uploads/", Fault::Late(502));
        registry.put_blob(&repository, "x", b"x").unwrap();
        server.fail("PUT /v2/acme/app/blobs/uploads/", Fault::Status(502, None));
        let error = registry.put_blob(&repository, "x", b"y").unwrap_err();
        assert!(error.is_transient(), "{error}");
    });
}

#[test]
fn a_tag_that_is_right_already_is_not_written_again() {
    let settings = Settings {
        keeps_tags: true,
        ..token()
    };
    with(settings, |server, registry| {
        let repository = server.repository("acme/app");
        let (one, two) = (push(registry, server, "one"), push(registry, server, "two"));
        registry.tag(&repository, &tag("v1"), &one).unwrap();
        registry.tag(&repository, &tag("v1"), &one).unwrap();
        let error = registry.tag(&repository, &tag("v1"), &two).unwrap_err();
        assert!(error.to_string().contains("immutable"), "{error}");
    });
}

#[test]
fn all_pages_of_tags_are_read() {
    with(token(), |server, registry| {
        let repository = server.repository("acme/app");
        assert_eq!(registry.tags(&repository).unwrap(), Vec::<String>::new());
        let manifest = push(registry, server, "one");
        let names = ["a", "b", "c", "d", "e"];
        for name in names {
            registry.tag(&repository, &tag(name), &manifest).unwrap();
        }
        assert_eq!(registry.tags(&repository).unwrap(), names);
    });
}

#[test]
fn what_refers_to_an_image_is_found_with_and_without_the_api() {
    for has_referrers in [true, false] {
        let settings = Settings {
            has_referrers,
            ..token()
        };
        with(settings, |server, registry| {
            let repository = server.repository("acme/app");
            let subject = push(registry, server, "one");
            let all = registry
                .referrers(&repository, &subject.digest, None)
                .unwrap();
            assert_eq!(all, []);
            let artifact = |kind: &str, text: &str| Artifact {
                artifact_type: kind.to_owned(),
                layers: vec![("text/plain".to_owned(), text.as_bytes().to_vec())],
                annotations: BTreeMap::from([("note".to_owned(), text.to_owned())]),
            };
            for text in ["a", "b", "c", "a"] {
                let artifact = artifact("application/vnd.test+json", text);
                registry
                    .attach(&repository, &subject.descriptor(), &artifact)
                    .unwrap();
            }
            let other = artifact("application/vnd.other", "d");
            registry
                .attach(&repository, &subject.descriptor(), &other)
                .unwrap();
            let of = |kind| {
                registry
                    .referrers(&repository, &subject.digest, kind)
                    .unwrap()
            };
            assert_eq!(of(None).len(), 4);
            let mut notes: Vec<String> = of(Some("application/vnd.test+json"))
                .into_iter()
                .map(|one| one.annotations["note"].clone())
                .collect();
            notes.sort();
            assert_eq!(notes, ["a", "b", "c"]);
            let tagged = registry.tags(&repository).unwrap();
            assert_eq!(tagged.is_empty(), has_referrers, "{tagged:?}");
        });
    }
}

#[test]
fn an_index_keeps_what_others_wrote_into_it() {
    let text = r#"{"mediaType":"m","digest":"sha512:ab","size":1,"platform":{"architecture":"arm64","os":"linux","os.version":"1","variant":"v8"},"annotations":{"a":"b"},"urls":["u"]}"#;
    let descriptor: Descriptor = serde_json::from_str(text).unwrap();
    let again: serde_json::Value = serde_json::to_value(&descriptor).unwrap();
    assert_eq!(
        again,
        serde_json::from_str::<serde_json::Value>(text).unwrap()
    );
    assert_eq!(INDEX, "application/vnd.oci.image.index.v1+json");
}

#[test]
fn a_registry_that_gives_a_login_page_is_named() {
    with(Settings::default(), |server, registry| {
        let repository = server.repository("acme/app");
        let manifest = push(registry, server, "one");
        registry.tag(&repository, &tag("v1"), &manifest).unwrap();
        server.fail("GET /v2/acme/app/tags/", Fault::Body(b"<html>".to_vec()));
        let error = registry.tags(&repository).unwrap_err().to_string();
        assert!(
            error.contains("list the tags") && error.contains(&server.host()),
            "{error}"
        );
    });
}
