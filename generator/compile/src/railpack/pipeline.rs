//! Pipelines: one for each set of platforms that an application of the platform is built for, however many applications.

use super::interface::{Param, Workspace, param, result, workspace};
use super::parts::{
    after_build, architecture, build, build_part, clone_part, index_part, part, prepare_part,
    reports,
};
use super::supply_chain::{scans, signs};
use crate::context::Context;
use crate::labels::{REASON, map};
use crate::names;
use luban_api_core::named_in;
use luban_api_tekton::{ParamValue, Pipeline, PipelineResult, PipelineSpec};
use luban_platform::model::{Build, BuildPlatform, Layout, RailpackBuilder};
use std::collections::BTreeSet;

/// Why a platform that splits builds does not split those for several platforms.
const UNSPLIT: &str = "built in one pod for each platform although the platform splits builds: the claim of a run ties all its pods to one node, \
and a node has one architecture";

/// Name of the Pipeline that builds for `platforms`.
pub(super) fn pipeline_name(platforms: &[BuildPlatform]) -> String {
    platforms
        .iter()
        .fold("railpack".to_owned(), |name, platform| {
            format!("{name}-{}", architecture(*platform))
        })
}

/// How builds for `platforms` are laid out.
pub(super) fn layout(railpack: &RailpackBuilder, platforms: &[BuildPlatform]) -> Layout {
    if platforms.len() > 1 {
        Layout::Combined
    } else {
        railpack.layout
    }
}

/// The Pipelines that the platform's applications use.
pub(super) fn pipelines(context: &Context<'_>) -> Vec<Pipeline> {
    let Some(railpack) = &context.platform.railpack else {
        return Vec::new();
    };
    let sets: BTreeSet<Vec<BuildPlatform>> = context
        .platform
        .applications()
        .filter_map(|(_, application)| match &application.build {
            Build::Railpack(build) => Some(build.platforms.clone()),
            Build::Kpack(_) => None,
        })
        .collect();
    sets.iter()
        .map(|platforms| pipeline(context, railpack, platforms))
        .collect()
}

fn pipeline(
    context: &Context<'_>,
    railpack: &RailpackBuilder,
    platforms: &[BuildPlatform],
) -> Pipeline {
    let layout = layout(railpack, platforms);
    let minutes = railpack.timeout_minutes;
    let mut tasks = match layout {
        Layout::Combined => Vec::new(),
        Layout::Split => vec![clone_part(), prepare_part()],
    };
    let is_joined = platforms.len() > 1;
    tasks.extend(
        platforms
            .iter()
            .map(|platform| build(*platform, layout, minutes, is_joined)),
    );
    let mut last = platforms
        .first()
        .map_or_else(String::new, |platform| build_part(*platform));
    if is_joined {
        tasks.push(index_part(platforms));
        last = part::INDEX.to_owned();
    }
    let image_from = last.clone();
    let builds: Vec<String> = platforms
        .iter()
        .map(|platform| build_part(*platform))
        .collect();
    tasks.extend(after_build(context, &image_from));
    let statuses: Vec<String> = tasks
        .iter()
        .filter_map(|task| task.name.as_deref())
        .map(|name| format!("{name}=$(tasks.{name}.status)"))
        .collect();
    let mut metadata = named_in(names::SYSTEM, pipeline_name(platforms));
    if layout != railpack.layout {
        metadata.annotations = Some(map([(REASON, UNSPLIT)]));
    }
    Pipeline {
        metadata,
        spec: PipelineSpec {
            description: Some("Builds, checks and releases the image of an application".to_owned()),
            params: params(context)
                .iter()
                .map(|param| param.declare())
                .collect(),
            workspaces: workspaces(context)
                .iter()
                .map(|workspace| workspace.declare_in_pipeline())
                .collect(),
            finally: reports(context, &statuses, &image_from, &builds),
            results: [
                result::IMAGE,
                result::DIGEST,
                result::IMAGE_URL,
                result::IMAGE_DIGEST,
            ]
            .map(|output| PipelineResult {
                name: output.name.to_owned(),
                value: ParamValue::from(output.of(&image_from)),
                ..PipelineResult::default()
            })
            .to_vec(),
            tasks,
            ..PipelineSpec::default()
        },
        ..Pipeline::default()
    }
}

/// Parameters of every Pipeline, so that all runs are made alike; those of a scan or signature only where there is one.
pub(super) fn params(context: &Context<'_>) -> Vec<Param> {
    let is_used = |param: &Param| match param.name {
        name if [
            param::SCAN.name,
            param::SCAN_FAIL_ON.name,
            param::SCAN_IGNORE_UNFIXED.name,
        ]
        .contains(&name) =>
        {
            scans(context.platform)
        }
        name if name == param::SIGN.name => signs(context.platform),
        _ => true,
    };
    PARAMS.into_iter().filter(is_used).collect()
}

const PARAMS: [Param; 25] = [
    param::REVISION,
    param::REF,
    param::PROJECT,
    param::APPLICATION,
    param::PROVIDER,
    param::URL,
    param::SOURCE_BRANCH,
    param::SUBMODULES,
    param::LFS,
    param::CONTEXT_PATH,
    param::IMAGE_REGISTRY,
    param::IMAGE_REPOSITORY,
    param::CACHE_KEY,
    param::CACHE_SCOPE,
    param::BUILD_SECRETS,
    param::ADDITIONAL_BUILD_ARGS,
    param::LABELS,
    param::ADDITIONAL_TAGS,
    param::MOVE_TAGS,
    param::SCAN,
    param::SCAN_FAIL_ON,
    param::SCAN_IGNORE_UNFIXED,
    param::SIGN,
    param::RELEASE,
    param::RELEASE_PATH,
];

/// Workspaces of every Pipeline; the key of the report's webhook only where there is one.
pub(super) fn workspaces(context: &Context<'_>) -> Vec<Workspace> {
    let mut workspaces = vec![
        workspace::OUTPUT,
        workspace::BUILD_CACHE,
        workspace::GIT_CREDENTIALS,
        workspace::REGISTRY_CREDENTIALS,
        workspace::BUILD_SECRETS,
        workspace::SECRETS_HASH_KEY,
        workspace::CERTIFICATE_AUTHORITY,
        workspace::GITOPS_CREDENTIALS,
    ];
    if signs(context.platform) {
        workspaces.push(workspace::SIGNING_KEY);
    }
    if context.platform.report.webhook.is_some() {
        workspaces.push(workspace::REPORT_KEY);
    }
    workspaces
}
