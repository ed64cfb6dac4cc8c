//! Verbs against a real registry: `make conformance` builds distribution's and names it in `LUBAN_REGISTRY`.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use luban_registry::{Descriptor, MANIFEST, Manifest, Reference, Repository};
use serde_json::json;

use super::*;
use crate::build_key::{self, BuildKey};
use crate::testing::{Repository as GitRepository, call, git, mounted, with_world};

const PASSWORD: &str = "s3cr3t";
const REVISION: &str = "0123456789abcdef0123456789abcdef01234567";
const PLAN: &str = r#"{"steps": []}"#;

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

    fn credentials(&self, password: &str) -> Credentials {
        let auth = STANDARD.encode(format!("user:{password}"));
        let text = format!(r#"{{"auths":{{"{}":{{"auth":"{auth}"}}}}}}"#, self.host);
        let directory = mounted(&[("config.json", &text)]);
        Credentials::load(&directory.path().join("config.json")).unwrap()
    }
}

impl Drop for Real {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

/// Pushes an image of that architecture with annotations.
fn push(
    registry: &Registry<'_>,
    repository: &Repository,
    architecture: &str,
    notes: &BTreeMap<&str, String>,
) -> Manifest {
    let text = format!(
        r#"{{"architecture":"{architecture}","os":"linux","rootfs":{{"type":"layers","diff_ids":[]}}}}"#
    );
    let config: Descriptor = registry
        .put_blob(
            repository,
            "application/vnd.oci.image.config.v1+json",
            text.as_bytes(),
        )
        .unwrap();
    let json = json!({"schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": [], "annotations": notes});
    let manifest = Manifest::new(MANIFEST, json.to_string().into_bytes());
    let own = manifest.digest.clone().into();
    registry.put_manifest(repository, &own, &manifest).unwrap();
    manifest
}

#[test]
#[ignore = "needs a registry: make conformance"]
fn a_real_registry_has_indexes_what_was_built_and_tags() {
    let real = Real::start();
    let name = format!("{}/acme/app", real.host);
    let repository = Repository::new(&name).unwrap();
    let results = tempfile::tempdir().unwrap();
    let (file, plan) = (
        results.path().join("digest"),
        mounted(&[("railpack-plan.json", PLAN)]),
    );
    let result = format!("--result=digest={}", file.display());
    let read = || std::fs::read_to_string(&file).unwrap();
    with_world(|world| {
        let registries = Registries::new(real.credentials(PASSWORD), None, world).unwrap();
        let registry = registries.client();

        // An index over two platforms, twice.
        let none = BTreeMap::new();
        let parts = ["amd64", "arm64"].map(|one| push(&registry, &repository, one, &none).digest);
        let image = format!("--image={name}:v1");
        let digests = parts.map(|digest| format!("--digest={digest}"));
        for order in [[0, 1], [1, 0]] {
            let arguments = [
                "image-index",
                &image,
                &digests[order[0]],
                &digests[order[1]],
                "--tag=stable",
                &result,
            ];
            crate::image_index::run_with(&call(&arguments), &registries, world).unwrap();
        }
        let index = registry
            .manifest(&repository, &Reference::tag("stable").unwrap())
            .unwrap();
        assert_eq!(index.unwrap().digest.as_str(), read());

        // What was built of the same, and nothing before.
        let key = BuildKey {
            revision: REVISION,
            context: "",
            plan: &serde_json::from_str(PLAN).unwrap(),
            frontend: "ghcr.io/x/frontend:v1",
            platform: "linux/amd64",
            secrets_hash: None,
            variables: &BTreeMap::new(),
        }
        .key();
        let look = |registries: &Registries<'_>| {
            let (repository, plan) = (
                format!("--repository={name}"),
                format!("--plan-directory={}", plan.path().display()),
            );
            let revision = format!("--revision={REVISION}");
            let arguments = [
                "lookup",
                &repository,
                &revision,
                "--context=.",
                &plan,
                "--frontend=ghcr.io/x/frontend:v1",
                "--platform=linux/amd64",
                &result,
            ];
            crate::lookup::run_with(&call(&arguments), registries, world).unwrap();
            read()
        };
        assert_eq!(look(&registries), "");
        let notes = BTreeMap::from([(build_key::ANNOTATION, key.clone())]);
        let built = push(&registry, &repository, "amd64", &notes);
        let tag = Reference::tag(&build_key::tag(&key)).unwrap();
        registry.tag(&repository, &tag, &built).unwrap();
        assert_eq!(look(&registries), built.digest.as_str());
        let wrong = Registries::new(real.credentials("wr0ng"), None, world).unwrap();
        assert_eq!(look(&wrong), "");

        // A Git tag on what was released.
        let (source, gitops) = (GitRepository::new(), GitRepository::new());
        let commit = source.head();
        git(
            &source.work,
            &["tag", "--annotate", "--message", "one", "v1.0.0"],
        );
        git(&source.work, &["push", "--quiet", "--tags", "origin"]);
        let after = git(&source.work, &["rev-parse", "refs/tags/v1.0.0"]);
        gitops.commit("release/kustomization.yaml", &format!(
            "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nmetadata:\n  name: release\n  annotations:\n    luban.dev/revision: {commit}\nimages:\n  - name: {name}\n    newTag: {commit}\n    digest: {}\n",
            built.digest
        ));
        let credentials = mounted(&[("username", "luban"), ("password", "passw0rd")]);
        let retag = |registries: &Registries<'_>| {
            let arguments = [
                "retag".to_owned(),
                format!("--gitops={}", gitops.file_url()),
                "--branch=main".to_owned(),
                "--path=release".to_owned(),
                format!("--credentials={}", credentials.path().display()),
                format!("--source={}", source.file_url()),
                format!("--revision={after}"),
                format!("--ref={}", STANDARD.encode("refs/tags/v1.0.0")),
            ];
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            crate::retag::run_with(&call(&arguments), registries, world)
        };
        retag(&registries).unwrap();
        let tagged = registry
            .head(&repository, &Reference::tag("v1.0.0").unwrap())
            .unwrap();
        assert_eq!(tagged.unwrap().digest, built.digest.as_str());
        let failure = retag(&wrong).unwrap_err();
        assert!(
            failure.message.contains("are wrong there"),
            "{}",
            failure.message
        );
        assert!(!format!("{failure:?}").contains("wr0ng"));
    });
}
