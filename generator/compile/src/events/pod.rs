//! Pods of event sources and sensors, and the budgets that keep one of them up.

use crate::container;
use crate::names::EVENTS;
use k8s_openapi::api::core::v1::{
    Affinity, PodAffinityTerm, PodAntiAffinity, WeightedPodAffinityTerm,
};
use k8s_openapi::api::policy::v1::{PodDisruptionBudget, PodDisruptionBudgetSpec};
use luban_api_argo_events::{Container, Template};
use luban_api_core::{IntOrString, LabelSelector, named_in};
use std::collections::BTreeMap;

/// Replicas of event sources and sensors: a node may fail, and providers do not all send an event again.
pub(super) const REPLICAS: i32 = 2;

/// Annotation that chooses how replicas elect a leader. The default, over NATS, needs a majority: of two replicas both.
pub(super) const LEADER_ELECTION: (&str, &str) = ("events.argoproj.io/leader-election", "k8s");

/// Label by which the controller finds the pods of an event source.
pub(super) const EVENT_SOURCE_LABEL: &str = "eventsource-name";
/// Label by which the controller finds the pods of a sensor.
pub(super) const SENSOR_LABEL: &str = "sensor-name";

/// Memory of a pod beside the events that it holds.
const MEMORY: u64 = 128 << 20;
/// Copies of the largest body that a pod holds: about five of one event (raw, parsed, written, base64, on the wire), of three events.
const COPIES: u64 = 16;

/// Pods of the event source or sensor whose pods have `label`.
pub(super) fn template(account: &str, label: (&str, &str), max_payload_bytes: u32) -> Template {
    let mebibytes = (MEMORY + COPIES * u64::from(max_payload_bytes)).div_ceil(1 << 20);
    Template {
        service_account_name: Some(account.to_owned()),
        container: Some(Container {
            resources: Some(container::requirements(
                "50m",
                &format!("{mebibytes}Mi"),
                Some("64Mi"),
            )),
            security_context: Some(container::restricted()),
            ..Container::default()
        }),
        security_context: Some(container::restricted_pod()),
        affinity: Some(apart(&[label])),
        ..Template::default()
    }
}

/// Pods with `labels` rather on different nodes.
pub(super) fn apart(labels: &[(&str, &str)]) -> Affinity {
    Affinity {
        pod_anti_affinity: Some(PodAntiAffinity {
            preferred_during_scheduling_ignored_during_execution: Some(vec![
                WeightedPodAffinityTerm {
                    weight: 100,
                    pod_affinity_term: PodAffinityTerm {
                        label_selector: Some(LabelSelector {
                            match_labels: Some(self::labels(labels)),
                            ..LabelSelector::default()
                        }),
                        topology_key: "kubernetes.io/hostname".to_owned(),
                        ..PodAffinityTerm::default()
                    },
                },
            ]),
            ..PodAntiAffinity::default()
        }),
        ..Affinity::default()
    }
}

/// Lets a drain take one pod with `labels` at a time.
pub(super) fn disruption_budget(name: &str, labels: &[(&str, &str)]) -> PodDisruptionBudget {
    PodDisruptionBudget {
        metadata: named_in(EVENTS, name),
        spec: Some(PodDisruptionBudgetSpec {
            max_unavailable: Some(IntOrString::Int(1)),
            selector: Some(LabelSelector {
                match_labels: Some(self::labels(labels)),
                ..LabelSelector::default()
            }),
            ..PodDisruptionBudgetSpec::default()
        }),
        ..PodDisruptionBudget::default()
    }
}

pub(super) fn labels(entries: &[(&str, &str)]) -> BTreeMap<String, String> {
    let entries = entries.iter();
    entries
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}
