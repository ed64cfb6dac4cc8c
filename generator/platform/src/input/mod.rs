//! `platform.yaml` as it is written: every field optional, every name a string.
//!
//! These types carry the documentation of each setting (it becomes the JSON Schema) and nothing else. What is
//! missing, misspelt or refers to nothing is found by [`crate::lower`], which turns this into a [`crate::Platform`].

mod application;
mod infrastructure;
mod provider;
mod secret;

pub use application::*;
pub use infrastructure::*;
pub use provider::*;
pub use secret::SecretRef;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

/// One delivery platform: its Git providers, registries, environments, projects and applications.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields, rename = "Platform")]
pub struct Document {
    /// Always `luban.dev/v1alpha1`.
    #[schemars(extend("x-required" = true, "const" = "luban.dev/v1alpha1"))]
    pub api_version: Option<String>,
    /// Always `Platform`.
    #[schemars(extend("x-required" = true, "const" = "Platform"))]
    pub kind: Option<String>,
    /// What this platform is called.
    #[schemars(extend("x-required" = true))]
    pub metadata: Option<Metadata>,
    /// The platform itself.
    #[schemars(extend("x-required" = true))]
    pub spec: Option<Spec>,
}

/// What the platform is called.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Metadata {
    /// Name of the platform, a DNS label: the root Argo CD Application has it.
    #[schemars(extend("x-required" = true))]
    pub name: Option<String>,
}

/// The parts of a platform; names come before settings, and a reference is the name of a thing defined once.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Spec {
    /// The repository that holds this file and what is compiled from it.
    #[schemars(extend("x-required" = true))]
    pub gitops: Option<Gitops>,
    /// Versions that the clusters run; they decide what may be compiled. Default: the newest that Luban knows.
    pub targets: Targets,
    /// Clusters by name. Default: `delivery`, the cluster that Argo CD, the builds and the events run on.
    pub clusters: IndexMap<String, Cluster>,
    /// Environments in order of promotion: releases go to the first, promotions to the next.
    #[schemars(extend("x-required" = true))]
    pub environments: Vec<Environment>,
    /// Git providers by name.
    #[schemars(extend("x-required" = true))]
    pub providers: IndexMap<String, Provider>,
    /// How webhooks reach the platform.
    #[schemars(extend("x-required" = true))]
    pub events: Option<Events>,
    /// Container registries by name.
    #[schemars(extend("x-required" = true))]
    pub registries: IndexMap<String, Registry>,
    /// What builds images.
    pub builders: Builders,
    /// Images of the platform's tools that come from elsewhere than Luban's own list says, by tool: mirrors, other versions.
    pub images: IndexMap<String, String>,
    /// What the network between the parts allows.
    pub network: Network,
    /// Certificate authorities and package mirrors that builds trust.
    pub trust: Trust,
    /// Where Secrets come from. Default: they exist already, made by hand or by another tool.
    pub secrets: Secrets,
    /// How many runs are kept, and whether a queue admits them.
    pub runs: Runs,
    /// Alerts and dashboards about builds. Default: none.
    pub alerts: Alerts,
    /// Scanning and signing of images; a project may have its own.
    pub policies: Policies,
    /// Who hears of each finished build, beside the commit that was built. Default: nobody.
    pub report: Option<Report>,
    /// Teams and what they deliver.
    #[schemars(extend("x-required" = true))]
    pub projects: Option<Vec<Project>>,
}

/// The GitOps repository.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Gitops {
    /// Its https URL.
    #[schemars(extend("x-required" = true))]
    pub repository: Option<String>,
    /// Branch that Argo CD follows and releases are committed to. Default: `main`.
    pub branch: Option<String>,
    /// Provider that hosts it. Default: the one whose URL the repository's begins with.
    pub provider: Option<String>,
    /// Secret of type `kubernetes.io/basic-auth` that pushes releases and opens promotion pull requests. Builds never have
    /// it, so it should be another than the provider's. Default: the provider's credentials.
    pub credentials: Option<SecretRef>,
}

