//! What `luban step dispatch` reads in the cluster: written by `luban-compile`, read by the step, defined once.
//!
//! Everything is in ConfigMaps of dispatch's namespace. [`Settings`] is in the one called [`SETTINGS`]. The way from an event to
//! applications: [`repository_key`] of the event, [`index_shard`] of that key, the [`Index`] in ConfigMap [`index_name`], which
//! names projects; then each project's [`Table`]s, in ConfigMaps [`table_name`], of which the first says how many there are. A
//! [`Row`] names the ConfigMap and key of the run template of each occasion.
//!
//! Names that the platform itself gives and names made from projects cannot be the same: no project's name has a dot, and
//! each project's ConfigMap begins with a word of its own.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// ConfigMap with the [`Settings`].
pub const SETTINGS: &str = "dispatch-settings";
/// Its key.
pub const SETTINGS_KEY: &str = "settings.yaml";
/// Key of an [`Index`] in its ConfigMap.
pub const INDEX_KEY: &str = "index.yaml";
/// Key of a [`Table`] in its ConfigMap.
pub const TABLE_KEY: &str = "applications.yaml";
/// Beginning of the names of ConfigMaps that hold an event which could not be delivered.
pub const DEAD_LETTER: &str = "dead-letter-";
/// Label of those: what the event was meant for, one of [`dead_letter`].
pub const DEAD_LETTER_LABEL: &str = "luban.dev/dead-letter";

/// What an event that could not be delivered was meant for.
pub mod dead_letter {
    /// Dispatch: the data's keys are the flags of `luban step dispatch`, which `--replay` reads.
    pub const DISPATCH: &str = "dispatch";
    /// The release of what kpack rebuilt by itself: the data's keys are `namespace`, `image` and `build`.
    pub const REBUILT: &str = "rebuilt";
}

/// Name of the ConfigMap with shard `shard` of the index.
pub fn index_name(shard: u32) -> String {
    format!("dispatch-index-{shard}")
}

/// Name of the ConfigMap with table `number` of a project; the first is 1.
pub fn table_name(project: &str, number: u32) -> String {
    match number {
        1 => format!("dispatch-project-{project}"),
        _ => format!("dispatch-project-{project}.{number}"),
    }
}

/// Key of the run template of an application's occasion.
pub fn run_key(application: &str, occasion: &str) -> String {
    format!("{application}.{occasion}.yaml")
}

/// Key of a repository in the index. Providers do not tell the case of letters in names apart, so neither does this.
pub fn repository_key(provider: &str, repository: &str) -> String {
    format!("{provider}/{}", repository.to_lowercase())
}

/// The shard of the index that `key` is in, of `shards` (a power of two).
pub fn index_shard(key: &str, shards: u32) -> u32 {
    let digest = Sha256::digest(key.as_bytes());
    let mut first = [0; 4];
    for (to, from) in first.iter_mut().zip(digest) {
        *to = from;
    }
    u32::from_be_bytes(first) & shards.saturating_sub(1)
}

/// What dispatch knows of the platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Settings {
    /// What the platform is called.
    pub platform: String,
    /// Host name that providers send events to.
    pub host: String,
    /// The GitOps repository.
    pub gitops: Gitops,
    /// Type of each provider, by name.
    pub providers: BTreeMap<String, String>,
    /// Versions that the clusters run, by component.
    pub targets: BTreeMap<String, String>,
    /// Shards of the index, a power of two.
    pub index_shards: u32,
}

/// The GitOps repository.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Gitops {
    /// Its provider.
    pub provider: String,
    /// Its https URL, without `.git`.
    pub repository: String,
    /// Branch that Argo CD follows.
    pub branch: String,
}

/// Projects with applications of a repository, by [`repository_key`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Index(pub BTreeMap<String, Vec<String>>);

/// Applications of a project: all of them, or as many as fit one ConfigMap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Table {
    /// The project.
    pub project: String,
    /// How many tables the project has.
    pub tables: u32,
    /// Its applications, in the order of the file.
    pub applications: Vec<Row>,
}

/// What an application is built from, and the runs that build it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Row {
    /// The application.
    pub application: String,
    /// Provider of its repository.
    pub provider: String,
    /// Its repository, as the provider shows it.
    pub repository: String,
    /// URL that it is cloned from.
    pub url: String,
    /// Branches that build, or patterns of such.
    pub branches: Vec<String>,
    /// Branch that releases.
    pub release: String,
    /// Patterns, one of which a change must touch; empty if any change builds.
    #[serde(default)]
    pub paths: Vec<String>,
    /// `kpack` or `railpack`.
    pub build: String,
    /// The run of each occasion that has one: `release`, `branch`, `tag`.
    #[serde(default)]
    pub runs: BTreeMap<String, Run>,
}

/// A run template, and what dispatch may set in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Run {
    /// `Workflow` or `PipelineRun`.
    pub kind: String,
    /// Namespace that it runs in.
    pub namespace: String,
    /// ConfigMap with the template.
    pub config_map: String,
    /// Key of the template.
    pub key: String,
    /// Parameters that dispatch sets.
    pub parameters: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_project_takes_the_place_of_the_settings_or_of_another_projects_table() {
        for project in ["settings", "index-0", "payments-2", "project-payments"] {
            let name = table_name(project, 1);
            assert_ne!(name, SETTINGS);
            assert_ne!(name, index_name(0));
            assert_ne!(name, table_name("payments", 2));
        }
    }

    #[test]
    fn a_repository_is_found_however_its_letters_are_written() {
        assert_eq!(
            repository_key("github", "Acme/API"),
            repository_key("github", "acme/api")
        );
        assert_ne!(
            repository_key("github", "acme/api"),
            repository_key("gitea", "acme/api")
        );
    }

    #[test]
    fn a_key_stays_in_its_half_when_the_shards_double() {
        for i in 0..100 {
            let key = repository_key("github", &format!("acme/r{i}"));
            assert_eq!(index_shard(&key, 1), 0);
            assert_eq!(index_shard(&key, 8) & 3, index_shard(&key, 4));
        }
    }
}
