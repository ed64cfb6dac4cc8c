#![allow(clippy::unwrap_used)]

use super::*;
use crate::testing::{Repository as GitRepository, call, git, mounted, with_world};
use luban_registry::testing::{FakeRegistry, Login, Settings};

const FILE: &str = "overlays/pay/web/snd/release/kustomization.yaml";

struct Delivery {
    source: GitRepository,
    gitops: GitRepository,
    registry: FakeRegistry,
    credentials: tempfile::TempDir,
}

impl Delivery {
    fn new() -> Self {
        let login = Login::Token {
            password: "s3cr3t",
            may_push: true,
        };
        let delivery = Self {
            source: GitRepository::new(),
            gitops: GitRepository::new(),
            registry: FakeRegistry::start(Settings {
                login,
                ..Settings::default()
            }),
            credentials: mounted(&[("username", "luban"), ("password", "passw0rd")]),
        };
        let empty = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nmetadata:\n  name: release\n";
        delivery.gitops.commit(FILE, empty);
        delivery
    }

    /// Builds and releases what is checked out; gives commit and digest.
    fn release(&self) -> (String, String) {
        let commit = self.source.head();
        let digest = self.registry.with_store(|store| {
            store.add_image("acme/web", "linux/amd64", &[("revision", &commit)])
        });
        let text = format!(
            "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nmetadata:\n  name: release\n  annotations:\n    luban.dev/revision: {commit}\nimages:\n  - name: {}/acme/web\n    newTag: {commit}\n    digest: {digest}\n",
            self.registry.host()
        );
        std::fs::write(self.gitops.work.join(FILE), text).unwrap();
        let message = format!("Release {commit} to pay/web/snd\n\nSource-Commit: {commit}\n");
        git(
            &self.gitops.work,
            &["commit", "--quiet", "--all", "--message", &message],
        );
        git(&self.gitops.work, &["push", "--quiet", "origin", "HEAD"]);
        (commit, digest)
    }

    fn tag(&self, arguments: &[&str]) {
        let all: Vec<&str> = ["tag"].iter().chain(arguments).copied().collect();
        git(&self.source.work, &all);
        git(
            &self.source.work,
            &["push", "--quiet", "--force", "--tags", "origin"],
        );
    }

    /// How a run for the event ends, with the results `digest` and `tag`.
    fn retag(&self, name: &str, after: &str) -> Result<(String, String), Failure> {
        let results = tempfile::tempdir().unwrap();
        let path = |name: &str| results.path().join(name);
        let arguments = [
            "retag".to_owned(),
            format!("--gitops={}", self.gitops.file_url()),
            "--branch=main".to_owned(),
            "--path=overlays/pay/web/snd/release".to_owned(),
            format!("--credentials={}", self.credentials.path().display()),
            format!("--source={}", self.source.file_url()),
            format!("--revision={after}"),
            format!("--ref={}", STANDARD.encode(format!("refs/tags/{name}"))),
            format!("--result=digest={}", path("digest").display()),
            format!("--result=tag={}", path("tag").display()),
        ];
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        with_world(|world| {
            let registries = Registries::new(self.registry.credentials("s3cr3t"), None, world)?;
            run_with(&call(&arguments), &registries, world)
        })?;
        let read = |name| std::fs::read_to_string(path(name)).unwrap();
        Ok((read("digest"), read("tag")))
    }

    fn tagged(&self, tag: &str) -> Option<String> {
        self.registry.with_store(|store| store.tag("acme/web", tag))
    }
}

#[test]
fn what_was_released_for_the_commit_gets_the_tag() {
    let delivery = Delivery::new();
    let (commit, digest) = delivery.release();
    delivery.tag(&["v1.0.0"]);
    let results = delivery.retag("v1.0.0", &commit).unwrap();
    assert_eq!(results, (digest.clone(), "v1.0.0".to_owned()));
    assert_eq!(delivery.tagged("v1.0.0").unwrap(), digest);
    // Nothing changes the second time.
    assert_eq!(delivery.retag("v1.0.0", &commit).unwrap(), results);
}

