//! Generators that ask a Git host.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{ApplicationSetTemplate, ConfigMapKeyRef, SecretRef};

/// Repositories of a Git host.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SCMProviderGenerator {
    pub github: Option<SCMProviderGeneratorGithub>,
    pub gitlab: Option<SCMProviderGeneratorGitlab>,
    pub gitea: Option<SCMProviderGeneratorGitea>,
    pub bitbucket: Option<SCMProviderGeneratorBitbucket>,
    pub bitbucket_server: Option<SCMProviderGeneratorBitbucketServer>,
    pub azure_dev_ops: Option<SCMProviderGeneratorAzureDevOps>,
    pub aws_code_commit: Option<SCMProviderGeneratorAWSCodeCommit>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<SCMProviderGeneratorFilter>,
    /// `ssh` or `https`.
    pub clone_protocol: Option<String>,
    /// How often the generator looks again.
    pub requeue_after_seconds: Option<i64>,
    pub template: Option<ApplicationSetTemplate>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
}

/// Repositories of a GitHub organization.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SCMProviderGeneratorGithub {
    pub organization: String,
    pub api: Option<String>,
    /// The Secret with the token.
    pub token_ref: Option<SecretRef>,
    pub app_secret_name: Option<String>,
    pub all_branches: Option<bool>,
    pub exclude_archived_repos: Option<bool>,
}

/// Projects of a GitLab group.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SCMProviderGeneratorGitlab {
    pub group: String,
    /// Whether groups inside the group count.
    pub include_subgroups: Option<bool>,
    pub include_shared_projects: Option<bool>,
    pub include_archived_repos: Option<bool>,
    pub api: Option<String>,
    /// The Secret with the token.
    pub token_ref: Option<SecretRef>,
    pub all_branches: Option<bool>,
    pub insecure: Option<bool>,
    pub topic: Option<String>,
    pub ca_ref: Option<ConfigMapKeyRef>,
}

/// Repositories of a Gitea owner.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SCMProviderGeneratorGitea {
    pub owner: String,
    pub api: String,
    /// The Secret with the token.
    pub token_ref: Option<SecretRef>,
    pub all_branches: Option<bool>,
    pub insecure: Option<bool>,
    pub exclude_archived_repos: Option<bool>,
}

/// Repositories of a Bitbucket Cloud workspace.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SCMProviderGeneratorBitbucket {
    pub owner: String,
    pub user: String,
    pub app_password_ref: SecretRef,
    pub all_branches: Option<bool>,
}

/// Repositories of a Bitbucket Server project.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SCMProviderGeneratorBitbucketServer {
    pub project: String,
    pub api: String,
    /// User name and password.
    pub basic_auth: Option<BasicAuthBitbucketServer>,
    pub bearer_token: Option<BearerTokenBitbucket>,
    pub all_branches: Option<bool>,
    pub insecure: Option<bool>,
    pub ca_ref: Option<ConfigMapKeyRef>,
}

/// Repositories of an Azure DevOps project.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SCMProviderGeneratorAzureDevOps {
    pub organization: String,
    pub team_project: String,
    pub api: Option<String>,
    pub access_token_ref: SecretRef,
    pub all_branches: Option<bool>,
}

/// Repositories of AWS CodeCommit.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SCMProviderGeneratorAWSCodeCommit {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tag_filters: Vec<TagFilter>,
    pub role: Option<String>,
    pub region: Option<String>,
    pub all_branches: Option<bool>,
}

/// A tag that repositories have.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TagFilter {
    pub key: String,
    pub value: Option<String>,
}

/// Which repositories count.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SCMProviderGeneratorFilter {
    pub repository_match: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paths_exist: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paths_do_not_exist: Vec<String>,
    pub label_match: Option<String>,
    pub branch_match: Option<String>,
}

/// Open pull requests of a repository.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PullRequestGenerator {
    pub github: Option<PullRequestGeneratorGithub>,
    pub gitlab: Option<PullRequestGeneratorGitLab>,
    pub gitea: Option<PullRequestGeneratorGitea>,
    pub bitbucket: Option<PullRequestGeneratorBitbucket>,
    pub bitbucket_server: Option<PullRequestGeneratorBitbucketServer>,
    pub azuredevops: Option<PullRequestGeneratorAzureDevOps>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<PullRequestGeneratorFilter>,
    pub continue_on_repo_not_found_error: Option<bool>,
    /// How often the generator looks again.
    pub requeue_after_seconds: Option<i64>,
    pub template: Option<ApplicationSetTemplate>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
}

/// Pull requests of a GitHub repository.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PullRequestGeneratorGithub {
    pub owner: String,
    pub repo: String,
    pub api: Option<String>,
    /// The Secret with the token.
    pub token_ref: Option<SecretRef>,
    pub app_secret_name: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
}

/// Merge requests of a GitLab project.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PullRequestGeneratorGitLab {
    pub project: String,
    pub api: Option<String>,
    /// The Secret with the token.
    pub token_ref: Option<SecretRef>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    pub pull_request_state: Option<String>,
    pub insecure: Option<bool>,
    pub ca_ref: Option<ConfigMapKeyRef>,
}

/// Pull requests of a Gitea repository.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PullRequestGeneratorGitea {
    pub owner: String,
    pub repo: String,
    pub api: String,
    /// The Secret with the token.
    pub token_ref: Option<SecretRef>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    pub insecure: Option<bool>,
}

/// Pull requests of a Bitbucket Cloud repository.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PullRequestGeneratorBitbucket {
    pub owner: String,
    pub repo: String,
    pub api: Option<String>,
    /// User name and password.
    pub basic_auth: Option<BasicAuthBitbucketServer>,
    pub bearer_token: Option<BearerTokenBitbucket>,
}

/// Pull requests of a Bitbucket Server repository.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PullRequestGeneratorBitbucketServer {
    pub project: String,
    pub repo: String,
    pub api: String,
    /// User name and password.
    pub basic_auth: Option<BasicAuthBitbucketServer>,
    pub bearer_token: Option<BearerTokenBitbucket>,
    pub insecure: Option<bool>,
    pub ca_ref: Option<ConfigMapKeyRef>,
}

/// Pull requests of an Azure DevOps repository.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PullRequestGeneratorAzureDevOps {
    pub organization: String,
    pub project: String,
    pub repo: String,
    pub api: Option<String>,
    /// The Secret with the token.
    pub token_ref: Option<SecretRef>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
}

/// User name and password for Bitbucket.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BasicAuthBitbucketServer {
    pub username: String,
    pub password_ref: SecretRef,
}

/// A token for Bitbucket.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BearerTokenBitbucket {
    /// The Secret with the token.
    pub token_ref: SecretRef,
}

/// Which pull requests count.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PullRequestGeneratorFilter {
    pub branch_match: Option<String>,
    pub target_branch_match: Option<String>,
    pub title_match: Option<String>,
}
