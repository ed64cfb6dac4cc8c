//! Builds by railpack and BuildKit on Tekton: a constant number of Tasks and Pipelines for the whole platform, and a
//! PipelineRun for each run. `docs/railpack.md` says what users see of it.
//!
//! Nothing here holds a program: a step runs `luban step …` in Luban's image, or in the image of the tool that the verb
//! drives, where a first step has put the same binary.

mod bindings;
mod build;
mod buildkitd;
mod command_image;
mod interface;
mod parts;
mod pipeline;
mod pods;
mod pruner;
mod release;
mod runs;
mod source;
mod step;
mod supply_chain;
mod timeouts;

#[cfg(test)]
mod checks;
#[cfg(test)]
mod defects;
#[cfg(test)]
mod tests;

use crate::CompileError;
use crate::context::Context;
use crate::delivery::delivery_path;
use crate::names::account;
use crate::rbac::Account;
use crate::tree::Folder;
use luban_api_tekton::Task;
use luban_command::{
    CLONE, IMAGE_INDEX, INSTALL, LOOKUP, RAILPACK_BUILD, RAILPACK_PREPARE, RELEASE, REPORT, SBOM,
    SCAN, SIGN, Verb,
};

pub(crate) use pruner::add_pruner;
pub(crate) use runs::runs;
#[cfg(test)]
pub(crate) use runs::secrets;

static BUILD_VERBS: [&Verb; 5] = [
    &CLONE,
    &INSTALL,
    &LOOKUP,
    &RAILPACK_BUILD,
    &RAILPACK_PREPARE,
];
static SUPPLY_CHAIN_VERBS: [&Verb; 5] = [&IMAGE_INDEX, &INSTALL, &SBOM, &SCAN, &SIGN];
static RELEASE_VERBS: [&Verb; 1] = [&RELEASE];
static REPORT_VERBS: [&Verb; 1] = [&REPORT];

/// Tasks, Pipelines and the image of the railpack command, in the namespace that every project's runs take them from.
pub(crate) fn folder(context: &Context<'_>) -> Result<Folder, CompileError> {
    let mut folder = context.folder(delivery_path("tekton"));
    for task in tasks(context)? {
        folder.add(task)?;
    }
    for pipeline in pipeline::pipelines(context) {
        folder.add(pipeline)?;
    }
    if let Some(dockerfile) = command_image::dockerfile(context) {
        folder.add_file("railpack-cli/Dockerfile", dockerfile);
    }
    Ok(folder)
}

/// The accounts that the pods of a build namespace run as, with what each of them does. None of them talks to the
/// Kubernetes API.
pub(crate) fn build_accounts<'a>(namespace: &'a str) -> Vec<Account<'a>> {
    let account = |name, verbs| Account {
        verbs,
        ..Account::new(namespace, name)
    };
    vec![
        account(account::RAILPACK, &BUILD_VERBS),
        account(account::SUPPLY_CHAIN, &SUPPLY_CHAIN_VERBS),
        account(account::RELEASE, &RELEASE_VERBS),
        account(account::REPORT, &REPORT_VERBS),
    ]
}

/// Every Task, those of tools that no project of the platform uses left out.
fn tasks(context: &Context<'_>) -> Result<Vec<Task>, CompileError> {
    let Some(railpack) = &context.platform.railpack else {
        return Ok(Vec::new());
    };
    let mut tasks = vec![
        source::clone_task(context)?,
        build::prepare_task(context)?,
        build::build_task(context, railpack)?,
        build::combined_task(context, railpack)?,
        supply_chain::index_task(context)?,
        release::release_task(context)?,
        release::report_task(context)?,
    ];
    if supply_chain::scans(context.platform) {
        tasks.push(supply_chain::scan_task(context)?);
        tasks.push(supply_chain::sbom_task(context)?);
    }
    if supply_chain::signs(context.platform) {
        tasks.push(supply_chain::sign_task(context)?);
    }
    Ok(tasks)
}
