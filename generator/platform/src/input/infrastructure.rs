//! Builders, network, trust, and what watches over runs.

use super::{Gateway, SecretRef};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

/// What builds images.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Builders {
    /// Cloud Native Buildpacks, built by kpack. Needed when an application builds with `kpack`.
    pub kpack: Option<KpackBuilder>,
    /// Railpack plans built by BuildKit on Tekton.
    pub railpack: Option<RailpackBuilder>,
}

/// The kpack stack, store and builder of the platform.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct KpackBuilder {
    /// The stack: base, build and run image. Default: `al2023`, Amazon Linux 2023 minimal.
    pub stack: Option<Stack>,
    /// Buildpacks of the builder, in order. Default: `[python-uv]`.
    pub buildpacks: Option<Vec<Buildpack>>,
    /// Registry that the stack, the buildpacks and the builder are pushed to. Default: the only registry.
    pub registry: Option<String>,
}

/// Stacks that Luban can build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Stack {
    /// Amazon Linux 2023 minimal, user 1000.
    Al2023,
}

/// Buildpacks that Luban has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Buildpack {
    /// Python with uv.
    PythonUv,
}

/// How railpack builds run.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct RailpackBuilder {
    /// Version of the railpack command and of its BuildKit frontend, which must agree. Default: `v0.37.0`.
    pub version: Option<String>,
    /// Registry that the railpack command's image is pushed to. Default: that of `kpack`, or the only registry.
    pub registry: Option<String>,
    /// How the work is split over pods. Default: `combined`.
    pub layout: Option<Layout>,
    /// Nodes that builds run on. Default: any.
    pub nodes: Nodes,
    /// What BuildKit may use.
    pub resources: Resources,
    /// Minutes that one build may take. Default: 45.
    pub timeout_minutes: Option<u32>,
}

/// How a railpack build is split over pods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// Clone, prepare and build in one pod, on an emptyDir.
    Combined,
    /// A pod each, over a workspace on a volume claim.
    Split,
}

/// Nodes that pods may run on.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Nodes {
    /// Labels that a node must have.
    pub selector: IndexMap<String, String>,
    /// Taints, by key, that do not keep the pods away.
    pub tolerations: Vec<String>,
}

/// CPU and memory, as Kubernetes quantities.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Resources {
    /// CPU that is requested.
    pub cpu: Option<String>,
    /// Memory that is requested, and the limit.
    pub memory: Option<String>,
}

/// What the network allows.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Network {
    /// How builds reach registries, Git providers and package mirrors. Default: any address outside the cluster's own ranges on port 443.
    pub registry_egress: Option<RegistryEgress>,
    /// Gateway that routes to applications. Needed when an application has a `route`.
    pub application_gateway: Option<Gateway>,
}

/// How builds reach the outside; exactly one of these.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct RegistryEgress {
    /// Address ranges.
    pub cidrs: Option<Vec<String>>,
    /// Host names or patterns, where the cluster runs Cilium.
    pub cilium_fqdns: Option<Vec<String>>,
    /// A forward proxy.
    pub proxy: Option<Proxy>,
}

/// A forward proxy.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Proxy {
    /// Its URL, for example `http://proxy.acme.internal:3128`.
    #[schemars(extend("x-required" = true))]
    pub url: Option<String>,
    /// Addresses it is reached at, as an address range.
    #[schemars(extend("x-required" = true))]
    pub cidr: Option<String>,
    /// Hosts that are reached without it. The cluster's own are always among them.
    pub no_proxy: Vec<String>,
}

/// What builds trust.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Trust {
    /// Secret with key `ca.crt`: a private certificate authority.
    pub certificate_authority: Option<SecretRef>,
    /// Mirrors that packages are installed from.
    pub package_mirror: Option<PackageMirror>,
}

/// A package mirror.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct PackageMirror {
    /// URL of a Python package index.
    pub python: Option<String>,
    /// Secret with key `.netrc`: who may read it.
    pub netrc: Option<SecretRef>,
}

/// Where Secrets come from.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Secrets {
    /// The External Secrets operator makes them. Default: they exist already.
    pub external_secrets: Option<ExternalSecrets>,
}

/// A store of the External Secrets operator.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct ExternalSecrets {
    /// Name of a ClusterSecretStore.
    #[schemars(extend("x-required" = true))]
    pub store: Option<String>,
    /// Put before each Secret's namespace and name to make the remote key. Default: the platform's name.
    pub prefix: Option<String>,
    /// How often they are read again. Default: `1h`.
    pub refresh: Option<String>,
}

/// What happens with runs.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Runs {
    /// How many finished runs are kept.
    pub keep: Keep,
    /// What admits runs. Default: `none`, they start at once.
    pub queue: Option<Queue>,
}

/// How many finished runs are kept.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Keep {
    /// Successful runs of each pipeline. Default: 10.
    pub succeeded: Option<u32>,
    /// Failed runs of each pipeline. Default: 20.
    pub failed: Option<u32>,
    /// Hours after which any run goes. Default: 72.
    pub hours: Option<u32>,
}

/// What admits runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Queue {
    /// Nothing: runs start at once.
    None,
    /// Kueue, with a queue for each project.
    Kueue,
}

/// Alerts and dashboards.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Alerts {
    /// A PrometheusRule: error rate, duration, cache hits, undelivered events.
    pub prometheus: bool,
    /// A ConfigMap with a Grafana dashboard.
    pub grafana: bool,
}

/// What is asked of images.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Policies {
    /// Scan images with Trivy before they are released. Default: no scan.
    pub scan: Option<Scan>,
    /// Sign images with cosign. Default: not signed.
    pub sign: Option<Sign>,
}

/// When a scan fails a build.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Scan {
    /// Severities that fail it. Default: `[critical]`.
    pub fail_on: Option<Vec<Severity>>,
    /// Do not count what has no fix yet. Default: false.
    pub ignore_unfixed: bool,
}

/// Severities of vulnerabilities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
    /// Critical.
    Critical,
}

/// How images are signed.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Sign {
    /// Secret with keys `cosign.key`, `cosign.password` and `cosign.pub`.
    #[schemars(extend("x-required" = true))]
    pub key: Option<SecretRef>,
    /// The public key, in PEM: clusters admit only images signed with it. Default: the key `cosign.pub` of the Secret.
    pub public_key: Option<String>,
}

/// Who hears of each finished build, beside the commit that was built: a webhook, a Pushgateway, or both.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Report {
    /// URL of the webhook.
    pub url: Option<String>,
    /// Secret with key `key`, which signs the webhook's body.
    pub secret: Option<String>,
    /// URL of a Prometheus Pushgateway, which gets what became of the last build of each application, and how long it took.
    pub metrics: Option<String>,
    /// Where people read a run's log, with `{namespace}` and `{run}` in it; commits and the webhook link to it.
    pub logs: Option<String>,
}
