//! The platform after every name is resolved and every default applied: what `compile` reads.
//!
//! Nothing here can be wrong any more: names are checked newtypes, references are the things themselves, and what
//! has a default has a value.

use crate::names::{
    BranchPattern, Cidr, DnsLabel, EnvironmentVariable, HostName, HttpUrl, ImageRef, ImageTag,
    LogUrl, Quantity, RegistryHost, RelativePath, RepositoryName, ResourceName,
};
use crate::versions::Targets;
use indexmap::IndexMap;
use std::sync::Arc;

pub use crate::input::{
    Approval, Buildpack, Layout, Platform as BuildPlatform, PromotionTrigger, Queue, RegistryType,
    Requirement, Severity, Stack, Sync,
};

/// A delivery platform, whole and consistent.
#[derive(Clone, Debug)]
pub struct Platform {
    /// What it is called.
    pub name: DnsLabel,
    /// The GitOps repository.
    pub gitops: Gitops,
    /// Versions that the clusters run.
    pub targets: Targets,
    /// Clusters, in the order of the file.
    pub clusters: Vec<Arc<Cluster>>,
    /// Environments in order of promotion; never empty.
    pub environments: Vec<Arc<Environment>>,
    /// Git providers, in the order of the file.
    pub providers: Vec<Arc<Provider>>,
    /// How webhooks arrive.
    pub events: Events,
    /// Registries, in the order of the file.
    pub registries: Vec<Arc<Registry>>,
    /// The kpack builder; there if an application builds with kpack.
    pub kpack: Option<KpackBuilder>,
    /// How railpack builds run; there if an application builds with railpack.
    pub railpack: Option<RailpackBuilder>,
    /// Images of tools that replace Luban's own, by tool.
    pub images: IndexMap<String, ImageRef>,
    /// How builds reach the outside.
    pub egress: Egress,
    /// Gateway that routes to applications.
    pub application_gateway: Option<Gateway>,
    /// What builds trust.
    pub trust: Trust,
    /// The store that Secrets come from; none if they exist already.
    pub external_secrets: Option<ExternalSecrets>,
    /// Finished runs that are kept.
    pub keep: Keep,
    /// What admits runs.
    pub queue: Queue,
    /// Compile a PrometheusRule.
    pub prometheus: bool,
    /// Compile a Grafana dashboard.
    pub grafana: bool,
    /// Who hears of finished builds, beside the provider.
    pub report: Report,
    /// Teams, in the order of the file.
    pub projects: Vec<Arc<Project>>,
}

impl Platform {
    /// The environment that releases go to first.
    pub fn first_environment(&self) -> &Arc<Environment> {
        &self.environments[0]
    }

    /// Every application with its project, in the order of the file.
    pub fn applications(&self) -> impl Iterator<Item = (&Arc<Project>, &Application)> {
        self.projects.iter().flat_map(|project| {
            project
                .applications
                .iter()
                .map(move |application| (project, application))
        })
    }

    /// The environment that releases are promoted from to `environment`; none for the first.
    pub fn before(&self, environment: &Environment) -> Option<&Arc<Environment>> {
        let after = environment.after.as_ref()?;
        self.environments
            .iter()
            .find(|candidate| candidate.name == *after)
    }
}

/// The GitOps repository.
#[derive(Clone, Debug)]
pub struct Gitops {
    /// Its https URL, without `.git`.
    pub repository: HttpUrl,
    /// Branch that Argo CD follows.
    pub branch: String,
    /// Provider that hosts it.
    pub provider: Arc<Provider>,
    /// Secret that pushes releases and opens pull requests: keys `username` and `password`.
    pub credentials: ResourceName,
}

/// A Kubernetes cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Its name in the file.
    pub name: DnsLabel,
    /// URL of its API server as Argo CD knows it; `https://kubernetes.default.svc` for Argo CD's own.
    pub server: HttpUrl,
}

impl Cluster {
    /// URL by which Argo CD knows the cluster it runs in.
    pub const IN_CLUSTER: &'static str = "https://kubernetes.default.svc";

    /// Whether this is the cluster that Argo CD, events and builds run on.
    pub fn is_delivery(&self) -> bool {
        self.server.as_str() == Self::IN_CLUSTER
    }
}

