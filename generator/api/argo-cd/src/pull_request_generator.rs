//! Generators that ask a Git host for pull requests.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{ApplicationSetTemplate, ConfigMapKeyRef, SecretRef};

/// Open pull requests of a repository: exactly one host.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PullRequestGenerator {
    /// Pull requests of a GitHub repository.
    pub github: Option<PullRequestGeneratorGithub>,
    /// Merge requests of a GitLab project.
    pub gitlab: Option<PullRequestGeneratorGitLab>,
    /// Pull requests of a Gitea repository.
    pub gitea: Option<PullRequestGeneratorGitea>,
    /// Pull requests of a Bitbucket Cloud repository.
    pub bitbucket: Option<PullRequestGeneratorBitbucket>,
    /// Pull requests of a Bitbucket Server repository.
    pub bitbucket_server: Option<PullRequestGeneratorBitbucketServer>,
    /// Pull requests of an Azure DevOps repository.
    pub azuredevops: Option<PullRequestGeneratorAzureDevOps>,
    /// Which pull requests count; one filter must match.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<PullRequestGeneratorFilter>,
    /// Takes a repository that does not exist for one without pull requests.
    pub continue_on_repo_not_found_error: Option<bool>,
    /// Further parameters of each element, `{{values.NAME}}`; may refer to its other parameters.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    /// How often the generator looks again.
    pub requeue_after_seconds: Option<i64>,
    /// Fields of the Application that differ from the set's template, for elements of this generator.
    pub template: Option<Box<ApplicationSetTemplate>>,
}

/// Pull requests of a GitHub repository.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["owner", "repo"])))]
pub struct PullRequestGeneratorGithub {
    /// The user or organization.
    #[serde(default)]
    pub owner: String,
    /// The repository.
    #[serde(default)]
    pub repo: String,
    /// The URL of the host's API; that of the public host if there is none.
    pub api: Option<String>,
    /// The Secret with the token.
    pub token_ref: Option<SecretRef>,
    /// The Secret with a GitHub App, in place of a token.
    pub app_secret_name: Option<String>,
    /// Labels that the pull request has, all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
}

/// Merge requests of a GitLab project.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["project"])))]
pub struct PullRequestGeneratorGitLab {
    /// The project, by path or number.
    #[serde(default)]
    pub project: String,
    /// The URL of the host's API; that of the public host if there is none.
    pub api: Option<String>,
    /// The Secret with the token.
    pub token_ref: Option<SecretRef>,
    /// Labels that the merge request has, all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    /// `opened`, `closed`, `merged` or `locked`; any if there is none.
    pub pull_request_state: Option<String>,
    /// Trusts any certificate.
    pub insecure: Option<bool>,
    /// The ConfigMap key with CA certificates to trust.
    pub ca_ref: Option<ConfigMapKeyRef>,
}

/// Pull requests of a Gitea repository.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["owner", "repo", "api"])))]
pub struct PullRequestGeneratorGitea {
    /// The user or organization.
    #[serde(default)]
    pub owner: String,
    /// The repository.
    #[serde(default)]
    pub repo: String,
    /// The URL of the host.
    #[serde(default)]
    pub api: String,
    /// The Secret with the token.
    pub token_ref: Option<SecretRef>,
    /// Labels that the pull request has, all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    /// Trusts any certificate.
    pub insecure: Option<bool>,
}

/// Pull requests of a Bitbucket Cloud repository.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["owner", "repo"])))]
pub struct PullRequestGeneratorBitbucket {
    /// The workspace.
    #[serde(default)]
    pub owner: String,
    /// The repository.
    #[serde(default)]
    pub repo: String,
    /// The URL of the host's API; that of the public host if there is none.
    pub api: Option<String>,
    /// User name and password.
    pub basic_auth: Option<BasicAuthBitbucketServer>,
    /// A token, in place of user name and password.
    pub bearer_token: Option<BearerTokenBitbucketCloud>,
}

/// Pull requests of a Bitbucket Server repository.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["project", "repo", "api"])))]
pub struct PullRequestGeneratorBitbucketServer {
    /// The project's key.
    #[serde(default)]
    pub project: String,
    /// The repository.
    #[serde(default)]
    pub repo: String,
    /// The URL of the host's API, ending in `/rest`.
    #[serde(default)]
    pub api: String,
    /// User name and password.
    pub basic_auth: Option<BasicAuthBitbucketServer>,
    /// A token, in place of user name and password.
    pub bearer_token: Option<BearerTokenBitbucket>,
    /// Trusts any certificate.
    pub insecure: Option<bool>,
    /// The ConfigMap key with CA certificates to trust.
    pub ca_ref: Option<ConfigMapKeyRef>,
}

/// Pull requests of an Azure DevOps repository.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["organization", "project", "repo"])))]
pub struct PullRequestGeneratorAzureDevOps {
    /// The organization.
    #[serde(default)]
    pub organization: String,
    /// The project.
    #[serde(default)]
    pub project: String,
    /// The repository.
    #[serde(default)]
    pub repo: String,
    /// The URL of the host's API; that of the public host if there is none.
    pub api: Option<String>,
    /// The Secret with the token.
    pub token_ref: Option<SecretRef>,
    /// Labels that the pull request has, all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
}

/// User name and password for Bitbucket.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["username", "passwordRef"])))]
pub struct BasicAuthBitbucketServer {
    /// The user.
    #[serde(default)]
    pub username: String,
    /// The Secret with the password or access token.
    #[serde(default)]
    pub password_ref: SecretRef,
}

/// A token for Bitbucket Server.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["tokenRef"])))]
pub struct BearerTokenBitbucket {
    /// The Secret with the token.
    #[serde(default)]
    pub token_ref: SecretRef,
}

/// A token for Bitbucket Cloud.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["tokenRef"])))]
pub struct BearerTokenBitbucketCloud {
    /// The Secret with the token.
    #[serde(default)]
    pub token_ref: SecretRef,
}

/// Which pull requests count; all that is set must hold.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PullRequestGeneratorFilter {
    /// The branch of the pull request, as a regular expression.
    pub branch_match: Option<String>,
    /// The branch it is to be merged into, as a regular expression.
    pub target_branch_match: Option<String>,
    /// Its title, as a regular expression.
    pub title_match: Option<String>,
}
