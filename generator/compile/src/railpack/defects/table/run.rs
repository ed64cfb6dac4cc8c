//! What a run mounts, how long it lives, and what is around it.

use super::Shown::{Elsewhere, Yaml};
use super::{Defect, both, has_arg, has_result, step, text};
use crate::railpack::checks::references;
use crate::railpack::interface::task;
use crate::railpack::tests::text_of;
use crate::run::Occasion;
use luban_api_tekton::Step;

pub(super) const DEFECTS: &[Defect] = &[
    (
        35,
        "registry credentials under an unknown key, one Secret for all",
        Yaml(|c| {
            c.runs.iter().all(|(_, _, _, run)| {
                let mut bound = run.spec.workspaces.iter();
                bound.any(|bound| {
                    bound.name == "registry-credentials"
                        && text(bound)
                            .contains("{\"key\":\".dockerconfigjson\",\"path\":\"config.json\"}")
                })
            }) && both(c, "build", |step| step.env[0].name == "DOCKER_CONFIG")
        }),
    ),
    (
        36,
        "a missing bundle of secrets accepted, the whole bundle mounted",
        Yaml(|c| {
            let run = c.run("search", Occasion::Release);
            let mut bound = run.spec.workspaces.iter();
            let secret = bound
                .find(|bound| bound.name == "build-secrets")
                .unwrap()
                .secret
                .as_ref()
                .unwrap();
            let keys: Vec<&str> = secret
                .items
                .as_ref()
                .unwrap()
                .iter()
                .map(|item| item.key.as_str())
                .collect();
            keys == ["NPM_TOKEN", "SENTRY_AUTH_TOKEN"] && secret.optional.is_none()
        }),
    ),
    (
        37,
        "hash and secrets over different sets",
        Yaml(|c| {
            let same = |step: &Step| {
                has_arg(step, "$(params.buildSecrets[*])")
                    && has_arg(step, "--secrets-directory=$(workspaces.build-secrets.path)")
            };
            both(c, "build", same) && both(c, "lookup", same)
        }),
    ),
    (
        38,
        "a hash of secrets that collides",
        Yaml(|c| {
            // Keyed, length-prefixed, over sorted names: the verb's; here it gets its key.
            both(c, "build", |step| {
                has_arg(
                    step,
                    "--secrets-hash-key=$(workspaces.secrets-hash-key.path)",
                )
            })
        }),
    ),
    (
        39,
        "absolute paths between Tasks",
        Yaml(|c| {
            // No Task reads them: each joins the path of its own workspace with the same constant.
            c.pipelines.iter().all(|pipeline| {
                let mut references = references(pipeline).into_iter();
                references.all(|(reference, _)| {
                    !reference.ends_with("Path") || reference.starts_with("params.")
                })
            })
        }),
    ),
    (
        40,
        "results that Chains does not know",
        Yaml(|c| {
            has_result(c, "IMAGE_URL")
                && has_result(c, "IMAGE_DIGEST")
                && c.pipelines.iter().all(|pipeline| {
                    pipeline
                        .spec
                        .results
                        .iter()
                        .any(|result| result.name == "IMAGE_DIGEST")
                })
        }),
    ),
    (
        41,
        "no results, report, timeouts",
        Yaml(|c| {
            c.pipelines.iter().all(|pipeline| {
                !pipeline.spec.finally.is_empty() && !pipeline.spec.results.is_empty()
            }) && c
                .runs
                .iter()
                .all(|(_, _, _, run)| run.spec.timeouts.is_some())
        }),
    ),
    (
        42,
        "a time to live that TaskRuns do not have",
        Yaml(|c| {
            // The pruner's, in its own ConfigMap.
            !text(&c.tasks).contains("ttl")
                && c.runs
                    .iter()
                    .all(|(_, _, _, run)| !text(run).contains("ttl"))
        }),
    ),
    (
        43,
        "retries of every failure",
        Yaml(|c| {
            // Verbs repeat what is transient themselves.
            c.pipelines.iter().all(|pipeline| {
                pipeline
                    .spec
                    .tasks
                    .iter()
                    .chain(&pipeline.spec.finally)
                    .all(|part| part.retries.is_none())
            })
        }),
    ),
    (
        44,
        "flags of buildx given to buildctl",
        Elsewhere(
            "railpack-build writes buildctl's own flags; its tests check them against buildctl's list",
        ),
    ),
    (
        45,
        "a CI gate on three workflows",
        Elsewhere("there is no such workflow: pushes build through dispatch"),
    ),
    (
        46,
        "an image without binary and user",
        Elsewhere("test `the_image_of_the_command_is_checked_and_not_root`"),
    ),
    (
        47,
        "output files in directories that are missing or not writable",
        Yaml(|c| {
            let pod_user =
                |step: &Step| step.security_context.as_ref().unwrap().run_as_user == Some(1000);
            pod_user(step(c.task(task::PREPARE), "prepare")) && both(c, "build", pod_user)
        }),
    ),
    (
        48,
        "a context path that leaves the repository",
        Yaml(|c| {
            // The input refuses `..`, and so does the flag's type; the verb checks links too.
            c.runs
                .iter()
                .all(|(_, _, _, run)| !text_of(run, "contextPath").contains(".."))
                && luban_command::railpack_build::CONTEXT
                    .value
                    .check("../x")
                    .is_err()
                && luban_command::railpack_prepare::CONTEXT
                    .value
                    .check("../x")
                    .is_err()
        }),
    ),
];
