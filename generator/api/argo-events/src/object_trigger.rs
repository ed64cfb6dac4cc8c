//! Triggers that work on Kubernetes objects, and where the objects come from.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::Embedded;
use luban_api_core::k8s_openapi::api::core::v1::{ConfigMapKeySelector, SecretKeySelector};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{GithubAppCreds, S3Artifact, TriggerParameter};

/// Creates, updates, patches or deletes a Kubernetes object.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct StandardK8STrigger {
    /// `create` (if there is none), `update`, `patch` or `delete`.
    pub operation: Option<String>,
    /// The object.
    pub source: Option<ArtifactLocation>,
    /// Values of the event, put into the object.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<TriggerParameter>,
    /// The media type of a patch; `application/merge-patch+json` if there is none.
    pub patch_strategy: Option<String>,
    /// Takes the object as it is in the cluster, found by the names in `source`; for `update` only.
    pub live_object: Option<bool>,
}

/// Submits a workflow or works on one.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ArgoWorkflowTrigger {
    /// `submit`, `submit-from`, `resubmit`, `resume`, `retry`, `stop`, `suspend` or `terminate`.
    pub operation: Option<String>,
    /// The workflow, or the object to submit from.
    pub source: Option<ArtifactLocation>,
    /// Values of the event, put into the workflow.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<TriggerParameter>,
    /// Further arguments of the `argo` command.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<String>,
}

/// Where an object's manifest is: in exactly one of these places.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ArtifactLocation {
    /// The object itself; values of the event are put into it.
    pub resource: Option<Embedded>,
    /// The manifest as text.
    pub inline: Option<String>,
    /// A key of a ConfigMap.
    pub configmap: Option<ConfigMapKeySelector>,
    /// A file of the Sensor's pod.
    pub file: Option<FileArtifact>,
    /// A file of a Git repository.
    pub git: Option<GitArtifact>,
    /// A file behind a URL.
    pub url: Option<URLArtifact>,
    /// An object of an S3 bucket.
    pub s3: Option<S3Artifact>,
}

/// A manifest in a file.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FileArtifact {
    /// The file, in a volume of the Sensor's pod.
    pub path: Option<String>,
}

/// A manifest behind a URL.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["path"])))]
pub struct URLArtifact {
    /// The whole URL.
    #[serde(default)]
    pub path: String,
    /// Checks the server's certificate; any is trusted if it is not set.
    pub verify_cert: Option<bool>,
}

/// A manifest in a Git repository.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["url", "filePath"])))]
pub struct GitArtifact {
    /// The repository's URL.
    #[serde(default)]
    pub url: String,
    /// The file in the repository.
    #[serde(default)]
    pub file_path: String,
    /// The directory of the pod that the repository is cloned to; no two triggers may share one.
    pub clone_directory: Option<String>,
    /// The branch to take the file from; `master` if neither it nor `tag` or `ref` is set.
    pub branch: Option<String>,
    /// The tag to take the file from.
    pub tag: Option<String>,
    /// Any ref to take the file from, fetched without its history.
    pub ref_: Option<String>,
    /// Another remote to fetch from than `origin`.
    pub remote: Option<GitRemoteConfig>,
    /// User name and password.
    pub creds: Option<GitCreds>,
    /// A GitHub App to authenticate as.
    pub github_app: Option<GithubAppCreds>,
    /// The Secret with a private SSH key.
    pub ssh_key_secret: Option<SecretKeySelector>,
    /// Trusts any SSH host key.
    pub insecure_ignore_host_key: Option<bool>,
}

/// User name and password for Git, from Secrets.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GitCreds {
    /// The Secret with the user name.
    pub username: Option<SecretKeySelector>,
    /// The Secret with the password or token.
    pub password: Option<SecretKeySelector>,
}

/// A further remote of a clone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "urls"])))]
pub struct GitRemoteConfig {
    /// The name of the remote.
    #[serde(default)]
    pub name: String,
    /// Its URLs, of which the first is fetched from.
    #[serde(default)]
    pub urls: Vec<String>,
}
