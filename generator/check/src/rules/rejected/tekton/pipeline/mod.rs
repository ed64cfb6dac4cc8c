//! Pipelines and their runs: what the webhook refuses, rule by rule of `pkg/apis/pipeline`.

use crate::rules::rules;

rules! {
    empty_pipeline finally_without_tasks pipeline_task_name duplicate_pipeline_task pipeline_task_body
    pipeline_unstable_field pipeline_inline_spec_disabled inline_task_kind pipeline_task_on_error
    custom_task_version pipeline_task_cycle unknown_pipeline_task task_param_twice unknown_pipeline_context
    task_status_reference pipeline_workspace_name pipeline_result_value child_pipeline_result finally_run_after
    finally_result_reference incomplete_when when_cel pipeline_artifacts_disabled matrix_combinations
    matrix_result_reference pipeline_variable_prefix pipeline_unknown_param pipeline_param_dots
    pipeline_array_in_text pipeline_object_in_text pipeline_object_key undeclared_pipeline_workspace
    duplicate_task_workspace run_body run_param_result run_object_param run_status run_timeouts pipeline_duration run_both_timeouts
    run_task_resources pipeline_resources
}
