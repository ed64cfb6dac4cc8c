//! Events of Git hosts.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::SecretKeySelector;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{BasicAuth, EventSourceFilter, TLSConfig, WebhookContext};

/// Webhooks of GitHub, for repositories or organizations.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GithubEventSource {
    /// The HTTP endpoint that receives the events.
    pub webhook: Option<WebhookContext>,
    /// Deprecated: the owner of the one repository; use `repositories`.
    pub owner: Option<String>,
    /// Deprecated: the name of the one repository; use `repositories`.
    pub repository: Option<String>,
    /// Repositories with a webhook of their own, by owner.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repositories: Vec<OwnedRepositories>,
    /// Organizations with a webhook of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organizations: Vec<String>,
    /// Events that the webhook is registered for, such as `push`; `*` is all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<String>,
    /// The Secret with a token that may register webhooks; without it, and without `githubApp`, none is registered.
    pub api_token: Option<SecretKeySelector>,
    /// The Secret that GitHub signs requests with; a request without a right signature is refused.
    pub webhook_secret: Option<SecretKeySelector>,
    /// A GitHub App to register webhooks as, in place of `apiToken`.
    pub github_app: Option<GithubAppCreds>,
    /// The API of a GitHub Enterprise server, ending in `/api/v3/`.
    #[serde(rename = "githubBaseURL")]
    pub github_base_url: Option<String>,
    /// The upload API of a GitHub Enterprise server, ending in `/api/uploads/`.
    #[serde(rename = "githubUploadURL")]
    pub github_upload_url: Option<String>,
    /// `json` or `form`: how the registered webhook sends its body.
    pub content_type: Option<String>,
    /// Whether the registered webhook sends events at all.
    pub active: Option<bool>,
    /// Lets GitHub send events without checking the endpoint's certificate.
    pub insecure: Option<bool>,
    /// Removes the registered webhooks when the EventSource stops.
    pub delete_hook_on_finish: Option<bool>,
    /// Deprecated: not used.
    pub id: Option<i64>,
    /// Which events reach the bus; all of them if there is none.
    pub filter: Option<EventSourceFilter>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}

/// Repositories of one owner.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OwnedRepositories {
    /// A user or an organization.
    pub owner: Option<String>,
    /// The names of the repositories, without the owner.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
}

/// A GitHub App to authenticate as.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["appID", "installationID", "privateKey"])))]
pub struct GithubAppCreds {
    /// The number of the App.
    #[serde(rename = "appID", default)]
    pub app_id: i64,
    /// The number of the App's installation for the owner of the repositories.
    #[serde(rename = "installationID", default)]
    pub installation_id: i64,
    /// The Secret with the App's private key.
    #[serde(default)]
    pub private_key: SecretKeySelector,
}

/// Webhooks of GitLab, for projects or groups.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GitlabEventSource {
    /// The HTTP endpoint that receives the events.
    pub webhook: Option<WebhookContext>,
    /// Deprecated: the one project; use `projects`.
    #[serde(rename = "projectID")]
    pub project_id: Option<String>,
    /// Projects with a webhook of their own, by number or path such as `team/service`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub projects: Vec<String>,
    /// Groups with a webhook of their own, by number or name. GitLab offers it from Premium on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
    /// Events that the webhook is registered for, such as `PushEvents`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<String>,
    /// The Secret with a token that may register webhooks; without it none is registered.
    pub access_token: Option<SecretKeySelector>,
    /// The Secret with the token that GitLab sends along; a request without it is refused.
    pub secret_token: Option<SecretKeySelector>,
    /// Lets GitLab check the endpoint's certificate.
    #[serde(rename = "enableSSLVerification")]
    pub enable_ssl_verification: Option<bool>,
    /// The address of the GitLab server.
    #[serde(rename = "gitlabBaseURL")]
    pub gitlab_base_url: Option<String>,
    /// Removes the registered webhooks when the EventSource stops.
    pub delete_hook_on_finish: Option<bool>,
    /// Which events reach the bus; all of them if there is none.
    pub filter: Option<EventSourceFilter>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}

/// Webhooks of Bitbucket Cloud.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["webhook", "auth", "events"])))]
pub struct BitbucketEventSource {
    /// The HTTP endpoint that receives the events.
    #[serde(default)]
    pub webhook: WebhookContext,
    /// How webhooks are registered.
    #[serde(default)]
    pub auth: BitbucketAuth,
    /// Events that the webhook is registered for, such as `repo:push`.
    #[serde(default)]
    pub events: Vec<String>,
    /// Deprecated: the owner of the one repository; use `repositories`.
    pub owner: Option<String>,
    /// Deprecated: the project of the one repository; use `repositories`.
    pub project_key: Option<String>,
    /// Deprecated: the one repository; use `repositories`.
    pub repository_slug: Option<String>,
    /// Repositories with a webhook of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repositories: Vec<BitbucketRepository>,
    /// Removes the registered webhooks when the EventSource stops.
    pub delete_hook_on_finish: Option<bool>,
    /// Which events reach the bus; all of them if there is none.
    pub filter: Option<EventSourceFilter>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}

