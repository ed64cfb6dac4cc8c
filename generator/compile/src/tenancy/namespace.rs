//! Namespaces: their Pod Security level, their limits, and that nobody deletes them by accident.

use crate::CompileError;
use crate::labels;
use crate::tree::Folder;
use k8s_openapi::api::core::v1::{
    LimitRange, LimitRangeItem, LimitRangeSpec, Namespace, ResourceQuota, ResourceQuotaSpec,
};
use luban_api_core::{Quantity, named, named_in};
use luban_platform::Platform;
use luban_platform::versions::Component;
use std::collections::BTreeMap;

/// Pod Security levels of a namespace (kubernetes.io, Pod Security Standards).
#[derive(Clone, Copy, Debug)]
pub(super) struct Level {
    /// Pods beyond this level are refused.
    pub(super) enforce: &'static str,
    /// Pods beyond this level are reported in the audit log and to who makes them.
    pub(super) warn: &'static str,
    /// Why it is not `restricted`.
    pub(super) reason: Option<&'static str>,
}

impl Level {
    /// What every pod of Luban's own keeps to.
    pub(super) const RESTRICTED: Self = Self {
        enforce: "restricted",
        warn: "restricted",
        reason: None,
    };
    /// Builds by kpack.
    pub(super) const CI: Self = Self {
        enforce: "baseline",
        warn: "restricted",
        reason: Some(
            "build pods of kpack have init containers that no field makes `restricted`; whatever else runs here is warned of",
        ),
    };
    /// Rootless BuildKit (moby/buildkit `docs/rootless.md`) and what else a PipelineRun does.
    pub(super) const BUILD: Self = Self {
        enforce: "privileged",
        warn: "baseline",
        reason: Some(
            "rootless BuildKit needs seccomp and AppArmor `Unconfined` and the setuid newuidmap; level `baseline` refuses the first two. Scan, signature, release and report of the same PipelineRuns run here too, each as user 1000 and without a token; the ValidatingAdmissionPolicy `luban-buildkit` leaves `Unconfined` to BuildKit's containers and refuses what is privileged, root or the node's",
        ),
    };
    /// Rootless BuildKit of the runs that publish kpack's stack.
    pub(super) const STACK: Self = Self {
        enforce: "privileged",
        warn: "baseline",
        reason: Some(
            "rootless BuildKit needs seccomp and AppArmor `Unconfined` and the setuid newuidmap; level `baseline` refuses the first two. The ValidatingAdmissionPolicy `luban-buildkit` leaves `Unconfined` to BuildKit's containers and refuses what is privileged, root or the node's",
        ),
    };
}

/// What Argo CD asks before it deletes a Namespace, by pruning or with its Application: all data goes with it.
const CONFIRM: &str = "Prune=confirm,Delete=confirm";

/// Adds a Namespace at `level`, with labels of its own.
pub(super) fn add(
    folder: &mut Folder,
    platform: &Platform,
    name: &str,
    level: Level,
    own: &[(&str, &str)],
) -> Result<(), CompileError> {
    let version = format!("v{}", platform.targets.get(Component::Kubernetes));
    let mut metadata = named(name);
    let mut labels: BTreeMap<String, String> = own
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect();
    for (mode, value) in [
        ("enforce", level.enforce),
        ("audit", level.warn),
        ("warn", level.warn),
    ] {
        let key = format!("pod-security.kubernetes.io/{mode}");
        labels.insert(format!("{key}-version"), version.clone());
        labels.insert(key, value.to_owned());
    }
    metadata.labels = Some(labels);
    let mut annotations = labels::map([(labels::SYNC_OPTIONS, CONFIRM)]);
    if let Some(reason) = level.reason {
        annotations.insert(labels::REASON.to_owned(), reason.to_owned());
    }
    metadata.annotations = Some(annotations);
    folder.add(Namespace {
        metadata,
        ..Namespace::default()
    })
}

/// Adds the ResourceQuota of a namespace, with the reason why its numbers are what they are.
pub(super) fn quota(
    folder: &mut Folder,
    namespace: &str,
    hard: &[(&str, String)],
    reason: &str,
) -> Result<(), CompileError> {
    let mut metadata = named_in(namespace, "quota");
    metadata.annotations = Some(labels::map([(labels::REASON, reason)]));
    folder.add(ResourceQuota {
        metadata,
        spec: Some(ResourceQuotaSpec {
            hard: Some(amounts(hard)),
            ..ResourceQuotaSpec::default()
        }),
        ..ResourceQuota::default()
    })
}

/// CPU that a container requests if it says nothing, such as one that Tekton or kpack adds to a pod.
pub(super) const DEFAULT_CPU: &str = "50m";
/// Memory that a container requests if it says nothing.
pub(super) const DEFAULT_MEMORY: &str = "128Mi";
/// Memory that a container may use if it says nothing: what the lifecycle's export of a large image needs.
const DEFAULT_MEMORY_LIMIT: &str = "1Gi";

/// Adds the LimitRange of a namespace: with a quota, a container that requests nothing would be refused. It says nothing of
/// disk, because what a pod writes to its emptyDirs counts against the limits of its containers: a build would be evicted.
pub(super) fn limits(folder: &mut Folder, namespace: &str) -> Result<(), CompileError> {
    let text = str::to_owned;
    folder.add(LimitRange {
        metadata: named_in(namespace, "defaults"),
        spec: Some(LimitRangeSpec {
            limits: vec![LimitRangeItem {
                type_: "Container".to_owned(),
                default: Some(amounts(&[("memory", text(DEFAULT_MEMORY_LIMIT))])),
                default_request: Some(amounts(&[
                    ("cpu", text(DEFAULT_CPU)),
                    ("memory", text(DEFAULT_MEMORY)),
                ])),
                ..LimitRangeItem::default()
            }],
        }),
    })
}

fn amounts(entries: &[(&str, String)]) -> BTreeMap<String, Quantity> {
    entries
        .iter()
        .map(|(name, amount)| ((*name).to_owned(), Quantity(amount.clone())))
        .collect()
}
