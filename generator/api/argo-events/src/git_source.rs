//! Events of Git hosts.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::SecretKeySelector;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{BasicAuth, EventSourceFilter, TLSConfig, WebhookContext};

/// Webhooks of GitHub, for repositories or organizations.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GithubEventSource {
    /// The endpoint that receives the events.
    pub webhook: Option<WebhookContext>,
    pub owner: Option<String>,
    pub repository: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repositories: Vec<OwnedRepositories>,
    /// Organizations with a webhook of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organizations: Vec<String>,
    /// Which events the Git host or store sends.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<String>,
    /// The Secret with the API token.
    pub api_token: Option<SecretKeySelector>,
    /// The Secret that requests are signed with.
    pub webhook_secret: Option<SecretKeySelector>,
    pub github_app: Option<GithubAppCreds>,
    #[serde(rename = "githubBaseURL")]
    pub github_base_url: Option<String>,
    #[serde(rename = "githubUploadURL")]
    pub github_upload_url: Option<String>,
    /// `json` or `form`.
    pub content_type: Option<String>,
    pub active: Option<bool>,
    pub insecure: Option<bool>,
    /// Removes the webhook at the Git host when the EventSource is deleted.
    pub delete_hook_on_finish: Option<bool>,
    pub id: Option<i64>,
    /// Which events count.
    pub filter: Option<EventSourceFilter>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}

/// Repositories of one owner.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OwnedRepositories {
    pub owner: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
}

/// A GitHub App to authenticate as.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GithubAppCreds {
    #[serde(rename = "appID")]
    pub app_id: i64,
    #[serde(rename = "installationID")]
    pub installation_id: i64,
    pub private_key: SecretKeySelector,
}

/// Webhooks of GitLab, for projects or groups.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GitlabEventSource {
    /// The endpoint that receives the events.
    pub webhook: Option<WebhookContext>,
    #[serde(rename = "projectID")]
    pub project_id: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub projects: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
    /// Which events the Git host or store sends.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<String>,
    pub access_token: Option<SecretKeySelector>,
    pub secret_token: Option<SecretKeySelector>,
    #[serde(rename = "enableSSLVerification")]
    pub enable_ssl_verification: Option<bool>,
    #[serde(rename = "gitlabBaseURL")]
    pub gitlab_base_url: Option<String>,
    /// Removes the webhook at the Git host when the EventSource is deleted.
    pub delete_hook_on_finish: Option<bool>,
    /// Which events count.
    pub filter: Option<EventSourceFilter>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}

/// Webhooks of Bitbucket Cloud.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BitbucketEventSource {
    /// The endpoint that receives the events.
    pub webhook: Option<WebhookContext>,
    pub auth: Option<BitbucketAuth>,
    /// Which events the Git host or store sends.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<String>,
    pub owner: Option<String>,
    pub project_key: Option<String>,
    pub repository_slug: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repositories: Vec<BitbucketRepository>,
    /// Removes the webhook at the Git host when the EventSource is deleted.
    pub delete_hook_on_finish: Option<bool>,
    /// Which events count.
    pub filter: Option<EventSourceFilter>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}

/// How Bitbucket Cloud is authenticated to.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BitbucketAuth {
    pub basic: Option<BitbucketBasicAuth>,
    pub oauth_token: Option<SecretKeySelector>,
}

/// A user name and app password for Bitbucket Cloud.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BitbucketBasicAuth {
    pub username: Option<SecretKeySelector>,
    pub password: Option<SecretKeySelector>,
}

/// A repository of Bitbucket Cloud.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BitbucketRepository {
    pub owner: String,
    pub repository_slug: String,
}

/// Webhooks of Bitbucket Server.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BitbucketServerEventSource {
    /// The endpoint that receives the events.
    pub webhook: Option<WebhookContext>,
    #[serde(rename = "bitbucketserverBaseURL")]
    pub bitbucketserver_base_url: String,
    pub project_key: Option<String>,
    pub repository_slug: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repositories: Vec<BitbucketServerRepository>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub projects: Vec<String>,
    /// Which events the Git host or store sends.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<String>,
    pub access_token: Option<SecretKeySelector>,
    /// The Secret that requests are signed with.
    pub webhook_secret: Option<SecretKeySelector>,
    pub check_interval: Option<String>,
    /// Removes the webhook at the Git host when the EventSource is deleted.
    pub delete_hook_on_finish: Option<bool>,
    /// Which events count.
    pub filter: Option<EventSourceFilter>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    pub one_event_per_change: Option<bool>,
    #[serde(rename = "skipBranchRefsChangedOnOpenPR")]
    pub skip_branch_refs_changed_on_open_pr: Option<bool>,
    /// Certificates of the connection.
    pub tls: Option<TLSConfig>,
}

/// A repository of Bitbucket Server.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BitbucketServerRepository {
    pub project_key: String,
    pub repository_slug: String,
}

/// Webhooks of Gerrit.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GerritEventSource {
    /// The endpoint that receives the events.
    pub webhook: Option<WebhookContext>,
    #[serde(rename = "gerritBaseURL")]
    pub gerrit_base_url: String,
    pub hook_name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub projects: Vec<String>,
    /// Which events the Git host or store sends.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<String>,
    pub auth: Option<BasicAuth>,
    /// Removes the webhook at the Git host when the EventSource is deleted.
    pub delete_hook_on_finish: Option<bool>,
    /// Which events count.
    pub filter: Option<EventSourceFilter>,
    pub max_tries: Option<i64>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    pub ssl_verify: Option<bool>,
}
