//! Projects: what applications may do.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::ApplicationDestination;

/// What the applications of a project may do, and who may touch them.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct AppProject {
    /// Always `argoproj.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<AppProject>,
    /// Always `AppProject`.
    #[serde(default)]
    pub kind: Kind<AppProject>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// What applications may use and where they may go.
    #[serde(default)]
    pub spec: AppProjectSpec,
    /// Tokens that were given out; Argo CD writes it.
    pub status: Option<AppProjectStatus>,
}

resource!(AppProject, group: "argoproj.io", version: "v1alpha1", plural: "appprojects", scope: namespaced);

/// Sources, destinations and kinds that a project allows.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AppProjectSpec {
    /// What the project is for; up to 255 characters.
    pub description: Option<String>,
    /// Repositories by URL pattern; `!` before a pattern excludes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source_repos: Vec<String>,
    /// Namespaces in which Applications of the project may be, besides Argo CD's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source_namespaces: Vec<String>,
    /// Clusters and namespaces by pattern; `!` before a pattern excludes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub destinations: Vec<ApplicationDestination>,
    /// ServiceAccounts that syncs take on, by destination; the first that matches counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub destination_service_accounts: Vec<ApplicationDestinationServiceAccount>,
    /// Allows only clusters that belong to the project.
    pub permit_only_project_scoped_clusters: Option<bool>,
    /// Cluster-wide kinds that are allowed; none if it is empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cluster_resource_whitelist: Vec<ClusterResourceRestrictionItem>,
    /// Cluster-wide kinds that are not, though the list above has them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cluster_resource_blacklist: Vec<ClusterResourceRestrictionItem>,
    /// Kinds in namespaces that are allowed; all if it is empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub namespace_resource_whitelist: Vec<GroupKind>,
    /// Kinds in namespaces that are not, though the list above has them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub namespace_resource_blacklist: Vec<GroupKind>,
    /// Reports objects that no application has; not if there is none.
    pub orphaned_resources: Option<OrphanedResourcesMonitorSettings>,
    /// Who may do what with the project's applications.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<ProjectRole>,
    /// Keys one of which must have signed what is synced; `sourceIntegrity` takes its place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signature_keys: Vec<SignatureKey>,
    /// What a source must prove before it is used.
    pub source_integrity: Option<SourceIntegrity>,
    /// Times in which syncs are allowed or denied.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sync_windows: Vec<SyncWindow>,
}

/// A kind of cluster-wide objects, and a name.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["group", "kind"])))]
pub struct ClusterResourceRestrictionItem {
    /// The API group; empty for the core group, `*` for any.
    #[serde(default)]
    pub group: String,
    /// The kind; `*` for any.
    #[serde(default)]
    pub kind: String,
    /// The object, as a pattern; any if there is none.
    pub name: Option<String>,
}

/// A kind of objects.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["group", "kind"])))]
pub struct GroupKind {
    /// The API group; empty for the core group, `*` for any.
    #[serde(default)]
    pub group: String,
    /// The kind; `*` for any.
    #[serde(default)]
    pub kind: String,
}

/// The ServiceAccount that syncs to a destination.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["server", "defaultServiceAccount"])))]
pub struct ApplicationDestinationServiceAccount {
    /// The URL of the cluster's API, as a pattern.
    #[serde(default)]
    pub server: String,
    /// The destination's namespace, as a pattern.
    pub namespace: Option<String>,
    /// The ServiceAccount, `name` in the destination's namespace or `namespace:name`.
    #[serde(default)]
    pub default_service_account: String,
}

/// Whether objects that belong to no application are reported.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrphanedResourcesMonitorSettings {
    /// Whether applications get a condition that warns.
    pub warn: Option<bool>,
    /// Objects that are no orphans.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<OrphanedResourceKey>,
}

