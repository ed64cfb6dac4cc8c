//! The ends of a run: the release, and the report of what became of it.

use super::interface::{Param, param, task, workspace};
use super::step::{Definition, Run};
use crate::CompileError;
use crate::container::Size;
use crate::context::Context;
use crate::images::Tool;
use luban_api_tekton::Task;
use luban_command::{Call, RELEASE, REPORT, release, report};
use luban_platform::names::{HttpUrl, LogUrl};

/// Why a run of this module builds: kpack's word for a new commit, so that releases of all build types read the same.
const BUILD_REASON: &str = "COMMIT";

/// Task `release`: writes the image into the first environment's release.
pub(super) fn release_task(context: &Context<'_>) -> Result<Task, CompileError> {
    let gitops = &context.platform.gitops;
    let workspaces = [workspace::GITOPS_CREDENTIALS, workspace::GIT_CREDENTIALS];
    let step = Run {
        name: "release",
        tool: Tool::Luban,
        size: Size::MEDIUM,
        call: Call::new(&RELEASE)
            .flag(&release::GITOPS, gitops.repository.as_str())
            .flag(&release::BRANCH, gitops.branch.as_str())
            .flag(&release::PATH, param::RELEASE_PATH.reference())
            .flag(&release::CREDENTIALS, workspace::GITOPS_CREDENTIALS.path())
            .flag(&release::IMAGE, param::IMAGE.reference())
            .flag(&release::TAG, param::IMAGE_TAG.reference())
            .flag(&release::DIGEST, param::DIGEST.reference())
            .flag(&release::REVISION, param::REVISION.reference())
            .flag(&release::SOURCE, param::URL.reference())
            .flag(&release::SOURCE_BRANCH, param::SOURCE_BRANCH.reference())
            .flag(
                &release::SOURCE_CREDENTIALS,
                workspace::GIT_CREDENTIALS.path(),
            )
            .flag(
                &release::CERTIFICATE_AUTHORITY,
                workspace::CERTIFICATE_AUTHORITY.path(),
            )
            .flag(&release::REASON, BUILD_REASON)
            .flag(&release::RUN, param::RUN.reference()),
        workspaces: &workspaces,
    }
    .step(context)?;
    Definition {
        name: task::RELEASE,
        description: "Releases an image to the first environment, unless a newer commit is released there",
        params: &[
            param::RELEASE_PATH,
            param::IMAGE,
            param::IMAGE_TAG,
            param::DIGEST,
            param::REVISION,
            param::URL,
            param::SOURCE_BRANCH,
            param::RUN,
        ],
        workspaces: &workspaces,
        results: &[],
    }
    .task(context, vec![step], Vec::new(), Vec::new())
}

/// Parameters of the report that every run has from its own.
pub(super) const REPORT_CONTEXT: [Param; 6] = [
    param::PROJECT,
    param::APPLICATION,
    param::PROVIDER,
    param::URL,
    param::REVISION,
    param::REF,
];

/// Task `report`: tells the provider, and the platform's webhook if it has one.
pub(super) fn report_task(context: &Context<'_>) -> Result<Task, CompileError> {
    let told = &context.platform.report;
    let run = param::RUN.reference();
    let log_of = |logs: &LogUrl| logs.of("$(context.taskRun.namespace)", &run);
    let mut workspaces = vec![workspace::GIT_CREDENTIALS];
    let mut call = Call::new(&REPORT)
        .flag(&report::STATUS, param::STATUS.reference())
        .flag(&report::PROJECT, param::PROJECT.reference())
        .flag(&report::APPLICATION, param::APPLICATION.reference())
        .flag(&report::PROVIDER, param::PROVIDER.reference())
        .flag(&report::SOURCE, param::URL.reference())
        .flag(&report::REVISION, param::REVISION.reference())
        .flag(&report::REF, param::REF.reference())
        .flag(&report::CREDENTIALS, workspace::GIT_CREDENTIALS.path())
        .flag(&report::RUN, param::RUN.reference())
        .flag(&report::IMAGE, param::IMAGE.reference())
        .flag(&report::DIGEST, param::OPTIONAL_DIGEST.reference())
        .flag(&report::SBOM, param::OPTIONAL_SBOM.reference())
        .flag(&report::TASK, param::TASK_STATUSES.reference())
        .flag(&report::DURATION, param::DURATIONS.reference())
        .flag(&report::REUSED, param::REUSED.reference())
        .flag(
            &report::CERTIFICATE_AUTHORITY,
            workspace::CERTIFICATE_AUTHORITY.path(),
        )
        .maybe(&report::LOG_URL, told.logs.as_ref().map(log_of))
        .maybe(&report::METRICS, told.metrics.as_ref().map(HttpUrl::as_str));
    if let Some(webhook) = &told.webhook {
        workspaces.push(workspace::REPORT_KEY);
        call = call
            .flag(&report::WEBHOOK, webhook.url.as_str())
            .flag(&report::WEBHOOK_KEY, workspace::REPORT_KEY.at("key"));
    }
    let step = Run {
        name: "report",
        tool: Tool::Luban,
        size: Size::SMALL,
        call,
        workspaces: &workspaces,
    }
    .step(context)?;
    let mut params = REPORT_CONTEXT.to_vec();
    params.extend([
        param::RUN,
        param::STATUS,
        param::IMAGE,
        param::OPTIONAL_DIGEST,
        param::OPTIONAL_SBOM,
        param::TASK_STATUSES,
        param::DURATIONS,
        param::REUSED,
    ]);
    Definition {
        name: task::REPORT,
        description: "Reports what became of a run",
        params: &params,
        workspaces: &workspaces,
        results: &[],
    }
    .task(context, vec![step], Vec::new(), Vec::new())
}
