//! Folders of the tree that there are once: which there are, where each is applied, and in which order.

use crate::context::Context;
use crate::names::folder;
use crate::tree::Folder;
use crate::{
    CompileError, argo, dispatch, events, kpack, observability, policies, queue, railpack, tenancy,
};
use luban_platform::Platform;
use luban_platform::model::{Cluster, PromotionTrigger, Queue};

/// Namespaces come before what is in them.
const NAMESPACES_WAVE: i32 = 0;
/// What events lead to comes before events.
const MACHINERY_WAVE: i32 = 1;
/// Events, and who watches.
const EVENTS_WAVE: i32 = 2;

/// A folder that there is once, one Argo CD source.
#[derive(Debug)]
pub(crate) struct PlatformFolder<'a> {
    /// Its name, part of that of its Argo CD Application.
    pub(crate) name: String,
    /// The cluster it is applied to.
    pub(crate) cluster: &'a Cluster,
    /// Order in which Argo CD applies it.
    pub(crate) wave: i32,
    /// What it holds.
    pub(crate) folder: Folder,
}

/// Every folder that there is once, Argo CD's own apart.
pub(crate) fn folders<'a>(context: &Context<'a>) -> Result<Vec<PlatformFolder<'a>>, CompileError> {
    let platform = context.platform;
    let mut delivered = Vec::new();
    let namespaces = tenancy::platform_namespaces(context)?;
    delivered.push(("namespaces", NAMESPACES_WAVE, namespaces));
    delivered.push(("argo-events", EVENTS_WAVE, events::folder(context)?));
    delivered.push(("dispatch", MACHINERY_WAVE, dispatch::folder(context)?));
    if platform.kpack.is_some() {
        delivered.push(("kpack", MACHINERY_WAVE, kpack::folder(context)?));
    }
    if platform.kpack.is_some() || promotes_tags(platform) {
        let folder = argo::argo_workflows_folder(context)?;
        delivered.push(("argo-workflows", MACHINERY_WAVE, folder));
    }
    if platform.railpack.is_some() {
        delivered.push(("tekton", MACHINERY_WAVE, railpack::folder(context)?));
    }
    if platform.queue == Queue::Kueue {
        delivered.push(("kueue", MACHINERY_WAVE, queue::folder(context)?));
    }
    if platform.prometheus || platform.grafana {
        let folder = observability::folder(context)?;
        delivered.push(("observability", EVENTS_WAVE, folder));
    }
    let cluster = delivery_cluster(platform);
    let mut folders: Vec<PlatformFolder<'a>> = delivered
        .into_iter()
        .filter_map(|(name, wave, folder)| {
            Some(PlatformFolder {
                name: name.to_owned(),
                cluster: cluster?,
                wave,
                folder,
            })
        })
        .collect();
    for cluster in &platform.clusters {
        if has_policies(platform, cluster) {
            folders.push(PlatformFolder {
                name: format!("policies-{}", cluster.name),
                cluster,
                wave: MACHINERY_WAVE,
                folder: policies::policies_folder(context, cluster)?,
            });
        }
    }
    folders.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(folders)
}

/// The cluster that Argo CD, events and builds run on.
pub(crate) fn delivery_cluster(platform: &Platform) -> Option<&Cluster> {
    let mut clusters = platform.clusters.iter();
    clusters
        .find(|cluster| cluster.is_delivery())
        .map(AsRef::as_ref)
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
