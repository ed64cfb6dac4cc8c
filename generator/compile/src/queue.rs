//! Queues of railpack builds: Kueue admits as many runs of a project as its quota allows, in the order they came.
//!
//! tekton-kueue keeps a PipelineRun `PipelineRunPending` until Kueue has admitted it. It asks for one
//! `tekton.dev/pipelineruns`, and for as much CPU and memory as the run's annotations say (tektoncd/tekton-kueue
//! `internal/controller/pipelinerun_controller.go`).

use crate::CompileError;
use crate::context::Context;
use crate::delivery::delivery_path;
use crate::labels;
use crate::names;
use crate::quantity::Amount;
use crate::tenancy;
use crate::tree::Folder;
use luban_api_cluster::{
    ClusterQueue, ClusterQueueSpec, FlavorQuotas, LocalQueue, LocalQueueSpec, ResourceFlavor,
    ResourceFlavorSpec, ResourceGroup, ResourceQuota,
};
use luban_api_core::{LabelSelector, Quantity, named, named_in};
use luban_platform::derived;
use luban_platform::model::{Project, Queue, RailpackBuilder};

/// What counts runs.
const RUNS: &str = "tekton.dev/pipelineruns";
/// The annotation with the CPU that a run requests.
pub(crate) const CPU_ANNOTATION: &str = "kueue.konflux-ci.dev/requests-cpu";
/// The annotation with the memory that a run requests.
pub(crate) const MEMORY_ANNOTATION: &str = "kueue.konflux-ci.dev/requests-memory";

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

/// What a run of `builds` builds, which run side by side, asks of its queue: what BuildKit requests in each. Steps beside it
/// request little; the namespace's quota holds them too.
pub(crate) fn requests(railpack: &RailpackBuilder, builds: usize) -> [(&'static str, String); 2] {
    let builds = u32::try_from(builds).unwrap_or(u32::MAX);
    [
        (
            CPU_ANNOTATION,
            Amount::of(&railpack.cpu).times(builds).cpu(),
        ),
        (
            MEMORY_ANNOTATION,
            Amount::of(&railpack.memory).times(builds).memory(),
        ),
    ]
}

/// Name of a project's ClusterQueue.
fn queue_name(project: &Project) -> String {
    derived::build_namespace(project)
}

fn cluster_queue(project: &Project) -> ClusterQueue {
    // As much as the namespace's own quota has: a run beyond that would be admitted and its pods refused.
    let (cpu, memory) = tenancy::build_share(project);
    let quotas = [
        (RUNS, project.builds.to_string()),
        ("cpu", cpu),
        ("memory", memory),
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
    fn a_queue_admits_no_more_than_fits_into_the_namespace() {
        // Half of the project's applications are built elsewhere.
        let platform = testing::edited(&[(
            "source: {repository: payments-api, path: worker}     # two applications of one repository\n          build: {kpack: {python: true}}",
            "source: {repository: payments-api, path: worker}\n          build: {railpack: {}}",
        )]);
        let queue = file(&platform, "kueue/clusterqueue-payments-build.yaml").unwrap();
        let quota = file(&platform, "payments/build/resourcequota-quota.yaml").unwrap();
        let resources = &queue["spec"]["resourceGroups"][0]["flavors"][0]["resources"];
        let hard = &quota["spec"]["hard"];
        assert_eq!(resources[1]["nominalQuota"], hard["requests.cpu"]);
        assert_eq!(resources[2]["nominalQuota"], hard["requests.memory"]);
        assert_eq!(resources[1]["nominalQuota"], "20");
    }

    #[test]
    fn queues_are_of_the_version_that_kueue_stores() {
        let platform = testing::platform();
        for name in [
            "clusterqueue-storefront-build.yaml",
            "resourceflavor-builds.yaml",
            "storefront/build/localqueue-builds.yaml",
        ] {
            let object = file(&platform, name).unwrap();
            assert_eq!(object["apiVersion"], "kueue.x-k8s.io/v1beta2", "{name}");
        }
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