/// A stage that applications are deployed to.
#[derive(Clone, Debug)]
pub struct Environment {
    /// Its name.
    pub name: DnsLabel,
    /// Where it runs.
    pub cluster: Arc<Cluster>,
    /// Whether Argo CD applies changes by itself.
    pub sync: Sync,
    /// The environment that releases are promoted from; none for the first.
    pub after: Option<DnsLabel>,
    /// Whether it is the last: nothing is promoted from it.
    pub is_last: bool,
    /// Who agrees to a promotion.
    pub approval: Approval,
    /// What starts a promotion.
    pub on: Vec<PromotionTrigger>,
    /// What must be true of a release before.
    pub require: Vec<Requirement>,
}

/// A Git provider.
#[derive(Clone, Debug)]
pub struct Provider {
    /// Its name in the file.
    pub name: DnsLabel,
    /// What it is, with what only that kind has.
    pub kind: ProviderKind,
    /// Secret with key `ca.crt`.
    pub certificate_authority: Option<ResourceName>,
    /// Secret of type `kubernetes.io/basic-auth`: keys `username` and `password`.
    pub credentials: ResourceName,
    /// Secret with key `token` that authenticates webhooks.
    pub webhook: ResourceName,
}

/// Kinds of Git providers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProviderKind {
    /// github.com or GitHub Enterprise.
    GitHub {
        /// Base URL of the web site, `https://github.com` for the public one.
        url: HttpUrl,
        /// Default owner of repositories.
        organization: String,
    },
    /// dev.azure.com.
    AzureDevOpsServices {
        /// The organization.
        organization: String,
    },
    /// Azure DevOps Server.
    AzureDevOpsServer {
        /// Base URL, with the virtual directory if it has one (`https://host/tfs`).
        url: HttpUrl,
        /// The collection.
        collection: String,
    },
    /// Gitea or Forgejo.
    Gitea {
        /// Base URL.
        url: HttpUrl,
        /// Default owner of repositories.
        organization: Option<String>,
    },
}

impl ProviderKind {
    /// The name that the file has for it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::GitHub { .. } => "GitHub",
            Self::AzureDevOpsServices { .. } => "AzureDevOpsServices",
            Self::AzureDevOpsServer { .. } => "AzureDevOpsServer",
            Self::Gitea { .. } => "Gitea",
        }
    }
}

/// How webhooks arrive.
#[derive(Clone, Debug)]
pub struct Events {
    /// Host name that providers send to.
    pub host: HostName,
    /// The way in.
    pub way: WayIn,
    /// Largest accepted body, in bytes.
    pub max_payload_bytes: u32,
}

/// The way in for webhooks.
#[derive(Clone, Debug)]
pub enum WayIn {
    /// HTTPRoutes of a Gateway.
    Gateway(Gateway),
    /// A Cloudflare Tunnel; the Secret's key `token` is the tunnel's token.
    CloudflareTunnel {
        /// The Secret.
        secret: ResourceName,
    },
}

/// A Gateway of the Gateway API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gateway {
    /// Its name.
    pub name: ResourceName,
    /// Its namespace.
    pub namespace: DnsLabel,
    /// The listener to use.
    pub section: Option<ResourceName>,
}

/// A container registry.
#[derive(Clone, Debug)]
pub struct Registry {
    /// Its name in the file.
    pub name: DnsLabel,
    /// What it is.
    pub kind: RegistryType,
    /// Host, with a port if it is not 443.
    pub host: RegistryHost,
    /// Path below which images go.
    pub namespace: Option<RelativePath>,
    /// Secret that may push.
    pub push: ResourceName,
    /// Secret that may only pull; none if images are public.
    pub pull: Option<ResourceName>,
}

impl Registry {
    /// Repository of an application's image, `host/path` without tag.
    pub fn image_of(&self, project: &DnsLabel, application: &DnsLabel) -> String {
        match self.kind {
            RegistryType::Quay => {
                self.repository(&[project.as_str(), "-", application.as_str()].concat())
            }
            RegistryType::Harbor | RegistryType::Registry => {
                self.repository(&[project.as_str(), "/", application.as_str()].concat())
            }
        }
    }

