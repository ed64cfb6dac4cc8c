//! Webhooks that tell Warehouses to look now.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::LabelSelector;
use luban_api_core::k8s_openapi::api::core::v1::LocalObjectReference;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// A webhook: its name, and exactly one sender.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct WebhookReceiverConfig {
    /// Its name, unique in its list.
    #[serde(default)]
    pub name: String,
    /// JFrog Artifactory.
    pub artifactory: Option<ArtifactoryWebhookReceiverConfig>,
    /// Azure Container Registry or Azure DevOps.
    pub azure: Option<AzureWebhookReceiverConfig>,
    /// Bitbucket.
    pub bitbucket: Option<BitbucketWebhookReceiverConfig>,
    /// Docker Hub.
    pub dockerhub: Option<DockerHubWebhookReceiverConfig>,
    /// Any sender; what follows is written in expressions.
    pub generic: Option<GenericWebhookReceiverConfig>,
    /// Gitea.
    pub gitea: Option<GiteaWebhookReceiverConfig>,
    /// GitHub, or its registry.
    pub github: Option<GitHubWebhookReceiverConfig>,
    /// GitLab.
    pub gitlab: Option<GitLabWebhookReceiverConfig>,
    /// Harbor.
    pub harbor: Option<HarborWebhookReceiverConfig>,
    /// Quay.
    pub quay: Option<QuayWebhookReceiverConfig>,
}

/// A webhook of JFrog Artifactory.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["secretRef"])))]
pub struct ArtifactoryWebhookReceiverConfig {
    /// The Secret whose key `secret-token` has what requests are signed with.
    #[serde(default)]
    pub secret_ref: LocalObjectReference,
    /// The virtual repository that Warehouses subscribe to, where events only name the local one.
    pub virtual_repo_name: Option<String>,
}

/// A webhook of Azure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["secretRef"])))]
pub struct AzureWebhookReceiverConfig {
    /// The Secret whose key `secret` makes the URL hard to guess.
    #[serde(default)]
    pub secret_ref: LocalObjectReference,
}

/// A webhook of Bitbucket.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["secretRef"])))]
pub struct BitbucketWebhookReceiverConfig {
    /// The Secret whose key `secret` has what requests are signed with.
    #[serde(default)]
    pub secret_ref: LocalObjectReference,
}

/// A webhook of Docker Hub.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["secretRef"])))]
pub struct DockerHubWebhookReceiverConfig {
    /// The Secret whose key `secret` makes the URL hard to guess.
    #[serde(default)]
    pub secret_ref: LocalObjectReference,
}

/// A webhook of Gitea.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["secretRef"])))]
pub struct GiteaWebhookReceiverConfig {
    /// The Secret whose key `secret` has what requests are signed with.
    #[serde(default)]
    pub secret_ref: LocalObjectReference,
}

/// A webhook of GitHub.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["secretRef"])))]
pub struct GitHubWebhookReceiverConfig {
    /// The Secret whose key `secret` has what requests are signed with.
    #[serde(default)]
    pub secret_ref: LocalObjectReference,
}

/// A webhook of GitLab.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["secretRef"])))]
pub struct GitLabWebhookReceiverConfig {
    /// The Secret whose key `secret-token` has the token that requests carry.
    #[serde(default)]
    pub secret_ref: LocalObjectReference,
}

/// A webhook of Harbor.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["secretRef"])))]
pub struct HarborWebhookReceiverConfig {
    /// The Secret whose key `auth-header` has the Authorization header that requests carry.
    #[serde(default)]
    pub secret_ref: LocalObjectReference,
}

/// A webhook of Quay.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["secretRef"])))]
pub struct QuayWebhookReceiverConfig {
    /// The Secret whose key `secret` makes the URL hard to guess.
    #[serde(default)]
    pub secret_ref: LocalObjectReference,
}

/// A webhook of any sender.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["secretRef"])))]
pub struct GenericWebhookReceiverConfig {
    /// The Secret whose key `secret` makes the URL hard to guess.
    #[serde(default)]
    pub secret_ref: LocalObjectReference,
    /// What a request causes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<GenericWebhookAction>,
}

/// What a request causes.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["action"])))]
pub struct GenericWebhookAction {
    /// Always `Refresh`: the objects are looked at now.
    #[serde(default)]
    pub action: String,
    /// An expression over the request; nothing follows if it gives `false`.
    pub when_expression: Option<String>,
    /// Settings of the action, with expressions.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, String>,
    /// The objects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub target_selection_criteria: Vec<GenericWebhookTargetSelectionCriteria>,
}

/// Objects that an action is about; at least one condition, and all must hold.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["kind"])))]
pub struct GenericWebhookTargetSelectionCriteria {
    /// Always `Warehouse`.
    #[serde(default)]
    pub kind: String,
    /// Its name, with expressions.
    pub name: Option<String>,
    /// Its labels.
    pub label_selector: Option<LabelSelector>,
    /// What it subscribes to, or where it listens.
    pub index_selector: Option<IndexSelector>,
}

/// Objects by what Kargo knows of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct IndexSelector {
    /// Conditions, all of which must hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub match_indices: Vec<IndexSelectorRequirement>,
}

/// A condition on what Kargo knows of an object.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["key", "operator", "value"])))]
pub struct IndexSelectorRequirement {
    /// `subscribedURLs` or `receiverPaths`.
    #[serde(default)]
    pub key: String,
    /// `Equal` or `NotEqual`.
    #[serde(default)]
    pub operator: String,
    /// What it is compared with, with expressions.
    #[serde(default)]
    pub value: String,
}
