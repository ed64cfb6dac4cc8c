//! Finished runs go: settings of tektoncd/pruner for one namespace.

use crate::CompileError;
use crate::context::Context;
use crate::labels::{APPLICATION, PART_OF, REASON, map};
use crate::tree::Folder;
use k8s_openapi::api::core::v1::ConfigMap;
use luban_api_core::named_in;
use luban_platform::derived;
use luban_platform::model::{Build, Project};
use serde::Serialize;
use std::collections::BTreeMap;

/// The ConfigMap of a namespace that the pruner reads (tektoncd/pruner v0.3 `pkg/config/constants.go`).
const NAME: &str = "tekton-pruner-namespace-spec";
/// Its key.
const KEY: &str = "ns-config";
/// The label by which the pruner's webhook knows what it checks; `part-of` must be `tekton-pruner` too.
const CONFIG_TYPE: &str = "pruner.tekton.dev/config-type";

/// What the pruner keeps in a namespace.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NamespaceConfig {
    /// Of runs of no group. Limits are left out here: the pruner would count all runs of the namespace against them.
    ttl_seconds_after_finished: u64,
    pipeline_runs: Vec<Group>,
}

/// What the pruner keeps of the runs that a selector matches; limits count these runs alone.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Group {
    selector: [Selector; 1],
    ttl_seconds_after_finished: u64,
    successful_history_limit: u32,
    failed_history_limit: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Selector {
    match_labels: BTreeMap<String, String>,
}

/// Adds the pruner's settings for a project's `-build` namespace: finished runs of each application are counted by
/// themselves.
///
/// The pruner reads them only if its own ConfigMap, `tekton-pruner-default-spec` beside the pruner, has
/// `enforcedConfigLevel: namespace`; its release says `global`. That ConfigMap is for the whole cluster and belongs to who
/// installs the pruner. Its limits, `historyLimit: 100` as released, are the most that its webhook lets a namespace keep,
/// and 30 days the longest (tektoncd/pruner v0.3 `docs/configmap-validation.md`).
pub(crate) fn add_pruner(
    folder: &mut Folder,
    context: &Context<'_>,
    project: &Project,
) -> Result<(), CompileError> {
    let keep = context.platform.keep;
    let seconds = u64::from(keep.hours) * 3600;
    let groups = project
        .applications
        .iter()
        .filter(|application| matches!(application.build, Build::Railpack(_)))
        .map(|application| Group {
            selector: [Selector {
                match_labels: map([(APPLICATION, application.name.as_str())]),
            }],
            ttl_seconds_after_finished: seconds,
            successful_history_limit: keep.succeeded,
            failed_history_limit: keep.failed,
        });
    let config = NamespaceConfig {
        ttl_seconds_after_finished: seconds,
        pipeline_runs: groups.collect(),
    };
    let mut metadata = named_in(derived::build_namespace(project), NAME);
    metadata.labels = Some(map([
        (PART_OF, "tekton-pruner"),
        (CONFIG_TYPE, "namespace"),
    ]));
    metadata.annotations = Some(map([(
        REASON,
        "finished runs of each application that stay, and for how long: `runs.keep`",
    )]));
    let text = luban_yaml::to_string(&config).map_err(|source| CompileError::Write {
        path: folder.path().to_owned(),
        source,
    })?;
    folder.add(ConfigMap {
        metadata,
        data: Some(BTreeMap::from([(KEY.to_owned(), text)])),
        ..ConfigMap::default()
    })
}
