//! Tekton.

pub(super) mod pipeline;

use crate::rules::rules;

rules! {
    task_workspace_variable task_result_variable step_result_variable task_param_variable task_step_variable
    task_volume_mount task_sub_path task_step_timeout task_unwritten_result task_unused_param task_unused_workspace
    task_run_unknown_task task_run_missing_param task_run_extra_param task_run_param_type task_run_workspace
}
