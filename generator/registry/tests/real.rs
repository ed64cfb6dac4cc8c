//! The client against a real registry: `make conformance` builds distribution's and names it in `LUBAN_REGISTRY`.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use base64::Engine as _;
use luban_registry::{
    Artifact, Client, Credentials, Descriptor, Digest, INDEX, MANIFEST, Manifest, Reference,
    Repository,
};

mod plain;
use plain::Plain;

const PASSWORD: &str = "s3cr3t";

/// A registry as a process, which ends with its standard input.
struct Real {
    process: Child,
    host: String,
}

impl Real {
    fn start() -> Self {
        let program = std::env::var_os("LUBAN_REGISTRY").unwrap();
        let mut process = Command::new(program)
            .arg(PASSWORD)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut host = String::new();
        let output = process.stdout.take().unwrap();
        BufReader::new(output).read_line(&mut host).unwrap();
        Self {
            process,
            host: host.trim().to_owned(),
        }
    }

    fn repository(&self) -> Repository {
        Repository::new(&format!("{}/acme/app", self.host)).unwrap()
    }

    fn credentials(&self, password: &str) -> Credentials {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("config.json");
        let auth = base64::engine::general_purpose::STANDARD.encode(format!("user:{password}"));
        let text = format!(r#"{{"auths":{{"{}":{{"auth":"{auth}"}}}}}}"#, self.host);
        std::fs::write(&path, text).unwrap();
        Credentials::load(&path).unwrap()
    }
}

impl Drop for Real {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

fn tag(text: &str) -> Reference {
    Reference::tag(text).unwrap()
}

#[test]
#[ignore = "needs a registry: make conformance"]
fn a_real_registry_takes_and_gives_images_tags_and_what_refers_to_them() {
    let real = Real::start();
    let (plain, credentials, repository) =
        (Plain::new(), real.credentials(PASSWORD), real.repository());
    let registry = luban_registry::Registry::new(&plain, &credentials);

    // Nothing is there yet, not even the repository.
    assert_eq!(registry.head(&repository, &tag("v1")).unwrap(), None);
    assert_eq!(registry.tags(&repository).unwrap(), Vec::<String>::new());

    let mut images = Vec::new();
    for architecture in ["amd64", "arm64"] {
        let text = format!(
            r#"{{"architecture":"{architecture}","os":"linux","rootfs":{{"type":"layers","diff_ids":[]}}}}"#
        );
        let media_type = "application/vnd.oci.image.config.v1+json";
        let config = registry
            .put_blob(&repository, media_type, text.as_bytes())
            .unwrap();
        let digest = Digest::new(&config.digest).unwrap();
        assert!(registry.has_blob(&repository, &digest).unwrap());
        let bytes = registry.blob(&repository, &digest, 1000).unwrap().unwrap();
        assert_eq!(bytes, text.as_bytes());
        let json = serde_json::json!({"schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": []});
        let manifest = Manifest::new(MANIFEST, json.to_string().into_bytes());
        let own = manifest.digest.clone().into();
        registry.put_manifest(&repository, &own, &manifest).unwrap();
        images.push(manifest);
    }
    let entries: Vec<Descriptor> = images.iter().map(Manifest::descriptor).collect();
    let json = serde_json::json!({"schemaVersion": 2, "mediaType": INDEX, "manifests": entries});
    let index = Manifest::new(INDEX, json.to_string().into_bytes());
    for name in ["v1", "v2", "v3"] {
        registry.tag(&repository, &tag(name), &index).unwrap();
    }
    assert_eq!(
        registry.manifest(&repository, &tag("v2")).unwrap(),
        Some(index.clone())
    );
    assert_eq!(
        registry.head(&repository, &tag("v3")).unwrap(),
        Some(index.descriptor())
    );
    assert_eq!(registry.tags(&repository).unwrap(), ["v1", "v2", "v3"]);

    // What `luban lock` asks.
    let image = luban_platform::names::ImageRef::new(format!("{repository}:v1")).unwrap();
    let client = Client::new(real.credentials(PASSWORD)).unwrap();
    assert_eq!(client.digest(&image).unwrap(), index.digest.as_str());

    let artifact = |text: &str| Artifact {
        artifact_type: "application/vnd.test+json".to_owned(),
        layers: vec![("text/plain".to_owned(), text.as_bytes().to_vec())],
        annotations: BTreeMap::new(),
    };
    for text in ["one", "two", "one"] {
        let subject = index.descriptor();
        registry
            .attach(&repository, &subject, &artifact(text))
            .unwrap();
    }
    let of = |kind| {
        registry
            .referrers(&repository, &index.digest, kind)
            .unwrap()
    };
    assert_eq!(of(None).len(), 2);
    assert_eq!(of(Some("application/vnd.test+json")).len(), 2);
    assert_eq!(of(Some("application/vnd.other")).len(), 0);

    // What the registry refuses.
    let config = Descriptor::new("x", &Digest::of(b"none"), 4);
    let json = serde_json::json!({"schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": []});
    let broken = Manifest::new(MANIFEST, json.to_string().into_bytes());
    let error = registry
        .put_manifest(&repository, &tag("broken"), &broken)
        .unwrap_err();
    assert!(
        error.to_string().contains("MANIFEST_BLOB_UNKNOWN"),
        "{error}"
    );
    for (credentials, words) in [
        (real.credentials("wr0ng"), "are wrong there"),
        (Credentials::default(), "has no credentials"),
    ] {
        let registry = luban_registry::Registry::new(&plain, &credentials);
        let error = registry
            .head(&repository, &tag("v1"))
            .unwrap_err()
            .to_string();
        assert!(error.contains(words) && !error.contains("wr0ng"), "{error}");
    }
}
