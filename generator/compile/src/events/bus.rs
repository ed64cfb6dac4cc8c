//! The event bus: JetStream, so that an accepted event outlives any pod and any node.

use super::pod;
use crate::CompileError;
use crate::container;
use crate::labels;
use crate::names::{EVENTS, account};
use crate::rbac::Account;
use crate::tree::Folder;
use k8s_openapi::api::core::v1::{
    Affinity, PodAffinityTerm, PodAntiAffinity, WeightedPodAffinityTerm,
};
use luban_api_argo_events::{
    ContainerTemplate, EventBus, EventBusSpec, JetStreamBus, PersistenceStrategy,
};
use luban_api_core::{LabelSelector, ObjectMeta, Quantity, named_in};
use luban_platform::Platform;

/// The bus that event sources and sensors use unless they name another one.
const NAME: &str = "default";

/// Release of the NATS server: the newest of those in the controller's default configuration (Argo Events v1.9.11
/// `manifests/base/controller-manager/controller-config.yaml`), which alone maps it to images.
const VERSION: &str = "2.10.29";

/// Servers: the smallest number that still has a majority when one is lost. The stream has a copy on each.
const REPLICAS: i32 = 3;

/// Volume of a server. It holds [`FILE_STORE`] and the file system's own share.
const VOLUME: &str = "10Gi";

/// What a server may use of its volume; JetStream would else believe that it has a terabyte.
const FILE_STORE: &str = "9GB";

/// Largest stream, in bytes: what is left of [`FILE_STORE`] is for the sensors' key-value stores and for Raft's logs.
const STREAM_BYTES: u64 = 8 << 30;

/// Messages kept. At 20 KB a push, the usual size, they are 2 GB, so that age or this number ends a message's time and
/// [`STREAM_BYTES`] only if events are unusually large.
const STREAM_MESSAGES: u32 = 100_000;

/// How long a message is kept, so how long sensors may be down before an event is lost: a week, a long holiday.
const STREAM_AGE: &str = "168h";

/// Within which the bus recognises a message that an event source sends again after a lost answer.
const DUPLICATES: &str = "300s";

/// Why the limits are what they are; whoever reads the YAML asks.
const WHY_LIMITS: &str = "maxPayload is seven quarters of the event sources' maxPayloadSize and 128 KiB: a body is in \
    base64, after escapes, in an envelope; the stream keeps a week of events within the volume, and 300s of duplicates \
    cover an event source that sends again";

/// The largest message for a body of `body` bytes: in its envelope the body is in base64 (four thirds), and GitHub's, which the event
/// source writes anew, has grown by escapes before (`\u003c`): seven quarters leave a third for that. The rest is for headers
/// and the envelope itself.
pub(super) fn message_bytes(body: u32) -> u64 {
    u64::from(body) * 7 / 4 + (128 << 10)
}

/// Adds the bus, its account and its disruption budget.
pub(super) fn add(folder: &mut Folder, platform: &Platform) -> Result<(), CompileError> {
    Account::new(EVENTS, account::EVENT_BUS).add(folder)?;
    folder.add(pod::disruption_budget(
        "event-bus",
        &[
            ("controller", "eventbus-controller"),
            ("eventbus-name", NAME),
        ],
    ))?;
    folder.add(EventBus {
        metadata: ObjectMeta {
            annotations: Some(labels::map([(labels::REASON, WHY_LIMITS)])),
            ..named_in(EVENTS, NAME)
        },
        spec: EventBusSpec {
            jetstream: Some(JetStreamBus {
                version: Some(VERSION.to_owned()),
                replicas: Some(REPLICAS),
                persistence: Some(PersistenceStrategy {
                    access_mode: Some("ReadWriteOnce".to_owned()),
                    volume_size: Some(Quantity(VOLUME.to_owned())),
                    ..PersistenceStrategy::default()
                }),
                max_payload: Some(message_bytes(platform.events.max_payload_bytes).to_string()),
                settings: Some(settings()),
                stream_config: Some(stream_config()),
                affinity: Some(apart()),
                service_account_name: Some(account::EVENT_BUS.to_owned()),
                security_context: Some(container::restricted_pod()),
                container_template: Some(server("200m", "512Mi")),
                metrics_container_template: Some(server("10m", "64Mi")),
                reloader_container_template: Some(server("10m", "32Mi")),
                ..JetStreamBus::default()
            }),
            ..EventBusSpec::default()
        },
        ..EventBus::default()
    })
}

/// A container of the bus.
fn server(cpu: &str, memory: &str) -> ContainerTemplate {
    ContainerTemplate {
        resources: Some(container::requirements(cpu, memory, None)),
        security_context: Some(container::restricted()),
        image_pull_policy: Some("IfNotPresent".to_owned()),
    }
}

/// Settings of the servers; they replace the controller's default as a whole.
fn settings() -> String {
    format!("max_memory_store: -1\nmax_file_store: {FILE_STORE}\n")
}

/// The stream. It keeps messages until a limit is reached, handled or not, and then drops the oldest: to refuse new ones
/// instead (`discard: 1`) would refuse every event once a week's handled ones had filled it.
fn stream_config() -> String {
    format!(
        "maxMsgs: {STREAM_MESSAGES}\nmaxAge: {STREAM_AGE}\nmaxBytes: {STREAM_BYTES}\nreplicas: {REPLICAS}\n\
         duplicates: {DUPLICATES}\nretention: 0\ndiscard: 0\n"
    )
}

/// Each server on a node of its own, or one node takes the majority with it; in zones of their own where there are several.
fn apart() -> Affinity {
    let servers = |topology: &str| PodAffinityTerm {
        label_selector: Some(LabelSelector {
            match_labels: Some(pod::labels(&[
                ("controller", "eventbus-controller"),
                ("eventbus-name", NAME),
            ])),
            ..LabelSelector::default()
        }),
        topology_key: topology.to_owned(),
        ..PodAffinityTerm::default()
    };
    Affinity {
        pod_anti_affinity: Some(PodAntiAffinity {
            required_during_scheduling_ignored_during_execution: Some(vec![servers(
                "kubernetes.io/hostname",
            )]),
            preferred_during_scheduling_ignored_during_execution: Some(vec![
                WeightedPodAffinityTerm {
                    weight: 100,
                    pod_affinity_term: servers("topology.kubernetes.io/zone"),
                },
            ]),
        }),
        ..Affinity::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bus_takes_every_body_that_an_event_source_accepts() {
        for body in [64 << 10, 1 << 20, 32 << 20] {
            let in_base64 = u64::from(body) * 4 / 3 + 4;
            assert!(
                message_bytes(body) > in_base64 + (64 << 10),
                "{body} bytes leave no room"
            );
            // NATS refuses to start with a `max_payload` above its `max_pending`, 64 MiB by default.
            assert!(
                message_bytes(body) <= 64 << 20,
                "{body} bytes are more than NATS takes"
            );
        }
    }

    #[test]
    fn the_stream_fits_the_volume() {
        let gigabytes = |text: &str| text.trim_end_matches(char::is_alphabetic).parse::<u64>();
        let volume = gigabytes(VOLUME).unwrap() << 30;
        let store = gigabytes(FILE_STORE).unwrap() << 30;
        assert!(STREAM_BYTES < store && store < volume);
    }
}
