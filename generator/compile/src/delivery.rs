//! Folders of the tree that there are once: which there are, where each is applied, and in which order.

use crate::names::folder;
use luban_platform::Platform;
use luban_platform::model::{Cluster, PromotionTrigger, Queue};

/// A folder that there is once, one Argo CD source.
#[derive(Clone, Debug)]
pub(crate) struct PlatformFolder<'a> {
    /// Its name, also that of its Argo CD Application.
    pub(crate) name: String,
    /// Its path in the repository.
    pub(crate) path: String,
    /// The cluster it is applied to.
    pub(crate) cluster: &'a Cluster,
    /// Order in which Argo CD applies it.
    pub(crate) wave: i32,
}

/// Folders of the delivery cluster, by name: namespaces first, what runs in them after.
pub(crate) fn delivery_names(platform: &Platform) -> Vec<(&'static str, i32)> {
    let mut names = vec![("namespaces", 0), ("argo-events", 2), ("dispatch", 1)];
    if platform.kpack.is_some() {
        names.push(("kpack", 1));
    }
    if platform.kpack.is_some() || promotes_tags(platform) {
        names.push(("argo-workflows", 1));
    }
    if platform.railpack.is_some() {
        names.push(("tekton", 1));
        names.push(("tekton-pruner", 1));
    }
    if platform.queue == Queue::Kueue {
        names.push(("kueue", 1));
    }
    if platform.prometheus || platform.grafana {
        names.push(("observability", 2));
    }
    names.sort();
    names
}

/// Whether a Git tag starts a promotion somewhere.
pub(crate) fn promotes_tags(platform: &Platform) -> bool {
    platform
        .environments
        .iter()
        .any(|environment| environment.on.contains(&PromotionTrigger::GitTag))
}

/// Path of a folder of the delivery cluster.
pub(crate) fn delivery_path(name: &str) -> String {
    format!("{}/{name}", folder::DELIVERY)
}

/// Path of the policies of a cluster.
pub(crate) fn policies_path(cluster: &Cluster) -> String {
    format!("pipelines/clusters/{}/policies", cluster.name)
}

/// Whether a cluster admits only signed images of our registries somewhere: it has an environment that promotions reach.
pub(crate) fn has_policies(platform: &Platform, cluster: &Cluster) -> bool {
    let is_guarded = platform
        .environments
        .iter()
        .any(|environment| environment.after.is_some() && environment.cluster.name == cluster.name);
    is_guarded
        && platform
            .projects
            .iter()
            .any(|project| project.sign.is_some())
}

/// Every folder that there is once.
pub(crate) fn folders(platform: &Platform) -> Vec<PlatformFolder<'_>> {
    let delivery = platform
        .clusters
        .iter()
        .find(|cluster| cluster.is_delivery());
    let mut folders: Vec<PlatformFolder<'_>> = delivery_names(platform)
        .into_iter()
        .filter_map(|(name, wave)| {
            Some(PlatformFolder {
                name: name.to_owned(),
                path: delivery_path(name),
                cluster: delivery?,
                wave,
            })
        })
        .collect();
    folders.extend(
        platform
            .clusters
            .iter()
            .filter(|cluster| has_policies(platform, cluster))
            .map(|cluster| PlatformFolder {
                name: format!("policies-{}", cluster.name),
                path: policies_path(cluster),
                cluster,
                wave: 1,
            }),
    );
    folders
}