    /// Repository of one of the platform's own images, such as the kpack builder.
    pub fn platform_image(&self, name: &str) -> String {
        match self.kind {
            RegistryType::Harbor => self.repository(&format!("luban/{name}")),
            RegistryType::Quay | RegistryType::Registry => {
                self.repository(&format!("luban-{name}"))
            }
        }
    }

    fn repository(&self, path: &str) -> String {
        match &self.namespace {
            Some(namespace) => format!("{}/{namespace}/{path}", self.host),
            None => format!("{}/{path}", self.host),
        }
    }
}

/// The kpack stack, store and builder.
#[derive(Clone, Debug)]
pub struct KpackBuilder {
    /// The stack.
    pub stack: Stack,
    /// Buildpacks, in order.
    pub buildpacks: Vec<Buildpack>,
    /// Where they are pushed to.
    pub registry: Arc<Registry>,
}

/// How railpack builds run.
#[derive(Clone, Debug)]
pub struct RailpackBuilder {
    /// Version of the command and of the frontend, `vX.Y.Z`.
    pub version: ImageTag,
    /// Where the command's image is pushed to.
    pub registry: Arc<Registry>,
    /// How the work is split over pods.
    pub layout: Layout,
    /// Labels that a node must have.
    pub selector: IndexMap<String, String>,
    /// Taint keys that are tolerated.
    pub tolerations: Vec<String>,
    /// CPU that BuildKit requests.
    pub cpu: Quantity,
    /// Memory that BuildKit requests, and its limit.
    pub memory: Quantity,
    /// Minutes that one build may take.
    pub timeout_minutes: u32,
}

/// How builds reach registries, Git providers and mirrors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Egress {
    /// Any address outside the cluster's own ranges, on port 443.
    Anywhere,
    /// These address ranges.
    Cidrs(Vec<Cidr>),
    /// These host names or patterns, enforced by Cilium.
    CiliumFqdns(Vec<String>),
    /// A forward proxy and nothing else.
    Proxy {
        /// Its URL.
        url: HttpUrl,
        /// Where it is.
        cidr: Cidr,
        /// Hosts reached without it, the cluster's own included.
        no_proxy: Vec<String>,
    },
}

/// What builds trust.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// Secret with key `ca.crt`.
    pub certificate_authority: Option<ResourceName>,
    /// URL of a Python package index.
    pub python_mirror: Option<HttpUrl>,
    /// Secret with key `.netrc`.
    pub netrc: Option<ResourceName>,
}

/// A store of the External Secrets operator.
#[derive(Clone, Debug)]
pub struct ExternalSecrets {
    /// Name of a ClusterSecretStore.
    pub store: ResourceName,
    /// Put before the namespace and name to make the remote key.
    pub prefix: String,
    /// How often they are read again, as Kubernetes writes a duration.
    pub refresh: String,
}

/// Finished runs that are kept.
#[derive(Clone, Copy, Debug)]
pub struct Keep {
    /// Successful ones.
    pub succeeded: u32,
    /// Failed ones.
    pub failed: u32,
    /// Hours after which any goes.
    pub hours: u32,
}

/// Who hears of finished builds, beside the provider.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// A webhook.
    pub webhook: Option<Webhook>,
    /// A Pushgateway.
    pub metrics: Option<HttpUrl>,
    /// Where logs are.
    pub logs: Option<LogUrl>,
}

/// A webhook that hears of finished builds.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// Its URL.
    pub url: HttpUrl,
    /// Secret with key `key`.
    pub secret: ResourceName,
}

/// A team's tenancy.
#[derive(Clone, Debug)]
pub struct Project {
    /// Its name.
    pub name: DnsLabel,
    /// Provider of its repositories.
    pub provider: Arc<Provider>,
    /// Registry of its images.
    pub registry: Arc<Registry>,
    /// Azure DevOps project, or owner elsewhere.
    pub repository_project: String,
    /// Group that administers it.
    pub admin: Option<String>,
    /// Group that develops in it.
    pub developer: Option<String>,
    /// CPU that all its builds may request.
    pub cpu: Quantity,
    /// Memory that all its builds may request.
    pub memory: Quantity,
    /// Builds at the same time.
    pub builds: u32,
    /// How its images are scanned; none if they are not.
    pub scan: Option<Scan>,
    /// How its images are signed; none if they are not.
    pub sign: Option<Sign>,
    /// What it delivers.
    pub applications: Vec<Application>,
}

