//! The compiled tables in the cluster: settings, index, and the applications of projects.

use std::collections::BTreeMap;

use luban_platform::dispatch_table::{
    INDEX_KEY, Index, Row, SETTINGS, SETTINGS_KEY, Settings, TABLE_KEY, Table, index_name,
    index_shard, repository_key, table_name,
};
use serde::de::DeserializeOwned;

use crate::cluster::{Objects, config_map};
use crate::failure::{Exit, Failure};
use crate::yaml;

/// The most tables that a project can have: more than a platform could compile, so that a wrong number ends.
const MOST_TABLES: u32 = 10_000;

/// An application, with the texts of its run templates.
pub(super) struct Known {
    pub(super) row: Row,
    /// By occasion.
    pub(super) templates: BTreeMap<String, String>,
}

/// What dispatch knows of the platform.
pub(super) fn settings(cluster: &dyn Objects) -> Result<Settings, Failure> {
    let data = needed(cluster, SETTINGS)?;
    entry(&data, SETTINGS, SETTINGS_KEY)
}

/// The applications of a repository, in the order of projects and of each project's file; none if no project has one.
pub(super) fn applications(
    cluster: &dyn Objects,
    settings: &Settings,
    provider: &str,
    repository: &str,
) -> Result<Vec<Known>, Failure> {
    let key = repository_key(provider, repository);
    let shard = index_name(index_shard(&key, settings.index_shards));
    let index: Index = entry(&needed(cluster, &shard)?, &shard, INDEX_KEY)?;
    let mut known = Vec::new();
    for project in index.0.get(&key).into_iter().flatten() {
        of_project(cluster, project, &key, &mut known)?;
    }
    Ok(known)
}

fn of_project(
    cluster: &dyn Objects,
    project: &str,
    key: &str,
    known: &mut Vec<Known>,
) -> Result<(), Failure> {
    let mut number = 1;
    loop {
        let name = table_name(project, number);
        let data = needed(cluster, &name)?;
        let table: Table = entry(&data, &name, TABLE_KEY)?;
        for row in table.applications {
            if repository_key(&row.provider, &row.repository) != key {
                continue;
            }
            let mut templates = BTreeMap::new();
            for (occasion, run) in &row.runs {
                let text = if run.config_map == name {
                    data.get(&run.key).cloned()
                } else {
                    needed(cluster, &run.config_map)?.get(&run.key).cloned()
                };
                let text = text.ok_or_else(|| {
                    stale(&format!(
                        "ConfigMap `{}` has no key `{}`",
                        run.config_map, run.key
                    ))
                })?;
                templates.insert(occasion.clone(), text);
            }
            known.push(Known { row, templates });
        }
        if number >= table.tables.min(MOST_TABLES) {
            return Ok(());
        }
        number += 1;
    }
}

fn needed(cluster: &dyn Objects, name: &str) -> Result<BTreeMap<String, String>, Failure> {
    let found = config_map(cluster, name)?;
    found.ok_or_else(|| {
        stale(&format!(
            "there is no ConfigMap `{name}` in namespace `{}`",
            cluster.namespace()
        ))
    })
}

fn entry<T: DeserializeOwned>(
    data: &BTreeMap<String, String>,
    name: &str,
    key: &str,
) -> Result<T, Failure> {
    let text = data
        .get(key)
        .ok_or_else(|| stale(&format!("ConfigMap `{name}` has no key `{key}`")))?;
    yaml::read(text).map_err(|why| {
        stale(&format!(
            "`{key}` of ConfigMap `{name}` cannot be read: {why}"
        ))
    })
}

/// The tables are not what this version compiles. Argo CD may be in the middle of a sync, so it may pass.
fn stale(what: &str) -> Failure {
    Failure::new(Exit::Transient, what)
        .help("let Argo CD sync what `luban generate` compiled, with this version of luban")
}
