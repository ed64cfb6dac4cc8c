//! A pod: files as they are mounted, directories to write to, tools, and what the call talks to.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use luban_registry::testing::{FakeRegistry, Settings};
use tempfile::TempDir;

use super::servers::{self, Backend};
use crate::kpack::tests::Playing;
use crate::release::record::{Record, Release};
use crate::testing::{Repository, git};

/// A GitOps file as `luban generate` writes it.
const FIRST: &str =
    include_str!("../../../../overlays/payments/api/snd/release/kustomization.yaml");
pub(super) const DIGEST: &str =
    "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
pub(super) const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

/// A pod.
pub(super) struct Place {
    root: TempDir,
    /// Where registries are.
    pub(super) host: String,
    /// What URLs of repositories begin with.
    pub(super) git: String,
    /// The digest of the image `acme/app`, and the commit that it is of.
    pub(super) digest: String,
    pub(super) revision: String,
    silent: Option<Arc<AtomicUsize>>,
    _registry: Option<FakeRegistry>,
    _kpack: Option<Playing>,
    _repositories: Option<[Repository; 2]>,
}

impl Place {
    pub(super) fn new(backend: Backend) -> Self {
        let root = tempfile::tempdir().unwrap();
        let mut place = Self {
            root,
            host: "127.0.0.1:1".to_owned(),
            git: String::new(),
            digest: DIGEST.to_owned(),
            revision: COMMIT.to_owned(),
            silent: None,
            _registry: None,
            _kpack: None,
            _repositories: None,
        };
        for directory in ["out", "tmp", "tools"] {
            fs::create_dir_all(place.path().join(directory)).unwrap();
        }
        match backend {
            Backend::Good => place.be_good(),
            Backend::Nobody => {}
            Backend::Answers(status) => place.host = servers::answering(status),
            Backend::Silent => {
                let (host, count) = servers::silent();
                place.host = host;
                place.silent = Some(count);
            }
        }
        if backend != Backend::Good {
            place.git = format!("http://{}/acme", place.host);
            place.kubeconfig(&format!("http://{}", place.host));
        }
        place.files();
        place
    }

    pub(super) fn path(&self) -> &Path {
        self.root.path()
    }

    /// A path in it.
    pub(super) fn at(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }

    /// A flag with a path in it.
    pub(super) fn flag(&self, flag: &str, path: &str) -> String {
        format!("--{flag}={}", self.at(path).display())
    }

    /// The environment of the pod.
    pub(super) fn variables(&self) -> Vec<(&'static str, String)> {
        let text = |path: &str| self.at(path).display().to_string();
        let system = std::env::var("PATH").unwrap();
        vec![
            ("PATH", format!("{}:{system}", text("tools"))),
            ("HOME", text("home")),
            ("TMPDIR", text("tmp")),
            ("DOCKER_CONFIG", text("docker")),
            ("KUBECONFIG", text("kubeconfig")),
        ]
    }

    /// Names in a directory, as the call saw it.
    pub(super) fn entries(&self, directory: &str) -> Vec<String> {
        let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
        let entries = fs::read_dir(self.at(directory)).unwrap();
        let mut names: Vec<String> = entries.map(|entry| name(entry.unwrap())).collect();
        let listing =
            fs::read_to_string(self.at(&format!("listing-{directory}"))).unwrap_or_default();
        names.extend(listing.lines().map(str::to_owned));
        names.sort();
        names
    }

    /// Whether the call has come to where nobody answers it.
    pub(super) fn is_in_the_middle(&self) -> bool {
        let is_connected = |count: &Arc<AtomicUsize>| count.load(Ordering::SeqCst) > 0;
        self.silent.as_ref().is_some_and(is_connected) || self.at("tools/started").exists()
    }

    /// A tool of `tests/fakes` under a name.
    pub(super) fn tool(&self, name: &str, fake: &str) {
        let link = self.at("tools").join(name);
        let _ = fs::remove_file(&link);
        let fakes = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fakes"));
        std::os::unix::fs::symlink(fakes.join(fake), link).unwrap();
    }

