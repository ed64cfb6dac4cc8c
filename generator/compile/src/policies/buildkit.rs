//! What pods may be in namespaces that BuildKit runs in.
//!
//! Pod Security levels are of whole namespaces, and rootless BuildKit needs `privileged`. This policy takes back what
//! BuildKit does not need, and leaves the rest to BuildKit's own containers.

use super::{BUILDKIT, CONTAINERS, PURPOSE_LABEL, enforce, forbid, rules};
use crate::CompileError;
use crate::tree::Folder;
use k8s_openapi::api::admissionregistration::v1::{
    MatchResources, ValidatingAdmissionPolicy, ValidatingAdmissionPolicySpec, Variable,
};
use luban_api_core::named;

/// Name of the policy and of its binding.
const POLICY: &str = "luban-buildkit";

/// Containers that BuildKit's daemon runs in: that of a Workflow, and a Task's sidecar as Tekton names it.
const DAEMONS: &str = "['buildkitd', 'sidecar-buildkitd']";

/// Adds the policy on pods of namespaces that BuildKit runs in.
pub(crate) fn add_buildkit(folder: &mut Folder) -> Result<(), CompileError> {
    folder.add(ValidatingAdmissionPolicy {
        metadata: named(POLICY),
        spec: Some(spec()),
        ..ValidatingAdmissionPolicy::default()
    })?;
    folder.add(enforce(POLICY, PURPOSE_LABEL, &[BUILDKIT]))
}

fn spec() -> ValidatingAdmissionPolicySpec {
    let mut spec = rules("", "v1", &["pods"], &["CREATE"]);
    // Nothing of what is looked at changes in a pod that is there, but for containers that it is debugged with.
    let debugged = rules("", "v1", &["pods/ephemeralcontainers"], &["UPDATE"]);
    let of = |spec: Option<MatchResources>| spec.and_then(|resources| resources.resource_rules);
    if let Some(constraints) = &mut spec.match_constraints {
        constraints
            .resource_rules
            .get_or_insert_default()
            .extend(of(debugged.match_constraints).unwrap_or_default());
    }
    let variable = |name: &str, expression: &str| Variable {
        name: name.to_owned(),
        expression: expression.to_owned(),
    };
    spec.variables = Some(vec![
        variable(
            "nonRoot",
            "has(object.spec.securityContext) && has(object.spec.securityContext.runAsNonRoot) && object.spec.securityContext.runAsNonRoot",
        ),
        // Without a profile, seccomp is what the node's kubelet is set to: `Unconfined`, by default.
        variable(
            "seccomp",
            "has(object.spec.securityContext) && has(object.spec.securityContext.seccompProfile) && object.spec.securityContext.seccompProfile.type != 'Unconfined'",
        ),
        // Without a profile, AppArmor is what the container runtime has by default.
        variable(
            "appArmor",
            "!has(object.spec.securityContext) || !has(object.spec.securityContext.appArmorProfile) || object.spec.securityContext.appArmorProfile.type != 'Unconfined'",
        ),
    ]);
    let host = ["hostNetwork", "hostPID", "hostIPC"]
        .map(|field| format!("(!has(object.spec.{field}) || !object.spec.{field})"));
    spec.validations = Some(vec![
        forbid(
            &host.join(" && "),
            "pods beside BuildKit have no network, processes or IPC of the node",
        ),
        forbid(
            "!has(object.spec.volumes) || object.spec.volumes.all(v, !has(v.hostPath))",
            "pods beside BuildKit have no volumes of the node (`hostPath`)",
        ),
        forbid(
            &every("!has(c.ports) || c.ports.all(p, !has(p.hostPort) || p.hostPort == 0)"),
            "pods beside BuildKit have no ports of the node (`hostPort`)",
        ),
        forbid(
            &every(
                "!has(c.securityContext) || ((!has(c.securityContext.privileged) || !c.securityContext.privileged) && (!has(c.securityContext.procMount) || c.securityContext.procMount == 'Default') && (!has(c.securityContext.capabilities) || !has(c.securityContext.capabilities.add) || c.securityContext.capabilities.add.size() == 0))",
            ),
            "no container beside BuildKit is privileged, adds capabilities or unmasks /proc, and BuildKit itself does not",
        ),
        forbid(
            &every(
                "has(c.securityContext) && has(c.securityContext.runAsNonRoot) ? c.securityContext.runAsNonRoot : variables.nonRoot",
            ),
            "no container beside BuildKit runs as root: `runAsNonRoot` must be true",
        ),
        forbid(
            &every(&format!(
                "c.name in {DAEMONS} || ((has(c.securityContext) && has(c.securityContext.seccompProfile) ? c.securityContext.seccompProfile.type != 'Unconfined' : variables.seccomp) && (has(c.securityContext) && has(c.securityContext.appArmorProfile) ? c.securityContext.appArmorProfile.type != 'Unconfined' : variables.appArmor))"
            )),
            "only BuildKit's own container has seccomp or AppArmor `Unconfined`",
        ),
    ]);
    spec
}

/// That `condition` is true of every container `c` of the pod. Each list is asked by itself: their types differ, so CEL does
/// not join them.
fn every(condition: &str) -> String {
    CONTAINERS
        .map(|field| {
            format!("(!has(object.spec.{field}) || object.spec.{field}.all(c, {condition}))")
        })
        .join(" && ")
}
