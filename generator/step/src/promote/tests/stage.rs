//! A platform of tests: GitOps repository and provider behind one URL, as the real ones are; Argo CD and a registry.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde_json::Value;
use tempfile::TempDir;

use super::super::application::tests::healthy;
use super::super::images::Images;
use super::super::promote;
use crate::cluster::{ClusterError, Objects, Place};
use crate::failure::Failure;
use crate::provider::Kind;
use crate::provider::fake::{Fake, FakePull};
use crate::release::record::{Record, Release};
use crate::signature::testing::TestKey;
use crate::testing::{Repository, Waits, call, git, mounted};
use crate::{Redactor, Stop, World};

pub(super) const KINDS: [Kind; 4] = [
    Kind::GitHub,
    Kind::AzureDevOpsServices,
    Kind::AzureDevOpsServer,
    Kind::Gitea,
];
pub(super) const IMAGE: &str = "harbor.acme.dev/payments/api";
pub(super) const SOURCE: &str = "https://github.com/acme/payments-api";
const FIRST: &str =
    include_str!("../../../../../overlays/payments/api/prd/release/kustomization.yaml");

/// A registry that has some digests, and blobs and manifests by name.
#[derive(Default)]
pub(super) struct Shelf {
    pub(super) missing: Vec<String>,
    pub(super) manifests: BTreeMap<String, String>,
    pub(super) blobs: BTreeMap<String, String>,
}

pub(super) struct Stage {
    pub(super) gitops: Repository,
    pub(super) fake: Fake,
    pub(super) shelf: Mutex<Shelf>,
    pub(super) signer: TestKey,
    pub(super) key: TempDir,
    /// What Argo CD shows; none for what follows the branch, synced and healthy.
    pub(super) application: Mutex<Option<Value>>,
    /// Asks the pod to stop.
    pub(super) stop: Stop,
}

impl Images for Stage {
    fn has(&self, image: &str, digest: &str) -> Result<bool, Failure> {
        assert!(image.starts_with("harbor.acme.dev/"), "{image}");
        Ok(!self
            .shelf
            .lock()
            .unwrap()
            .missing
            .contains(&digest.to_owned()))
    }
    fn manifest(&self, _: &str, tag: &str) -> Result<Option<Vec<u8>>, Failure> {
        let shelf = self.shelf.lock().unwrap();
        Ok(shelf
            .manifests
            .get(tag)
            .map(|text| text.clone().into_bytes()))
    }
    fn blob(&self, _: &str, digest: &str) -> Result<Vec<u8>, Failure> {
        Ok(self.shelf.lock().unwrap().blobs[digest]
            .clone()
            .into_bytes())
    }
}

impl Objects for Stage {
    fn namespace(&self) -> &str {
        "payments-ci"
    }
    fn get(&self, place: &Place, name: &str) -> Result<Option<Value>, ClusterError> {
        assert_eq!(
            (place.api_version, place.kind, &*place.namespace),
            ("argoproj.io/v1alpha1", "Application", "argocd")
        );
        let shown = self.application.lock().unwrap().clone();
        let mut follows = healthy(&git(&self.gitops.bare, &["rev-parse", "main"]));
        follows["spec"]["source"]["path"] =
            format!("overlays/{}", name.replacen('-', "/", 2)).into();
        Ok(Some(shown.unwrap_or(follows)))
    }
}

pub(super) fn digest(letter: char) -> String {
    format!("sha256:{}", letter.to_string().repeat(64))
}

pub(super) fn release(tag: &str, letter: char) -> Release {
    Release {
        image: IMAGE.to_owned(),
        tag: tag.to_owned(),
        digest: digest(letter),
        revision: letter.to_string().repeat(40),
        source: SOURCE.to_owned(),
        reason: "COMMIT".to_owned(),
        run: format!("api-{}", letter.to_string().repeat(10)),
    }
}

impl Stage {
    pub(super) fn new(kind: Kind) -> Self {
        let gitops = Repository::new();
        for place in ["payments/api", "payments/worker", "store/api"] {
            for environment in ["snd", "stg", "prd"] {
                let file = gitops.work.join(path(place, environment));
                std::fs::create_dir_all(file.parent().unwrap()).unwrap();
                std::fs::write(file, FIRST).unwrap();
            }
        }
        gitops.commit("platform.yaml", "kind: Platform\n");
        let fake = Fake::start(kind);
        fake.held().git = Some(gitops.root.path().to_owned());
        let signer = TestKey::new();
        let key = mounted(&[("cosign.pub", &signer.public())]);
        let stage = Self {
            gitops,
            fake,
            shelf: Mutex::default(),
            signer,
            key,
            application: Mutex::default(),
            stop: Stop::default(),
        };
        for letter in ['a', 'b', 'c', 'd'] {
            stage.sign(letter);
        }
        stage
    }

    fn sign(&self, letter: char) {
        let (manifest, of_text, text) = self
            .signer
            .sign("harbor.acme.dev/payments/api", &digest(letter));
        let mut shelf = self.shelf.lock().unwrap();
        let tag = digest(letter).replace(':', "-") + ".sig";
        shelf.manifests.insert(tag, manifest);
        shelf.blobs.insert(of_text, text);
    }

    /// Releases to an environment on the branch that it follows, as `luban step release` does.
    pub(super) fn release(&self, environment: &str, release: &Release) {
        self.release_of("payments/api", environment, release);
    }