/// Objects that are no orphans.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrphanedResourceKey {
    /// The API group, as a pattern.
    pub group: Option<String>,
    /// The kind, as a pattern.
    pub kind: Option<String>,
    /// The object, as a pattern.
    pub name: Option<String>,
}

/// Who may do what in a project.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct ProjectRole {
    /// The role.
    #[serde(default)]
    pub name: String,
    /// What the role is for.
    pub description: Option<String>,
    /// Casbin rules such as `p, proj:shop:dev, applications, get, shop/*, allow`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<String>,
    /// Groups of the identity provider that have the role.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
    /// Tokens that were given out for the role; Argo CD writes them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub jwt_tokens: Vec<JWTToken>,
}

/// A token of a role.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["iat"])))]
pub struct JWTToken {
    /// When it was given out, in seconds since 1970.
    #[serde(default)]
    pub iat: i64,
    /// When it ends, in seconds since 1970; never if it is not set.
    pub exp: Option<i64>,
    /// The token's id.
    pub id: Option<String>,
}

/// A key that must have signed a commit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["keyID"])))]
pub struct SignatureKey {
    /// The PGP key's id, in hexadecimal.
    #[serde(rename = "keyID", default)]
    pub key_id: String,
}

/// What a source must prove.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["git"])))]
pub struct SourceIntegrity {
    /// What Git sources must prove.
    #[serde(default)]
    pub git: SourceIntegrityGit,
}

/// What a Git source must prove.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["policies"])))]
pub struct SourceIntegrityGit {
    /// Policies, by repository.
    #[serde(default)]
    pub policies: Vec<SourceIntegrityGitPolicy>,
}

/// What the sources of some repositories must prove.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["repos", "gpg"])))]
pub struct SourceIntegrityGitPolicy {
    /// The repositories that it is about.
    #[serde(default)]
    pub repos: Vec<SourceIntegrityGitPolicyRepo>,
    /// Which signatures are asked for.
    #[serde(default)]
    pub gpg: SourceIntegrityGitPolicyGPG,
}

/// A repository, by URL pattern.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["url"])))]
pub struct SourceIntegrityGitPolicyRepo {
    /// The URL, as a glob; `!` before it excludes.
    #[serde(default)]
    pub url: String,
}

/// Which keys must have signed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["mode", "keys"])))]
pub struct SourceIntegrityGitPolicyGPG {
    /// `none` asks for nothing, `head` for the signed revision alone, `strict` for all of its history.
    #[serde(default)]
    pub mode: String,
    /// Keys that are trusted, by id; the repository server must hold them.
    #[serde(default)]
    pub keys: Vec<String>,
}

/// A time in which syncs are allowed or denied.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SyncWindow {
    /// `allow` or `deny`; where both are open, `deny` wins.
    pub kind: Option<String>,
    /// Why there is the window, such as a ticket.
    pub description: Option<String>,
    /// When it starts, as a cron expression.
    pub schedule: Option<String>,
    /// How long it lasts, as a Go duration such as `8h`.
    pub duration: Option<String>,
    /// The time zone of the schedule, such as `Europe/Berlin`; UTC if there is none.
    pub time_zone: Option<String>,
    /// Applications that it is about, as patterns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub applications: Vec<String>,
    /// Applications to these namespaces, as patterns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub namespaces: Vec<String>,
    /// Applications to these clusters, as patterns of URLs or names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clusters: Vec<String>,
    /// Whether an application must match applications, namespaces and clusters; else one of them is enough.
    pub and_operator: Option<bool>,
    /// Lets syncs by hand through when the window denies.
    pub manual_sync: Option<bool>,
    /// Lets syncs that are under way end when the window denies.
    pub sync_overrun: Option<bool>,
}

/// What Argo CD keeps with a project.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AppProjectStatus {
    /// Tokens that were given out, by role.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub jwt_tokens_by_role: BTreeMap<String, JWTTokens>,
}

/// Tokens of a role.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct JWTTokens {
    /// The tokens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<JWTToken>,
}
