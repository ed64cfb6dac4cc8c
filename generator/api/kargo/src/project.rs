//! Projects, and what is allowed in them.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::LocalObjectReference;
use luban_api_core::k8s_openapi::apimachinery::pkg::apis::meta::v1::{
    Condition, LabelSelectorRequirement,
};
use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_with::skip_serializing_none;

use crate::{ProjectStatus, WebhookReceiverConfig};

/// A project, and the namespace of the same name that Kargo makes for it.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Project {
    /// Always `kargo.akuity.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<Project>,
    /// Always `Project`.
    #[serde(default)]
    pub kind: Kind<Project>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// Whether it is ready, and how its parts are.
    pub status: Option<ProjectStatus>,
}

resource!(Project, group: "kargo.akuity.io", version: "v1alpha1", plural: "projects", scope: cluster);

/// What is allowed in a project; has the project's name, in its namespace.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProjectConfig {
    /// Always `kargo.akuity.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<ProjectConfig>,
    /// Always `ProjectConfig`.
    #[serde(default)]
    pub kind: Kind<ProjectConfig>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// Which stages are promoted to without being asked, and which webhooks are heard.
    pub spec: Option<ProjectConfigSpec>,
    /// Where its webhooks are.
    pub status: Option<ProjectConfigStatus>,
}

resource!(ProjectConfig, group: "kargo.akuity.io", version: "v1alpha1", plural: "projectconfigs", scope: namespaced);

/// What is allowed in a project.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProjectConfigSpec {
    /// Which stages are promoted to without being asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promotion_policies: Vec<PromotionPolicy>,
    /// Times in which promotions may or may not start; Kargo Enterprise only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promotion_windows: Vec<PromotionWindow>,
    /// Endpoints that tell Warehouses to look now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub webhook_receivers: Vec<WebhookReceiverConfig>,
    /// Links that the user interface shows beside freight.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub freight_links: Vec<DeepLink>,
    /// Links that the user interface shows beside stages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stage_links: Vec<DeepLink>,
}

/// Whether a stage is promoted to without being asked; exactly one of `stageSelector` and `stage`.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PromotionPolicy {
    /// Which stages it is about.
    pub stage_selector: Option<PromotionPolicySelector>,
    /// The stage that it is about; has given way to `stageSelector`.
    pub stage: Option<String>,
    /// Whether new freight goes there at once; no if there is none.
    pub auto_promotion_enabled: Option<bool>,
    /// When the freight before is promoted again; Kargo Enterprise only.
    pub auto_rollback: Option<AutoRollbackConfig>,
}

/// When the freight before is promoted again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AutoRollbackConfig {
    /// After promotions that end so: `Failed`, `Errored`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on_promotion: Vec<String>,
    /// After verifications that end so: `Failed` (if there are none), `Error`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on_verification: Vec<String>,
}

/// Stages or projects, by name and labels; what is set must all hold.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PromotionPolicySelector {
    /// The name, which is safest, or `glob:…` or `regex:…`.
    pub name: Option<String>,
    /// Labels that it must have.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub match_labels: BTreeMap<String, String>,
    /// Conditions on its labels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub match_expressions: Vec<LabelSelectorRequirement>,
}

/// A time in which promotions may or may not start.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "kind"])))]
pub struct PromotionWindow {
    /// Its name, unique in its list.
    #[serde(default)]
    pub name: String,
    /// `Allow` or `Deny`; `Deny` wins, and where there is an `Allow`, nothing starts outside of it.
    #[serde(default)]
    pub kind: String,
    /// Stages that it is about; all if there is none.
    pub stage_selector: Option<PromotionPolicySelector>,
    /// Projects that it is about, in a ClusterConfig; all if there is none.
    pub project_selector: Option<PromotionPolicySelector>,
    /// Its start, as iCalendar writes it: `TZID=Europe/Berlin:20260101T090000`.
    pub dtstart: Option<String>,
    /// Its end, in the same form.
    pub dtend: Option<String>,
    /// How it repeats, as an iCalendar rule such as `FREQ=WEEKLY;BYDAY=FR`; once if there is none.
    pub rrule: Option<String>,
}

/// A link that the user interface shows.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["title", "url"])))]
pub struct DeepLink {
    /// What it says.
    #[serde(default)]
    pub title: String,
    /// Where it leads, with expressions such as `${{ … }}`.
    #[serde(default)]
    pub url: String,
    /// What it is for.
    pub description: Option<String>,
    /// An expression; the link is hidden if it gives `false`.
    pub if_: Option<String>,
}

/// Where a project's webhooks are.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProjectConfigStatus {
    /// `Ready`, with its reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The state of this object that was last looked at.
    pub observed_generation: Option<i64>,
    /// The value of the annotation `kargo.akuity.io/refresh` that was last answered.
    pub last_handled_refresh: Option<String>,
    /// Its webhooks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub webhook_receivers: Vec<WebhookReceiverDetails>,
}

/// Where a webhook is.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct WebhookReceiverDetails {
    /// The receiver.
    pub name: Option<String>,
    /// The path of its URL.
    pub path: Option<String>,
    /// Its URL, for the sender's settings.
    pub url: Option<String>,
}

/// Settings of Kargo as a whole; its name is `cluster`.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClusterConfig {
    /// Always `kargo.akuity.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<ClusterConfig>,
    /// Always `ClusterConfig`.
    #[serde(default)]
    pub kind: Kind<ClusterConfig>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// How commits are made, and which webhooks are heard.
    pub spec: Option<ClusterConfigSpec>,
    /// Where its webhooks are.
    pub status: Option<ProjectConfigStatus>,
}

resource!(ClusterConfig, group: "kargo.akuity.io", version: "v1alpha1", plural: "clusterconfigs", scope: cluster);

/// Settings of Kargo as a whole.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClusterConfigSpec {
    /// Endpoints that tell Warehouses of all projects to look now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub webhook_receivers: Vec<WebhookReceiverConfig>,
    /// Whose name Kargo's commits bear, and how they are signed.
    pub git_client: Option<GitClientConfig>,
    /// Times in which promotions may or may not start, in all projects; Kargo Enterprise only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promotion_windows: Vec<PromotionWindow>,
    /// Links that the user interface shows beside freight of all projects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub freight_links: Vec<DeepLink>,
    /// Links that the user interface shows beside stages of all projects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stage_links: Vec<DeepLink>,
}

/// Whose name Kargo's commits bear, and how they are signed.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "email"])))]
pub struct GitClientConfig {
    /// The name.
    #[serde(default)]
    pub name: String,
    /// The address.
    #[serde(default)]
    pub email: String,
    /// The Secret whose key `signingKey` has a GPG key; commits are not signed if there is none.
    pub signing_key_secret: Option<LocalObjectReference>,
}

/// A place, such as a cluster, that stages promote to.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Target {
    /// Always `kargo.akuity.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<Target>,
    /// Always `Target`.
    #[serde(default)]
    pub kind: Kind<Target>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// Values by which it differs from others.
    pub spec: Option<TargetSpec>,
    /// What Kargo notes of it.
    pub status: Option<TargetStatus>,
}

resource!(Target, group: "kargo.akuity.io", version: "v1alpha1", plural: "targets", scope: namespaced);

/// Values by which a Target differs from others.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TargetSpec {
    /// Values of any form, which expressions of steps refer to by `target.params.<name>`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, Value>,
}

/// What Kargo notes of a Target; nothing yet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TargetStatus {}