/// When a scan fails a build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    /// Severities that fail it, ascending.
    pub fail_on: Vec<Severity>,
    /// Do not count what has no fix yet.
    pub ignore_unfixed: bool,
}

/// How images are signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// Secret with the key pair.
    pub key: ResourceName,
    /// The public key, in PEM.
    pub public_key: Option<String>,
}

/// One deployable part of a source repository.
#[derive(Clone, Debug)]
pub struct Application {
    /// Its name.
    pub name: DnsLabel,
    /// Where its source is.
    pub source: Source,
    /// How its image is built.
    pub build: Build,
    /// How it runs; none if it is deployed nowhere.
    pub deploy: Option<Deploy>,
}

/// Where the source is and which changes build.
#[derive(Clone, Debug)]
pub struct Source {
    /// The repository, with its owner or project.
    pub repository: RepositoryName,
    /// URL that it is cloned from.
    pub clone_url: HttpUrl,
    /// Directory that is built; `.` for the whole repository.
    pub path: RelativePath,
    /// Branches that build, the release branch among them.
    pub branches: Vec<BranchPattern>,
    /// Branch that the first environment follows.
    pub release: String,
    /// Patterns, one of which a change must touch; empty if any change builds.
    pub paths: Vec<String>,
    /// Fetch Git submodules.
    pub submodules: bool,
    /// Fetch Git LFS files.
    pub lfs: bool,
}

impl Source {
    /// Whether branches other than the release branch build too.
    pub fn builds_other_branches(&self) -> bool {
        self.branches
            .iter()
            .any(|pattern| pattern.as_str() != self.release)
    }
}

/// How an image is built.
#[derive(Clone, Debug)]
pub enum Build {
    /// By kpack.
    Kpack(KpackBuild),
    /// By railpack and BuildKit.
    Railpack(RailpackBuild),
}

/// A build by kpack.
#[derive(Clone, Debug)]
pub struct KpackBuild {
    /// Environment variables of the build.
    pub env: IndexMap<EnvironmentVariable, String>,
    /// CPU that the build requests.
    pub cpu: Quantity,
    /// Memory that the build requests, and its limit.
    pub memory: Quantity,
}

/// A build by railpack.
#[derive(Clone, Debug)]
pub struct RailpackBuild {
    /// Names of build secrets.
    pub secrets: Vec<EnvironmentVariable>,
    /// Platforms of the image, ascending, each once.
    pub platforms: Vec<BuildPlatform>,
    /// Build arguments of the frontend.
    pub args: IndexMap<String, String>,
    /// Tags beside the commit.
    pub tags: Vec<ImageTag>,
    /// Labels of the image.
    pub labels: IndexMap<String, String>,
}

/// How an application runs.
#[derive(Clone, Debug)]
pub struct Deploy {
    /// Port that it listens on.
    pub port: Option<u16>,
    /// HTTP path that answers when it is well.
    pub health: Option<String>,
    /// Secrets whose keys become environment variables.
    pub secrets: Vec<ResourceName>,
    /// CPU that a replica requests.
    pub cpu: Quantity,
    /// Memory that a replica requests, and its limit.
    pub memory: Quantity,
    /// Address ranges and TCP ports that it may reach outside its namespace.
    pub egress: Vec<(Cidr, u16)>,
    /// Environment variables in every environment.
    pub config: IndexMap<EnvironmentVariable, String>,
    /// What each environment has, in order of promotion.
    pub environments: Vec<DeployEnvironment>,
}

/// How an application runs in one environment.
#[derive(Clone, Debug)]
pub struct DeployEnvironment {
    /// The environment.
    pub environment: Arc<Environment>,
    /// Replicas.
    pub replicas: u32,
    /// Host name that is routed to it.
    pub route: Option<HostName>,
    /// Environment variables that it has only here or differently here.
    pub config: IndexMap<EnvironmentVariable, String>,
    /// CPU here, where it differs.
    pub cpu: Option<Quantity>,
    /// Memory here, where it differs.
    pub memory: Option<Quantity>,
}
