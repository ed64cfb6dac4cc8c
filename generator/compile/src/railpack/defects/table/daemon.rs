//! The daemon beside the build.

use super::Shown::Yaml;
use super::{BUILDERS, Defect, both, daemons, text};
use crate::railpack::buildkitd;

pub(super) const DEFECTS: &[Defect] = &[
    (
        29,
        "a daemon that cannot start",
        Yaml(|c| {
            daemons(c).iter().all(|daemon| {
                let security = daemon.security_context.as_ref().unwrap();
                security.seccomp_profile.as_ref().unwrap().type_ == "Unconfined"
                    && security.app_armor_profile.as_ref().unwrap().type_ == "Unconfined"
                    && security.run_as_user == Some(1000)
                    && daemon
                        .args
                        .contains(&"--oci-worker-no-process-sandbox".to_owned())
            }) && c.runs.iter().all(|(_, _, _, run)| {
                let mut bound = run.spec.workspaces.iter();
                bound.any(|bound| bound.name == "build-cache" && bound.empty_dir.is_some())
            })
        }),
    ),
    (
        30,
        "restricted asked of the pod that cannot have it",
        Yaml(|c| {
            BUILDERS.iter().all(|name| {
                let annotations = c.task(name).metadata.annotations.as_ref().unwrap();
                annotations["luban.dev/reason"] == buildkitd::REASON
            }) && c.runs.iter().all(|(_, _, _, run)| {
                run.metadata
                    .namespace
                    .as_deref()
                    .unwrap()
                    .ends_with("-build")
            })
        }),
    ),
    (
        31,
        "a daemon on a port",
        Yaml(|c| {
            daemons(c).iter().all(|daemon| {
                daemon.ports.is_empty() && daemon.args.contains(&buildkitd::ADDRESS.to_owned())
            }) && buildkitd::ADDRESS.starts_with("unix://")
                && !text(&c.tasks).contains("tcp://")
        }),
    ),
    (
        32,
        "no readiness",
        Yaml(|c| {
            daemons(c).iter().all(|daemon| {
                let probe = daemon.readiness_probe.as_ref().unwrap();
                probe
                    .exec
                    .as_ref()
                    .unwrap()
                    .command
                    .as_ref()
                    .unwrap()
                    .ends_with(&["debug".into(), "workers".into()])
            })
        }),
    ),
    (
        33,
        "what the daemon loses when it is stopped",
        Yaml(|c| {
            // Nothing: the cache is in the registry before the last step ends, and the state goes with the pod.
            both(c, "build", |step| {
                step.args.iter().any(|arg| arg.starts_with("--cache="))
            })
        }),
    ),
    (
        34,
        "no resources, timeouts or security, different users",
        Yaml(|c| {
            c.tasks
                .iter()
                .flat_map(|task| &task.spec.steps)
                .all(|step| {
                    step.compute_resources.is_some()
                        && step.security_context.as_ref().unwrap().run_as_user == Some(1000)
                })
                && daemons(c)
                    .iter()
                    .all(|daemon| daemon.compute_resources.is_some())
                && c.pipelines.iter().all(|pipeline| {
                    pipeline
                        .spec
                        .tasks
                        .iter()
                        .chain(&pipeline.spec.finally)
                        .all(|part| part.timeout.is_some())
                })
                && c.runs.iter().all(|(_, _, _, run)| {
                    let pod = run
                        .spec
                        .task_run_template
                        .as_ref()
                        .unwrap()
                        .pod_template
                        .as_ref()
                        .unwrap();
                    pod.security_context.as_ref().unwrap().fs_group == Some(1000)
                })
        }),
    ),
];
