//! The table.

use crate::railpack::buildkitd;
use crate::railpack::checks::{pipeline_problems, references};
use crate::railpack::interface::{output, task};
use crate::railpack::tests::{Compiled, text_of};
use crate::run::Occasion;
use luban_api_tekton::{PipelineTask, Step, Task};
use serde::Serialize;

/// How a defect's absence is shown.
pub(super) enum Shown {
    /// By what is compiled.
    Yaml(fn(&Compiled) -> bool),
    /// Elsewhere: by a verb of `luban step`, whose tests show it, or because there is nothing that could have it.
    Elsewhere(&'static str),
}
use Shown::{Elsewhere, Yaml};

const BUILDERS: [&str; 2] = [task::BUILD, task::COMBINED];

fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

fn has_no_script(compiled: &Compiled) -> bool {
    compiled.tasks.iter().all(|task| {
        task.spec.steps.iter().all(|step| step.script.is_none())
            && task
                .spec
                .sidecars
                .iter()
                .all(|sidecar| sidecar.script.is_none())
    })
}

fn step<'a>(task: &'a Task, name: &str) -> &'a Step {
    let mut steps = task.spec.steps.iter();
    steps
        .find(|step| step.name.as_deref() == Some(name))
        .unwrap()
}

/// Whether step `name` of both Tasks that build satisfies `is_so`.
fn both(compiled: &Compiled, name: &str, is_so: impl Fn(&Step) -> bool) -> bool {
    BUILDERS
        .iter()
        .all(|task| is_so(step(compiled.task(task), name)))
}

fn has_arg(step: &Step, arg: &str) -> bool {
    step.args.iter().any(|known| known == arg)
}

fn builds(compiled: &Compiled) -> Vec<&PipelineTask> {
    let parts = compiled
        .pipelines
        .iter()
        .flat_map(|pipeline| &pipeline.spec.tasks);
    parts
        .filter(|part| part.name.as_deref().unwrap().starts_with("build-"))
        .collect()
}

fn gives(part: &PipelineTask, name: &str, value: &str) -> bool {
    let mut params = part.params.iter();
    params.any(|param| param.name == name && text(&param.value) == value)
}

fn has_result(compiled: &Compiled, name: &str) -> bool {
    BUILDERS.iter().all(|task| {
        let mut results = compiled.task(task).spec.results.iter();
        results.any(|result| result.name == name)
    })
}

fn daemons(compiled: &Compiled) -> Vec<&luban_api_tekton::Sidecar> {
    compiled
        .tasks
        .iter()
        .flat_map(|task| &task.spec.sidecars)
        .collect()
}

