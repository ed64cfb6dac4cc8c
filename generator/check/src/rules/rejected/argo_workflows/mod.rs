//! Argo Workflows: what `argo lint` and the server refuse, rule by rule of `workflow/validate`.

use crate::rules::rules;

rules! {
    name_too_long missing_name invalid_name duplicate_name
    templates_beside_reference missing_entrypoint unknown_template unknown_workflow_template
    call_without_template incomplete_template_ref template_beside_template_ref
    argument_without_value argument_value_source argument_enum argument_artifact_source missing_argument
    unknown_variable template_type missing_image
    hook_without_expression pod_gc pod_resources resource_claims executor_plugin retry_policy
    artifact_path input_artifact_from artifact_location several_locations mount_path_collision
    timeout active_deadline parallelism metric_name metric_help metric_value
    container_set reserved_container_name resource_action resource_manifest quantity
    several_loops dag_without_tasks task_name_digit depends_mixed task_result unknown_dependency items_condition
    dependency_cycle dag_target undeclared_dependency output_parameter_source
    cron_schedule cron_timezone concurrency_policy starting_deadline definition_limit
}
