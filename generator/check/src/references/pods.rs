//! The labels that pods have, or may have.

use std::collections::{BTreeMap, HashMap, HashSet};

use luban_yaml::Cursor;
use rayon::prelude::*;

use super::placement::Placement;
use super::target::{Target, group_of};
use crate::objects::Entry;

/// A set of labels that pods of an object have.
#[derive(Debug)]
pub(crate) struct Pods {
    /// The entry that makes them.
    pub(crate) position: usize,
    pub(crate) labels: BTreeMap<String, String>,
    /// Whether they certainly have these labels and no others that matter.
    pub(crate) is_certain: bool,
}

/// All pods that objects make.
#[derive(Debug, Default)]
pub(crate) struct AllPods {
    list: Vec<Pods>,
    /// By each of their labels.
    by_label: HashMap<(String, String), Vec<usize>>,
    /// Namespaces in which objects of kinds that are not known may make more.
    open: HashSet<String>,
    /// Namespaces in which there are pods that certainly have their labels.
    certain: HashSet<String>,
}

impl AllPods {
    pub(crate) fn new(entries: &[Entry], placements: &[Placement]) -> Self {
        let mut all = Self::default();
        let sets: Vec<_> = entries.par_iter().map(labels).collect();
        for (position, (entry, sets)) in entries.iter().zip(sets).enumerate() {
            let Some(placement) = placements.get(position) else {
                continue;
            };
            let namespaces = placement.namespaces.iter().map(ToString::to_string);
            if may_make_pods(entry) {
                all.open.extend(namespaces.clone());
            }
            if sets.iter().any(|(_, is_certain)| *is_certain) {
                all.certain.extend(namespaces);
            }
            for (mut labels, is_certain) in sets {
                labels.extend(placement.labels.iter().cloned());
                for (key, value) in &labels {
                    let pair = (key.clone(), value.clone());
                    all.by_label.entry(pair).or_default().push(all.list.len());
                }
                all.list.push(Pods {
                    position,
                    labels,
                    is_certain,
                });
            }
        }
        all
    }

    /// Pods with a label.
    pub(crate) fn with(&self, key: &str, value: &str) -> impl Iterator<Item = &Pods> {
        let found = self.by_label.get(&(key.to_owned(), value.to_owned()));
        let found = found.into_iter().flatten();
        found.filter_map(|at| self.list.get(*at))
    }

    pub(crate) fn all(&self) -> &[Pods] {
        &self.list
    }

    /// Whether objects that are not known may make pods in a namespace.
    pub(crate) fn is_open(&self, namespace: &str) -> bool {
        self.open.contains("")
            || self.open.contains(namespace)
            || (namespace.is_empty() && !self.open.is_empty())
    }

    /// Whether there are pods in a namespace whose labels are known.
    pub(crate) fn has_certain(&self, namespace: &str) -> bool {
        let certain = &self.certain;
        certain.contains("")
            || certain.contains(namespace)
            || (namespace.is_empty() && !certain.is_empty())
    }
}

/// Kinds that are not modelled and make no pods.
const NO_PODS: &[&str] = &[
    "AuthorizationPolicy",
    "BackendTLSPolicy",
    "CertificateRequest",
    "Certificate",
    "ClusterExternalSecret",
    "DestinationRule",
    "GRPCRoute",
    "GatewayClass",
    "IngressRoute",
    "Middleware",
    "PeerAuthentication",
    "PushSecret",
    "ReferenceGrant",
    "ScaledObject",
    "SealedSecret",
    "ServiceEntry",
    "TCPRoute",
    "TLSRoute",
    "TriggerAuthentication",
    "VerticalPodAutoscaler",
    "VirtualService",
];

fn may_make_pods(entry: &Entry) -> bool {
    let is_known = entry
        .object
        .as_ref()
        .is_none_or(|object| object.row().is_some());
    let kind = entry.name.kind.as_str();
    let target = Target::of(group_of(&entry.name.api_version), kind);
    // A Rollout's template is read like a Deployment's.
    !is_known && !kind.is_empty() && kind != "List" && !NO_PODS.contains(&kind) && target.is_none()
}

fn map(node: Option<Cursor<'_>>) -> BTreeMap<String, String> {
    let entries = node.into_iter().flat_map(|node| node.entries());
    entries
        .filter_map(|(key, value)| Some((key.text().to_owned(), value.text()?.to_owned())))
        .collect()
}

/// The sets of labels that an entry's pods have, and whether that is certain.
fn labels(entry: &Entry) -> Vec<(BTreeMap<String, String>, bool)> {
    let Some(node) = entry.document.cursor(&entry.path) else {
        return Vec::new();
    };
    let kind = entry.name.kind.as_str();
    let template = |path: &[&str]| vec![(map(node.at(path)), true)];
    match (group_of(&entry.name.api_version), kind) {
        ("", "Pod") => template(&["metadata", "labels"]),
        ("", "PodTemplate") => template(&["template", "metadata", "labels"]),
        ("", "ReplicationController")
        | ("apps", _)
        | ("batch", "Job")
        | ("argoproj.io", "Rollout") => template(&["spec", "template", "metadata", "labels"]),
        ("batch", "CronJob") => template(&[
            "spec",
            "jobTemplate",
            "spec",
            "template",
            "metadata",
            "labels",
        ]),
        ("argoproj.io", "EventSource" | "Sensor" | "EventBus") => {
            let (controller, field) = match kind {
                "EventSource" => ("eventsource-controller", "eventsource-name"),
                "Sensor" => ("sensor-controller", "sensor-name"),
                _ => ("eventbus-controller", "eventbus-name"),
            };
            let name = node.text_at(&["metadata", "name"]).unwrap_or_default();
            let mut labels = map(node.at(&["spec", "template", "metadata", "labels"]));
            for part in ["jetstream", "native"] {
                labels.extend(map(node.at(&["spec", part, "metadata", "labels"])));
            }
            let own = [
                ("controller", controller),
                (field, name),
                ("owner-name", name),
            ];
            labels.extend(own.map(|(key, value)| (key.to_owned(), value.to_owned())));
            vec![(labels, true)]
        }
        ("argoproj.io" | "tekton.dev" | "kpack.io" | "triggers.tekton.dev", _) => any(node),
        _ => Vec::new(),
    }
}

/// Every mapping of labels below a value.
fn any(node: Cursor<'_>) -> Vec<(BTreeMap<String, String>, bool)> {
    let mut found = Vec::new();
    let mut pending = vec![node];
    while let Some(node) = pending.pop() {
        pending.extend(node.values());
        for (key, value) in node.entries() {
            if key.text() == "labels" {
                found.push((map(Some(value)), false));
            } else {
                pending.push(value);
            }
        }
    }
    found.retain(|(labels, _)| !labels.is_empty());
    found
}
