//! The tasks of a run: which Task each runs, with what, after which others, and how long.

use super::interface::{Output, Param, Workspace, param, result, task, workspace};
use super::pipeline::workspaces;
use super::release::REPORT_CONTEXT;
use super::supply_chain::{scans, signs};
use super::timeouts;
use crate::context::Context;
use crate::names;
use luban_api_tekton::{
    ParamValue, PipelineTask, TaskRef, WhenExpression, WorkspacePipelineTaskBinding,
};
use luban_platform::model::{BuildPlatform, Layout};

/// Names of the tasks of a run.
pub(super) mod part {
    pub(crate) const CLONE: &str = "clone";
    pub(crate) const PREPARE: &str = "prepare";
    pub(crate) const INDEX: &str = "index";
    pub(crate) const SCAN: &str = "scan";
    pub(crate) const SBOM: &str = "sbom";
    pub(crate) const SIGN: &str = "sign";
    pub(crate) const RELEASE: &str = "release";
    pub(crate) const TAGS: &str = "tags";
    pub(crate) const REPORT_SUCCESS: &str = "report-success";
    pub(crate) const REPORT_LISTED: &str = "report-listed";
    pub(crate) const REPORT_FAILURE: &str = "report-failure";
}

/// Cache that releases write and every run reads.
pub(super) const RELEASE_SCOPE: &str = "release";
/// Cache that runs of other branches write.
pub(super) const BRANCHES_SCOPE: &str = "branches";

/// The architecture of `platform`, as Kubernetes and names write it.
pub(super) fn architecture(platform: BuildPlatform) -> &'static str {
    match platform {
        BuildPlatform::Amd64 => "amd64",
        BuildPlatform::Arm64 => "arm64",
    }
}

/// Name of the task of a run that builds for `platform`.
pub(super) fn build_part(platform: BuildPlatform) -> String {
    format!("build-{}", architecture(platform))
}

/// A task of a run: a Task from the platform's namespace.
fn part_of(
    name: &str,
    task: &str,
    minutes: u32,
    params: Vec<luban_api_tekton::Param>,
    workspaces: &[Workspace],
) -> PipelineTask {
    let resolve = |name: &str, value: &str| luban_api_tekton::Param {
        name: name.to_owned(),
        value: ParamValue::from(value),
    };
    PipelineTask {
        name: Some(name.to_owned()),
        task_ref: Some(TaskRef {
            resolver: Some("cluster".to_owned()),
            params: vec![
                resolve("kind", "task"),
                resolve("name", task),
                resolve("namespace", names::SYSTEM),
            ],
            ..TaskRef::default()
        }),
        params,
        workspaces: workspaces
            .iter()
            .chain(&[workspace::CERTIFICATE_AUTHORITY])
            .map(|workspace| WorkspacePipelineTaskBinding {
                name: workspace.name.to_owned(),
                workspace: Some(workspace.name.to_owned()),
                sub_path: None,
            })
            .collect(),
        timeout: Some(timeouts::duration(minutes)),
        ..PipelineTask::default()
    }
}

fn passed_on(params: &[Param]) -> Vec<luban_api_tekton::Param> {
    params.iter().map(|param| param.passed_on()).collect()
}

/// The repository of the image, as parameter `image`.
fn image() -> luban_api_tekton::Param {
    param::IMAGE.with(format!(
        "{}/{}",
        param::IMAGE_REGISTRY.reference(),
        param::IMAGE_REPOSITORY.reference()
    ))
}

/// The clone of a build that is split.
pub(super) fn clone_part() -> PipelineTask {
    part_of(
        part::CLONE,
        task::CLONE,
        timeouts::CLONE,
        passed_on(&[param::URL, param::REVISION, param::SUBMODULES, param::LFS]),
        &[workspace::OUTPUT, workspace::GIT_CREDENTIALS],
    )
}

/// The plan of a build that is split.
pub(super) fn prepare_part() -> PipelineTask {
    PipelineTask {
        run_after: vec![part::CLONE.to_owned()],
        ..part_of(
            part::PREPARE,
            task::PREPARE,
            timeouts::PREPARE,
            passed_on(&[
                param::CONTEXT_PATH,
                param::BUILD_SECRETS,
                param::ADDITIONAL_BUILD_ARGS,
            ]),
            &[workspace::OUTPUT, workspace::BUILD_SECRETS],
        )
    }
}

