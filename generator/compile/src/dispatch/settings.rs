//! What dispatch knows of the platform.

use super::{config_map, yaml};
use crate::CompileError;
use k8s_openapi::api::core::v1::ConfigMap;
use luban_platform::Platform;
use luban_platform::dispatch_table::{Gitops, SETTINGS, SETTINGS_KEY, Settings};
use luban_platform::versions::Component;
use std::collections::BTreeMap;

/// The settings, with an index of `shards` shards.
pub(super) fn config_map_of(platform: &Platform, shards: usize) -> Result<ConfigMap, CompileError> {
    let settings = Settings {
        platform: platform.name.to_string(),
        host: platform.events.host.to_string(),
        gitops: Gitops {
            provider: platform.gitops.provider.name.to_string(),
            repository: platform.gitops.repository.to_string(),
            branch: platform.gitops.branch.clone(),
        },
        providers: platform
            .providers
            .iter()
            .map(|provider| (provider.name.to_string(), provider.kind.as_str().to_owned()))
            .collect(),
        targets: Component::ALL
            .iter()
            .map(|component| {
                let version = platform.targets.get(*component);
                (component.key().to_owned(), version.to_string())
            })
            .collect(),
        index_shards: u32::try_from(shards).unwrap_or(u32::MAX),
    };
    let text = yaml(SETTINGS, &settings)?;
    Ok(config_map(
        SETTINGS.to_owned(),
        None,
        BTreeMap::from([(SETTINGS_KEY.to_owned(), text)]),
    ))
}
