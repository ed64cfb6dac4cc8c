//! Namespaces of the platform itself.

use super::namespace::{self, Level};
use super::network::{Network, Pods, namespace as all_of, port, public, tcp};
use crate::CompileError;
use crate::context::Context;
use crate::dispatch;
use crate::labels;
use crate::names;
use crate::policies;
use crate::secrets;
use crate::tree::Folder;
use k8s_openapi::Resource as _;
use luban_api_argo_events::EventSource;
use luban_platform::model::{Egress, WayIn};

/// Label by which Argo Events marks pods with the controller that made them (argo-events v1.9 `pkg/reconciler`).
const CONTROLLER: &str = "controller";
const EVENT_SOURCES: &str = "eventsource-controller";
const SENSORS: &str = "sensor-controller";
const BUS: &str = "eventbus-controller";
/// Label with the name of an event source.
const EVENT_SOURCE_NAME: &str = "eventsource-name";

/// Ports of a JetStream bus (argo-events v1.9 `pkg/reconciler/eventbus/installer/jetstream.go`).
const BUS_CLIENTS: u16 = 4222;
const BUS_CLUSTER: u16 = 6222;
/// Port of metrics of every pod of Argo Events (argo-events v1.9 `pkg/apis/events/v1alpha1/const.go`).
const METRICS: u16 = 7777;
/// Port that tunnels are made to (developers.cloudflare.com, Tunnel with firewall), over QUIC or HTTP/2.
const TUNNEL: u16 = 7844;

/// A namespace of the platform and what fits into it.
struct Own {
    name: &'static str,
    level: Level,
    /// What runs there, if a policy is about it.
    purpose: Option<&'static str>,
    /// CPU, memory and pods that may be requested; the largest run or burst that the platform makes there, and as much again.
    quota: [(&'static str, &'static str); 4],
    /// How the quota follows from what runs there.
    reason: &'static str,
}

const EVENTS: Own = Own {
    name: names::EVENTS,
    level: Level::RESTRICTED,
    purpose: None,
    reason: "a bus of three pods with a claim each, a source and a sensor for each provider, watchers of builds, a tunnel, and as much again for updates of them",
    quota: [
        ("requests.cpu", "8"),
        ("requests.memory", "16Gi"),
        ("pods", "50"),
        ("persistentvolumeclaims", "3"),
    ],
};

const DISPATCH: Own = Own {
    name: names::DISPATCH,
    level: Level::RESTRICTED,
    purpose: None,
    reason: "runs of one pod, without claims: a burst of pushes waits for room, and the rate limit of sensors is below it",
    quota: [
        ("requests.cpu", "8"),
        ("requests.memory", "16Gi"),
        ("pods", "100"),
        ("persistentvolumeclaims", "0"),
    ],
};

const SYSTEM: Own = Own {
    name: names::SYSTEM,
    level: Level::RESTRICTED,
    purpose: None,
    reason: "templates, accounts and dashboards: nothing runs here",
    quota: [
        ("requests.cpu", "0"),
        ("requests.memory", "0"),
        ("pods", "0"),
        ("persistentvolumeclaims", "0"),
    ],
};

const STACK: Own = Own {
    name: names::STACK,
    level: Level::STACK,
    purpose: Some(policies::BUILDKIT),
    reason: "one publishing run at a time, a pod with BuildKit, and room for its retries and for a run by hand",
    quota: [
        ("requests.cpu", "8"),
        ("requests.memory", "16Gi"),
        ("pods", "5"),
        ("persistentvolumeclaims", "0"),
    ],
};

/// The folder of the platform's namespaces: one folder inside for each.
pub(crate) fn platform_namespaces(context: &Context<'_>) -> Result<Folder, CompileError> {
    let platform = context.platform;
    let mut folder = context.folder(crate::delivery::delivery_path("namespaces"));
    if policies::people_promote(platform) {
        policies::add_workflows(&mut folder)?;
    }
    if policies::guards_buildkit(platform) {
        policies::add_buildkit(&mut folder)?;
    }
    let builds = watchers_of_builds(context)?;
    folder.add_folder(own(context, &EVENTS, |network, folder| {
        events(network, folder, &builds)
    })?)?;
    let asked = dispatch::asked(platform);
    folder.add_folder(own(context, &DISPATCH, |network, folder| {
        if asked.is_empty() {
            network.dns(folder)?;
        } else {
            dns(network, folder)?;
            network.providers(folder, &asked)?;
        }
        network.api(folder, "egress-kubernetes-api", Pods::of_workflows())
    })?)?;
    folder.add_folder(own(context, &SYSTEM, |_, _| Ok(()))?)?;
    if platform.kpack.is_some() {
        folder.add_folder(own(context, &STACK, |network, folder| {
            dns_and_outside(network, folder)?;
            network.api(folder, "egress-kubernetes-api", Pods::of_workflows())
        })?)?;
    }
    Ok(folder)
}

/// DNS and what is outside.
pub(super) fn dns_and_outside(
    network: &Network<'_>,
    folder: &mut Folder,
) -> Result<(), CompileError> {
    dns(network, folder)?;
    network.outside(folder)
}

