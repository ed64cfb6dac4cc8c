//! The index: which projects have applications of a repository.

use super::pack::{MAX_BYTES, json_bytes};
use super::{config_map, yaml};
use crate::CompileError;
use k8s_openapi::api::core::v1::ConfigMap;
use luban_platform::Platform;
use luban_platform::dispatch_table::{INDEX_KEY, Index, index_name, index_shard, repository_key};
use std::collections::BTreeMap;

/// Shards of the largest index: enough for a million repositories. One repository in every project could make
/// a single entry larger than a shard should be, and more shards would not help.
const MOST_SHARDS: u32 = 1 << 12;

/// Bytes that an entry of an index has beside its key and its projects: `: `, and `  - ` and a line for each, at most.
const AROUND: usize = 12;

/// The ConfigMaps of the index: the smallest power of two of them that keeps each small.
pub(super) fn shards(platform: &Platform) -> Result<Vec<ConfigMap>, CompileError> {
    let index = index(platform);
    let mut count = 1;
    while count < MOST_SHARDS && largest(&index, count) > MAX_BYTES {
        count *= 2;
    }
    let mut shards: BTreeMap<u32, Index> = (0..count).map(|i| (i, Index::default())).collect();
    for (key, projects) in index {
        let shard = shards.entry(index_shard(&key, count)).or_default();
        shard.0.insert(key, projects);
    }
    let shards = shards.into_iter().map(|(i, index)| {
        let name = index_name(i);
        let text = yaml(&name, &index)?;
        let data = BTreeMap::from([(INDEX_KEY.to_owned(), text)]);
        Ok(config_map(name, None, data))
    });
    shards.collect()
}

/// Projects by the key of each repository, each project once.
fn index(platform: &Platform) -> BTreeMap<String, Vec<String>> {
    let mut index: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (project, application) in platform.applications() {
        let repository = application.source.repository.as_str();
        let key = repository_key(project.provider.name.as_str(), repository);
        let projects = index.entry(key).or_default();
        // Applications come project by project.
        if projects.last().map(String::as_str) != Some(project.name.as_str()) {
            projects.push(project.name.to_string());
        }
    }
    index
}

/// Bytes of the largest of `count` shards.
fn largest(index: &BTreeMap<String, Vec<String>>, count: u32) -> usize {
    let mut bytes: BTreeMap<u32, usize> = BTreeMap::new();
    for (key, projects) in index {
        let projects = projects.iter().map(|project| project.len() + AROUND);
        *bytes.entry(index_shard(key, count)).or_default() +=
            json_bytes(key) + AROUND + projects.sum::<usize>();
    }
    bytes.into_values().max().unwrap_or_default()
}
