//! PodMonitors: what the alerts rest on is scraped, and keeps its own `namespace` label, which names the build's namespace.

use crate::CompileError;
use crate::labels;
use crate::names;
use crate::tree::Folder;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelectorRequirement;
use luban_api_cluster::{
    NamespaceSelector, PodMetricsEndpoint, PodMonitor, PodMonitorSpec, SafeTLSConfig,
};
use luban_api_core::{LabelSelector, named_in};
use luban_platform::Platform;

/// Adds a PodMonitor for each program whose metrics the alerts use.
pub(super) fn add(folder: &mut Folder, platform: &Platform) -> Result<(), CompileError> {
    let endpoint = PodMetricsEndpoint {
        port: Some("metrics".to_owned()),
        honor_labels: Some(true),
        ..PodMetricsEndpoint::default()
    };
    // Pods of event sources, sensors and the bus (argo-events v1.9 `docs/metrics.md`).
    let events = LabelSelector {
        match_expressions: Some(vec![LabelSelectorRequirement {
            key: "controller".to_owned(),
            operator: "In".to_owned(),
            values: Some(
                [
                    "eventsource-controller",
                    "sensor-controller",
                    "eventbus-controller",
                ]
                .map(str::to_owned)
                .into(),
            ),
        }]),
        ..LabelSelector::default()
    };
    let here = NamespaceSelector {
        match_names: vec![names::EVENTS.to_owned()],
        ..NamespaceSelector::default()
    };
    folder.add(monitor("argo-events", events, here, endpoint.clone()))?;
    // Controllers are found by upstream's labels in whatever namespace they were installed.
    let anywhere = || NamespaceSelector {
        any: Some(true),
        ..NamespaceSelector::default()
    };
    let workflows = selector([("app", "workflow-controller")]);
    let tls = PodMetricsEndpoint {
        scheme: Some("https".to_owned()),
        // The controller makes a certificate of its own at each start (argo-workflows v4.1 `docs/telemetry.md`, `secure`).
        tls_config: Some(SafeTLSConfig {
            insecure_skip_verify: Some(true),
            ..SafeTLSConfig::default()
        }),
        ..endpoint.clone()
    };
    let mut controller = monitor("argo-workflows", workflows, anywhere(), tls);
    controller.metadata.annotations = Some(labels::map([(
        labels::REASON,
        "the controller serves metrics with a certificate that it makes itself at each start: nothing could verify it",
    )]));
    folder.add(controller)?;
    if platform.railpack.is_some() {
        // tektoncd/pipeline v1.15 `config/controller.yaml`.
        let tekton = selector([
            ("app.kubernetes.io/component", "controller"),
            ("app.kubernetes.io/part-of", "tekton-pipelines"),
        ]);
        folder.add(monitor("tekton-pipelines", tekton, anywhere(), endpoint))?;
    }
    Ok(())
}

fn selector<const N: usize>(entries: [(&str, &str); N]) -> LabelSelector {
    LabelSelector {
        match_labels: Some(labels::map(entries)),
        ..LabelSelector::default()
    }
}

fn monitor(
    name: &str,
    selector: LabelSelector,
    namespaces: NamespaceSelector,
    endpoint: PodMetricsEndpoint,
) -> PodMonitor {
    PodMonitor {
        metadata: named_in(names::SYSTEM, name),
        spec: PodMonitorSpec {
            pod_metrics_endpoints: vec![endpoint],
            selector,
            namespace_selector: Some(namespaces),
            ..PodMonitorSpec::default()
        },
        ..PodMonitor::default()
    }
}