/// How Bitbucket Cloud is authenticated to.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BitbucketAuth {
    /// User name and app password.
    pub basic: Option<BitbucketBasicAuth>,
    /// The Secret with an OAuth bearer token.
    pub oauth_token: Option<SecretKeySelector>,
}

/// A user name and app password for Bitbucket Cloud.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["username", "password"])))]
pub struct BitbucketBasicAuth {
    /// The Secret with the user name.
    #[serde(default)]
    pub username: SecretKeySelector,
    /// The Secret with the app password.
    #[serde(default)]
    pub password: SecretKeySelector,
}

/// A repository of Bitbucket Cloud.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["owner", "repositorySlug"])))]
pub struct BitbucketRepository {
    /// The workspace, a user or team.
    #[serde(default)]
    pub owner: String,
    /// The repository as it stands in its URL.
    #[serde(default)]
    pub repository_slug: String,
}

/// Webhooks of Bitbucket Server.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["bitbucketserverBaseURL"])))]
pub struct BitbucketServerEventSource {
    /// The HTTP endpoint that receives the events.
    pub webhook: Option<WebhookContext>,
    /// The REST API, ending in `/rest`.
    #[serde(rename = "bitbucketserverBaseURL", default)]
    pub bitbucketserver_base_url: String,
    /// Deprecated: the project of the one repository; use `repositories`.
    pub project_key: Option<String>,
    /// Deprecated: the one repository; use `repositories`.
    pub repository_slug: Option<String>,
    /// Repositories with a webhook of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repositories: Vec<BitbucketServerRepository>,
    /// Projects all of whose repositories get a webhook.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub projects: Vec<String>,
    /// Events that the webhook is registered for, such as `repo:refs_changed`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<String>,
    /// The Secret with a token that may register webhooks; without it none is registered.
    pub access_token: Option<SecretKeySelector>,
    /// The Secret that requests are signed with; a request without a right signature is refused.
    pub webhook_secret: Option<SecretKeySelector>,
    /// How often it is looked whether the webhooks are still there, such as `1m` (if there is none).
    pub check_interval: Option<String>,
    /// Removes the registered webhooks when the EventSource stops.
    pub delete_hook_on_finish: Option<bool>,
    /// Which events reach the bus; all of them if there is none.
    pub filter: Option<EventSourceFilter>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// Makes an event of each ref that a push changes; else the push is one event.
    pub one_event_per_change: Option<bool>,
    /// Leaves out pushes to a branch that has an open pull request.
    #[serde(rename = "skipBranchRefsChangedOnOpenPR")]
    pub skip_branch_refs_changed_on_open_pr: Option<bool>,
    /// Certificates for calls of the server's API.
    pub tls: Option<TLSConfig>,
}

/// A repository of Bitbucket Server.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["projectKey", "repositorySlug"])))]
pub struct BitbucketServerRepository {
    /// The key of the project.
    #[serde(default)]
    pub project_key: String,
    /// The repository as it stands in its URL.
    #[serde(default)]
    pub repository_slug: String,
}

/// Webhooks of Gerrit.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["gerritBaseURL", "hookName", "events"])))]
pub struct GerritEventSource {
    /// The HTTP endpoint that receives the events.
    pub webhook: Option<WebhookContext>,
    /// The address of the Gerrit server.
    #[serde(rename = "gerritBaseURL", default)]
    pub gerrit_base_url: String,
    /// The name that the webhook is registered under.
    #[serde(default)]
    pub hook_name: String,
    /// Projects with a webhook of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub projects: Vec<String>,
    /// Events that the webhook is registered for, such as `patchset-created`.
    #[serde(default)]
    pub events: Vec<String>,
    /// User name and password to register webhooks with; without them none is registered.
    pub auth: Option<BasicAuth>,
    /// Lets Gerrit check the endpoint's certificate.
    pub ssl_verify: Option<bool>,
    /// How often Gerrit tries to deliver an event.
    pub max_tries: Option<i64>,
    /// Removes the registered webhooks when the EventSource stops.
    pub delete_hook_on_finish: Option<bool>,
    /// Which events reach the bus; all of them if there is none.
    pub filter: Option<EventSourceFilter>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}
