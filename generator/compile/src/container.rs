//! Containers that run `luban step`, and the security that every container has.

use crate::CompileError;
use crate::context::Context;
use crate::images::Tool;
use k8s_openapi::api::core::v1::{
    Capabilities, Container, PodSecurityContext, ResourceRequirements, SeccompProfile,
    SecurityContext,
};
use luban_api_core::Quantity;
use luban_command::Call;
use std::collections::BTreeMap;

/// The user that every pod runs as, unless its image knows another one only.
pub(crate) const USER: i64 = 1000;

/// What a container may use: CPU that it requests, memory that it requests and its limit, scratch space.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    /// CPU that is requested; there is no limit, as throttling only makes builds slow.
    pub(crate) cpu: &'static str,
    /// Memory that is requested, and the limit.
    pub(crate) memory: &'static str,
    /// Space on the node's disk, requested and the limit.
    pub(crate) storage: &'static str,
}

impl Size {
    /// A step that talks to an API and holds little.
    pub(crate) const SMALL: Self = Self {
        cpu: "50m",
        memory: "128Mi",
        storage: "64Mi",
    };
    /// A step that holds a clone or a plan.
    pub(crate) const MEDIUM: Self = Self {
        cpu: "200m",
        memory: "512Mi",
        storage: "2Gi",
    };
    /// cosign: the key's encryption alone takes 64 MiB (scrypt with N = 2^16, r = 8).
    pub(crate) const COSIGN: Self = Self {
        cpu: "100m",
        memory: "512Mi",
        storage: "64Mi",
    };
    /// Trivy: it unpacks its database (about 1 GiB, Java's the same again) and the layers that it looks at.
    pub(crate) const TRIVY: Self = Self {
        cpu: "500m",
        memory: "2Gi",
        storage: "10Gi",
    };

    /// As Kubernetes writes it.
    pub(crate) fn requirements(self) -> ResourceRequirements {
        requirements(self.cpu, self.memory, Some(self.storage))
    }
}

/// Requests of CPU, requests and limits of memory and scratch space.
pub(crate) fn requirements(cpu: &str, memory: &str, storage: Option<&str>) -> ResourceRequirements {
    let mut limits = BTreeMap::from([("memory".to_owned(), Quantity(memory.to_owned()))]);
    if let Some(storage) = storage {
        limits.insert("ephemeral-storage".to_owned(), Quantity(storage.to_owned()));
    }
    let mut requests = limits.clone();
    requests.insert("cpu".to_owned(), Quantity(cpu.to_owned()));
    ResourceRequirements {
        limits: Some(limits),
        requests: Some(requests),
        ..ResourceRequirements::default()
    }
}

/// The security of a container at Pod Security level `restricted`, on a read-only root.
pub(crate) fn restricted() -> SecurityContext {
    SecurityContext {
        allow_privilege_escalation: Some(false),
        capabilities: Some(Capabilities {
            drop: Some(vec!["ALL".to_owned()]),
            ..Capabilities::default()
        }),
        read_only_root_filesystem: Some(true),
        run_as_non_root: Some(true),
        run_as_user: Some(USER),
        run_as_group: Some(USER),
        seccomp_profile: Some(runtime_default()),
        ..SecurityContext::default()
    }
}

/// The security of a pod at Pod Security level `restricted`.
pub(crate) fn restricted_pod() -> PodSecurityContext {
    PodSecurityContext {
        fs_group: Some(USER),
        run_as_group: Some(USER),
        run_as_non_root: Some(true),
        run_as_user: Some(USER),
        seccomp_profile: Some(runtime_default()),
        ..PodSecurityContext::default()
    }
}

fn runtime_default() -> SeccompProfile {
    SeccompProfile {
        type_: "RuntimeDefault".to_owned(),
        ..SeccompProfile::default()
    }
}

/// A container of Luban's own image that runs `call`. Names and environment are added by the caller.
pub(crate) fn step(
    context: &Context<'_>,
    call: &Call,
    size: Size,
) -> Result<Container, CompileError> {
    Ok(Container {
        image: Some(context.images.get(Tool::Luban).to_owned()),
        command: Some(vec!["luban".to_owned()]),
        args: Some(call.args()?),
        resources: Some(size.requirements()),
        security_context: Some(restricted()),
        ..Container::default()
    })
}
