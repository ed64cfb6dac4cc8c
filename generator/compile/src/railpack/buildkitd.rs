//! The BuildKit daemon beside the steps of a build: rootless, of this run alone, reachable through a socket in the pod.
//!
//! What it needs is from BuildKit's `docs/rootless.md` and `examples/kubernetes/job.rootless.yaml`, v0.32.

use super::interface::workspace;
use super::step::{proxy_variables, scratch, usages, variable};
use crate::container::{USER, requirements};
use crate::context::Context;
use crate::images::Tool;
use k8s_openapi::api::core::v1::{
    AppArmorProfile, ExecAction, Probe, SeccompProfile, SecurityContext, Volume, VolumeMount,
};
use luban_api_tekton::Sidecar;
use luban_platform::model::RailpackBuilder;

/// Where the daemon listens: a socket that only containers of the pod see. A port would be reachable from the pod network
/// and from the steps of a build, which share the daemon's network.
pub(super) const ADDRESS: &str = "unix:///run/buildkit/buildkitd.sock";
/// The directory of the socket.
const SOCKET_DIRECTORY: &str = "/run/buildkit";
/// The volume of the socket.
const SOCKET_VOLUME: &str = "buildkit-socket";
/// Where the rootless daemon keeps layers and mount caches; its image's user is 1000 and has this home.
pub(super) const STATE_DIRECTORY: &str = "/home/user/.local/share/buildkit";
/// Layers of base images, of the build and of the result, with their compressed copies.
pub(super) const STATE_SIZE: &str = "20Gi";

/// Why the pod is as it is: the annotation of Tasks with this sidecar.
pub(super) const REASON: &str = "rootless BuildKit makes user and mount namespaces by itself: it needs seccomp and AppArmor Unconfined, \
newuidmap with its setuid bit, and a writable root; so these pods have a namespace of their own, no token, and nothing else in it";

/// The volume of the socket.
pub(super) fn socket_volume() -> Volume {
    scratch(SOCKET_VOLUME, Some("1Mi"))
}

/// Where steps that talk to the daemon see the socket.
pub(super) fn socket_mount() -> VolumeMount {
    VolumeMount {
        name: SOCKET_VOLUME.to_owned(),
        mount_path: SOCKET_DIRECTORY.to_owned(),
        ..VolumeMount::default()
    }
}

/// The daemon.
pub(super) fn sidecar(context: &Context<'_>, railpack: &RailpackBuilder) -> Sidecar {
    // Go adds what is in this directory to the system's certificates; empty when a run has no certificates.
    let certificates = variable("SSL_CERT_DIR", &workspace::CERTIFICATE_AUTHORITY.path());
    let mut env = vec![certificates];
    env.extend(proxy_variables(context.platform));
    let probe = ["buildctl", "--addr", ADDRESS, "debug", "workers"];
    Sidecar {
        name: Some("buildkitd".to_owned()),
        image: Some(context.images.get(Tool::Buildkit).to_owned()),
        args: vec![
            "--addr".to_owned(),
            ADDRESS.to_owned(),
            // Kubernetes masks /proc, so a process sandbox cannot be mounted without privileges.
            "--oci-worker-no-process-sandbox".to_owned(),
        ],
        env,
        compute_resources: Some(requirements(
            railpack.cpu.as_str(),
            railpack.memory.as_str(),
            Some(STATE_SIZE),
        )),
        volume_mounts: vec![socket_mount()],
        workspaces: usages(&[workspace::BUILD_CACHE, workspace::CERTIFICATE_AUTHORITY]),
        readiness_probe: Some(Probe {
            exec: Some(ExecAction {
                command: Some(probe.map(str::to_owned).to_vec()),
            }),
            // Steps start when it answers; a start takes a few seconds.
            initial_delay_seconds: Some(1),
            period_seconds: Some(2),
            timeout_seconds: Some(5),
            failure_threshold: Some(30),
            ..Probe::default()
        }),
        security_context: Some(unconfined()),
        ..Sidecar::default()
    }
}

/// What a rootless daemon needs, and no more: not privileged, no root, no added capability.
fn unconfined() -> SecurityContext {
    SecurityContext {
        run_as_non_root: Some(true),
        run_as_user: Some(USER),
        run_as_group: Some(USER),
        seccomp_profile: Some(SeccompProfile {
            type_: "Unconfined".to_owned(),
            ..SeccompProfile::default()
        }),
        app_armor_profile: Some(AppArmorProfile {
            type_: "Unconfined".to_owned(),
            ..AppArmorProfile::default()
        }),
        ..SecurityContext::default()
    }
}