#[test]
fn a_tag_with_a_message_is_followed_to_its_commit() {
    let delivery = Delivery::new();
    let (_, digest) = delivery.release();
    delivery.tag(&["--annotate", "--message", "first", "v1"]);
    let own = git(&delivery.source.work, &["rev-parse", "refs/tags/v1"]);
    assert_eq!(delivery.retag("v1", &own).unwrap().0, digest);
}

#[test]
fn a_release_that_others_have_followed_is_found_in_the_history() {
    let delivery = Delivery::new();
    let (commit, digest) = delivery.release();
    delivery.tag(&["v1"]);
    for at in 0..3 {
        delivery.source.commit("file", &at.to_string());
        delivery.release();
    }
    assert_eq!(delivery.retag("v1", &commit).unwrap().0, digest);
}

#[test]
fn an_image_that_people_pinned_before_the_applications_is_not_the_one_that_is_tagged() {
    let delivery = Delivery::new();
    let (commit, digest) = delivery.release();
    let file = delivery.gitops.work.join(FILE);
    let sidecar = format!(
        "images:\n  - name: quay.io/acme/proxy\n    newTag: v1\n    digest: sha256:{}\n",
        "0".repeat(64)
    );
    let text = std::fs::read_to_string(&file).unwrap();
    delivery
        .gitops
        .commit(FILE, &text.replace("images:\n", &sidecar));
    delivery.tag(&["v1"]);
    assert_eq!(delivery.retag("v1", &commit).unwrap().0, digest);
}

#[test]
fn a_commit_that_was_not_released_is_not_promoted() {
    let delivery = Delivery::new();
    delivery.release();
    let commit = delivery.source.commit("file", "new");
    delivery.tag(&["v2"]);
    // Somebody claims a release in a message alone.
    let message = format!("Source-Commit: {commit}");
    git(
        &delivery.gitops.work,
        &["commit", "--quiet", "--allow-empty", "--message", &message],
    );
    git(
        &delivery.gitops.work,
        &["push", "--quiet", "origin", "HEAD"],
    );
    let failure = delivery.retag("v2", &commit).unwrap_err();
    assert_eq!(failure.exit, Exit::Refused);
    assert!(
        failure.message.contains("no release of"),
        "{}",
        failure.message
    );
    assert_eq!(delivery.tagged("v2"), None);
}

#[test]
fn a_tag_that_was_moved_or_deleted_since_promotes_nothing() {
    let delivery = Delivery::new();
    let (commit, _) = delivery.release();
    delivery.tag(&["v1"]);
    delivery.source.commit("file", "new");
    delivery.release();
    delivery.tag(&["--force", "v1"]);
    let failure = delivery.retag("v1", &commit).unwrap_err();
    assert_eq!(failure.exit, Exit::Refused);
    assert!(
        failure.message.contains("no longer to"),
        "{}",
        failure.message
    );
    let failure = delivery.retag("none", &commit).unwrap_err();
    assert!(
        failure.message.contains("no such tag"),
        "{}",
        failure.message
    );
    assert_eq!(delivery.tagged("v1"), None);
}

#[test]
fn an_image_that_is_gone_is_said_to_be_gone() {
    let delivery = Delivery::new();
    let (commit, _) = delivery.release();
    delivery.tag(&["v1"]);
    delivery
        .registry
        .with_store(|store| store.manifests.clear());
    let failure = delivery.retag("v1", &commit).unwrap_err();
    assert_eq!(failure.exit, Exit::Refused);
    assert!(failure.message.contains("is gone"), "{}", failure.message);
}

#[test]
fn hostile_names_of_tags_reach_git_as_data_and_are_refused_for_images() {
    let delivery = Delivery::new();
    let (commit, _) = delivery.release();
    for name in ["$(id)", "--upload-pack=id", "{{=x}}", "a\nb", "ü", "*", ""] {
        let failure = delivery.retag(name, &commit).unwrap_err();
        assert_eq!(failure.exit, Exit::Refused, "{name:?}: {}", failure.message);
    }
}
