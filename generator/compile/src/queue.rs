//! Queues of railpack builds: Kueue admits as many runs of a project as its quota allows, in the order they came.
//!
//! tekton-kueue keeps a PipelineRun `PipelineRunPending` until Kueue has admitted it. It asks for one
//! `tekton.dev/pipelineruns`, and for CPU and memory as far as the run's annotations `kueue.konflux-ci.dev/requests-cpu` and
//! `-memory` say so (tektoncd/tekton-kueue `internal/controller/pipelinerun_controller.go`).

use crate::CompileError;
use crate::context::Context;
use crate::delivery::delivery_path;
use crate::labels;
use crate::names;
use crate::tree::Folder;
use luban_api_cluster::{
    ClusterQueue, ClusterQueueSpec, FlavorQuotas, LocalQueue, LocalQueueSpec, ResourceFlavor,
    ResourceFlavorSpec, ResourceGroup, ResourceQuota,
};
use luban_api_core::{LabelSelector, Quantity, named, named_in};
use luban_platform::derived;
use luban_platform::model::{Project, Queue};

/// What counts runs.
const RUNS: &str = "tekton.dev/pipelineruns";

/// The one flavor. It names no nodes: tekton-kueue hands the run's pods no selector, and a flavor whose taints the run
/// does not tolerate would admit nothing; the run itself says where BuildKit runs.
const FLAVOR: &str = "builds";

/// The folder of queues; empty if runs start at once.
pub(crate) fn folder(context: &Context<'_>) -> Result<Folder, CompileError> {
    let mut folder = context.folder(delivery_path("kueue"));
    if context.platform.queue != Queue::Kueue {
        return Ok(folder);
    }
    folder.add(ResourceFlavor {
        metadata: named(FLAVOR),
        spec: Some(ResourceFlavorSpec::default()),
        ..ResourceFlavor::default()
    })?;
    for project in &context.platform.projects {
        if derived::has_build_namespace(project) {
            folder.add(cluster_queue(project))?;
        }
    }
    Ok(folder)
}

/// Name of a project's ClusterQueue.
fn queue_name(project: &Project) -> String {
    derived::build_namespace(project)
}

fn cluster_queue(project: &Project) -> ClusterQueue {
    let quotas = [
        (RUNS, project.builds.to_string()),
        ("cpu", project.cpu.to_string()),
        ("memory", project.memory.to_string()),
    ];
    let resources = quotas.iter().map(|(name, amount)| ResourceQuota {
        name: (*name).to_owned(),
        nominal_quota: Quantity(amount.clone()),
        ..ResourceQuota::default()
    });
    let mut metadata = named(queue_name(project));
    metadata.labels = Some(labels::map([(labels::PROJECT, project.name.as_str())]));
    ClusterQueue {
        metadata,
        spec: ClusterQueueSpec {
            resource_groups: vec![ResourceGroup {
                covered_resources: quotas.iter().map(|(name, _)| (*name).to_owned()).collect(),
                flavors: vec![FlavorQuotas {
                    name: FLAVOR.to_owned(),
                    resources: resources.collect(),
                }],
            }],
            // In the order they came: a large build is not overtaken for ever by small ones.
            queueing_strategy: Some("StrictFIFO".to_owned()),
            namespace_selector: Some(LabelSelector {
                match_labels: Some(labels::map([(
                    "kubernetes.io/metadata.name",
                    derived::build_namespace(project).as_str(),
                )])),
                ..LabelSelector::default()
            }),
            ..ClusterQueueSpec::default()
        },
        ..ClusterQueue::default()
    }
}

/// Adds the LocalQueue of a project to the folder of its `-build` namespace, if runs are queued.
pub(crate) fn add_local_queue(
    folder: &mut Folder,
    context: &Context<'_>,
    project: &Project,
) -> Result<(), CompileError> {
    if context.platform.queue != Queue::Kueue {
        return Ok(());
    }
    folder.add(LocalQueue {
        metadata: named_in(derived::build_namespace(project), names::QUEUE),
        spec: LocalQueueSpec {
            cluster_queue: Some(queue_name(project)),
            ..LocalQueueSpec::default()
        },
        ..LocalQueue::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tenancy;
    use crate::testing;
    use luban_platform::Platform;
    use luban_platform::lock::Lock;
    use serde_yaml::Value;

    fn file(platform: &Platform, name: &str) -> Option<Value> {
        let context = Context::new(platform, &Lock::default()).unwrap();
        let mut files = folder(&context).unwrap().finish().unwrap();
        for project in &platform.projects {
            for folder in tenancy::project_folders(&context, project).unwrap() {
                files.extend(folder.finish().unwrap());
            }
        }
        let file = files.iter().find(|file| file.path.ends_with(name))?;
        Some(serde_yaml::from_str(&file.text).unwrap())
    }

    #[test]
    fn each_project_s_queue_admits_as_much_as_its_quota() {
        let platform = testing::edited(&[(
            "groups: {admin: storefront-leads, developer: storefront}",
            "groups: {admin: storefront-leads, developer: storefront}\n      quota: {cpu: \"12\", memory: 24Gi, builds: 3}",
        )]);
        let queue = file(&platform, "kueue/clusterqueue-storefront-build.yaml").unwrap();
        let group = &queue["spec"]["resourceGroups"][0];
        let resources = group["flavors"][0]["resources"].as_sequence().unwrap();
        let quotas: Vec<_> = resources
            .iter()
            .map(|resource| {
                (
                    resource["name"].as_str().unwrap(),
                    resource["nominalQuota"].as_str().unwrap(),
                )
            })
            .collect();
        assert_eq!(
            quotas,
            [
                ("tekton.dev/pipelineruns", "3"),
                ("cpu", "12"),
                ("memory", "24Gi")
            ]
        );
        assert_eq!(group["coveredResources"].as_sequence().unwrap().len(), 3);
        let flavor = file(&platform, "kueue/resourceflavor-builds.yaml").unwrap();
        assert_eq!(flavor["metadata"]["name"], group["flavors"][0]["name"]);
        let local = format!("storefront/build/localqueue-{}.yaml", names::QUEUE);
        let local = file(&platform, &local).unwrap();
        assert_eq!(local["spec"]["clusterQueue"], queue["metadata"]["name"]);
        // Only that namespace may use it.
        let selector = &queue["spec"]["namespaceSelector"]["matchLabels"];
        assert_eq!(
            selector["kubernetes.io/metadata.name"],
            local["metadata"]["namespace"]
        );
    }

    #[test]
    fn projects_without_railpack_builds_have_no_queue() {
        assert!(file(&testing::platform(), "clusterqueue-payments-build.yaml").is_none());
    }

    #[test]
    fn without_a_queue_nothing_of_kueue_is_compiled() {
        let platform = testing::edited(&[("queue: kueue", "queue: none")]);
        assert!(file(&platform, "clusterqueue-storefront-build.yaml").is_none());
        assert!(file(&platform, &format!("localqueue-{}.yaml", names::QUEUE)).is_none());
        assert!(file(&platform, "resourceflavor-builds.yaml").is_none());
    }
}
