//! Plan, lookup and build: in a pod each, or all in one.

use super::buildkitd;
use super::interface::{Output, Param, Workspace, output, param, result, task, workspace};
use super::source::clone_step;
use super::step::{Definition, Run, proxy};
use crate::CompileError;
use crate::container::Size;
use crate::context::Context;
use crate::images::Tool;
use crate::labels::{REASON, map};
use luban_api_tekton::{Step, Task};
use luban_command::{
    Call, LOOKUP, RAILPACK_BUILD, RAILPACK_PREPARE, RESULT, lookup, railpack_build,
    railpack_prepare,
};
use luban_platform::model::RailpackBuilder;

/// The step that builds only talks to the daemon, and holds the source's file list.
const BUILD_STEP_SIZE: Size = Size {
    cpu: "100m",
    memory: "256Mi",
    storage: "256Mi",
};

const SEES_SECRETS: [Workspace; 2] = [workspace::BUILD_SECRETS, workspace::SECRETS_HASH_KEY];

const BUILD_PARAMS: [Param; 13] = [
    param::REVISION,
    param::URL,
    param::CONTEXT_PATH,
    param::IMAGE_REGISTRY,
    param::IMAGE_REPOSITORY,
    param::IMAGE_TAG,
    param::PLATFORM,
    param::CACHE_KEY,
    param::CACHE_TAG,
    param::CACHE_FROM_TAG,
    param::BUILD_SECRETS,
    param::ADDITIONAL_BUILD_ARGS,
    param::LABELS,
];

const BUILD_RESULTS: [Output; 6] = [
    result::IMAGE,
    result::DIGEST,
    result::IMAGE_URL,
    result::IMAGE_DIGEST,
    result::BUILD_DURATION,
    result::REUSED,
];

fn repository() -> String {
    format!(
        "{}/{}",
        param::IMAGE_REGISTRY.reference(),
        param::IMAGE_REPOSITORY.reference()
    )
}

/// Variables of the build: the proxy, which the steps of a build need as much as ours, and the application's own.
fn variables(context: &Context<'_>) -> Vec<String> {
    let mut variables: Vec<String> = proxy(context.platform)
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    variables.push(param::ADDITIONAL_BUILD_ARGS.reference());
    variables
}

/// The step that plans. It sees the build secrets: values that start with `RAILPACK_` steer the plan, and railpack leaves
/// a name out that its environment does not have. It sees no other credential.
fn prepare_step(context: &Context<'_>) -> Result<Step, CompileError> {
    use railpack_prepare as flag;
    Run {
        name: "prepare",
        tool: Tool::Railpack,
        size: Size::MEDIUM,
        call: Call::new(&RAILPACK_PREPARE)
            .flag(&flag::SOURCE, workspace::OUTPUT.at(output::SOURCE))
            .flag(&flag::CONTEXT, param::CONTEXT_PATH.reference())
            .flag(&flag::PLAN_DIRECTORY, workspace::OUTPUT.at(output::PLAN))
            .flag(&flag::SECRET, param::BUILD_SECRETS.reference())
            .flag(&flag::SECRETS_DIRECTORY, workspace::BUILD_SECRETS.path())
            .each(&flag::BUILD_ARG, variables(context))
            .flag(&flag::VERSION, param::RAILPACK_VERSION.reference())
            .flag(
                &flag::CERTIFICATE_AUTHORITY,
                workspace::CERTIFICATE_AUTHORITY.path(),
            )
            .each(
                &RESULT,
                [result::PLAN_PATH.written(), result::INFO_PATH.written()],
            ),
        workspaces: &[workspace::OUTPUT, workspace::BUILD_SECRETS],
    }
    .step(context)
}

/// The step that looks for an image of the same inputs. What it finds goes to a file: the build takes it from there, so
/// that results have one writer whether or not something is built.
fn lookup_step(context: &Context<'_>) -> Result<Step, CompileError> {
    use lookup as flag;
    let [secrets, hash_key] = SEES_SECRETS;
    Run {
        name: "lookup",
        tool: Tool::Luban,
        size: Size::SMALL,
        call: Call::new(&LOOKUP)
            .flag(&flag::REPOSITORY, repository())
            .flag(&flag::REVISION, param::REVISION.reference())
            .flag(&flag::CONTEXT, param::CONTEXT_PATH.reference())
            .flag(&flag::PLAN_DIRECTORY, workspace::OUTPUT.at(output::PLAN))
            .flag(&flag::FRONTEND, context.images.get(Tool::RailpackFrontend))
            .flag(&flag::PLATFORM, param::PLATFORM.reference())
            .flag(&flag::SECRET, param::BUILD_SECRETS.reference())
            .flag(&flag::SECRETS_DIRECTORY, secrets.path())
            .flag(&flag::SECRETS_HASH_KEY, hash_key.path())
            .each(&flag::BUILD_ARG, variables(context))
            .flag(
                &flag::CERTIFICATE_AUTHORITY,
                workspace::CERTIFICATE_AUTHORITY.path(),
            )
            .flag(
                &RESULT,
                format!("digest={}", workspace::OUTPUT.at(output::FOUND)),
            ),
        workspaces: &[
            workspace::OUTPUT,
            workspace::REGISTRY_CREDENTIALS,
            secrets,
            hash_key,
        ],
    }
    .step(context)
}