    /// What was said, without what differs from run to run.
    pub(super) fn plain(&self, said: &str) -> String {
        let mut text = said.replace(&self.path().display().to_string(), "/pod");
        for (from, to) in [
            (&self.host, "host.example"),
            (&self.digest, "sha256:app"),
            (&self.revision, "commit"),
        ] {
            text = text.replace(from.as_str(), to);
        }
        if let Some(repositories) = &self._repositories {
            for (repository, name) in repositories.iter().zip(["gitops", "source"]) {
                text = text.replace(&repository.file_url(), &format!("file:///{name}.git"));
                text = text.replace(&repository.head(), name);
            }
        }
        let lines = text.lines().map(|line| {
            // How the system, curl and Git word it is theirs.
            for words in [
                "git ended with exit code 128",
                "does not answer",
                " at path",
                "/tmp/.tmp",
            ] {
                if let Some((before, _)) = line.split_once(words) {
                    return format!("{before}{words} …");
                }
            }
            line.to_owned()
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    pub(super) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn files(&self) {
        let host = &self.host;
        self.write(
            "docker/config.json",
            format!(r#"{{"auths":{{"{host}":{{"auth":"bHViYW46bjB0LWl0"}}}}}}"#),
        );
        self.write("git/username", "luban");
        self.write("git/password", "wr0ng-t0ken");
        self.write(
            "plan/railpack-plan.json",
            r#"{"steps":[],"secrets":["TOKEN"]}"#,
        );
        self.write("source/web/package.json", "{}");
        self.write("secrets/TOKEN", "s3cr3t-t0ken");
        self.write("key/key", "project key");
        self.write("webhook/key", "webhook key");
        self.write("object.yaml", Playing::OBJECT);
        self.write("cosign/cosign.key", "-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED SIGSTORE PRIVATE KEY-----\n");
        self.write("cosign/cosign.password", "p4ssw0rd");
        self.write(
            "cosign/cosign.pub",
            include_str!("../../tests/cosign/cosign.pub"),
        );
        self.write(
            "report.json",
            r#"{"SchemaVersion":2,"CreatedAt":"2026-01-02T03:04:05Z","Results":[]}"#,
        );
        self.write("ca/ca.crt", include_str!("../../tests/ca.crt"));
        let toml = format!(
            "[stack]\nid = \"x\"\nbuild-image = \"{host}/acme/stack-build:v1\"\nrun-image = \"{host}/acme/stack-run:v1\"\n\n[[targets]]\nos = \"linux\"\narch = \"amd64\"\n"
        );
        self.write("stack/builder.toml", toml);
        self.write(
            "stack/base.Dockerfile",
            format!("FROM {host}/acme/linux:1\n"),
        );
        self.write("stack/build.Dockerfile", "ARG BASE\nFROM ${BASE}\n");
        self.write("stack/run.Dockerfile", "ARG BASE\nFROM ${BASE}\n");
        for tool in ["trivy", "cosign", "buildctl", "railpack"] {
            self.tool(tool, tool);
        }
        let hash = self.digest.trim_start_matches("sha256:");
        self.write(
            &format!("tools/{hash}.json"),
            r#"{"SchemaVersion":2,"Results":[]}"#,
        );
        self.write(&format!("tools/{hash}.spdx-json"), "{}");
    }

    fn kubeconfig(&self, url: &str) {
        let text = format!(
            "apiVersion: v1\nkind: Config\ncurrent-context: test\nclusters: [{{name: test, cluster: {{server: '{url}'}}}}]\ncontexts: [{{name: test, context: {{cluster: test, user: test, namespace: ledger-ci}}}}]\nusers: [{{name: test, user: {{token: wr0ng-t0ken}}}}]\n"
        );
        self.write("kubeconfig", text);
    }

    /// Lets all that a call talks to be there.
    fn be_good(&mut self) {
        let registry = FakeRegistry::start(Settings::default());
        self.host = registry.host();
        self.digest = registry.with_store(|store| {
            let base = store.add_image("acme/linux", "linux/amd64", &[]);
            store.set_tag("acme/linux", "1", &base);
            store.add_image("acme/app", "linux/amd64", &[])
        });
        self._registry = Some(registry);
        let (gitops, source) = (Repository::new(), Repository::new());
        self.revision = source.head();
        git(&source.work, &["tag", "v1.0"]);
        git(&source.work, &["push", "--quiet", "origin", "v1.0"]);
        let mut record = Record::read("kustomization.yaml", FIRST).unwrap();
        record.write(&self.release()).unwrap();
        for (environment, text) in [("snd", record.text()), ("prd", FIRST)] {
            gitops.commit(
                &format!("overlays/payments/api/{environment}/release/kustomization.yaml"),
                text,
            );
        }
        let link = |repository: &Repository, name: &str| {
            std::os::unix::fs::symlink(&repository.bare, self.at(name)).unwrap();
        };
        link(&gitops, "gitops.git");
        link(&source, "source.git");
        self.git = format!("file://{}", self.path().display());
        self._repositories = Some([gitops, source]);
        let kpack = Playing::start();
        self.kubeconfig(&kpack.url());
        self._kpack = Some(kpack);
    }

    /// The release of the first environment.
    fn release(&self) -> Release {
        Release {
            image: format!("{}/acme/app", self.host),
            tag: "1.0".to_owned(),
            digest: self.digest.clone(),
            revision: self.revision.clone(),
            source: "https://git.example/acme/app".to_owned(),
            reason: "COMMIT".to_owned(),
            run: "api-0123456789".to_owned(),
        }
    }

    /// Whether all that a call talks to is there.
    pub(super) fn is_good(&self) -> bool {
        self._registry.is_some()
    }

    /// Lets the Kubernetes API have a ClusterStack, and nothing of kpack's else.
    pub(super) fn has_stack(&self) {
        self.kubeconfig(&format!("http://{}", servers::stacks()));
    }
}
