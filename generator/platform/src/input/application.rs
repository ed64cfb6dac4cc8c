//! Applications: where their source is, how it is built, how it runs.

use super::Resources;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

/// One deployable part of a source repository.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Application {
    /// Name, a DNS label, unique in its project.
    #[schemars(extend("x-required" = true))]
    pub name: Option<String>,
    /// Where its source is and which changes build it.
    #[schemars(extend("x-required" = true))]
    pub source: Option<Source>,
    /// How its image is built; exactly one kind.
    #[schemars(extend("x-required" = true))]
    pub build: Option<Build>,
    /// How it runs. Default: built only, deployed nowhere.
    pub deploy: Option<Deploy>,
}

/// Where the source is and which changes build.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Source {
    /// Repository's name at the project's provider, or `owner/name`.
    #[schemars(extend("x-required" = true))]
    pub repository: Option<String>,
    /// Directory in the repository that is built. Default: `.`, the whole repository.
    pub path: Option<String>,
    /// Branches that build, as names or patterns with `*`. Default: the release branch.
    pub branches: Option<Vec<String>>,
    /// The branch that the first environment follows. Default: `main`.
    pub release: Option<String>,
    /// A change builds only when it touches one of these patterns. Default: `path` and all below it.
    pub paths: Option<Vec<String>>,
    /// Fetch Git submodules too.
    pub submodules: bool,
    /// Fetch Git LFS files too.
    pub lfs: bool,
}

/// How an image is built; exactly one of these.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Build {
    /// Cloud Native Buildpacks, built by kpack.
    pub kpack: Option<KpackBuild>,
    /// A railpack plan, built by BuildKit.
    pub railpack: Option<RailpackBuild>,
}

/// A build by kpack.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct KpackBuild {
    /// A Python application, built with uv. Kpack needs to know no more.
    pub python: bool,
    /// Environment variables of the build, such as `BP_PYTHON_VERSION`.
    pub env: IndexMap<String, String>,
    /// What the build may use.
    pub resources: Resources,
}

/// A build by railpack.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct RailpackBuild {
    /// Names of build secrets: keys of the Secret `<application>-build`, seen by the build and by nothing else.
    pub secrets: Vec<String>,
    /// Platforms of the image. Default: `[linux/amd64]`.
    pub platforms: Option<Vec<Platform>>,
    /// Build arguments of the railpack frontend, by name.
    pub args: IndexMap<String, String>,
    /// Tags beside the commit. Default: none; each is moved to the newest release build.
    pub tags: Vec<String>,
    /// Labels of the image, beside OCI's own.
    pub labels: IndexMap<String, String>,
}

/// Platforms that images are built for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
pub enum Platform {
    /// x86-64.
    #[serde(rename = "linux/amd64")]
    Amd64,
    /// 64-bit ARM.
    #[serde(rename = "linux/arm64")]
    Arm64,
}

/// How an application runs.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Deploy {
    /// Port that it listens on, which it is told as `PORT`. Default: none, it serves nobody and has no Service.
    pub port: Option<u16>,
    /// Host name in the last environment; before it `<environment>-<host>`. Default: no route.
    pub route: Option<String>,
    /// HTTP path that answers when it is well. Default: its port accepts connections.
    pub health: Option<String>,
    /// Replicas by environment. Default: 1, in the last environment 2.
    pub replicas: IndexMap<String, u32>,
    /// What a replica may use.
    pub resources: Resources,
    /// Environment variables.
    pub config: IndexMap<String, String>,
    /// Secrets whose keys become environment variables.
    pub secrets: Vec<String>,
    /// What it may reach beside DNS and its own namespace, such as a database. Default: nothing.
    pub egress: Vec<Reach>,
    /// What differs in an environment, by its name.
    pub environments: IndexMap<String, DeployEnvironment>,
}

/// Something outside the namespace that an application may reach.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Reach {
    /// Address range, such as `10.30.0.0/16`.
    #[schemars(extend("x-required" = true))]
    pub cidr: Option<String>,
    /// TCP port.
    #[schemars(extend("x-required" = true))]
    pub port: Option<u16>,
}

/// What differs in one environment.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct DeployEnvironment {
    /// Host name here.
    pub route: Option<String>,
    /// Environment variables, over those of `config`.
    pub config: IndexMap<String, String>,
    /// What a replica may use here.
    pub resources: Option<Resources>,
}