/// The step that builds and pushes, unless the lookup found the image.
fn build_step(context: &Context<'_>, railpack: &RailpackBuilder) -> Result<Step, CompileError> {
    use railpack_build as flag;
    let [secrets, hash_key] = SEES_SECRETS;
    let repository = repository();
    let image = |tag: Param| format!("{repository}:{}", tag.reference());
    let label = |name: &str, value: Param| format!("{name}={}", value.reference());
    let mut step = Run {
        name: "build",
        tool: Tool::Buildkit,
        size: BUILD_STEP_SIZE,
        call: Call::new(&RAILPACK_BUILD)
            .flag(&flag::SOURCE, workspace::OUTPUT.at(output::SOURCE))
            .flag(&flag::CONTEXT, param::CONTEXT_PATH.reference())
            .flag(&flag::REVISION, param::REVISION.reference())
            .flag(&flag::PLAN_DIRECTORY, workspace::OUTPUT.at(output::PLAN))
            .flag(&flag::FOUND, workspace::OUTPUT.at(output::FOUND))
            .flag(&flag::FRONTEND, context.images.get(Tool::RailpackFrontend))
            .flag(&flag::IMAGE, image(param::IMAGE_TAG))
            .flag(&flag::PLATFORM, param::PLATFORM.reference())
            .flag(&flag::CACHE_KEY, param::CACHE_KEY.reference())
            .flag(&flag::CACHE, image(param::CACHE_TAG))
            .flag(&flag::CACHE_FROM, image(param::CACHE_FROM_TAG))
            .flag(&flag::PROVENANCE, "max")
            .flag(&flag::SECRET, param::BUILD_SECRETS.reference())
            .flag(&flag::SECRETS_DIRECTORY, secrets.path())
            .flag(&flag::SECRETS_HASH_KEY, hash_key.path())
            .each(&flag::BUILD_ARG, variables(context))
            .each(
                &flag::LABEL,
                [
                    label("org.opencontainers.image.source", param::URL),
                    label("org.opencontainers.image.revision", param::REVISION),
                    param::LABELS.reference(),
                ],
            )
            .flag(&flag::ADDRESS, buildkitd::ADDRESS)
            .flag(
                &flag::TIMEOUT,
                (u64::from(railpack.timeout_minutes) * 60).to_string(),
            )
            .flag(
                &flag::CERTIFICATE_AUTHORITY,
                workspace::CERTIFICATE_AUTHORITY.path(),
            )
            .each(&RESULT, BUILD_RESULTS.map(Output::written)),
        workspaces: &[
            workspace::OUTPUT,
            workspace::REGISTRY_CREDENTIALS,
            secrets,
            hash_key,
        ],
    }
    .step(context)?;
    step.volume_mounts.push(buildkitd::socket_mount());
    Ok(step)
}

/// Task `railpack-prepare`.
pub(super) fn prepare_task(context: &Context<'_>) -> Result<Task, CompileError> {
    let steps = vec![prepare_step(context)?];
    Definition {
        name: task::PREPARE,
        description: "Writes the railpack plan of a directory of the clone, outside the clone",
        params: &[
            param::CONTEXT_PATH,
            param::RAILPACK_VERSION,
            param::BUILD_SECRETS,
            param::ADDITIONAL_BUILD_ARGS,
        ],
        workspaces: &[workspace::OUTPUT, workspace::BUILD_SECRETS],
        results: &[result::PLAN_PATH, result::INFO_PATH],
    }
    .task(context, steps, Vec::new(), Vec::new())
}

/// Task `railpack-build`.
pub(super) fn build_task(
    context: &Context<'_>,
    railpack: &RailpackBuilder,
) -> Result<Task, CompileError> {
    let [secrets, hash_key] = SEES_SECRETS;
    let steps = vec![lookup_step(context)?, build_step(context, railpack)?];
    let definition = Definition {
        name: task::BUILD,
        description: "Builds a railpack plan with BuildKit and pushes the image, unless the same has been built before",
        params: &BUILD_PARAMS,
        workspaces: &[
            workspace::OUTPUT,
            workspace::BUILD_CACHE,
            workspace::REGISTRY_CREDENTIALS,
            secrets,
            hash_key,
        ],
        results: &BUILD_RESULTS,
    };
    with_daemon(context, railpack, definition, steps)
}

/// Task `railpack-prepare-build`: clone, plan, lookup and build in one pod.
pub(super) fn combined_task(
    context: &Context<'_>,
    railpack: &RailpackBuilder,
) -> Result<Task, CompileError> {
    let [secrets, hash_key] = SEES_SECRETS;
    let mut params = BUILD_PARAMS.to_vec();
    params.extend([param::SUBMODULES, param::LFS, param::RAILPACK_VERSION]);
    let mut results = vec![
        result::GIT_COMMIT,
        result::GIT_URL,
        result::PLAN_PATH,
        result::INFO_PATH,
    ];
    results.extend(BUILD_RESULTS);
    let steps = vec![
        clone_step(context)?,
        prepare_step(context)?,
        lookup_step(context)?,
        build_step(context, railpack)?,
    ];
    let definition = Definition {
        name: task::COMBINED,
        description: "Fetches a commit, plans and builds its image with railpack and BuildKit, and pushes it, all in one pod",
        params: &params,
        workspaces: &[
            workspace::OUTPUT,
            workspace::BUILD_CACHE,
            workspace::GIT_CREDENTIALS,
            workspace::REGISTRY_CREDENTIALS,
            secrets,
            hash_key,
        ],
        results: &results,
    };
    with_daemon(context, railpack, definition, steps)
}

fn with_daemon(
    context: &Context<'_>,
    railpack: &RailpackBuilder,
    definition: Definition<'_>,
    steps: Vec<Step>,
) -> Result<Task, CompileError> {
    let sidecars = vec![buildkitd::sidecar(context, railpack)];
    let volumes = vec![buildkitd::socket_volume()];
    let mut task = definition.task(context, steps, sidecars, volumes)?;
    task.metadata.annotations = Some(map([(REASON, buildkitd::REASON)]));
    Ok(task)
}