/// Number, what it was, how its absence is shown.
pub(super) const DEFECTS: &[(u8, &str, Shown)] = &[
    (1, "array in the script of prepare", Yaml(has_no_script)),
    (2, "array in the script of build", Yaml(has_no_script)),
    (
        3,
        "Pipeline without name",
        Yaml(|c| {
            c.pipelines
                .iter()
                .all(|pipeline| pipeline.metadata.name.is_some())
        }),
    ),
    (
        4,
        "clone without its parameters",
        Yaml(|c| {
            c.pipelines
                .iter()
                .all(|pipeline| pipeline_problems(pipeline, &c.tasks).is_empty())
        }),
    ),
    (
        5,
        "names of secrets for the plan but not for the build",
        Yaml(|c| {
            builds(c)
                .iter()
                .all(|part| gives(part, "buildSecrets", "[\"$(params.buildSecrets[*])\"]"))
                && both(c, "build", |step| {
                    has_arg(step, "$(params.buildSecrets[*])")
                })
        }),
    ),
    (
        6,
        "cache key empty",
        Yaml(|c| {
            c.runs
                .iter()
                .all(|(project, _, _, run)| text_of(run, "cacheKey") == *project)
                && builds(c)
                    .iter()
                    .all(|part| gives(part, "cacheKey", "\"$(params.cacheKey)\""))
                && BUILDERS.iter().all(|task| {
                    let mut params = c.task(task).spec.params.iter();
                    params.any(|param| param.name == "cacheKey" && param.default.is_none())
                })
        }),
    ),
    (
        7,
        "repository of the image from the name of the run",
        Yaml(|c| {
            c.runs.iter().all(|(project, application, _, run)| {
                text_of(run, "imageRepository").ends_with(&format!("{project}/{application}"))
            }) && builds(c)
                .iter()
                .all(|part| !text(part).contains("context.pipelineRun"))
        }),
    ),
    (
        8,
        "context path means different directories",
        Yaml(|c| {
            let source = format!("--source=$(workspaces.output.path)/{}", output::SOURCE);
            let same = |step: &Step| {
                has_arg(step, &source) && has_arg(step, "--context=$(params.contextPath)")
            };
            both(c, "build", same)
                && same(step(c.task(task::PREPARE), "prepare"))
                && same(step(c.task(task::COMBINED), "prepare"))
        }),
    ),
    (
        9,
        "three places for the plan",
        Yaml(|c| {
            let plan = format!(
                "--plan-directory=$(workspaces.output.path)/{}",
                output::PLAN
            );
            both(c, "build", |step| has_arg(step, &plan))
                && both(c, "lookup", |step| has_arg(step, &plan))
                && has_arg(step(c.task(task::PREPARE), "prepare"), &plan)
        }),
    ),
    (
        10,
        "plan inside the context",
        Yaml(|_| {
            !output::PLAN.starts_with(output::SOURCE) && !output::SOURCE.starts_with(output::PLAN)
        }),
    ),
    (
        11,
        "the plan as a result",
        Yaml(|c| {
            let prepare = step(c.task(task::PREPARE), "prepare");
            !prepare
                .args
                .iter()
                .any(|arg| arg.starts_with("--plan-directory=$(results"))
                && c.tasks
                    .iter()
                    .all(|task| task.spec.results.iter().all(|result| result.name != "plan"))
        }),
    ),
    (
        12,
        "a secret's name as its value, or its value as an argument",
        Yaml(|c| {
            let prepare = step(c.task(task::PREPARE), "prepare");
            has_arg(
                prepare,
                "--secrets-directory=$(workspaces.build-secrets.path)",
            ) && !text(&c.tasks).contains("secretKeyRef")
        }),
    ),
    (
        13,
        "arguments gathered in an unquoted variable",
        Yaml(has_no_script),
    ),
    (
        14,
        "a flag that buildctl lacks for provenance",
        Yaml(|c| {
            // The verb writes `--opt attest:provenance=mode=…`, buildctl's own spelling.
            both(c, "build", |step| has_arg(step, "--provenance=max"))
        }),
    ),
    (
        15,
        "the exit status of buildctl lost in a pipe",
        Yaml(has_no_script),
    ),
    (
        16,
        "an unknown digest as success",
        Elsewhere(
            "railpack-build ends with an error when the metadata file has no digest; Value::Digest refuses `unknown`",
        ),
    ),
    (
        17,
        "standard output captured where buildctl logs to standard error",
        Elsewhere("railpack-build reads no log"),
    ),
    (
        18,
        "the first digest of a log",
        Elsewhere("railpack-build reads `containerimage.digest` of --metadata-file"),
    ),
    (
        19,
        "skopeo and jq assumed in BuildKit's image",
        Yaml(|c| both(c, "build", |step| step.command == ["/luban/bin/luban"])),
    ),
    (
        20,
        "the digest read by tag after the push",
        Elsewhere("as 18; what follows the build takes the digest"),
    ),
    (21, "parameters pasted into a script", Yaml(has_no_script)),
    (
        22,
        "unquoted values",
        Yaml(|c| {
            // A value is one argument, after its flag's `=` or between a flag and `;`.
            c.tasks
                .iter()
                .flat_map(|task| &task.spec.steps)
                .all(|step| {
                    step.args.iter().enumerate().all(|(i, arg)| {
                        !arg.contains("$(")
                            || arg.starts_with("--")
                            || (step.args[i - 1].starts_with("--")
                                && step.args.get(i + 1).is_some_and(|next| next == ";"))
                    })
                })
        }),
    ),
    (
        23,
        "version of railpack unused, frontend unpinned",
        Yaml(|c| {
            let version = "v0.37.0";
            has_arg(
                step(c.task(task::PREPARE), "prepare"),
                "--railpack-version=$(params.railpackVersion)",
            ) && step(c.task(task::PREPARE), "prepare")
                .image
                .as_deref()
                .unwrap()
                .contains(version)
                && both(c, "build", |step| {
                    has_arg(
                        step,
                        &format!("--frontend=ghcr.io/railwayapp/railpack-frontend:{version}"),
                    )
                })
        }),
    ),
    (
        24,
        "old name of the frontend",
        Yaml(|c| !text(&c.tasks).contains("railpack:railpack-frontend")),
    ),
    (
        25,
        "BUILDKIT_SYNTAX beside the gateway",
        Yaml(|c| !text(&c.tasks).contains("BUILDKIT_SYNTAX")),
    ),
    (
        26,
        "a list of platforms for one build",
        Yaml(|c| {
            let platforms = builds(c);
            platforms.iter().all(|part| {
                gives(part, "platform", "\"linux/amd64\"")
                    || gives(part, "platform", "\"linux/arm64\"")
            }) && both(c, "build", |step| {
                has_arg(step, "--platform=$(params.platform)")
            }) && c.pipelines.iter().any(|pipeline| {
                pipeline
                    .spec
                    .tasks
                    .iter()
                    .any(|part| part.name.as_deref() == Some("index"))
            })
        }),
    ),
    (
        27,
        "build cache declared and unused",
        Yaml(|c| {
            daemons(c).iter().all(|daemon| {
                daemon
                    .workspaces
                    .iter()
                    .any(|used| used.name == "build-cache")
            }) && both(c, "build", |step| {
                has_arg(
                    step,
                    "--cache=$(params.imageRegistry)/$(params.imageRepository):$(params.cacheTag)",
                )
            })
        }),
    ),
    (
        28,
        "promised parameters and results missing",
        Yaml(|c| {
            [
                "image",
                "digest",
                "buildDuration",
                "IMAGE_URL",
                "IMAGE_DIGEST",
            ]
            .iter()
            .all(|name| has_result(c, name))
                && c.task(task::SBOM).spec.results[0].name == "sbomRef"
                && ["planPath", "infoPath"].iter().all(|name| {
                    c.task(task::COMBINED)
                        .spec
                        .results
                        .iter()
                        .any(|result| result.name == *name)
                })
                && ["additionalBuildArgs", "contextPath"].iter().all(|name| {
                    c.task(task::BUILD)
                        .spec
                        .params
                        .iter()
                        .any(|param| param.name == *name)
                })
        }),
    ),
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
