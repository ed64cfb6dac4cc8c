//! Where each kind has its pods.

use luban_yaml::Value;

use super::{Container, Maker, Pod, Role, group_of, tekton, workflow};
use crate::objects::Entry;

/// The pods that an object makes.
pub(super) fn pods<'a>(entry: &'a Entry, root: Value<'a>) -> Vec<Pod<'a>> {
    let kind = entry.name.kind.as_str();
    let spec = root.get("spec");
    let at = |keys: &[&str]| spec.and_then(|spec| spec.at(keys));
    let one = |spec: Option<Value<'a>>| spec.map(pod).into_iter().collect();
    match (group_of(entry), kind) {
        ("", "Pod") => one(spec),
        ("", "PodTemplate") => one(root.at(&["template", "spec"])),
        ("", "ReplicationController")
        | ("apps", _)
        | ("batch", "Job")
        | ("argoproj.io", "Rollout") => one(at(&["template", "spec"])),
        ("batch", "CronJob") => one(at(&["jobTemplate", "spec", "template", "spec"])),
        ("argoproj.io", "Experiment") => {
            let templates = spec.into_iter().flat_map(|spec| spec.items_of("templates"));
            let specs = templates.filter_map(|template| template.at(&["template", "spec"]));
            specs.map(pod).collect()
        }
        ("argoproj.io", "AnalysisTemplate" | "ClusterAnalysisTemplate" | "AnalysisRun") => {
            let metrics = spec.into_iter().flat_map(|spec| spec.items_of("metrics"));
            let job = ["provider", "job", "spec", "template", "spec"];
            metrics
                .filter_map(|metric| metric.at(&job))
                .map(pod)
                .collect()
        }
        ("argoproj.io", "EventSource" | "Sensor") => {
            one_of_events(at(&["template"])).into_iter().collect()
        }
        ("argoproj.io", _) => workflow::pods(entry, root),
        ("tekton.dev", _) => tekton::pods(kind, root),
        ("triggers.tekton.dev", "EventListener") => one(at(&[
            "resources",
            "kubernetesResource",
            "spec",
            "template",
            "spec",
        ])),
        _ => Vec::new(),
    }
}

/// A pod of Kubernetes' own form.
fn pod(spec: Value<'_>) -> Pod<'_> {
    let lists = [
        ("containers", Role::Main),
        ("initContainers", Role::Init),
        ("ephemeralContainers", Role::Sidecar),
    ];
    let containers = lists.iter().flat_map(|(key, role)| {
        spec.items_of(key).map(|value| Container {
            role: *role,
            value,
            template: None,
        })
    });
    Pod {
        maker: Maker::Kubernetes,
        levels: vec![spec],
        containers: containers.collect(),
        volumes: spec.items_of("volumes").collect(),
    }
}

/// The pod of a sensor or an event source: its container has no image of the user's.
fn one_of_events(template: Option<Value<'_>>) -> Option<Pod<'_>> {
    let template = template?;
    let container = template.get("container").map(|value| Container {
        role: Role::Main,
        value,
        template: None,
    });
    Some(Pod {
        maker: Maker::Events,
        levels: vec![template],
        containers: container.into_iter().collect(),
        volumes: template.items_of("volumes").collect(),
    })
}
