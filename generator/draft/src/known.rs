//! Types that no layout lists: Kubernetes' own, and those written by hand.

/// Where Kubernetes' own types live.
pub(crate) const KUBERNETES: [(&str, &str); 10] = [
    ("io.k8s.api.core.v1.", "api::core::v1"),
    ("core.", "api::core::v1"),
    ("batch.", "api::batch::v1"),
    ("policy.", "api::policy::v1"),
    ("io.k8s.api.policy.v1.", "api::policy::v1"),
    (
        "io.k8s.apimachinery.pkg.apis.meta.v1.",
        "apimachinery::pkg::apis::meta::v1",
    ),
    ("meta.", "apimachinery::pkg::apis::meta::v1"),
    (
        "io.k8s.apimachinery.pkg.util.intstr.",
        "apimachinery::pkg::util::intstr",
    ),
    (
        "io.k8s.apimachinery.pkg.api.resource.",
        "apimachinery::pkg::api::resource",
    ),
    ("v1.", "api::core::v1"),
];

/// What `luban_api_core` offers by its short name.
pub(crate) const RE_EXPORTED: [&str; 5] = [
    "IntOrString",
    "LabelSelector",
    "ObjectMeta",
    "Quantity",
    "Time",
];

/// Tekton's list writes Kubernetes' core types as `v1.X`, like its own.
pub(crate) const TEKTON_CORE: [&str; 29] = [
    "Affinity",
    "CSIVolumeSource",
    "ConfigMapVolumeSource",
    "ContainerPort",
    "EmptyDirVolumeSource",
    "EnvFromSource",
    "EnvVar",
    "HostAlias",
    "Lifecycle",
    "LocalObjectReference",
    "PersistentVolumeClaim",
    "PersistentVolumeClaimVolumeSource",
    "PodDNSConfig",
    "PodSecurityContext",
    "Probe",
    "ProjectedVolumeSource",
    "ResourceRequirements",
    "SecretReference",
    "SecretVolumeSource",
    "SecurityContext",
    "Time",
    "Toleration",
    "TopologySpreadConstraint",
    "Volume",
    "VolumeDevice",
    "VolumeMount",
    "ContainerStateRunning",
    "ContainerStateTerminated",
    "ContainerStateWaiting",
];

/// Types written by hand in the crate, because serde's derive cannot say how they read.
pub(crate) const SPECIAL: [&str; 11] = [
    "Amount",
    "Int64OrString",
    "Item",
    "JSON",
    "NoneStrategy",
    "ParallelSteps",
    "ParamValue",
    "Plugin",
    "ResultType",
    "WithPodSpec",
    "ZipStrategy",
];
