//! Where it all happens: two Git hosts, a registry, an API server with the compiled platform, and the programs of the images.

use super::Arguments;
use super::secrets;
use crate::conformance::document::{Object, list_at, text_at};
use crate::conformance::folder::Rendered;
use crate::conformance::judge::{Judge, Source};
use crate::conformance::protocol::Question;
use crate::conformance::questions::render;
use crate::conformance::report::Report;
use crate::conformance::server::RealCluster;
use crate::conformance::set::Set;
use crate::stand_ins::git::{git, push};
use crate::stand_ins::programs;
use crate::stand_ins::registry::{Server, credentials};
use anyhow::{Context as _, Result, bail};
use luban_registry::Credentials;
use luban_step::testing::host::Host;
use std::collections::HashSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

/// Kinds that are made while the platform runs, beside those that are compiled.
const MADE: [(&str, &str); 4] = [
    ("argoproj.io", "Workflow"),
    ("kpack.io", "Build"),
    ("kpack.io", "Image"),
    ("tekton.dev", "PipelineRun"),
];

/// The place.
pub(super) struct Place {
    /// The host of the source.
    pub(super) source: Host,
    /// The host of the GitOps repository.
    pub(super) gitops: Host,
    pub(super) registry: Server,
    /// Who may read the registry.
    pub(super) credentials: Credentials,
    pub(super) cluster: RealCluster,
    /// The compiled tree.
    pub(super) set: Set,
    pub(super) argo_events: Judge,
    pub(super) argo_workflows: Judge,
    pub(super) tekton: Judge,
    kustomize: Judge,
    // Goes last.
    directory: TempDir,
}

impl Place {
    /// Starts everything, compiles the platform into the GitOps repository and applies it. Gives what was seen, too.
    ///
    /// # Errors
    /// When a part does not start or something of the platform is refused.
    pub(super) fn make(arguments: &Arguments) -> Result<(Self, String)> {
        let directory = tempfile::tempdir()?;
        let judges = fs::canonicalize(&arguments.judges)
            .with_context(|| format!("there is no `{}`", arguments.judges.display()))?;
        let judge = |name: &str| {
            let source = Source {
                name: name.to_owned(),
                folder: judges.join(name),
            };
            source.build()
        };
        let kustomize = judge("kustomize")?;
        let registry = Server::start(
            judge("registry")?.program(),
            &directory.path().join("registry.log"),
        )?;
        let (source, gitops) = (Host::gitea(), Host::gitea());
        let luban = fs::canonicalize(&arguments.luban)
            .with_context(|| format!("there is no `{}`", arguments.luban.display()))?;
        let cosign = fs::canonicalize(&arguments.cosign).with_context(|| {
            let file = arguments.cosign.display();
            format!("there is no `{file}`: `make cosign` builds it")
        })?;
        let programs = programs(&directory.path().join("programs"), &luban)?;
        symlink(&cosign, programs.join("cosign"))?;
        let railpack = fs::canonicalize(arguments.files.join("programs/railpack"))?;
        symlink(railpack, programs.join("railpack"))?;

        let clone = |host: &Host, name: &str| {
            let login = format!("http://{}:{}@", Host::LOGIN.0, Host::LOGIN.1);
            let url = host.url().replacen("http://", &login, 1);
            git(directory.path(), &["clone", "--quiet", &url, name])
        };
        clone(&source, "source")?;
        clone(&gitops, "gitops")?;
        let tree = directory.path().join("gitops");
        let platform = fs::read_to_string(arguments.files.join("platform.yaml"))?;
        let address = |host: &Host| {
            let url = host.url();
            let host = url.split('/').nth(2);
            host.map(str::to_owned).context("a URL without a host")
        };
        let platform = platform
            .replace("SOURCE", &address(&source)?)
            .replace("GITOPS", &address(&gitops)?)
            .replace("REGISTRY", &registry.host);
        fs::write(tree.join("platform.yaml"), platform)?;
        let output = Command::new(&luban)
            .args(["generate", "--quiet", "--root"])
            .arg(&tree)
            .output()?;
        if !output.status.success() {
            bail!(
                "`luban generate` failed: {}",
                String::from_utf8_lossy(&output.stderr)
            );
        }
        push(&tree, "Compile the platform")?;

        let set = Set::tree(&tree)?;
        let mut report = Report::default();
        let rendered = render(&set, &kustomize, false, false, &mut report)?;
        let cluster = RealCluster::start(&judges, &needed(&set, &rendered))?;
        let count = cluster.deploy(&set, &rendered, &mut report)?;
        if report.has_failed() {
            bail!("the API server refuses what is compiled:\n{report}");
        }
        let page = fs::read_to_string(tree.join("pipelines/SECRETS.md"))?;
        let made = secrets::make(&page, &cluster, &registry.host, &cosign, directory.path())?;
        let place = Self {
            source,
            gitops,
            credentials: credentials(&registry.host)?,
            registry,
            cluster,
            set,
            argo_events: judge("argo-events")?,
            argo_workflows: judge("argo-workflows")?,
            tekton: judge("tekton")?,
            kustomize,
            directory,
        };
        let seen =
            format!("{count} objects of the compiled platform and {made} Secrets are applied");
        Ok((place, seen))
    }

    /// The directory of the images' programs.
    pub(super) fn programs(&self) -> PathBuf {
        self.directory.path().join("programs")
    }

    /// Where pods' directories are made.
    pub(super) fn pods(&self) -> PathBuf {
        self.directory.path().join("pods")
    }

    /// The clone of the source in which a person works.
    pub(super) fn source_clone(&self) -> PathBuf {
        self.directory.path().join("source")
    }

    /// The clone of the GitOps repository in which a person works.
    pub(super) fn gitops_clone(&self) -> PathBuf {
        self.directory.path().join("gitops")
    }

    /// The image that an application runs in an environment, as kustomize renders its overlay of `main`.
    ///
    /// # Errors
    /// When it cannot be rendered, or runs nothing.
    pub(super) fn deployed(&self, application: &str, environment: &str) -> Result<String> {
        let root = self.gitops_clone();
        // What is only in the clone is deployed nowhere.
        git(&root, &["fetch", "--quiet", "origin", "main"])?;
        git(&root, &["reset", "--quiet", "--hard", "FETCH_HEAD"])?;
        let question = Question::Folder {
            root,
            dir: format!("overlays/shop/{application}/{environment}"),
        };
        let verdict = self.kustomize.ask(std::iter::once(&question))?.pop();
        let verdict = verdict.context("kustomize says nothing")?;
        if !verdict.ok {
            bail!("kustomize refuses the overlay: {}", verdict.error);
        }
        let objects = Object::read(environment, &verdict.output)?;
        let deployment = objects.iter().find(|object| object.kind() == "Deployment");
        let deployment = deployment.context("the overlay has no Deployment")?;
        let containers = ["spec", "template", "spec", "containers"];
        let container = list_at(&deployment.value, &containers).first();
        let image = container.and_then(|container| text_at(container, &["image"]));
        image
            .map(str::to_owned)
            .context("the Deployment has no image")
    }
}

/// The kinds that the server must know.
fn needed<'a>(set: &'a Set, rendered: &'a Rendered) -> HashSet<(&'a str, &'a str)> {
    let mut needed: HashSet<(&str, &str)> = MADE.into();
    let objects = set.objects.iter().chain(rendered.new_objects(set));
    needed.extend(objects.map(|object| (object.group(), object.kind())));
    needed
}
