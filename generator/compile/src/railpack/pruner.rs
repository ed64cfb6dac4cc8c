//! Finished runs go: settings of tektoncd/pruner.

use crate::CompileError;
use crate::context::Context;
use crate::delivery::delivery_path;
use crate::labels::{PART_OF, map};
use crate::names;
use crate::tree::Folder;
use k8s_openapi::api::core::v1::ConfigMap;
use luban_api_core::named_in;
use serde::Serialize;
use std::collections::BTreeMap;

/// The ConfigMap that the pruner reads (tektoncd/pruner v0.3, `config/600-tekton-pruner-default-spec.yaml`).
const NAME: &str = "tekton-pruner-default-spec";
/// Its key.
const KEY: &str = "global-config";
/// The label by which the pruner's webhook knows what it checks; `part-of` must be `tekton-pruner` too.
const CONFIG_TYPE: &str = "pruner.tekton.dev/config-type";

/// What the pruner keeps.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GlobalConfig {
    enforced_config_level: &'static str,
    ttl_seconds_after_finished: u64,
    successful_history_limit: u32,
    failed_history_limit: u32,
}

/// Settings of the pruner for every namespace.
pub(crate) fn pruner_folder(context: &Context<'_>) -> Result<Folder, CompileError> {
    let mut folder = context.folder(delivery_path("tekton-pruner"));
    let keep = context.platform.keep;
    let config = GlobalConfig {
        // No namespace may keep more: what is kept is the platform's to decide.
        enforced_config_level: "global",
        ttl_seconds_after_finished: u64::from(keep.hours) * 3600,
        successful_history_limit: keep.succeeded,
        failed_history_limit: keep.failed,
    };
    let mut metadata = named_in(names::TEKTON, NAME);
    metadata.labels = Some(map([(PART_OF, "tekton-pruner"), (CONFIG_TYPE, "global")]));
    let text = luban_yaml::to_string(&config).map_err(|source| CompileError::Write {
        path: folder.path().to_owned(),
        source,
    })?;
    folder.add(ConfigMap {
        metadata,
        data: Some(BTreeMap::from([(KEY.to_owned(), text)])),
        ..ConfigMap::default()
    })?;
    Ok(folder)
}
