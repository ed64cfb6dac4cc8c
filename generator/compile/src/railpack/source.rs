//! The clone.

use super::interface::{output, param, result, task, workspace};
use super::step::{Definition, Run};
use crate::CompileError;
use crate::container::Size;
use crate::context::Context;
use crate::images::Tool;
use luban_api_tekton::{Step, Task};
use luban_command::{CLONE, Call, RESULT, clone};

/// What the clone, the plan and the lookup's finding may take, on an emptyDir as on a claim.
pub(super) const OUTPUT_SIZE: &str = "5Gi";

/// A clone is written by one step: its limit is that of the workspace.
const SIZE: Size = Size {
    cpu: "200m",
    memory: "512Mi",
    storage: OUTPUT_SIZE,
};

/// The step that fetches the commit, the only one that sees the Git credentials.
pub(super) fn clone_step(context: &Context<'_>) -> Result<Step, CompileError> {
    Run {
        name: "clone",
        tool: Tool::Luban,
        size: SIZE,
        call: Call::new(&CLONE)
            .flag(&clone::URL, param::URL.reference())
            .flag(&clone::REVISION, param::REVISION.reference())
            .flag(&clone::INTO, workspace::OUTPUT.at(output::SOURCE))
            .flag(&clone::CREDENTIALS, workspace::GIT_CREDENTIALS.path())
            .flag(
                &clone::CERTIFICATE_AUTHORITY,
                workspace::CERTIFICATE_AUTHORITY.path(),
            )
            .flag(&clone::SUBMODULES, param::SUBMODULES.reference())
            .flag(&clone::LFS, param::LFS.reference())
            .each(
                &RESULT,
                [result::GIT_COMMIT.written(), result::GIT_URL.written()],
            ),
        workspaces: &[workspace::OUTPUT, workspace::GIT_CREDENTIALS],
    }
    .step(context)
}

/// Task `git-clone`, for builds that are split over pods.
pub(super) fn clone_task(context: &Context<'_>) -> Result<Task, CompileError> {
    let steps = vec![clone_step(context)?];
    Definition {
        name: task::CLONE,
        description: "Fetches one commit of a repository into the workspace `output`",
        params: &[param::URL, param::REVISION, param::SUBMODULES, param::LFS],
        workspaces: &[workspace::OUTPUT, workspace::GIT_CREDENTIALS],
        results: &[result::GIT_COMMIT, result::GIT_URL],
    }
    .task(context, steps, Vec::new(), Vec::new())
}
