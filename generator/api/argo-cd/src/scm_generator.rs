//! Generators that ask a Git host for repositories.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    ApplicationSetTemplate, BasicAuthBitbucketServer, BearerTokenBitbucket, ConfigMapKeyRef,
    SecretRef,
};

/// Repositories of a Git host: exactly one host.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SCMProviderGenerator {
    /// Repositories of a GitHub organization.
    pub github: Option<SCMProviderGeneratorGithub>,
    /// Projects of a GitLab group.
    pub gitlab: Option<SCMProviderGeneratorGitlab>,
    /// Repositories of a Gitea owner.
    pub gitea: Option<SCMProviderGeneratorGitea>,
    /// Repositories of a Bitbucket Cloud workspace.
    pub bitbucket: Option<SCMProviderGeneratorBitbucket>,
    /// Repositories of a Bitbucket Server project.
    pub bitbucket_server: Option<SCMProviderGeneratorBitbucketServer>,
    /// Repositories of an Azure DevOps project.
    pub azure_dev_ops: Option<SCMProviderGeneratorAzureDevOps>,
    /// Repositories of AWS CodeCommit.
    pub aws_code_commit: Option<SCMProviderGeneratorAWSCodeCommit>,
    /// Which repositories and branches count; one filter must match.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<SCMProviderGeneratorFilter>,
    /// `ssh` or `https`.
    pub clone_protocol: Option<String>,
    /// Further parameters of each element, `{{values.NAME}}`; may refer to its other parameters.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    /// How often the generator looks again.
    pub requeue_after_seconds: Option<i64>,
    /// Fields of the Application that differ from the set's template, for elements of this generator.
    pub template: Option<Box<ApplicationSetTemplate>>,
}

/// Repositories of a GitHub organization.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["organization"])))]
pub struct SCMProviderGeneratorGithub {
    /// The organization.
    #[serde(default)]
    pub organization: String,
    /// The URL of the host's API; that of the public host if there is none.
    pub api: Option<String>,
    /// The Secret with the token.
    pub token_ref: Option<SecretRef>,
    /// The Secret with a GitHub App, in place of a token.
    pub app_secret_name: Option<String>,
    /// Every branch is an element; else only the default branch.
    pub all_branches: Option<bool>,
    /// Leaves archived repositories out.
    pub exclude_archived_repos: Option<bool>,
}

/// Projects of a GitLab group.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["group"])))]
pub struct SCMProviderGeneratorGitlab {
    /// The group, by path or number.
    #[serde(default)]
    pub group: String,
    /// Whether groups inside the group count.
    pub include_subgroups: Option<bool>,
    /// Whether projects that are shared with the group count; true if it is not set.
    pub include_shared_projects: Option<bool>,
    /// Whether archived projects count.
    pub include_archived_repos: Option<bool>,
    /// Only projects with this topic.
    pub topic: Option<String>,
    /// The URL of the host's API; that of the public host if there is none.
    pub api: Option<String>,
    /// The Secret with the token.
    pub token_ref: Option<SecretRef>,
    /// Every branch is an element; else only the default branch.
    pub all_branches: Option<bool>,
    /// Trusts any certificate.
    pub insecure: Option<bool>,
    /// The ConfigMap key with CA certificates to trust.
    pub ca_ref: Option<ConfigMapKeyRef>,
}

/// Repositories of a Gitea owner.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["owner", "api"])))]
pub struct SCMProviderGeneratorGitea {
    /// The user or organization.
    #[serde(default)]
    pub owner: String,
    /// The URL of the host.
    #[serde(default)]
    pub api: String,
    /// The Secret with the token.
    pub token_ref: Option<SecretRef>,
    /// Every branch is an element; else only the default branch.
    pub all_branches: Option<bool>,
    /// Trusts any certificate.
    pub insecure: Option<bool>,
    /// Leaves archived repositories out.
    pub exclude_archived_repos: Option<bool>,
}

/// Repositories of a Bitbucket Cloud workspace.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["owner", "user", "appPasswordRef"])))]
pub struct SCMProviderGeneratorBitbucket {
    /// The workspace.
    #[serde(default)]
    pub owner: String,
    /// The user.
    #[serde(default)]
    pub user: String,
    /// The Secret with the user's app password.
    #[serde(default)]
    pub app_password_ref: SecretRef,
    /// Every branch is an element; else only the default branch.
    pub all_branches: Option<bool>,
}

/// Repositories of a Bitbucket Server project.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["project", "api"])))]
pub struct SCMProviderGeneratorBitbucketServer {
    /// The project's key.
    #[serde(default)]
    pub project: String,
    /// The URL of the host's API, ending in `/rest`.
    #[serde(default)]
    pub api: String,
    /// User name and password.
    pub basic_auth: Option<BasicAuthBitbucketServer>,
    /// A token, in place of user name and password.
    pub bearer_token: Option<BearerTokenBitbucket>,
    /// Every branch is an element; else only the default branch.
    pub all_branches: Option<bool>,
    /// Trusts any certificate.
    pub insecure: Option<bool>,
    /// The ConfigMap key with CA certificates to trust.
    pub ca_ref: Option<ConfigMapKeyRef>,
}

/// Repositories of an Azure DevOps project.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["organization", "teamProject", "accessTokenRef"])))]
pub struct SCMProviderGeneratorAzureDevOps {
    /// The organization.
    #[serde(default)]
    pub organization: String,
    /// The project.
    #[serde(default)]
    pub team_project: String,
    /// The URL of the host's API; that of the public host if there is none.
    pub api: Option<String>,
    /// The Secret with a personal access token.
    #[serde(default)]
    pub access_token_ref: SecretRef,
    /// Every branch is an element; else only the default branch.
    pub all_branches: Option<bool>,
}

/// Repositories of AWS CodeCommit.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SCMProviderGeneratorAWSCodeCommit {
    /// Tags that repositories have, all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tag_filters: Vec<TagFilter>,
    /// The IAM role to take on.
    pub role: Option<String>,
    /// The region; that of Argo CD's pods if there is none.
    pub region: Option<String>,
    /// Every branch is an element; else only the default branch.
    pub all_branches: Option<bool>,
}

/// A tag that repositories have.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["key"])))]
pub struct TagFilter {
    /// The tag.
    #[serde(default)]
    pub key: String,
    /// Its value; any if there is none.
    pub value: Option<String>,
}

/// Which repositories and branches count; all that is set must hold.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SCMProviderGeneratorFilter {
    /// The repository's name, as a regular expression.
    pub repository_match: Option<String>,
    /// Paths that the branch has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paths_exist: Vec<String>,
    /// Paths that the branch does not have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paths_do_not_exist: Vec<String>,
    /// A label or topic of the repository, as a regular expression.
    pub label_match: Option<String>,
    /// The branch, as a regular expression.
    pub branch_match: Option<String>,
}
