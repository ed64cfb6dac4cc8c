//! Where pods stand in the workloads of Kubernetes.

use luban_yaml::Path;

use crate::objects::Entry;

/// The template of a workload's pods.
pub(crate) fn template(entry: &Entry) -> Option<Path> {
    let spec = entry.path.key("spec");
    match (entry.name.api_version.as_str(), entry.name.kind.as_str()) {
        ("apps/v1", "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet")
        | ("batch/v1", "Job") => Some(spec.key("template")),
        ("batch/v1", "CronJob") => Some(spec.key("jobTemplate").key("spec").key("template")),
        _ => None,
    }
}

/// The spec of a workload's pods, or of a pod.
pub(crate) fn spec(entry: &Entry) -> Option<Path> {
    let is_pod = entry.name.api_version == "v1" && entry.name.kind == "Pod";
    let path = if is_pod {
        Some(entry.path.clone())
    } else {
        template(entry)
    };
    path.map(|path| path.key("spec"))
}

/// The containers of a pod, those that run first before the others.
pub(crate) fn containers(entry: &Entry, pod: &Path) -> Vec<Path> {
    let mut containers = Vec::new();
    for field in ["initContainers", "containers"] {
        let list = pod.key(field);
        let count = entry.document.length_at(&list).unwrap_or(0);
        containers.extend((0..count).map(|index| list.index(index)));
    }
    containers
}
