//! What the build runs: flags, digest, versions, cache and results.

use super::Shown::{Elsewhere, Yaml};
use super::{Defect, both, builds, daemons, gives, has_arg, has_no_script, has_result, step, text};
use crate::railpack::interface::task;

pub(super) const DEFECTS: &[Defect] = &[
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
];