/// DNS beside a policy of what is outside: where Cilium learns names from DNS, that policy allows both.
fn dns(network: &Network<'_>, folder: &mut Folder) -> Result<(), CompileError> {
    match network.platform.egress {
        Egress::CiliumFqdns(_) => Ok(()),
        _ => network.dns(folder),
    }
}

fn own(
    context: &Context<'_>,
    own: &Own,
    flows: impl FnOnce(&Network<'_>, &mut Folder) -> Result<(), CompileError>,
) -> Result<Folder, CompileError> {
    let platform = context.platform;
    let path = crate::delivery::delivery_path("namespaces");
    let mut folder = context.folder(format!("{path}/{}", own.name));
    let purpose = own
        .purpose
        .map(|purpose| (policies::PURPOSE_LABEL, purpose));
    let labels = Vec::from_iter(purpose);
    namespace::add(&mut folder, platform, own.name, own.level, &labels)?;
    let quota = own.quota.map(|(name, amount)| (name, amount.to_owned()));
    namespace::quota(&mut folder, own.name, &quota, own.reason)?;
    namespace::limits(&mut folder, own.name)?;
    let network = Network {
        platform,
        namespace: own.name,
    };
    network.deny(&mut folder)?;
    flows(&network, &mut folder)?;
    let needs = secrets::of_platform(context);
    secrets::add(&mut folder, platform, &needs, own.name)?;
    Ok(folder)
}

/// Names of the event sources that watch kpack's builds, as they are compiled.
fn watchers_of_builds(context: &Context<'_>) -> Result<Vec<String>, CompileError> {
    let folder = crate::events::folder(context)?;
    let sources = folder.held().iter().filter(|held| {
        held.kind == EventSource::KIND && luban_platform::derived::is_kpack_builds(&held.name)
    });
    Ok(sources.map(|held| held.name.clone()).collect())
}

/// Flows of events: way in → event sources → bus → sensors → Kubernetes API.
fn events(
    network: &Network<'_>,
    folder: &mut Folder,
    builds: &[String],
) -> Result<(), CompileError> {
    let platform = network.platform;
    let bus = || Pods::with(CONTROLLER, BUS);
    let clients = || Pods::with_any(CONTROLLER, &[EVENT_SOURCES, SENSORS]);
    network.dns(folder)?;
    way_in(network, folder)?;
    let to_bus = vec![bus().here()];
    network.send(folder, "egress-bus", clients(), to_bus, tcp([BUS_CLIENTS]))?;
    let from_clients = vec![clients().here()];
    network.receive(
        folder,
        "ingress-bus",
        bus(),
        from_clients,
        tcp([BUS_CLIENTS]),
    )?;
    let peers = || vec![bus().here()];
    network.send(
        folder,
        "egress-bus-cluster",
        bus(),
        peers(),
        tcp([BUS_CLUSTER]),
    )?;
    network.receive(
        folder,
        "ingress-bus-cluster",
        bus(),
        peers(),
        tcp([BUS_CLUSTER]),
    )?;
    network.api(
        folder,
        "egress-kubernetes-api",
        Pods::with(CONTROLLER, SENSORS),
    )?;
    if !builds.is_empty() {
        // Event sources that watch builds use the API; those of providers, which the internet reaches, do not.
        let names: Vec<&str> = builds.iter().map(String::as_str).collect();
        let watchers = Pods::with(CONTROLLER, EVENT_SOURCES).and_any(EVENT_SOURCE_NAME, &names);
        network.api(folder, "egress-kubernetes-api-of-builds", watchers)?;
    }
    if platform.prometheus {
        let prometheus = Pods::with("app.kubernetes.io/name", "prometheus").anywhere();
        let pods = Pods::with_any(CONTROLLER, &[EVENT_SOURCES, SENSORS, BUS]);
        network.receive(
            folder,
            "ingress-metrics",
            pods,
            vec![prometheus],
            tcp([METRICS]),
        )?;
    }
    Ok(())
}

fn way_in(network: &Network<'_>, folder: &mut Folder) -> Result<(), CompileError> {
    let sources = || Pods::with(CONTROLLER, EVENT_SOURCES);
    let port_of_sources = || tcp([names::WEBHOOK_PORT]);
    match &network.platform.events.way {
        WayIn::Gateway(gateway) => {
            let from = vec![all_of(gateway.namespace.as_str())];
            network.receive(
                folder,
                "ingress-webhooks",
                sources(),
                from,
                port_of_sources(),
            )
        }
        WayIn::CloudflareTunnel { .. } => {
            let tunnel = || Pods::with(labels::NAME, names::account::CLOUDFLARED);
            let from = vec![tunnel().here()];
            network.receive(
                folder,
                "ingress-webhooks",
                sources(),
                from,
                port_of_sources(),
            )?;
            let to = vec![sources().here()];
            network.send(folder, "egress-webhooks", tunnel(), to, port_of_sources())?;
            let outside = public();
            let ports = vec![port("UDP", TUNNEL), port("TCP", TUNNEL), port("TCP", 443)];
            network.send(folder, "egress-tunnel", tunnel(), outside, ports)
        }
    }
}
