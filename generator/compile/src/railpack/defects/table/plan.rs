//! What a plan is, and how it and its inputs reach the build.

use super::Shown::Yaml;
use super::{BUILDERS, Defect, both, builds, gives, has_arg, has_no_script, step, text};
use crate::railpack::checks::pipeline_problems;
use crate::railpack::interface::{output, task};
use crate::railpack::tests::text_of;
use luban_api_tekton::Step;

pub(super) const DEFECTS: &[Defect] = &[
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
];