    pub(super) fn release_of(&self, place: &str, environment: &str, release: &Release) {
        let file = path(place, environment);
        let digest = &release.digest;
        let message = format!(
            "Release {} to {place}/{environment}\n\nSource-Repository: {}\nSource-Commit: {}\nDigest: {digest}\nRun: {}\n",
            release.tag, release.source, release.revision, release.run
        );
        self.change(&file, &message, |text| {
            let mut record = Record::read("x", text).unwrap();
            record.write(release).unwrap();
            record.text().to_owned()
        });
    }

    /// Changes a file on the branch that environments follow.
    pub(super) fn change(&self, file: &str, message: &str, edit: impl Fn(&str) -> String) {
        let work = &self.gitops.work;
        git(work, &["fetch", "--quiet", "origin"]);
        git(work, &["checkout", "--quiet", "-B", "main", "origin/main"]);
        let text = std::fs::read_to_string(work.join(file)).unwrap_or_default();
        std::fs::write(work.join(file), edit(&text)).unwrap();
        git(work, &["add", "--all"]);
        git(work, &["commit", "--quiet", "--message", message]);
        git(work, &["push", "--quiet", "origin", "main"]);
    }

    /// Somebody's commit on a branch of a promotion.
    pub(super) fn touch(&self, branch: &str) -> String {
        let work = &self.gitops.work;
        git(work, &["fetch", "--quiet", "origin"]);
        git(
            work,
            &[
                "checkout",
                "--quiet",
                "-B",
                "mine",
                &format!("origin/{branch}"),
            ],
        );
        std::fs::write(work.join("notes"), "mine\n").unwrap();
        git(work, &["add", "--all"]);
        git(work, &["commit", "--quiet", "--message", "Notes"]);
        git(
            work,
            &["push", "--quiet", "origin", &format!("HEAD:{branch}")],
        );
        git(work, &["rev-parse", "HEAD"])
    }

    /// Merges a pull request as a provider does.
    pub(super) fn merge(&self, number: usize) {
        let work = &self.gitops.work;
        let pull = self.pull(number);
        git(work, &["fetch", "--quiet", "origin"]);
        git(work, &["checkout", "--quiet", "-B", "main", "origin/main"]);
        let branch = format!("origin/{}", pull.head);
        git(work, &["merge", "--quiet", "--no-ff", "--no-edit", &branch]);
        git(work, &["push", "--quiet", "origin", "main"]);
        self.fake.held().pulls[number - 1].state = "merged";
    }

    pub(super) fn pull(&self, number: usize) -> FakePull {
        self.fake.held().pulls[number - 1].clone()
    }

    /// Numbers of the open pull requests.
    pub(super) fn open(&self) -> Vec<usize> {
        let held = self.fake.held();
        let all = (1..).zip(&held.pulls);
        all.filter(|(_, pull)| pull.state == "open")
            .map(|(number, _)| number)
            .collect()
    }

    /// What a branch has of an environment.
    pub(super) fn released(&self, branch: &str, environment: &str) -> Option<Release> {
        Record::read("x", &self.file(branch, environment))
            .unwrap()
            .release(None)
    }

    pub(super) fn file(&self, branch: &str, environment: &str) -> String {
        let name = format!("{branch}:{}", path("payments/api", environment));
        git(&self.gitops.bare, &["show", &name])
    }

    /// Names of the branches of promotions.
    pub(super) fn branches(&self) -> Vec<String> {
        let format = "--format=%(refname:short)";
        let listed = git(
            &self.gitops.bare,
            &["for-each-ref", format, "refs/heads/promote/"],
        );
        listed.lines().map(str::to_owned).collect()
    }

    pub(super) fn tip(&self, branch: &str) -> String {
        git(&self.gitops.bare, &["rev-parse", branch])
    }

    /// Promotes the application `api` of `payments` from `snd` to `prd`; flags that are given again replace these.
    pub(super) fn promote(&self, flags: &[&str]) -> Result<(), Failure> {
        let kind = match self.fake.kind {
            Kind::GitHub => "GitHub",
            Kind::AzureDevOpsServices => "AzureDevOpsServices",
            Kind::AzureDevOpsServer => "AzureDevOpsServer",
            Kind::Gitea => "Gitea",
        };
        let mut arguments = vec!["promote".to_owned()];
        let set = |flag: &str| {
            flags
                .iter()
                .any(|given| given.split('=').next() == flag.split('=').next())
        };
        let usual = [
            format!("--gitops={}", self.fake.url()),
            "--branch=main".to_owned(),
            format!("--credentials={}", self.fake.credentials.path().display()),
            format!("--provider={kind}"),
            "--project=payments".to_owned(),
            "--application=api".to_owned(),
            "--from=snd".to_owned(),
            "--to=prd".to_owned(),
            "--approval=pull-request".to_owned(),
            "--require=healthy".to_owned(),
            format!("--public-key={}/cosign.pub", self.key.path().display()),
        ];
        arguments.extend(usual.into_iter().filter(|flag| !set(flag)));
        if !set("--require") {
            arguments.push("--require=signed".to_owned());
        }
        arguments.extend(flags.iter().map(|&flag| flag.to_owned()));
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let (clock, redactor) = (Waits::default(), Redactor::default());
        let world = World {
            clock: &clock,
            redactor: &redactor,
            stop: &self.stop,
        };
        promote(
            &call(&arguments),
            Some("jo".to_owned()),
            Some(self),
            self,
            &world,
        )
    }
}

pub(super) fn path(place: &str, environment: &str) -> String {
    format!("overlays/{place}/{environment}/release/kustomization.yaml")
}