/// The build for `platform`; if it `is_joined` with others, under a tag of its own.
pub(super) fn build(
    platform: BuildPlatform,
    layout: Layout,
    minutes: u32,
    is_joined: bool,
) -> PipelineTask {
    let architecture = architecture(platform);
    let revision = param::REVISION.reference();
    let tag = if is_joined {
        format!("{revision}-{architecture}")
    } else {
        revision
    };
    let cache = |scope: &str| format!("buildcache-{scope}-{architecture}");
    let mut params = passed_on(&[
        param::REVISION,
        param::URL,
        param::CONTEXT_PATH,
        param::IMAGE_REGISTRY,
        param::IMAGE_REPOSITORY,
        param::CACHE_KEY,
        param::BUILD_SECRETS,
        param::ADDITIONAL_BUILD_ARGS,
        param::LABELS,
    ]);
    params.extend([
        param::IMAGE_TAG.with(tag),
        param::PLATFORM.with(format!("linux/{architecture}")),
        param::CACHE_TAG.with(cache(&param::CACHE_SCOPE.reference())),
        param::CACHE_FROM_TAG.with(cache(RELEASE_SCOPE)),
    ]);
    let mut workspaces = vec![
        workspace::OUTPUT,
        workspace::BUILD_CACHE,
        workspace::REGISTRY_CREDENTIALS,
        workspace::BUILD_SECRETS,
        workspace::SECRETS_HASH_KEY,
    ];
    let name = build_part(platform);
    let timeout = timeouts::build_pod(minutes, layout);
    match layout {
        Layout::Combined => {
            params.extend(passed_on(&[param::SUBMODULES, param::LFS]));
            workspaces.push(workspace::GIT_CREDENTIALS);
            part_of(&name, task::COMBINED, timeout, params, &workspaces)
        }
        Layout::Split => PipelineTask {
            run_after: vec![part::PREPARE.to_owned()],
            ..part_of(&name, task::BUILD, timeout, params, &workspaces)
        },
    }
}

/// The index over the images of `platforms`.
pub(super) fn index_part(platforms: &[BuildPlatform]) -> PipelineTask {
    let digests: Vec<String> = platforms
        .iter()
        .map(|platform| result::DIGEST.of(&build_part(*platform)))
        .collect();
    part_of(
        part::INDEX,
        task::INDEX,
        timeouts::INDEX,
        vec![
            image(),
            param::IMAGE_TAG.with(param::REVISION.reference()),
            param::DIGESTS.with(digests),
        ],
        &[workspace::REGISTRY_CREDENTIALS],
    )
}

fn only_if(param: Param) -> WhenExpression {
    WhenExpression {
        input: Some(param.reference()),
        operator: Some("in".to_owned()),
        values: vec!["true".to_owned()],
        cel: None,
    }
}

/// What follows the image that task `from` gives: each only after what could refuse it. Tags come last: they move only to
/// an image that the scan lets pass and that the release did not refuse as older.
pub(super) fn after_build(context: &Context<'_>, from: &str) -> Vec<PipelineTask> {
    let digest = || param::DIGEST.with(result::DIGEST.of(from));
    let registry = [workspace::REGISTRY_CREDENTIALS];
    let mut parts = Vec::new();
    if scans(context.platform) {
        let policy = [
            param::SCAN_FAIL_ON,
            param::SCAN_IGNORE_UNFIXED,
            param::RELEASE,
        ];
        let mut params = vec![image(), digest()];
        params.extend(passed_on(&policy));
        let scan = part_of(part::SCAN, task::SCAN, timeouts::SCAN, params, &registry);
        parts.push(PipelineTask {
            when: vec![only_if(param::SCAN)],
            ..scan
        });
        let params = vec![image(), digest()];
        let sbom = part_of(part::SBOM, task::SBOM, timeouts::SBOM, params, &registry);
        parts.push(PipelineTask {
            when: vec![only_if(param::SCAN)],
            ..sbom
        });
    }
    if signs(context.platform) {
        let mut params = vec![image(), digest()];
        params.extend(passed_on(&[param::REVISION, param::URL]));
        let workspaces = [workspace::REGISTRY_CREDENTIALS, workspace::SIGNING_KEY];
        let sign = part_of(part::SIGN, task::SIGN, timeouts::SIGN, params, &workspaces);
        parts.push(PipelineTask {
            when: vec![only_if(param::SIGN)],
            ..sign
        });
    }
    parts.push(release(digest()));
    let mut params = vec![
        image(),
        param::IMAGE_TAG.with(param::REVISION.reference()),
        param::DIGESTS.with(vec![result::DIGEST.of(from)]),
    ];
    params.extend(passed_on(&[param::ADDITIONAL_TAGS]));
    let tags = part_of(part::TAGS, task::INDEX, timeouts::INDEX, params, &registry);
    parts.push(PipelineTask {
        when: vec![only_if(param::MOVE_TAGS)],
        ..tags
    });
    let mut before = from.to_owned();
    for part in &mut parts {
        let name = part.name.clone().unwrap_or_default();
        part.run_after = vec![std::mem::replace(&mut before, name)];
    }
    parts
}