/// Versions that the clusters run, each `major.minor`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Targets {
    /// Argo Workflows.
    pub argo_workflows: Option<String>,
    /// Argo Events.
    pub argo_events: Option<String>,
    /// Argo CD.
    pub argo_cd: Option<String>,
    /// Tekton Pipelines.
    pub tekton_pipelines: Option<String>,
    /// Tekton Triggers.
    pub tekton_triggers: Option<String>,
    /// Kargo.
    pub kargo: Option<String>,
    /// kpack.
    pub kpack: Option<String>,
    /// Kubernetes.
    pub kubernetes: Option<String>,
}

/// A Kubernetes cluster.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Cluster {
    /// URL of its API server as Argo CD knows it. Default: the cluster that Argo CD runs in.
    pub server: Option<String>,
}

/// A stage that applications are deployed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Environment {
    /// Name, a DNS label; part of namespaces, for example `payments-snd`.
    #[schemars(extend("x-required" = true))]
    pub name: Option<String>,
    /// Cluster that it runs on. Default: the only cluster.
    pub cluster: Option<String>,
    /// Whether Argo CD applies changes by itself. Default: `automatic` for the first environment, `manual` after it.
    pub sync: Option<Sync>,
    /// Environment whose releases are promoted to this one. Default: the one before it in the list.
    pub after: Option<String>,
    /// How releases come here from the environment before.
    pub promotion: Promotion,
}

/// Whether Argo CD applies changes by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sync {
    /// Argo CD applies each change, prunes and heals.
    Automatic,
    /// A person presses the button.
    Manual,
}

/// How a release reaches an environment.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Promotion {
    /// Who agrees to it. Default: `pull-request`.
    pub approval: Option<Approval>,
    /// What starts it. Default: `[manual]`.
    pub on: Option<Vec<PromotionTrigger>>,
    /// What must be true of the release before. Default: `[healthy]`.
    pub require: Option<Vec<Requirement>>,
}

/// Who agrees to a promotion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Approval {
    /// A pull request at the provider, merged by a person.
    PullRequest,
    /// Nobody: the promotion is committed at once.
    None,
}

/// What starts a promotion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PromotionTrigger {
    /// A person runs the project's `promote` template.
    Manual,
    /// A Git tag on a commit that the environment before has released.
    GitTag,
}

/// What must be true of a release before it is promoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Requirement {
    /// Argo CD reports the application healthy and synced in the environment before.
    Healthy,
    /// The image is signed with the platform's key.
    Signed,
}

/// A team's tenancy: namespaces, quotas, groups, and the applications it delivers.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Project {
    /// Name, a DNS label; part of namespaces.
    #[schemars(extend("x-required" = true))]
    pub name: Option<String>,
    /// Provider of its repositories. Default: the only provider.
    pub provider: Option<String>,
    /// Registry of its images. Default: the only registry.
    pub registry: Option<String>,
    /// Azure DevOps project, or owner at GitHub and Gitea, of its repositories. Default: the provider's organization,
    /// at Azure the project's name.
    pub repository_project: Option<String>,
    /// Groups of the single sign-on that may work with it.
    pub groups: Groups,
    /// What its build namespaces may use.
    pub quota: Quota,
    /// Scanning and signing, where it differs from the platform's.
    pub policies: Option<Policies>,
    /// What it delivers.
    pub applications: Vec<Application>,
}

/// Groups of the single sign-on by role.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Groups {
    /// May look, end runs, promote, restart applications and sync every environment.
    pub admin: Option<String>,
    /// May look, and restart and sync in environments that sync automatically.
    pub developer: Option<String>,
}

/// Limits of a project's build namespaces.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Quota {
    /// CPU that all its builds may request, a Kubernetes quantity. Default: `16`.
    pub cpu: Option<String>,
    /// Memory that all its builds may request. Default: `32Gi`.
    pub memory: Option<String>,
    /// Builds that run at the same time. Default: 4.
    pub builds: Option<u32>,
}
