//! Pipelines and their runs: what admission accepts and the reconciler fails at.

use crate::rules::rules;

rules! {
    unknown_task run_unknown_pipeline missing_task_param undeclared_task_param task_param_type
    missing_task_workspace undeclared_task_workspace unknown_task_result result_form matrix_param_type
    missing_run_param missing_run_workspace unknown_run_task partly_passed_param
}
