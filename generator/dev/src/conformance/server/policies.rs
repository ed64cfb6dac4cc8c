//! Whether compiled ValidatingAdmissionPolicies refuse what they are for, and nothing else.

use super::super::document::{Object, text_at};
use super::placement::Placed;
use super::stage::Stage;
use anyhow::Result;
use reqwest::Method;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long a policy may take to reach the server's admission.
const EFFECTIVE: Duration = Duration::from_secs(30);
/// Between two attempts.
const LOOK: Duration = Duration::from_millis(100);

/// Something that is made in a namespace of some purpose, and what refuses it; empty if nothing may.
struct Attempt {
    purpose: &'static str,
    policy: &'static str,
    what: &'static str,
    path: &'static str,
    object: &'static str,
    refusal: &'static str,
}

const WORKFLOWS: &str = "/apis/argoproj.io/v1alpha1/namespaces/NAMESPACE/workflows";
const PODS: &str = "/api/v1/namespaces/NAMESPACE/pods";

/// The refusals of each policy come first: when they are refused, the policy is in effect.
const ATTEMPTS: [Attempt; 8] = [
    Attempt {
        purpose: "ci",
        policy: "luban-workflows",
        what: "a person's own Workflow",
        path: WORKFLOWS,
        object: "{apiVersion: argoproj.io/v1alpha1, kind: Workflow, metadata: {name: own}, spec: {entrypoint: a, templates: [{name: a, \
                 container: {image: 'example.com/a:1'}}]}}",
        refusal: "a run that a person starts",
    },
    Attempt {
        purpose: "ci",
        policy: "luban-workflows",
        what: "a person's build",
        path: WORKFLOWS,
        object: "{apiVersion: argoproj.io/v1alpha1, kind: Workflow, metadata: {name: own}, spec: {workflowTemplateRef: {name: kpack-build, \
                 clusterScope: true}}}",
        refusal: "people start runs of the WorkflowTemplate `promote` only",
    },
    Attempt {
        purpose: "ci",
        policy: "luban-workflows",
        what: "a person's promotion",
        path: WORKFLOWS,
        object: "{apiVersion: argoproj.io/v1alpha1, kind: Workflow, metadata: {name: own}, spec: {workflowTemplateRef: {name: promote}, \
                 arguments: {parameters: [{name: application, value: a}]}}}",
        refusal: "",
    },
    Attempt {
        purpose: "buildkit",
        policy: "luban-buildkit",
        what: "a pod with the node's network",
        path: PODS,
        object: "{apiVersion: v1, kind: Pod, metadata: {name: own}, spec: {hostNetwork: true, serviceAccountName: ACCOUNT, containers: \
                 [{name: a, image: 'example.com/a:1', securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}}]}}",
        refusal: "pods beside BuildKit have no network, processes or IPC of the node",
    },
    Attempt {
        purpose: "buildkit",
        policy: "luban-buildkit",
        what: "a privileged pod",
        path: PODS,
        object: "{apiVersion: v1, kind: Pod, metadata: {name: own}, spec: {serviceAccountName: ACCOUNT, containers: [{name: buildkitd, \
                 image: 'example.com/a:1', securityContext: {privileged: true, runAsNonRoot: true}}]}}",
        refusal: "no container beside BuildKit is privileged",
    },
    Attempt {
        purpose: "buildkit",
        policy: "luban-buildkit",
        what: "a container of another name without seccomp",
        path: PODS,
        object: "{apiVersion: v1, kind: Pod, metadata: {name: own}, spec: {serviceAccountName: ACCOUNT, containers: [{name: step-scan, \
                 image: 'example.com/a:1', securityContext: {runAsNonRoot: true, seccompProfile: {type: Unconfined}}}]}}",
        refusal: "only BuildKit's own container has seccomp",
    },
    Attempt {
        purpose: "buildkit",
        policy: "luban-buildkit",
        what: "a volume of the node",
        path: PODS,
        object: "{apiVersion: v1, kind: Pod, metadata: {name: own}, spec: {serviceAccountName: ACCOUNT, volumes: [{name: v, hostPath: \
                 {path: /}}], containers: [{name: a, image: 'example.com/a:1', securityContext: {runAsNonRoot: true, seccompProfile: \
                 {type: RuntimeDefault}}}]}}",
        refusal: "pods beside BuildKit have no volumes of the node",
    },
    Attempt {
        purpose: "buildkit",
        policy: "luban-buildkit",
        what: "BuildKit as it is built with",
        path: PODS,
        object: "{apiVersion: v1, kind: Pod, metadata: {name: own}, spec: {serviceAccountName: ACCOUNT, securityContext: {runAsNonRoot: \
                 true, seccompProfile: {type: RuntimeDefault}}, initContainers: [{name: buildkitd, restartPolicy: Always, image: \
                 'example.com/a:1', securityContext: {seccompProfile: {type: Unconfined}, appArmorProfile: {type: Unconfined}}}], \
                 containers: [{name: step-build, image: 'example.com/a:1', resources: {requests: {cpu: 100m, memory: 64Mi}}}]}}",
        refusal: "",
    },
];

/// Makes each attempt in each namespace of its purpose, without keeping anything.
///
/// # Errors
/// When the server does not answer.
pub(super) fn attempt(stage: &mut Stage<'_>) -> Result<()> {
    for attempt in ATTEMPTS {
        let is_there = |placed: &&Placed<'_>| {
            placed.object.kind() == "ValidatingAdmissionPolicy"
                && placed.object.name() == attempt.policy
        };
        if !stage.objects.iter().any(|placed| is_there(&placed)) {
            continue;
        }
        let namespaces: Vec<&str> = stage
            .objects
            .iter()
            .filter(|placed| {
                placed.object.kind() == "Namespace"
                    && purpose(placed.object) == Some(attempt.purpose)
            })
            .map(|placed| placed.object.name())
            .collect();
        for namespace in namespaces {
            let error = made(stage, &attempt, namespace)?;
            stage.tried(
                attempt.policy,
                &format!("{} in {namespace}", attempt.what),
                error,
            );
        }
    }
    Ok(())
}

fn purpose(namespace: &Object) -> Option<&str> {
    text_at(
        &namespace.value,
        &["metadata", "labels", "luban.dev/purpose"],
    )
}

/// What is wrong with the server's answer; it is asked again while a refusal is due that has not come.
fn made(stage: &Stage<'_>, attempt: &Attempt, namespace: &str) -> Result<String> {
    let account = stage
        .objects
        .iter()
        .find(|placed| placed.object.kind() == "ServiceAccount" && placed.namespace == namespace)
        .map_or("default", |placed| placed.object.name());
    let path = format!(
        "{}?dryRun=All",
        attempt.path.replace("NAMESPACE", namespace)
    );
    let object = attempt.object.replace("ACCOUNT", account);
    let start = Instant::now();
    loop {
        let answer = stage.admin.send(
            Method::POST,
            &path,
            "application/yaml",
            Some(object.clone()),
        )?;
        let error = answer.error();
        let is_right = match attempt.refusal {
            "" => answer.is_ok(),
            refusal => error.contains("ValidatingAdmissionPolicy") && error.contains(refusal),
        };
        if is_right {
            return Ok(String::new());
        }
        if attempt.refusal.is_empty() || start.elapsed() > EFFECTIVE {
            return Ok(if answer.is_ok() {
                "is accepted".to_owned()
            } else {
                error
            });
        }
        sleep(LOOK);
    }
}
