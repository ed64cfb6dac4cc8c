//! Tekton.

pub(super) mod pipeline;

use crate::rules::rules;

rules! {
    task_workspace_variable task_result_variable step_result_variable task_param_variable task_step_variable
    task_volume_mount task_sub_path task_step_timeout task_unwritten_result task_unused_param task_unused_workspace
    run_unknown_target run_missing_param run_extra_param run_param_type run_workspace
    absolute_path_result result_too_large
}
