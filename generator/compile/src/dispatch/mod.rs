//! Dispatch: the run that turns an event into runs of applications, and the tables that it reads.
//!
//! What is in the tables, and under which names, is defined by [`luban_platform::dispatch_table`], which the step reads
//! them with.

mod index;
mod pack;
mod providers;
mod settings;
mod table;
mod template;
#[cfg(test)]
mod tests;

pub(crate) use providers::asked;
pub(crate) use table::project_folder;

use crate::CompileError;
use crate::context::Context;
use crate::delivery::delivery_path;
use crate::events;
use crate::labels;
use crate::names::{DISPATCH, account};
use crate::rbac::Account;
use crate::tree::Folder;
use k8s_openapi::api::core::v1::ConfigMap;
use luban_api_core::{ObjectMeta, named_in};
use serde::Serialize;
use std::collections::BTreeMap;

/// The account of dispatch runs. Its permissions in namespaces of projects are granted there.
pub(crate) fn dispatch_account() -> Account<'static> {
    static VERBS: &[&luban_command::Verb] = &[&luban_command::DISPATCH];
    Account {
        verbs: VERBS,
        runs_workflows: true,
        ..Account::new(DISPATCH, account::DISPATCH)
    }
}

/// The folder of dispatch: its template, its account, what sensors may do here, its settings and its index.
pub(crate) fn folder(context: &Context<'_>) -> Result<Folder, CompileError> {
    let platform = context.platform;
    let mut folder = context.folder(delivery_path("dispatch"));
    dispatch_account().add(&mut folder)?;
    events::grant_in_dispatch(&mut folder, platform)?;
    folder.add(template::workflow_template(context)?)?;
    let shards = index::shards(platform)?;
    folder.add(settings::config_map_of(platform, shards.len())?)?;
    for shard in shards {
        folder.add(shard)?;
    }
    Ok(folder)
}

/// A ConfigMap of dispatch with entries; `project` is whose it is, if it is a project's.
fn config_map(name: String, project: Option<&str>, data: BTreeMap<String, String>) -> ConfigMap {
    ConfigMap {
        metadata: ObjectMeta {
            labels: project.map(|project| labels::map([(labels::PROJECT, project)])),
            ..named_in(DISPATCH, name)
        },
        data: Some(data),
        ..ConfigMap::default()
    }
}

/// `value` as the text of a ConfigMap's entry.
fn yaml(name: &str, value: &impl Serialize) -> Result<String, CompileError> {
    luban_yaml::to_string(value).map_err(|source| CompileError::Write {
        path: name.to_owned(),
        source,
    })
}
