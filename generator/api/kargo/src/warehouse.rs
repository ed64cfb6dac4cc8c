//! Warehouses: where artifacts are looked for.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::{ApiVersion, Kind, ObjectMeta, Time, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::WarehouseStatus;

/// Looks for new artifacts, and makes freight of them.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct Warehouse {
    /// Always `kargo.akuity.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<Warehouse>,
    /// Always `Warehouse`.
    #[serde(default)]
    pub kind: Kind<Warehouse>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// Where it looks, how often, and when it makes freight.
    #[serde(default)]
    pub spec: WarehouseSpec,
    /// What it found last.
    pub status: Option<WarehouseStatus>,
}

resource!(Warehouse, group: "kargo.akuity.io", version: "v1alpha1", plural: "warehouses", scope: namespaced);

/// Where a Warehouse looks, how often, and when it makes freight.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["subscriptions"])))]
pub struct WarehouseSpec {
    /// The controller that looks after it; the default one if there is none. Becomes the label `kargo.akuity.io/shard`.
    pub shard: Option<String>,
    /// How often it looks, as a Go duration in `h`, `m` and `s`; `5m0s` if there is none.
    pub interval: Option<String>,
    /// `Automatic` (if there is none) or `Manual`.
    pub freight_creation_policy: Option<String>,
    /// What must hold before freight is made automatically.
    pub freight_creation_criteria: Option<FreightCreationCriteria>,
    /// What it looks for; freight has one artifact of each.
    #[serde(default)]
    pub subscriptions: Vec<RepoSubscription>,
}

/// What must hold before freight is made.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FreightCreationCriteria {
    /// An expression without `${{ }}` that gives true or false, such as `imageFrom("a").Tag == imageFrom("b").Tag`.
    pub expression: Option<String>,
}

/// What a Warehouse looks for: exactly one of `git`, `image` and `chart`.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RepoSubscription {
    /// Its name, unique in the Warehouse; Kargo makes one if there is none.
    pub name: Option<String>,
    /// Commits of a Git repository.
    pub git: Option<GitSubscription>,
    /// Images of a repository in a registry.
    pub image: Option<ImageSubscription>,
    /// Versions of a Helm chart.
    pub chart: Option<ChartSubscription>,
}

/// Commits of a Git repository.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["repoURL"])))]
pub struct GitSubscription {
    /// Its URL, by HTTPS; SSH goes away with v1.13.
    #[serde(rename = "repoURL", default)]
    pub repo_url: String,
    /// Which commit is the newest: `NewestFromBranch` (if there is none), `SemVer`, `Lexical` or `NewestTag`.
    pub commit_selection_strategy: Option<String>,
    /// The branch, for `NewestFromBranch`; the repository's default branch if there is none.
    pub branch: Option<String>,
    /// Which versions count, for `SemVer`, such as `^1.2`; all if there is none.
    pub semver_constraint: Option<String>,
    /// Whether only tags with major, minor and patch count, for `SemVer`; yes if there is none.
    pub strict_semvers: Option<bool>,
    /// Has given way to `allowTagsRegexes`: discovery fails with it since v1.11, and it goes away with v1.13.
    pub allow_tags: Option<String>,
    /// Only tags that one of these regular expressions matches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allow_tags_regexes: Vec<String>,
    /// Has given way to `ignoreTagsRegexes`: discovery fails with it since v1.11, and it goes away with v1.13.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore_tags: Vec<String>,
    /// No tags that one of these regular expressions matches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore_tags_regexes: Vec<String>,
    /// An expression without `${{ }}` over `id`, `author`, `subject`, …, or of tags `tag`, `creatorDate`, …: what gives false does not count.
    pub expression_filter: Option<String>,
    /// Only commits that change one of these: a path, `glob:…` or `regex:…`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include_paths: Vec<String>,
    /// No commits that change only these; they win over `includePaths`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclude_paths: Vec<String>,
    /// No commits before this time.
    pub since: Option<Time>,
    /// How many commits it finds at most: 1 to 100; 20 if there is none.
    pub discovery_limit: Option<i64>,
    /// Clones without the content of files that are not needed; the server must be able to.
    pub blobless: Option<bool>,
    /// Trusts any certificate.
    #[serde(rename = "insecureSkipTLSVerify")]
    pub insecure_skip_tls_verify: Option<bool>,
}

/// Images of a repository in a registry.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["repoURL"])))]
pub struct ImageSubscription {
    /// The repository, without scheme and tag.
    #[serde(rename = "repoURL", default)]
    pub repo_url: String,
    /// Which image is the newest: `SemVer` (if there is none), `Digest`, `Lexical` or `NewestBuild`.
    pub image_selection_strategy: Option<String>,
    /// For `SemVer`, which versions count, such as `^1.2`; for `Digest`, the tag whose digest is followed, and then it is required.
    pub constraint: Option<String>,
    /// Whether only tags with major, minor and patch count, for `SemVer`; yes if there is none.
    pub strict_semvers: Option<bool>,
    /// Has given way to `allowTagsRegexes`: discovery fails with it since v1.11, and it goes away with v1.13.
    pub allow_tags: Option<String>,
    /// Only tags that one of these regular expressions matches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allow_tags_regexes: Vec<String>,
    /// Has given way to `ignoreTagsRegexes`: discovery fails with it since v1.11, and it goes away with v1.13.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore_tags: Vec<String>,
    /// No tags that one of these regular expressions matches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore_tags_regexes: Vec<String>,
    /// Only images for this, as `linux/amd64`; what the controller runs on if there is none.
    pub platform: Option<String>,
    /// How many images it finds at most: 1 to 100; 20 if there is none.
    pub discovery_limit: Option<i64>,
    /// Remembers what a tag means; only where tags never move.
    pub cache_by_tag: Option<bool>,
    /// Trusts any certificate.
    #[serde(rename = "insecureSkipTLSVerify")]
    pub insecure_skip_tls_verify: Option<bool>,
}

/// Versions of a Helm chart.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["repoURL"])))]
pub struct ChartSubscription {
    /// The repository of charts (`https://…`), or the chart itself in a registry (`oci://…`).
    #[serde(rename = "repoURL", default)]
    pub repo_url: String,
    /// The chart; required for a repository of charts, excluded in a registry.
    pub name: Option<String>,
    /// Which versions count, such as `^1.2`; all if there is none.
    pub semver_constraint: Option<String>,
    /// How many versions it finds at most: 1 to 100; 20 if there is none.
    pub discovery_limit: Option<i64>,
    /// Trusts any certificate.
    #[serde(rename = "insecureSkipTLSVerify")]
    pub insecure_skip_tls_verify: Option<bool>,
}