/// The release, only of something that was built.
fn release(digest: luban_api_tekton::Param) -> PipelineTask {
    let built = match &digest.value {
        ParamValue::String(reference) => reference.clone(),
        ParamValue::Array(_) | ParamValue::Object(_) => String::new(),
    };
    let mut params = vec![
        image(),
        digest,
        param::IMAGE_TAG.with(param::REVISION.reference()),
        param::RUN.with("$(context.pipelineRun.name)"),
    ];
    params.extend(passed_on(&[
        param::RELEASE_PATH,
        param::REVISION,
        param::URL,
        param::SOURCE_BRANCH,
    ]));
    PipelineTask {
        when: vec![
            only_if(param::RELEASE),
            WhenExpression {
                input: Some(built),
                operator: Some("notin".to_owned()),
                values: vec![String::new()],
                cel: None,
            },
        ],
        ..part_of(
            part::RELEASE,
            task::RELEASE,
            timeouts::RELEASE,
            params,
            &[workspace::GITOPS_CREDENTIALS, workspace::GIT_CREDENTIALS],
        )
    }
}

/// What a report knows of a run.
#[derive(Clone, Copy, Debug)]
pub(super) enum Known<'a> {
    /// It failed: none of its results is sure to be there.
    Failure,
    /// Its tasks succeeded; the first of them that gives the image, those that built, and whether the image's bill of materials was
    /// listed. None: a platform that lists none.
    Success {
        image_from: &'a str,
        builds: &'a [String],
        is_listed: Option<bool>,
    },
}

/// The reports of a run, of which one runs. Tekton skips a final task when a result that it names was never written, so a failed
/// run has a report of its own, without results, and so has one whose bill of materials was not listed.
pub(super) fn reports(
    context: &Context<'_>,
    statuses: &[String],
    image_from: &str,
    builds: &[String],
) -> Vec<PipelineTask> {
    let success = |is_listed| Known::Success {
        image_from,
        builds,
        is_listed,
    };
    let mut all = if scans(context.platform) {
        vec![
            (part::REPORT_SUCCESS, success(Some(false))),
            (part::REPORT_LISTED, success(Some(true))),
        ]
    } else {
        vec![(part::REPORT_SUCCESS, success(None))]
    };
    all.push((part::REPORT_FAILURE, Known::Failure));
    all.into_iter()
        .map(|(name, known)| report(context, name, statuses, known))
        .collect()
}

fn report(
    context: &Context<'_>,
    name: &str,
    statuses: &[String],
    known: Known<'_>,
) -> PipelineTask {
    let mut params = passed_on(&REPORT_CONTEXT);
    params.extend([
        image(),
        param::RUN.with("$(context.pipelineRun.name)"),
        param::STATUS.with("$(tasks.status)"),
        param::TASK_STATUSES.with(statuses.to_vec()),
    ]);
    let status_of = |task: &str, operator: &str, words: &[&str]| WhenExpression {
        input: Some(format!("$(tasks.{task}status)")),
        operator: Some(operator.to_owned()),
        values: words.iter().map(|word| (*word).to_owned()).collect(),
        cel: None,
    };
    // Tekton's words for a run whose tasks all succeeded, and for one where some were skipped.
    let run = |operator| status_of("", operator, &["Succeeded", "Completed"]);
    let mut when = Vec::new();
    match known {
        Known::Failure => when.push(run("notin")),
        Known::Success {
            image_from,
            builds,
            is_listed,
        } => {
            let of_each = |output: Output| {
                let named = builds
                    .iter()
                    .map(|build| format!("{build}={}", output.of(build)));
                named.collect::<Vec<String>>()
            };
            params.extend([
                param::DIGEST.with(result::DIGEST.of(image_from)),
                param::DURATIONS.with(of_each(result::BUILD_DURATION)),
                param::REUSED.with(of_each(result::REUSED)),
            ]);
            when.push(run("in"));
            if let Some(is_listed) = is_listed {
                let operator = if is_listed { "in" } else { "notin" };
                when.push(status_of(
                    &format!("{}.", part::SBOM),
                    operator,
                    &["Succeeded"],
                ));
            }
            if is_listed == Some(true) {
                params.push(param::OPTIONAL_SBOM.with(result::SBOM_REF.of(part::SBOM)));
            }
        }
    }
    let used = [workspace::GIT_CREDENTIALS, workspace::REPORT_KEY];
    let declared = workspaces(context);
    let workspaces: Vec<Workspace> = used
        .into_iter()
        .filter(|workspace| declared.iter().any(|known| known.name == workspace.name))
        .collect();
    PipelineTask {
        when,
        ..part_of(name, task::REPORT, timeouts::REPORT, params, &workspaces)
    }
}
